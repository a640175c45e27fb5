"""Could data of one family as well come from another, with the right values of its parameters?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import sympy as sp

from derive.core.domains import Domain, Integers, Interval, OneHot
from derive.core.trees import substitute
from derive.distributions import book
from derive.distributions.distribution import Distribution

GENERIC = (0.37, 0.61, 0.83)
"""Values between 0 and 1 that make no law a special one."""
COUNTS = (3, 4, 5)
PLACE = sp.Dummy("x", real=True)
STARTS = (0.1, -1.0, 1.0)
CHECKED = 3
"""So many points more than there are parameters."""
NEAR = 1e-7


def covers(other: Distribution, right: Distribution) -> bool:
    """Is a law of the family ``right``, with parameters of no special values, also one of the family ``other``?

    A support of integers may begin elsewhere, as books count the trials or the failures.

    >>> from derive.distributions.book import named
    >>> covers(named("gamma"), named("exponential")), covers(named("exponential"), named("gamma"))
    (True, False)
    """
    if isinstance(other.support, OneHot):
        return isinstance(right.support, OneHot) or (
            isinstance(right.support, Integers) and right.support.upper != sp.oo
        )
    values = {p.letter: generic(p.domain, k) for k, p in enumerate(right.parameters)}
    if any(v is None for v in values.values()):
        return False
    return holds(other.id, substitute(right.density, values | {right.variable: PLACE}), right.support)


@cache
def holds(name: str, density: Any, support: Domain) -> bool:
    """Does the family of this name hold the law of this density, which has no letters but the observation's?"""
    other = book.named(name)
    shift = shifted(other.support, support)
    if shift is None:
        return False
    points = places(support, len(other.parameters) + CHECKED)
    wanted = [number(sp.log(substitute(density, {PLACE: x}))) for x in points]
    own = [sp.log(substitute(other.density, {other.variable: x + shift})) for x in points]
    return None not in wanted and any(fits(own, wanted, other, start) for start in STARTS)


def shifted(other: Domain, right: Domain) -> Any | None:
    """What leads from one support to the other; ``None`` where they differ by more than a step of counting."""
    if isinstance(other, Interval) and isinstance(right, Interval):
        # One end point more or less is no matter of densities.
        return sp.Integer(0) if (other.lower, other.upper) == (right.lower, right.upper) else None
    if isinstance(other, Integers) and isinstance(right, Integers):
        shift = other.lower - right.lower
        return shift if shift.is_Integer and other.upper == right.upper + shift else None
    return None


def generic(domain: Domain, place: int) -> Any | None:
    """A value inside the domain of a parameter; ``None`` for vectors."""
    part = sp.Float(GENERIC[place % len(GENERIC)])
    if isinstance(domain, Integers):
        return sp.Integer(COUNTS[place % len(COUNTS)])
    if not isinstance(domain, Interval) or not (domain.lower.is_number and domain.upper.is_number):
        return None
    return into(domain, part)


def into(domain: Domain, part: Any) -> Any:
    """The point of a domain that lies at a part, between 0 and 1, of its way."""
    lower, upper = (domain.lower, domain.upper) if isinstance(domain, Interval | Integers) else (-sp.oo, sp.oo)
    if lower.is_finite and upper.is_finite:
        return lower + (upper - lower) * part
    way = sp.log(part / (1 - part))
    return lower + sp.exp(way) if lower.is_finite else upper - sp.exp(way) if upper.is_finite else way


def places(support: Domain, count: int) -> list[Any]:
    """So many points of a support."""
    if isinstance(support, Integers):
        start = support.lower if support.lower.is_finite else sp.Integer(0)
        end = count if support.upper == sp.oo else min(count, int(support.upper - start) + 1)
        return [start + k for k in range(end)]
    return [into(support, sp.Rational(2 * k + 1, 2 * count + 1)) for k in range(count)]


def number(value: Any) -> float | None:
    """A finite real number, or ``None``."""
    try:
        found = complex(value.evalf())
    except (TypeError, ValueError, OverflowError):
        return None
    return found.real if abs(found.imag) < NEAR and math.isfinite(found.real) else None


def fits(own: Sequence[Any], wanted: Sequence[Any], family: Distribution, start: float) -> bool:
    """Do values of the family's parameters, sought from one start by Newton's method, give all the numbers?"""
    ways = sp.symbols(f"u:{len(family.parameters)}", real=True)
    unknown = {p.letter: into(p.domain, 1 / (1 + sp.exp(-u))) for p, u in zip(family.parameters, ways, strict=True)}
    apart = [substitute(one, unknown) - value for one, value in zip(own, wanted, strict=True)]
    try:
        found = sp.nsolve(apart[: len(ways)], ways, [start] * len(ways))
    except (ValueError, TypeError, ZeroDivisionError, ArithmeticError):
        # No root is reached from here.
        return False
    at = dict(zip(ways, found, strict=True))
    rests = [number(substitute(one, at)) for one in apart]
    return all(rest is not None and abs(rest) < NEAR for rest in rests)
