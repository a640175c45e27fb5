"""The sign of a function of one number, and its root between two of them."""

from __future__ import annotations

from typing import Any

from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import Columns
from derive.numerics.coordinates import Coordinate

FURTHEST = 4


def value_at(columns: Columns, expr: Any, letter: Any, coordinate: Coordinate, u: Any) -> Any:
    """The expression at θ(u)."""
    return columns.value(expr, {letter: coordinate.value(columns.number(u), columns)})


def sign_at(
    columns: Columns, expr: Any, letter: Any, coordinate: Coordinate, u: Any, gauge: Columns | None = None
) -> int | None:
    """The sign in the coordinate's direction; 0 where rounding hides it, None where there is no value.

    Args:
        gauge: the same data, coarser, over which the size of the terms may be measured.
    """
    try:
        at = {letter: coordinate.value(columns.number(u), columns)}
        value = columns.value(expr, at)
        if value == 0 or abs(value) <= columns.noise * size_at(expr, at, columns, gauge):
            return 0
    except (NoValue, OverflowError):
        return None
    return (1 if value > 0 else -1) * (1 if coordinate.kind != "below" else -1)


def size_at(expr: Any, at: Any, columns: Columns, gauge: Columns | None) -> Any:
    """The size of the expression's terms."""
    if gauge is not None:
        try:
            return columns.number(gauge.magnitude(expr, at))
        except (NoValue, OverflowError):
            pass
    return columns.magnitude(expr, at)


def rebracketed(
    columns: Columns,
    expr: Any,
    letter: Any,
    coordinate: Coordinate,
    around: Any,
    within: tuple[Any, Any],
    gauge: Columns | None,
) -> tuple[Any, Any] | None:
    """A short bracket of a change from + to − round a point, inside a longer one.

    With a ``gauge`` the longer one was seen on coarser data and does not bind; then there may be none.
    """
    width = 1e-9 if columns.precise or gauge is None else 1e-3

    def edge(outwards: int) -> Any:
        limit, reach = within[outwards > 0], width
        while True:
            u = around + outwards * reach
            if gauge is None and (u - limit) * outwards >= 0:
                return columns.number(limit)
            if gauge is not None and reach > FURTHEST:
                return None
            if sign_at(columns, expr, letter, coordinate, u, gauge) == -outwards:
                return u
            reach *= 8

    around = columns.number(around)
    lower, upper = edge(-1), edge(1)
    return None if lower is None or upper is None else (lower, upper)


def refined(
    columns: Columns, expr: Any, letter: Any, coordinate: Coordinate, a: Any, b: Any, gauge: Columns | None
) -> Any:
    """The root u between two points of different signs, to the last digits that the arithmetic has.

    Secants through the two best points, halving the bracket instead when they do not shrink the value.
    """
    a, b = columns.number(a), columns.number(b)
    f_a, f_b = (value_at(columns, expr, letter, coordinate, u) for u in (a, b))
    goal = 1e-26 if columns.precise else 4e-16
    hidden = 0
    if not columns.precise:
        hidden = 4e-16 * size_at(expr, {letter: coordinate.value(a, columns)}, columns, gauge)
    best, last = (a, b) if abs(f_a) < abs(f_b) else (b, a)
    f_best, f_last = (f_a, f_b) if abs(f_a) < abs(f_b) else (f_b, f_a)
    rising, halve = f_a > 0, False
    for _ in range(300):
        if b - a <= 2 * goal * (1 + abs(best)):
            break
        u = (a + b) / 2 if halve or f_best == f_last else best - f_best * (best - last) / (f_best - f_last)
        if not a < u < b and u != best:
            u = (a + b) / 2
        least = goal * (1 + abs(u))
        u = min(max(u, a + least), b - least)
        f = value_at(columns, expr, letter, coordinate, u)
        if abs(f) <= hidden:
            return u
        a, b = (u, b) if (f > 0) == rising else (a, u)
        halve = abs(f) > abs(f_best) / 2 and b - a > 4 * least
        if abs(f) < abs(f_best):
            last, f_last, best, f_best = best, f_best, u, f
        else:
            last, f_last = u, f
    return best
