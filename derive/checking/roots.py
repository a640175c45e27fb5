"""The zeros of a function of one letter in its domain, by a scan on a stretched grid and bisection."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from derive.checking.budget import GivesUp
from derive.checking.point import Undefined
from derive.checking.walker import Walker
from derive.core.domains import Domain, Integers, Interval, Simplex, Vector, entry_domain

STEPS = 24


def ends(domain: Domain | None, letter: Any, walker: Walker) -> tuple[Any, Any]:
    """The numbers between which a letter lives."""
    ctx = walker.ctx
    if isinstance(domain, Simplex):
        # Along one entry alone nothing holds the vector on the simplex; that is the multiplier's task.
        return ctx.mpf(0), ctx.inf
    if isinstance(domain, Vector):
        domain = entry_domain(domain)
    if domain is None:
        return (ctx.mpf(0) if getattr(letter, "is_positive", False) else -ctx.inf), ctx.inf
    low = -ctx.inf if domain.lower.is_infinite else walker.value(domain.lower)
    high = ctx.inf if domain.upper.is_infinite else walker.value(domain.upper)
    return low, high


def inside(value: Any, domain: Domain | None, low: Any, high: Any) -> bool:
    """Is the number admissible?"""
    if isinstance(domain, Integers):
        return bool(low <= value <= high) and abs(value - round(value)) < 1e-12
    open_low = not isinstance(domain, Interval) or domain.lower_open
    open_high = not isinstance(domain, Interval) or domain.upper_open
    return bool(low < value < high) or (value == low and not open_low) or (value == high and not open_high)


def grid(domain: Domain | None, low: Any, high: Any, ctx: Any) -> list[Any]:
    """Points that are dense where roots live and reach far out."""
    if isinstance(domain, Integers):
        first = int(low) if low != -ctx.inf else -STEPS
        last = min(int(high), first + 2 * STEPS) if high != ctx.inf else first + 2 * STEPS
        return [ctx.mpf(n) for n in range(first, last + 1)]
    places = [ctx.mpf(n) / STEPS for n in range(-STEPS, STEPS + 1)]
    if low == -ctx.inf and high == ctx.inf:
        return [ctx.sinh(8 * t + ctx.mpf(1) / 97) for t in places]
    if high == ctx.inf:
        return [low + ctx.exp(8 * t) for t in places]
    if low == -ctx.inf:
        return [high - ctx.exp(-8 * t) for t in places]
    return [low + (high - low) / (1 + ctx.exp(-8 * t)) for t in places]


def zeros(f: Callable[[Any], Any], at: list[Any], whole: bool) -> list[Any]:
    """Where the function vanishes: exactly on the grid, or between two grid points of opposite sign."""
    values: list[tuple[Any, Any]] = []
    for x in at:
        try:
            values.append((x, f(x)))
        except Undefined:
            continue
    if not values:
        raise GivesUp("undefined")
    found = [x for x, y in values if y == 0]
    if whole:
        return found
    for (a, fa), (b, fb) in pairwise(values):
        if (fa > 0 and fb < 0) or (fa < 0 and fb > 0):
            root = bracketed(f, a, fa, b, fb)
            if root is not None:
                found.append(root)
    return found


def bracketed(f: Callable[[Any], Any], a: Any, fa: Any, b: Any, fb: Any) -> Any | None:
    """The zero between a and b (Illinois); ``None`` at a pole."""
    largest, narrow = max(abs(fa), abs(fb)), abs(b - a) * 1e-26
    for step in range(120):
        middle = (a + b) / 2 if step % 4 == 3 else (a * fb - b * fa) / (fb - fa)
        if not min(a, b) < middle < max(a, b):
            return middle
        y = f(middle)
        if y == 0 or abs(b - a) <= max(abs(b) * 1e-26, narrow):
            return middle if abs(y) <= largest * 1e-6 else None
        if (y > 0) == (fb > 0):
            b, fb, fa = middle, y, fa / 2
        else:
            a, fa, fb = middle, y, fb / 2
    return None
