"""A probability or density written as ``p(x_i | θ)``, ``P(D)``, ``f(x)``: the law of what it is applied to."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.trees import substitute
from derive.core.vectors import Vector, VectorAt, is_matrix
from derive.distributions.book import named
from derive.documents.laws.bayes import conditional, hidden, unknown
from derive.documents.laws.sample_laws import at, joint
from derive.reading.densities import NAMES

HEADS = ("p", "P", "f", r"\Pr", "Pr", r"\mathrm{P}", r"\mathbb{P}", r"\mathbf{P}", r"\mathcal{P}", "pr", r"\pi")
_STEM = re.compile(r"(?P<stem>\\[A-Za-z]+(?:\{[A-Za-z]+\})?|[A-Za-z]+)(?:_(?P<sub>.*))?\Z", re.DOTALL)


def is_density_name(head: str) -> bool:
    """Is it a name that people give to probabilities and densities?"""
    found = _STEM.match(head)
    return found is not None and found["stem"] in HEADS


def density_of(head: str, args: tuple[Any, ...], facts: Facts) -> Any:
    """The density at the arguments; None where the head is no density's name, or nothing says which."""
    found = _STEM.match(head)
    if found is None or found["stem"] not in HEADS or facts.law(head) is not None or head in facts.definitions:
        return None
    if not args:
        return None
    first = args[0]
    if not found["sub"] and (made := conditional(args, facts)) is not None:
        return made
    if found["sub"] and (given := conditioned_on(found["sub"], facts)):
        return conditional((first, *given), facts)
    if isinstance(first, sp.Indexed):
        law = facts.law(str(first.base.label))
        return None if law is None else at(law, first)
    if isinstance(first, sp.IndexedBase):
        return of_sample(first, args, bool(found["sub"]), facts)
    if isinstance(first, Vector | VectorAt):
        law = facts.law(str(first.args[0].label))
        if law is None:
            return None
        whole = is_matrix(law.variable)
        return at(law, first) if whole else of_sample(first.args[0], args, bool(found["sub"]), facts)
    if isinstance(first, sp.Symbol):
        family = next((b for b in facts.shapes if str(b.label) == first.name), None)
        if family is not None and first not in facts.domains:
            return joint(family, facts)
        law = facts.law(first.name)
        if law is not None and law.variable == first:
            return at(law, first)
        return sample(first, args, facts) or (small(first, facts) if "r" not in found["stem"] else None)
    return None


def of_sample(base: Any, args: tuple[Any, ...], by_name: bool, facts: Facts) -> Any:
    """p(x_1, …, x_N), which is the evidence where a parameter has a law; by its name the product of the densities."""
    product = joint(base, facts)
    evidence = product is not None and len(args) == 1 and not by_name and hidden(product, facts, set())
    return unknown((base,)) if evidence else product


def small(letter: Any, facts: Facts) -> Any:
    """f(y) where Y_i are the observations: their density at y."""
    laws = [law for name, law in facts.laws.items() if name.name.lower() == letter.name and name.name != letter.name]
    return at(laws[0], letter) if len(laws) == 1 and facts.law(letter.name) is None else None


def conditioned_on(sub: str, facts: Facts) -> list[Any]:
    r"""The samples behind the bar of ``p_{\rho | T_1, \dots, T_N}``."""
    _, bar, behind = sub.partition("|")
    if not bar:
        return []
    names = {re.split(r"[_,]", part.strip("{} "))[0].strip() for part in behind.split(",")}
    return [
        base
        for base in facts.shapes
        if facts.law(str(base.label)) is not None and {str(base.label), str(base.label).upper()} & names
    ]


def densities_named(name: str, args: tuple[Any, ...], letter: Any) -> list[Any]:
    """The densities that a distribution's name with its arguments may stand for; a spread may be σ or σ²."""
    if name not in NAMES:
        return []
    family = named(NAMES[name])
    if len(family.parameters) != len(args):
        return []
    made = []
    for last in (args[-1], args[-1] ** 2):
        arguments = (*args[:-1], last)
        changes = {p.letter: a for p, a in zip(family.parameters, arguments, strict=True)}
        made.append(substitute(family.density, changes | {family.variable: letter}))
        if NAMES[name] != "normal":
            break
    return made


def sample(letter: Any, args: tuple[Any, ...], facts: Facts) -> Any:
    """P(D | θ) where D is declared nowhere: the sample, if there is only one."""
    known = {*facts.domains, *facts.definitions, *facts.indices}
    if letter in known or any(getattr(k, "name", None) == letter.name for k in known):
        return None
    families = [base for base in facts.shapes if facts.law(str(base.label)) is not None]
    alike = [base for base in families if str(base.label).lower() == letter.name.lower()]
    chosen = alike if len(alike) == 1 else families
    return of_sample(chosen[0], args, False, facts) if len(chosen) == 1 and letter.name[:1].isupper() else None
