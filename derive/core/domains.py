"""Where a parameter or an observation lives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sympy as sp

from derive.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Interval:
    """The real numbers between ``lower`` and ``upper``; an end may be infinite or depend on a parameter."""

    lower: sp.Expr
    upper: sp.Expr
    lower_open: bool = True
    upper_open: bool = True


@dataclass(frozen=True, slots=True)
class Integers:
    """The integers lower, lower + 1, …, upper (included; ``oo`` for no end)."""

    lower: sp.Expr
    upper: sp.Expr


@dataclass(frozen=True, slots=True)
class Simplex:
    """Vectors (v_1, …, v_K) with v_k > 0 and Σ_k v_k = 1; ``size`` is K."""

    size: sp.Expr


@dataclass(frozen=True, slots=True)
class OneHot:
    """Vectors (v_1, …, v_K) of zeros with a single one; ``size`` is K."""

    size: sp.Expr


@dataclass(frozen=True, slots=True)
class Compositions:
    """Vectors (v_1, …, v_K) of counts with Σ_k v_k = ``total``; ``size`` is K."""

    total: sp.Expr
    size: sp.Expr


@dataclass(frozen=True, slots=True)
class Orthant:
    """Vectors (v_1, …, v_K) with v_k > 0; ``size`` is K."""

    size: sp.Expr


Vector = Simplex | OneHot | Compositions | Orthant
Domain = Interval | Integers | Simplex | OneHot | Compositions | Orthant

REALS = Interval(-sp.oo, sp.oo)
POSITIVE = Interval(sp.Integer(0), sp.oo)
UNIT = Interval(sp.Integer(0), sp.Integer(1))
BINARY = Integers(sp.Integer(0), sp.Integer(1))
COUNTS = Integers(sp.Integer(0), sp.oo)
NATURALS = Integers(sp.Integer(1), sp.oo)


def entry_domain(domain: Vector) -> Interval | Integers:
    """Where one entry of a vector lives.

    >>> entry_domain(OneHot(sp.Integer(3))) == BINARY
    True
    """
    if isinstance(domain, Simplex):
        return Interval(sp.Integer(0), sp.Integer(1), True, False)
    if isinstance(domain, OneHot):
        return BINARY
    return Integers(sp.Integer(0), domain.total) if isinstance(domain, Compositions) else POSITIVE


def sum_of(domain: Vector) -> sp.Expr | None:
    """What the entries of a vector add up to; None where that is not fixed."""
    if isinstance(domain, Orthant):
        return None
    return domain.total if isinstance(domain, Compositions) else sp.Integer(1)


def domain_of(given: Domain | sp.Set) -> Domain:
    """The domain that a SymPy set describes (a domain is returned as it is).

    Raises:
        InputError: the set is neither an interval nor a run of consecutive integers.

    >>> domain_of(sp.Interval.open(0, sp.oo)) == POSITIVE
    True
    >>> domain_of(sp.FiniteSet(0, 1)) == BINARY
    True
    """
    if isinstance(given, Interval | Integers | Vector):
        return given
    if given == sp.S.Reals:
        return REALS
    if given == sp.S.Naturals0:
        return COUNTS
    if given == sp.S.Naturals:
        return NATURALS
    if isinstance(given, sp.Interval):
        lower_open = bool(given.left_open) or given.start == -sp.oo
        upper_open = bool(given.right_open) or given.end == sp.oo
        return Interval(given.start, given.end, lower_open, upper_open)
    if isinstance(given, sp.Range) and given.step == 1:
        return Integers(given.inf, given.sup)
    if isinstance(given, sp.FiniteSet):
        members = sorted(given.args, key=sp.default_sort_key)
        if all(m.is_Integer for m in members) and all(b - a == 1 for a, b in pairwise(members)):
            return Integers(members[0], members[-1])
    raise InputError(f"{given} is not an interval or a run of consecutive integers")


def assumptions(domain: Domain) -> dict[str, bool]:
    """What SymPy may assume of a letter in this domain.

    >>> assumptions(UNIT)
    {'real': True, 'positive': True}
    """
    if isinstance(domain, Vector):
        domain = entry_domain(domain)
    kind = {"integer": True} if isinstance(domain, Integers) else {"real": True}
    lower: Any = domain.lower
    open_end = isinstance(domain, Interval) and domain.lower_open
    if lower.is_positive or (lower.is_zero and open_end):
        return kind | {"positive": True}
    if lower.is_nonnegative:
        return kind | {"nonnegative": True}
    upper: Any = domain.upper
    if upper.is_negative or (upper.is_zero and isinstance(domain, Interval) and domain.upper_open):
        return kind | {"negative": True}
    return kind


def contains(domain: Domain, value: Any) -> bool:
    """Is the number (or, for vectors, the sequence) inside, ends as declared? The ends must be numbers."""
    if isinstance(domain, Vector):
        total, each = sum_of(domain), entry_domain(domain)
        right_sum = total is None or abs(sum(value) - total) < 1e-12
        return len(value) == int(domain.size) and bool(right_sum) and all(contains(each, v) for v in value)
    number = sp.sympify(value)
    if isinstance(domain, Integers):
        return bool(number == sp.floor(number)) and bool(domain.lower <= number) and bool(number <= domain.upper)
    above = number > domain.lower if domain.lower_open else number >= domain.lower
    below = number < domain.upper if domain.upper_open else number <= domain.upper
    return bool(above) and bool(below)
