"""Where one law lives inside another: the question that comes before any divergence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import Domain, Integers, Interval, Vector, sum_of
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.ranges import settled
from derive.core.relation import AT_LEAST, AT_MOST, GREATER, LESS
from derive.core.statement import Statement
from derive.models.comparison import Named


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Is the support of p inside that of q?

    Args:
        holds: False where p certainly has mass where q has none.
        conditions: what must hold besides, where the facts do not say.
    """

    holds: bool
    conditions: tuple[Statement, ...] = ()


def inclusion(p: Named, q: Named, facts: Facts) -> Inclusion:
    """The supports compared end by end.

    Raises:
        InputError: one law has a density and the other probabilities, or their vectors differ in size.
    """
    inner, outer = p.distribution.support, q.distribution.support
    if p.distribution.discrete != q.distribution.discrete or isinstance(inner, Vector) != isinstance(outer, Vector):
        raise InputError(
            f"{p.distribution.id} and {q.distribution.id} cannot be compared: {kind(inner)} on one side and "
            f"{kind(outer)} on the other",
            "choose two laws of one kind",
        )
    if isinstance(inner, Vector) and isinstance(outer, Vector):
        return of_vectors(p, q, inner, outer)
    assert isinstance(inner, Interval | Integers) and isinstance(outer, Interval | Integers)
    left: list[Statement] = []
    for asked in (low_end(inner.lower, outer.lower), high_end(inner.upper, outer.upper)):
        if asked is None:
            return Inclusion(False)
        if asked is True:
            continue
        known = settled(asked, facts)
        if known is False:
            return Inclusion(False)
        if known is None:
            left.append(asked)
    return Inclusion(True, tuple(left))


def of_vectors(p: Named, q: Named, inner: Vector, outer: Vector) -> Inclusion:
    """Vectors of one size: inside where they have the same sum.

    Raises:
        InputError: the sizes differ, or the sums are letters that may differ.
    """
    if inner.size != outer.size:
        raise InputError(
            f"the vectors of {p.distribution.id} have {inner.size} entries, those of {q.distribution.id} {outer.size}",
            "give both the same size",
        )
    first, second = sum_of(inner), sum_of(outer)
    if first == second:
        return Inclusion(True)
    if first is not None and not (first - second).is_number:
        raise InputError(
            f"the counts of {p.distribution.id} add up to {first}, those of {q.distribution.id} to {second}",
            "give both the same total",
        )
    return Inclusion(False)


def low_end(inner: Any, outer: Any) -> Any:
    """The statement inner ≥ outer; True or None (false) where an end is infinite."""
    if outer == -sp.oo or inner == outer:
        return True
    return None if inner == -sp.oo else Statement(inner, AT_LEAST, outer)


def high_end(inner: Any, outer: Any) -> Any:
    """The statement inner ≤ outer; True or None (false) where an end is infinite."""
    if outer == sp.oo or inner == outer:
        return True
    return None if inner == sp.oo else Statement(inner, AT_MOST, outer)


def kind(support: Domain) -> str:
    """What lives there, for messages."""
    if isinstance(support, Vector):
        return "vectors"
    return "integers" if isinstance(support, Integers) else "real numbers"


def narrowed(facts: Facts, conditions: tuple[Statement, ...]) -> Facts:
    """The facts under conditions: a letter's own domain made smaller where that says it, else assumed."""
    rest = []
    for c in conditions:
        made = own_bound(facts, c)
        if made is None:
            rest.append(c)
        else:
            facts = facts.placing(made)
    return facts.assuming(*rest)


def worded(conditions: tuple[Statement, ...], facts: Facts) -> tuple[Statement, ...]:
    """Each condition as ``letter > end``, those that follow from the others left out."""
    made: list[Statement] = []
    for c in conditions:
        oriented = letter_first(c)
        if oriented not in made:
            made.append(oriented)
    for c in list(made):
        others = tuple(o for o in made if o != c)
        if settled(c, narrowed(facts, others)):
            made.remove(c)
    return tuple(made)


def letter_first(c: Statement) -> Statement:
    """The letter of the condition on the left, the rest on the right."""
    difference = sp.expand(c.left - c.right)
    letters = sorted(difference.free_symbols, key=lambda s: (s not in c.left.free_symbols, str(s)))
    for letter in letters:
        factor = sp.diff(difference, letter)
        if factor.is_number and factor != 0:
            end = sp.expand(letter - difference / factor)
            return Statement(letter, c.relation if factor.is_positive else REVERSED[c.relation], end)
    return c


REVERSED = {AT_LEAST: AT_MOST, AT_MOST: AT_LEAST, GREATER: LESS, LESS: GREATER}


def own_bound(facts: Facts, c: Statement) -> dict[Any, Domain] | None:
    """The domain of the one letter that the condition bounds from one side."""
    difference = sp.expand(c.left - c.right)
    if c.relation.id in ("at_most", "less"):
        difference = -difference
    for letter in sorted(difference.free_symbols, key=str):
        domain = facts.domains.get(letter)
        factor = sp.diff(difference, letter)
        if not isinstance(domain, Interval) or not factor.is_number or factor == 0:
            continue
        end = sp.expand(letter - difference / factor)
        if any(letter in getattr(facts.domains.get(s), "lower", sp.S.Zero).free_symbols for s in end.free_symbols):
            continue
        if factor.is_positive and (domain.lower == -sp.oo or settled(Statement(end, AT_LEAST, domain.lower), facts)):
            return {letter: Interval(end, domain.upper, True, domain.upper_open)}
        if factor.is_negative and (domain.upper == sp.oo or settled(Statement(end, AT_MOST, domain.upper), facts)):
            return {letter: Interval(domain.lower, end, domain.lower_open, True)}
    return None
