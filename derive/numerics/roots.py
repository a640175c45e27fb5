"""The sign of a function of one number, and its root between two of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import Columns
from derive.numerics.coordinates import Coordinate

Signed = Callable[[Any], int | None]


def value_at(columns: Columns, expr: Any, letter: Any, coordinate: Coordinate, u: Any) -> Any:
    """The expression at θ(u)."""
    return columns.value(expr, {letter: coordinate.value(columns.number(u), columns)})


def sign_at(columns: Columns, expr: Any, letter: Any, coordinate: Coordinate, u: Any) -> int | None:
    """The sign in the coordinate's direction; 0 where rounding hides it, None where there is no value."""
    try:
        at = {letter: coordinate.value(columns.number(u), columns)}
        value = columns.value(expr, at)
        if value == 0 or abs(value) <= columns.noise * columns.magnitude(expr, at):
            return 0
    except (NoValue, OverflowError):
        return None
    return (1 if value > 0 else -1) * (1 if coordinate.kind != "below" else -1)


def bisected(sign: Signed, low: float, high: float, width: float) -> tuple[float, float]:
    """A shorter bracket of a change from + to −; it stops where rounding hides the sign."""
    while high - low > width * (1 + abs(low)):
        middle = (low + high) / 2
        found = sign(middle)
        if not found or not low < middle < high:
            break
        low, high = (middle, high) if found > 0 else (low, middle)
    return low, high


def refined(columns: Columns, expr: Any, letter: Any, coordinate: Coordinate, low: float, high: float) -> Any:
    """The root u of the expression, to the last digits that its arithmetic has; + at ``low`` and − at ``high``.

    Secants, with a bisection whenever they leave the bracket or do not shorten it.
    """
    a, b = columns.number(low), columns.number(high)
    f_a, f_b = (value_at(columns, expr, letter, coordinate, u) for u in (a, b))
    goal = 10.0 ** (-26 if columns.precise else -15)
    best, last = (a, b) if abs(f_a) < abs(f_b) else (b, a)
    f_best, f_last = (f_a, f_b) if abs(f_a) < abs(f_b) else (f_b, f_a)
    rising, halve = f_a > 0, False
    for _ in range(200):
        u = (a + b) / 2 if halve or f_best == f_last else best - f_best * (best - last) / (f_best - f_last)
        if not a < u < b:
            u = (a + b) / 2
        done = min(abs(u - best), b - a) <= goal * (1 + abs(u))
        f = value_at(columns, expr, letter, coordinate, u)
        if done or f == 0:
            return u
        a, b = (u, b) if (f > 0) == rising else (a, u)
        halve = abs(f) > abs(f_best) / 2
        if abs(f) < abs(f_best):
            last, f_last, best, f_best = best, f_best, u, f
        else:
            last, f_last = u, f
    return (a + b) / 2
