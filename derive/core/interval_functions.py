"""Between which bounds a function of an interval lies."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import inf
from typing import Any

import sympy as sp

from derive.core.intervals import NOT_NEGATIVE, POSITIVE_RANGE, End, Range, point, product_of_ends
from derive.core.nodes import InverseDigamma, Sigmoid
from derive.core.relation import AT_LEAST, AT_MOST, EQUAL, GREATER, LESS


def about(number: Any) -> Range:
    """A number that is not rational, a little wider."""
    if number.is_infinite:
        return Range(inf, inf) if number.is_extended_positive else Range(-inf, -inf)
    if not number.is_real:
        return Range()
    value, slack = Fraction(float(number)), Fraction(1, 10**9)
    return Range(value - slack, value + slack)


def by_symbol(e: Any) -> Range:
    """What the assumptions of a letter say."""
    if e.is_positive:
        return POSITIVE_RANGE
    if e.is_negative:
        return -POSITIVE_RANGE
    if e.is_nonnegative:
        return NOT_NEGATIVE
    return -NOT_NEGATIVE if e.is_nonpositive else Range()


def many(body: Range, count: Range) -> Range:
    """A sum of ``count`` values."""
    low = product_of_ends(body.lower, count.lower) if body.lower >= 0 else product_of_ends(body.lower, count.upper)
    high = product_of_ends(body.upper, count.lower) if body.upper <= 0 else product_of_ends(body.upper, count.upper)
    return Range(low, high, body.lower_open, body.upper_open)


def integer_power(base: Range, exponent: int) -> Range:
    """xⁿ."""
    if exponent == 0:
        return point(Fraction(1))
    if exponent < 0:
        return integer_power(base, -exponent).inverse()
    if exponent > 64:
        return POSITIVE_RANGE if base.positive else NOT_NEGATIVE if exponent % 2 == 0 else Range()
    if exponent % 2 == 0:
        if base.upper <= 0:
            base = -base
        if base.lower < 0:
            far, far_open = _farther(base)
            return Range(Fraction(0), far**exponent, False, far_open)
    return Range(base.lower**exponent, base.upper**exponent, base.lower_open, base.upper_open)


def beyond_one(base: Range, rising: bool) -> Range:
    """Of x^r for x > 0: on the same side of 1 as x if r > 0, on the other if r < 0."""
    if base.lower >= 1:
        return Range(Fraction(1), inf, base.lower_open) if rising else Range(Fraction(0), Fraction(1), True, False)
    if base.upper <= 1:
        return Range(Fraction(0), Fraction(1), True, base.upper_open) if rising else Range(Fraction(1), inf, False)
    return POSITIVE_RANGE


def exponential(args: list[Range]) -> Range:
    """eˣ."""
    (x,) = args
    low = (Fraction(1), x.lower_open and x.lower == 0) if x.lower >= 0 else (Fraction(0), True)
    high = (Fraction(1), x.upper_open and x.upper == 0) if x.upper <= 0 else (inf, True)
    return Range(low[0], high[0], low[1], high[1])


def _log(args: list[Range]) -> Range:
    (x, *_) = args
    low = (Fraction(0), x.lower_open and x.lower == 1) if x.lower >= 1 else (-inf, True)
    high = (Fraction(0), x.upper_open and x.upper == 1) if x.upper <= 1 else (inf, True)
    if x.lower > 1:
        low = (Fraction(0), True)
    if x.upper < 1:
        high = (Fraction(0), True)
    return Range(low[0], high[0], low[1], high[1])


def _absolute(args: list[Range]) -> Range:
    (x,) = args
    if x.lower >= 0:
        return x
    if x.upper <= 0:
        return -x
    far, far_open = _farther(x)
    return Range(Fraction(0), far, False, far_open)


def _farther(x: Range) -> tuple[End, bool]:
    """The largest distance from zero within a range that holds zero, and whether it is not taken."""
    distance, closed = max((-x.lower, not x.lower_open), (x.upper, not x.upper_open))
    return distance, not closed


def _gamma(args: list[Range]) -> Range:
    return POSITIVE_RANGE if all(a.positive for a in args) else Range()


def _factorial(args: list[Range]) -> Range:
    return Range(Fraction(0), inf) if args[0].lower > -1 else Range()


def _polygamma(args: list[Range]) -> Range:
    order, z = args
    if order.lower != order.upper or order.lower < 1 or not z.positive:
        return Range()
    return POSITIVE_RANGE if int(order.lower) % 2 else -POSITIVE_RANGE


def _least(args: list[Range]) -> Range:
    low = min((a.lower, a.lower_open) for a in args)
    high = min((a.upper, not a.upper_open) for a in args)
    return Range(low[0], high[0], low[1], not high[1])


def _greatest(args: list[Range]) -> Range:
    return -_least([-a for a in args])


FUNCTIONS: dict[Any, Callable[[list[Range]], Range]] = {
    sp.exp: exponential,
    sp.log: _log,
    Sigmoid: lambda args: Range(Fraction(0), Fraction(1)),
    sp.Abs: _absolute,
    sp.gamma: _gamma,
    sp.beta: _gamma,
    sp.factorial: _factorial,
    sp.polygamma: _polygamma,
    sp.Min: _least,
    sp.Max: _greatest,
    sp.KroneckerDelta: lambda args: Range(Fraction(0), Fraction(1), False, False),
    InverseDigamma: lambda args: POSITIVE_RANGE,
    sp.zeta: lambda args: Range(Fraction(1), inf) if args[0].lower >= 1 else Range(),
    sp.besseli: lambda args: POSITIVE_RANGE if args[1].positive and args[0].lower >= 0 else Range(),
    sp.sin: lambda args: Range(Fraction(-1), Fraction(1), False, False),
    sp.cos: lambda args: Range(Fraction(-1), Fraction(1), False, False),
    sp.sign: lambda args: Range(Fraction(-1), Fraction(1), False, False),
}


def of_relation(relation: Any) -> Range:
    """Where a − b lies if a and b stand in the relation."""
    return {
        EQUAL: point(Fraction(0)),
        GREATER: POSITIVE_RANGE,
        LESS: -POSITIVE_RANGE,
        AT_LEAST: NOT_NEGATIVE,
        AT_MOST: -NOT_NEGATIVE,
    }[relation]
