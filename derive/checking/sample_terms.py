"""A statistic as a sum of products, each factor made of one observation, or of all of them in the same way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.free_letters import bare_letters
from derive.core.facts import Facts
from derive.core.information import Law, OverALaw
from derive.core.meanings import meaning
from derive.core.nodes import At, OverData, Partial
from derive.core.sample_functionals import OverTheSample

MOST_TERMS = 300
MOST_FACTORS = 6
HIGHEST = 6
DEEPEST = 12
BINDING = (sp.Sum, sp.Product, sp.Integral, Partial, At, OverData, OverALaw, OverTheSample)
"""Nodes in which an observation may be bound, or stand for all of them."""


@dataclass(frozen=True, slots=True)
class One:
    """``body``, which depends on the observation at ``place`` alone; a place of None for a single random variable."""

    key: Any
    body: Any
    place: Any


@dataclass(frozen=True, slots=True)
class All:
    """Σ (or ∏) over ``index`` = 1, …, ``size`` of ``body``, which depends on the observation there alone."""

    key: Any
    body: Any
    index: Any
    size: Any
    product: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """``factor`` times the random ``parts``."""

    factor: Any
    parts: tuple[One | All, ...] = ()


Terms = list[Term]


class Sample:
    """What is random under these facts.

    Args:
        facts: the laws; a family's law belongs to each of its entries, which are independent.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.laws: dict[Any, Law] = {}
        families = {str(b.label): b for b in facts.shapes}
        for name, law in facts.laws.items():
            if (law.density is None and not law.moments) or law.variable != name:
                continue
            family = families.get(name.name)
            self.laws[name if family is None else family] = law

    def law(self, key: Any) -> Law:
        return self.laws[key]

    def written_out(self, e: Any, depth: int = 0) -> Any:
        """With the abbreviations in it replaced by what they stand for."""
        if depth > DEEPEST:
            raise GivesUp("definitions")
        names = [s for s in bare_letters(e) if s not in self.laws]
        names += [x for x in e.atoms(sp.Indexed) if x.base not in self.laws]
        changes = {s: self.written_out(m, depth + 1) for s in names if (m := meaning(s, self.facts)) is not None}
        return e.xreplace(changes) if changes else e

    def drawn(self, e: Any) -> set[tuple[Any, Any]]:
        """The observations that occur in it: (family, place), or (letter, None)."""
        entries = {(x.base, x.indices[0]) for x in e.atoms(sp.Indexed) if x.base in self.laws and len(x.indices) == 1}
        return entries | {(x, None) for x in bare_letters(e) if x in self.laws}

    def terms(self, e: Any) -> Terms:
        """The sum of products that it is.

        Raises:
            GivesUp: it is none, or one that is too long.
        """
        drawn = self.drawn(e)
        if not drawn:
            return [Term(e)]
        if e.is_Add:
            return limited([t for part in e.args for t in self.terms(part)])
        if e.is_Mul:
            return reduce(multiplied, (self.terms(part) for part in e.args))
        if isinstance(e, sp.Sum):
            return self.total(e)
        if isinstance(e, sp.Product):
            return self.product(e)
        if isinstance(e, Partial):
            return self.slope(e)
        if len(drawn) == 1 and not e.has(*BINDING):
            ((key, place),) = drawn
            return [Term(sp.Integer(1), (One(key, e, place),))]
        if isinstance(e, sp.exp) or (e.is_Pow and not self.drawn(e.base) and e.base.is_positive):
            return self.exponential(e.args[0] if isinstance(e, sp.exp) else e.exp * sp.log(e.base))
        if e.is_Pow and e.exp.is_Integer and 2 <= e.exp <= HIGHEST:
            return reduce(multiplied, [self.terms(e.base)] * int(e.exp))
        if isinstance(e, sp.log):
            return self.logarithm(e.args[0])
        raise GivesUp("statistic")

    def total(self, e: Any) -> Terms:
        """Σ_i of a body that is itself a sum of products."""
        *inner, (index, low, high) = e.limits
        if low != 1 or high.is_infinite:
            raise GivesUp("limits")
        body = sp.Sum(e.function, *inner) if inner else e.function
        made: Terms = []
        for term in self.terms(body):
            here = [p for p in term.parts if isinstance(p, One) and p.place == index]
            rest = tuple(p for p in term.parts if p not in here)
            if any(depends(p, index) for p in rest) or len({p.key for p in here}) > 1:
                raise GivesUp("statistic")
            factor = [f for f in sp.Mul.make_args(term.factor) if index in f.free_symbols]
            outer = sp.Mul(*(f for f in sp.Mul.make_args(term.factor) if f not in factor))
            if not here:
                made.append(Term(outer * over(sp.Mul(*factor), index, high), rest))
                continue
            inside = sp.Mul(*factor, *(p.body for p in here))
            made.append(Term(outer, (All(here[0].key, inside, index, high), *rest)))
        return limited(made)

    def product(self, e: Any) -> Terms:
        """∏_i of what depends on the i-th observation alone."""
        if len(e.limits) != 1 or e.limits[0][1] != 1:
            raise GivesUp("limits")
        index, _, high = e.limits[0]
        drawn = self.drawn(e.function)
        if len(drawn) != 1 or e.function.has(*BINDING):
            raise GivesUp("statistic")
        ((key, place),) = drawn
        if place != index:
            raise GivesUp("statistic")
        return [Term(sp.Integer(1), (All(key, e.function, index, high, True),))]

    def exponential(self, exponent: Any) -> Terms:
        """e to a sum: a product over the observations."""
        made = Term(sp.Integer(1))
        for term in self.terms(exponent):
            if not term.parts:
                made = replace(made, factor=made.factor * sp.exp(term.factor))
                continue
            if len(term.parts) > 1:
                raise GivesUp("statistic")
            (part,) = term.parts
            if isinstance(part, All) and part.product:
                raise GivesUp("statistic")
            body = sp.exp(term.factor * part.body)
            changed = replace(part, body=body, product=True) if isinstance(part, All) else replace(part, body=body)
            made = Term(made.factor, (*made.parts, changed))
        return [made]

    def logarithm(self, e: Any) -> Terms:
        """log of a product of positive factors."""
        if isinstance(e, sp.Product) and len(e.limits) == 1:
            return self.terms(sp.Sum(sp.log(e.function), *e.limits))
        if isinstance(e, sp.exp):
            return self.terms(e.args[0])
        if e.is_Mul and all(f.is_positive or isinstance(f, sp.Product) for f in e.args):
            return [t for f in e.args for t in self.terms(sp.log(f))]
        raise GivesUp("statistic")

    def slope(self, e: Any) -> Terms:
        """A derivative, taken part by part; what it is taken by is a number and not random."""
        inner, by, order = e.args
        if not isinstance(by, sp.Symbol) or by in self.laws or not order.is_Integer or order > 4:
            raise GivesUp("statistic")
        found = self.terms(inner)
        for _ in range(int(order)):
            found = limited([t for term in found for t in moved(term, by)])
        return found


