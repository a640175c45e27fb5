"""Where a factor under an integral is large, and over what width: a narrow law far from zero has to be looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.point import Undefined
from derive.checking.sweeps import Sweep

if TYPE_CHECKING:
    from derive.checking.walker import Walker

ROUNDS = 40
DECADES = range(-9, 10)


@dataclass(frozen=True, slots=True)
class Peak:
    """The place of the largest value, and the least distance at which e is lost from it."""

    at: Any
    width: Any


def peak(walker: Walker, factor: Any, letter: Any, low: Any, high: Any) -> Peak | None:
    """The highest point that a scan with refinement finds; None where the factor is flat or of no size anywhere."""
    ctx = walker.ctx
    height = _Height(walker, logarithm(factor), letter)
    places = scanned(ctx, low, high)
    values = height.of(places)
    best = max(range(len(places)), key=lambda i: values[i])
    if ctx.isinf(values[best]):
        # No size anywhere, or too large to be compared.
        return None
    at, top = places[best], values[best]
    left, right = places[max(best - 1, 0)], places[min(best + 1, len(places) - 1)]
    for _ in range(ROUNDS):
        grid = [left + (right - left) * k / 8 for k in range(9)]
        seen = height.of(grid)
        best = max(range(9), key=lambda i: seen[i])
        if seen[best] >= top:
            at, top = grid[best], seen[best]
        inner = [v for v in seen if not ctx.isinf(v)]
        if len(inner) == 9 and max(inner) - min(inner) < 0.5:
            break
        left, right = grid[max(best - 1, 0)], grid[min(best + 1, 8)]
    steps = [c * ctx.mpf(10) ** k for k in DECADES for c in (1, 3)]
    around = [(s, at + sense * s) for s in steps for sense in (-1, 1) if low < at + sense * s < high]
    heights = height.of([x for _, x in around])
    lost = [s for (s, _), v in zip(around, heights, strict=True) if v < top - 1]
    return Peak(at, min(lost)) if lost else None


def scanned(ctx: Any, low: Any, high: Any) -> list[Any]:
    """Points of every order of magnitude between the ends, in their order."""
    sizes = [c * ctx.mpf(10) ** k for k in range(-5, 9) for c in (1, 3)]
    if ctx.isinf(low) and ctx.isinf(high):
        return [*(-s for s in reversed(sizes)), ctx.mpf(0), *sizes]
    if ctx.isinf(high):
        return [low + s for s in sizes]
    if ctx.isinf(low):
        return [high - s for s in reversed(sizes)]
    near = [ctx.mpf(10) ** -k for k in range(6, 0, -1)]
    shares = [*near, *(ctx.mpf(k) / 10 for k in range(2, 9)), *(1 - s for s in reversed(near))]
    return [low + (high - low) * s for s in shares]


def logarithm(factor: Any) -> Any:
    """log |factor| taken apart, so that nothing is too small to write down."""
    made = []
    for f in sp.Mul.make_args(factor):
        if isinstance(f, sp.exp):
            made.append(f.args[0])
        elif isinstance(f, sp.Pow):
            made.append(f.exp * sp.log(sp.Abs(f.base), evaluate=False))
        else:
            made.append(sp.log(sp.Abs(f), evaluate=False))
    return sp.Add(*made)


class _Height:
    """The values of an expression, minus infinity where it has none."""

    def __init__(self, walker: Walker, expr: Any, letter: Any) -> None:
        self.walker, self.expr, self.letter = walker, expr, letter

    def of(self, places: list[Any]) -> list[Any]:
        try:
            found = Sweep(self.walker, self.letter, places, small=True).values(self.expr)
        except Undefined:
            return [self.one(x) for x in places]
        return [self.walker.ctx.ninf if self.walker.ctx.isnan(v) else v for v in found]

    def one(self, x: Any) -> Any:
        ctx = self.walker.ctx
        try:
            (found,) = Sweep(self.walker, self.letter, [x], small=True).values(self.expr)
        except Undefined:
            return ctx.ninf
        return ctx.ninf if ctx.isnan(found) else found
