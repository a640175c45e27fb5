r"""Lines of context for several variables at once: ``p(x, z; \theta) pmf on \mathcal{X} \times \mathcal{Z}``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import REALS, Domain, Integers, Interval, assumptions
from derive.core.facts import Facts
from derive.core.information import Cardinality, Law
from derive.core.joints import MOST_VARIABLES, Joint, whole
from derive.core.vectors import Vector
from derive.reading.building import build
from derive.reading.cursor import parted
from derive.reading.names import names_of, spelling
from derive.reading.tokens import Source, tokens
from derive.reading.tree import Nodes, name_of, unwrapped


def joint_law(facts: Facts, name: str, items: Nodes, kind: str, where: str | None) -> Facts | None:
    """The facts with the law of several variables; None where the bracket names one variable only.

    What stands behind the bar is a parameter, unless another law has it as its variable: q(z | x) beside p(x, z).
    """
    front, *behind = parted(items, ("|", ";"))
    variables = [name_of(unwrapped(part)) for part in parted(front, (",",))]
    after = [name_of(unwrapped(part)) for side in behind for part in parted(side, (",",)) if unwrapped(part)]
    known = {v.name for joint in facts.joints.values() for v in joint.variables}
    known |= {law.variable.name for law in facts.laws.values() if isinstance(law.variable, sp.Symbol)}
    variables += [one for one in after if one in known and one not in variables]
    if not 2 <= len(variables) <= MOST_VARIABLES or len(set(variables)) < len(variables):
        return None
    if any(v in facts.matrices or v + "_" in facts.matrices for v in variables):
        return None
    if not all(v.lstrip("\\").isalpha() for v in variables):
        return None
    sets = [name_of(part) for part in _factors(where)] if where else []
    if sets and len(sets) != len(variables):
        sets = sets * len(variables) if len(sets) == 1 else []
    supports = [support_of(facts, v, kind, sets[k] if sets else "") for k, v in enumerate(variables)]
    given = tuple(g for one in after if one not in variables and (g := parameter_of(facts, one)) is not None)
    return with_joint(facts, name, zip(variables, supports, strict=True), given)


def with_joint(
    facts: Facts, name: str, variables: Iterable[tuple[str, Domain]], given: tuple[Any, ...], density: Any = None
) -> Facts:
    """The facts with a law of several variables, its letters and the laws of each variable by itself."""
    pairs = [(sp.Symbol(v, **assumptions(support)), support) for v, support in variables]
    joint = Joint(tuple(v for v, _ in pairs), tuple(s for _, s in pairs), given, density)
    laws = {k: v for k, v in facts.laws.items() if k.name != name and not k.name.startswith(name + "_{")}
    for place, (letter, support) in enumerate(pairs):
        laws[sp.Symbol(whole(name, joint).of((place,)).head)] = Law(letter, support, None, given)
    unplaced = {letter: support for letter, support in pairs if letter not in facts.domains}
    return replace(facts.placing(unplaced), laws=laws, joints={**facts.joints, name: joint})


def support_of(facts: Facts, name: str, kind: str, where: str) -> Domain:
    """Where a variable lives: as its letter is declared, else in the set that is named, else as its kind has it."""
    for letter, domain in facts.domains.items():
        alone = isinstance(letter, sp.Symbol) and spelling(letter.name) == name
        if alone and isinstance(domain, Integers | Interval):
            return domain
    for law in facts.laws.values():
        if isinstance(law.variable, sp.Symbol) and law.variable.name == name and not where:
            return law.support
    if kind == "pdf":
        return REALS
    return Integers(sp.Integer(1), Cardinality(where or rf"\mathcal{{{name.upper()}}}"))


def parameter_of(facts: Facts, name: str) -> Any:
    """The declared number or vector of this name."""
    names = names_of(facts)
    found = names.matrices.get(name, names.letters.get(name))
    if found is None and name in names.families and len(shape := facts.shapes.get(names.families[name], ())) == 1:
        found = Vector(names.families[name], shape[0])
    return found if isinstance(found, sp.Symbol | Vector) else None


def _factors(where: str) -> list[Nodes]:
    r"""The sets of ``\mathcal{X} \times \mathcal{Z}``."""
    nodes = build(Source(where), tokens(Source(where)))
    parts: list[list[Any]] = [[]]
    for node in nodes:
        if getattr(node, "text", "") in (r"\times", "×"):
            parts.append([])
        else:
            parts[-1].append(node)
    return [unwrapped(tuple(part)) for part in parts]