def depends(part: One | All, index: Any) -> bool:
    """Does it change with an index outside of it?"""
    if isinstance(part, One):
        return index in part.body.free_symbols
    return index in part.size.free_symbols or (part.index != index and index in part.body.free_symbols)


def moved(term: Term, by: Any) -> Terms:
    """The derivative of a term that has at most one part."""
    made = [Term(slope, term.parts)] if (slope := sp.diff(term.factor, by)) != 0 else []
    for place, part in enumerate(term.parts):
        if isinstance(part, All) and (part.product or by in part.size.free_symbols):
            raise GivesUp("statistic")
        body = sp.diff(part.body, by)
        if body.has(sp.Derivative, sp.Subs):
            raise GivesUp("statistic")
        others = (*term.parts[:place], replace(part, body=body), *term.parts[place + 1 :])
        made += [Term(term.factor, others)] if body != 0 else []
    return made


def multiplied(a: Terms, b: Terms) -> Terms:
    """The product of two sums."""
    if len(a) * len(b) > MOST_TERMS:
        raise GivesUp("size")
    return [Term(s.factor * t.factor, s.parts + t.parts) for s in a for t in b]


def limited(made: Terms) -> Terms:
    if len(made) > MOST_TERMS:
        raise GivesUp("size")
    return made


def over(body: Any, index: Any, size: Any) -> Any:
    """Σ_{index=1}^{size} body."""
    return size * body if index not in body.free_symbols else sp.Sum(body, (index, 1, size))
