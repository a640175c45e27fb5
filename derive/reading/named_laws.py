"""The laws that names below an expected value and inside a divergence stand for."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp

from derive.core.phrase import Phrase
from derive.core.vectors import Vector, VectorAt, is_matrix
from derive.reading.cursor import parted
from derive.reading.names import spelling
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Nodes, is_command, name_of, unwrapped

HINT = "`given: X ~ …` declares a random variable; a subscript names the law: E_{p}[…]"


def laws_below(scope: Scope, sub: Nodes) -> list[tuple[Any, Any]]:
    r"""The variables and laws of ``x \\sim p, y \\sim q``, the outermost first."""
    parts = parted(unwrapped(sub), (",",))
    if len(parts) < 2 or not all(any(is_command(n, r"\sim") for n in part) for part in parts):
        return [_law_below(scope, sub)]
    made = [_law_below(scope, part) for part in parts]
    if any(law is None for _, law in made):
        raise scope.refuse("a law below this expected value is not known", sub[0], HINT)
    return made


def _law_below(scope: Scope, sub: Nodes) -> tuple[Any, Any]:
    r"""The variable and the law that ``p``, ``p(x)``, ``x \sim p`` or ``q_\phi(z \mid x)`` names."""
    nodes = unwrapped(sub)
    for place, node in enumerate(nodes):
        if is_command(node, r"\sim"):
            law = law_of(scope, nodes[place + 1 :])
            variable = scope.value(nodes[:place]) if law is None else _variable(scope, law, nodes[:place])
            return (variable, law) if law is not None else (None, None)
    law = law_of(scope, nodes)
    if law is None:
        return None, None
    last = nodes[-1]
    inside = last.items if isinstance(last, Bracket) else ()
    inside, *behind = parted(inside, ("|", ";", ",")) if inside else [()]
    declared = scope.facts.laws.get(law)
    known = () if declared is None else declared.given
    if behind and known and tuple(scope.value(part) for part in behind) != known:
        raise scope.refuse(f"{law} is declared with other parameters", nodes[0], HINT)
    return _variable(scope, law, inside), law


def _variable(scope: Scope, law: Any, nodes: Nodes) -> Any:
    declared = scope.facts.laws.get(law)
    if nodes:
        name = name_of(nodes)
        if declared is not None and written_name(declared.variable).lower() == name.lower():
            return declared.variable
        if isinstance(vector := scope.matrix(name), Vector | VectorAt):
            return vector
        return scope.letter(name) or scope.invent(name)
    return declared.variable if declared is not None else scope.letter("x") or scope.invent("x")


def written_name(variable: Any) -> str:
    """The letter of a random number or vector."""
    return spelling(str(variable.args[0].label)) if is_matrix(variable) else str(variable)


def law_of(scope: Scope, nodes: Nodes) -> Any:
    """The symbol of the law that a name stands for; capitals and small letters are one where only one is declared.

    A parameter's letter, as in E_θ[…], names no law: None.
    """
    kept = [n for n in unwrapped(nodes) if not isinstance(n, Bracket)]
    if not kept:
        return None
    name = name_of(tuple(kept))
    for table in (scope.names.laws, scope.names.variables):
        if name in table:
            return table[name]
    alike = [law for known, law in (scope.names.laws | scope.names.variables).items() if known.lower() == name.lower()]
    if len(alike) == 1:
        scope.remark(Phrase("remark_same_letter", {"written": name, "meant": str(alike[0])}))
        return alike[0]
    if scope.names.letters.get(name) is not None or len(kept) > 1 or not _may_name_a_law(name):
        return None
    return scope.names.laws.setdefault(name, sp.Symbol(name))


def _may_name_a_law(name: str) -> bool:
    r"""A Latin letter with accents and scripts: ``p``, ``\\hat{P}``, ``q_\\phi``."""
    stem = re.sub(r"\\(hat|tilde|bar|mathbf|mathcal|mathbb)", "", name).strip("{}")
    return stem[:1].isalpha()
