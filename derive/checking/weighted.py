"""Sums and integrals of a weight times a density, in pieces where the integrand lives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.checking.peaks import peak
from derive.checking.quadrature import LAST_LEVEL, kind_of, placed, standard
from derive.checking.sweeps import Sweep
from derive.core.nodes import Indicator

if TYPE_CHECKING:
    from derive.checking.walker import Walker


LONGEST_SUM = 3_000
BLOCK = 32
MOST_DIGITS = 130
FADED = 1e-6
# A peak so far from zero, or of such a width, that the points for the whole line or half of it would miss it.
FAR, NARROW, WIDE = 10, 0.05, 30
# A peak so many widths from both ends is cut at its top.
STEEP = 12


@dataclass(frozen=True, slots=True)
class Measure:
    """``factor`` dx (or a sum) over a support: what an expectation weighs its expression with."""

    factor: Any
    letter: Any
    low: Any
    high: Any
    discrete: bool


def weighted(walker: Walker, expr: Any, over: Measure) -> Any:
    """∫ factor·expr or Σ factor·expr over the support."""
    if walker.ctx.dps > MOST_DIGITS:
        raise GivesUp("digits")
    if over.discrete:
        return summed(walker, expr, over)
    expr = written_out(walker, expr, over.letter)
    cuts = sorted(breaks(walker, expr, over) | breaks(walker, over.factor, over))
    low, high = (endpoint(walker, v) for v in (over.low, over.high))
    inner = [c for c in cuts if low < c < high]
    ends = [low, *inner, high]
    total = walker.ctx.mpf(0)
    for a, b in pairwise(ends):
        for part in parted(walker, over, a, b):
            total += panel(walker, expr, over, part)
    return total


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the range, and in what units its infinite ends are approached."""

    low: Any
    high: Any
    centre: Any = 0
    scale: Any = 1


def parted(walker: Walker, over: Measure, low: Any, high: Any) -> tuple[Part, ...]:
    """The piece as it is, in units of the factor's peak, or cut in two at the peak where that is narrow."""
    key = ("parted", over, low, high)
    kept = not walker.bound and not walker.moved
    if kept and key in walker.memo:
        return walker.memo[key]  # type: ignore[no-any-return]
    made = around_the_peak(walker, over, low, high)
    if kept:
        walker.memo[key] = made
    return made


def around_the_peak(walker: Walker, over: Measure, low: Any, high: Any) -> tuple[Part, ...]:
    ctx, plain = walker.ctx, Part(low, high)
    factor = written_out(walker, over.factor, over.letter)
    found = peak(walker, factor, over.letter, low, high) if over.letter in factor.free_symbols else None
    if found is None:
        return (plain,)
    at, width = found.at, found.width
    if ctx.isinf(low) and ctx.isinf(high):
        ordinary = abs(at) <= FAR and NARROW <= width <= WIDE
        return (plain if ordinary else Part(low, high, at, width),)
    left, right = at - low, high - at
    if min(left, right) > STEEP * width and (ctx.isinf(low) or ctx.isinf(high) or high - low > 5 * STEEP * width):
        return (Part(low, at, at, width), Part(at, high, at, width))
    if ctx.isinf(low) or ctx.isinf(high):
        size = max(width, min(left, right))
        return (plain if NARROW <= size <= WIDE else Part(low, high, at, size),)
    return (plain,)


def written_out(walker: Walker, expr: Any, letter: Any) -> Any:
    """The expression with the densities in it written out, so that their branches can be seen."""
    names = [e for e in expr.atoms(AppliedUndef) if letter in e.free_symbols]
    sweep = Sweep(walker, letter, [])
    known = {e: density for e in names if (density := sweep.density(e)) is not None}
    return expr.xreplace(known) if known else expr


def endpoint(walker: Walker, e: Any) -> Any:
    if e.is_infinite:
        return walker.ctx.inf * (1 if e.is_extended_positive else -1)
    return walker.value(e)


def breaks(walker: Walker, expr: Any, over: Measure) -> set[Any]:
    """Where an absolute value, a sign or a greater-of changes its branch."""
    found: set[Any] = set()
    inside = [a.args[0] for a in expr.atoms(sp.Abs, sp.sign)]
    inside += [a.args[0] - b for a in expr.atoms(sp.Max, sp.Min) for b in a.args[1:]]
    inside += [i.args[0] - i.args[2] for i in expr.atoms(Indicator)]
    inside += [
        c.lhs - c.rhs for p in expr.atoms(sp.Piecewise) for c in p.atoms(sp.core.relational.Relational) if c.args
    ]
    for e in inside:
        if over.letter not in e.free_symbols:
            continue
        slope = sp.diff(e, over.letter)
        if over.letter in slope.free_symbols:
            raise GivesUp("branches")
        found.add(walker.value(sp.expand(over.letter - e / slope)))
    return found


def panel(walker: Walker, expr: Any, over: Measure, part: Part) -> Any:
    """One smooth piece, the step halved until two levels agree to half of the digits."""
    ctx, low, high = walker.ctx, part.low, part.high
    digits = ctx.dps
    kind = kind_of(ctx, low, high, dies_fast(walker, over, low, high))
    first = (4 if kind.endswith("exponentials") else 5) + (digits > 35)
    if kind == "piece" and not (singular(over.factor, over.letter) or singular(expr, over.letter)):
        kind = "smooth piece"
    with ctx.workdps(digits * 4 + 10) if kind == "piece" else ctx.workdps(digits + 5):
        for level in range(first, LAST_LEVEL + 1):
            made = table(walker, over, part, kind, level, digits)
            values = Sweep(walker, over.letter, [x for _, x, _ in made]).values(expr)
            parts = [w * v for (_, _, w), v in zip(made, values, strict=True)]
            total, size = ctx.fsum(parts), ctx.fsum(abs(v) for v in parts)
            before = 2 * ctx.fsum(v for (j, _, _), v in zip(made, parts, strict=True) if j % 2 == 0)
            if abs(total - before) <= size * ctx.mpf(10) ** (-0.6 * digits) and dies_out(kind, made, parts, size):
                shaking = walker.shaking
                return total if shaking is None else shaking.estimated(ctx, total, size, digits, (expr, over))
    raise GivesUp("quadrature")


def dies_out(kind: str, made: list[tuple[int, Any, Any]], parts: list[Any], size: Any) -> bool:
    """Do the furthest points no longer count? Those of a Cauchy law's mean cancel, and the integral diverges."""
    if not parts or kind.endswith("piece"):
        return True
    numbers = [j for j, _, _ in made]
    ends = [numbers.index(min(numbers)), numbers.index(max(numbers))]
    return all(abs(parts[k]) <= size * FADED for k in ends)


def singular(e: Any, letter: Any) -> bool:
    """May it have a logarithm's or a root's singularity at an end? Then points must lie very near to it."""
    if any(letter in a.free_symbols for a in e.atoms(sp.log, AppliedUndef)):
        return True
    return any(
        letter in p.free_symbols and not p.exp.is_nonnegative for p in e.atoms(sp.Pow) if not isinstance(p, sp.exp)
    ) or any(letter in p.base.free_symbols and not p.exp.is_Integer for p in e.atoms(sp.Pow))


def dies_fast(walker: Walker, over: Measure, low: Any, high: Any) -> bool:
    """Does the factor fall faster than any power at every infinite end?"""
    ctx = walker.ctx
    ends = [s * ctx.mpf(10) ** 40 for end, s in ((low, -1), (high, 1)) if ctx.isinf(end)]
    if not over.factor.has(sp.exp):
        return False
    return all(abs(v) < ctx.mpf(10) ** -280 for v in Sweep(walker, over.letter, ends, small=True).values(over.factor))


def table(walker: Walker, over: Measure, part: Part, kind: str, level: int, digits: int) -> list[tuple[int, Any, Any]]:
    """Points with weight times factor, those that cannot count left out; kept for the next expression."""
    ctx = walker.ctx
    kept = not walker.bound and not walker.moved
    key = ("table", over, part, kind, level, digits)
    if kept and key in walker.memo:
        return walker.memo[key]  # type: ignore[no-any-return]
    made: list[tuple[int, Any, Any]] = []
    largest = ctx.mpf(0)
    for side in standard(kind, level, digits):
        for start in range(0, len(side), BLOCK):
            drawn = placed(side[start : start + BLOCK], ctx, part.low, part.high, part.centre, part.scale)
            factor = Sweep(walker, over.letter, [x for _, x, _ in drawn], small=True).values(over.factor)
            block = [(j, x, w * f) for (j, x, w), f in zip(drawn, factor, strict=True)]
            finite = list(takewhile(lambda node: ctx.isfinite(node[2]), block))
            if len(finite) < len(block) and abs((finite or made or [(0, 0, 1)])[-1][2]) > ctx.mpf(10) ** -1000:
                raise GivesUp("size")
            made += finite
            if len(finite) < len(block):
                # Further out are quotients of exponentials that cannot be written down, and do not count.
                break
            highest = max((abs(w) for _, _, w in block), default=ctx.mpf(0))
            largest = max(largest, highest)
            if highest <= largest * ctx.mpf(10) ** (-2 * digits) and largest > 0 and over.factor.has(over.letter):
                break
    if largest == 0 and made:
        # The points have missed all of the mass.
        raise GivesUp("quadrature")
    if over.factor.has(over.letter):
        least = largest * ctx.mpf(10) ** (-2 * digits)
        made = [(j, x, w) for j, x, w in made if abs(w) > least]
    if kept:
        walker.memo[key] = made
    return made


def summed(walker: Walker, expr: Any, over: Measure) -> Any:
    """Σ over integers, an endless one until its terms no longer count."""
    key = ("masses", over)
    kept = not walker.bound and not walker.moved
    made = walker.memo.get(key) if kept else None
    if made is None:
        made = masses(walker, over)
        if kept:
            walker.memo[key] = made
    values = Sweep(walker, over.letter, [x for x, _ in made]).values(expr)
    parts = [m * v for (_, m), v in zip(made, values, strict=True)]
    total = walker.ctx.fsum(parts)
    return total if walker.shaking is None else walker.shaking.moved(walker.ctx, total, parts, (expr, over))


def masses(walker: Walker, over: Measure) -> list[tuple[Any, Any]]:
    ctx = walker.ctx
    first = walker.whole(over.low)
    last = None if over.high.is_infinite else walker.whole(over.high)
    if last is not None and last - first > LONGEST_SUM:
        raise GivesUp("size")
    made: list[tuple[Any, Any]] = []
    largest = ctx.mpf(0)
    for start in range(first, first + LONGEST_SUM, BLOCK):
        stop = start + BLOCK if last is None else min(start + BLOCK, last + 1)
        if stop <= start:
            return [(x, m) for x, m in made if m != 0]
        at = [ctx.mpf(v) for v in range(start, stop)]
        block = Sweep(walker, over.letter, at, small=True).values(over.factor)
        made += zip(at, block, strict=True)
        largest = max(largest, *(abs(m) for m in block))
        if last is None and largest > 0 and all(abs(m) <= largest * ctx.eps * ctx.mpf(10) ** -12 for m in block[-10:]):
            return [(x, m) for x, m in made if m != 0]
    raise GivesUp("series")
