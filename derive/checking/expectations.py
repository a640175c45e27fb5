"""The values of expectations, entropies and divergences: sums over the support, or integrals by quadrature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.checking.joint_laws import drawn_part
from derive.checking.laws import drawn_density, drawn_masses, drawn_weights, is_finite, is_member, seed_of
from derive.checking.normal_means import over_normal_vectors
from derive.checking.opened import opened_log
from derive.checking.peaks import peak
from derive.checking.quadrature import LAST_LEVEL, kind_of, placed, standard
from derive.checking.sweeps import Sweep
from derive.checking.vector_means import listed, on_segment
from derive.core.domains import Compositions, Integers, Interval, OneHot, Simplex
from derive.core.information import Law
from derive.core.joints import part_of
from derive.core.nodes import Indicator, Partial
from derive.core.ranges import meaning
from derive.core.vectors import function_at, is_matrix

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


def expectation(walker: Walker, e: Any) -> Any:
    """E_p[g]."""
    expr, variable, name = e.args
    return mean(walker, expr, variable, name)


def variance(walker: Walker, e: Any) -> Any:
    """E[g²] − (E[g])², about the mean so that nothing cancels."""
    expr, variable, name = e.args
    centre = sp.Dummy("m", real=True)
    with walker.with_letter(centre, mean(walker, expr, variable, name)):
        return mean(walker, (expr - centre) ** 2, variable, name)


def entropy(walker: Walker, e: Any) -> Any:
    """E_p[−log p]."""
    return cross(walker, e.args[0], e.args[0])


def cross_entropy(walker: Walker, e: Any) -> Any:
    """E_p[−log q]."""
    return cross(walker, *e.args)


def divergence(walker: Walker, e: Any) -> Any:
    """E_p[log p − log q]."""
    p, q = e.args
    variable = law_of(walker, p).variable
    return mean(walker, log_density(walker, p, variable) - log_density(walker, q, variable), variable, p)


def cross(walker: Walker, p: Any, q: Any) -> Any:
    variable = law_of(walker, p).variable
    return mean(walker, -log_density(walker, q, variable), variable, p)


def cardinality(walker: Walker, e: Any) -> Any:
    """|𝒳|: two to four elements, the same for every law on the set at this point."""
    return walker.ctx.mpf(2 + (walker.point.seed // 100 + sum(map(ord, str(e.args[0])))) % 3)


def law_of(walker: Walker, name: Any) -> Law:
    law = walker.facts.law(name)
    if law is None or law.moments:
        raise GivesUp("law")
    return law


def log_density(walker: Walker, name: Any, variable: Any) -> Any:
    law = law_of(walker, name)
    if law.density is None:
        return sp.log(function_at(str(name), variable, *law.given))
    density = law.density if law.variable == variable else law.density.xreplace({law.variable: variable})
    return opened_log(density)


def unknown_density(walker: Walker, name: str, law: Law, argument: Any) -> Any:
    """p(x) of an unknown law: weights on a finite set, else a density of the support, fixed at this point."""
    support, seed = law.support, seed_of(walker.point.seed, name)
    if isinstance(support, Integers) and is_finite(law):
        low, high, at = (walker.whole(v) for v in (support.lower, support.upper, argument))
        if not low <= at <= high:
            return walker.ctx.mpf(0)
        size = high - low + 1
        masses = drawn_masses(law, size, seed) if law.given else drawn_weights(size, seed)
        return walker.value(masses[at - low])
    density = drawn_density(law, seed)
    return walker.value(density.xreplace({law.variable: argument}))


def mean(walker: Walker, expr: Any, variable: Any, name: Any) -> Any:
    """E[expr], where ``variable`` follows the law of this name."""
    law = law_of(walker, name)
    support = law.support
    if is_matrix(law.variable):
        return over_normal_vectors(walker, law, expr, variable)
    if isinstance(variable, sp.IndexedBase):
        return over_vectors(walker, law, expr, variable)
    density = law.density
    if density is None:
        finite = is_finite(law)
        part = part_of(str(name), walker.facts)
        density = (
            function_at(str(name), law.variable, *law.given)
            if finite
            else drawn_part(walker, part, (law.variable, *law.given))
            if part is not None
            else drawn_density(law, seed_of(walker.point.seed, str(name)))
        )
    if law.variable != variable:
        density = density.xreplace({law.variable: variable})
    if not isinstance(support, Integers | Interval):
        raise GivesUp("support")
    total = walker.ctx.mpf(0)
    for rest, factor in tilted(walker, expr, density, variable):
        over = Measure(factor, variable, support.lower, support.upper, isinstance(support, Integers))
        total += weighted(walker, rest, over)
    return total


def tilted(walker: Walker, expr: Any, factor: Any, letter: Any) -> Iterator[tuple[Any, Any]]:
    """(g_k, w_k) with g·w = Σ g_k·w_k: exponentials of the letter weigh, since they may outgrow the density's tail."""
    plain = sp.Integer(0)
    for term in sp.Add.make_args(expr):
        powers = [f for f in sp.Mul.make_args(term) if grows(f, letter)]
        if powers:
            rest = sp.Mul(*(f for f in sp.Mul.make_args(term) if f not in powers))
            yield rest, one_exponential(walker, sp.Mul(factor, *powers), letter)
        else:
            plain += term
    if plain != 0:
        yield plain, factor


def grows(factor: Any, letter: Any) -> bool:
    """Is it a power with the letter in its exponent?"""
    exponent = factor.args[0] if isinstance(factor, sp.exp) else factor.exp if factor.is_Pow else sp.Integer(0)
    return letter in exponent.free_symbols


def integral(walker: Walker, e: Any) -> Any:
    """∫ f dx, term by term, each weighed with those of its factors that die out."""
    if len(e.limits) != 1 or len(e.limits[0]) != 3:
        raise GivesUp("integral")
    letter, low, high = e.limits[0]
    if any(open_density(walker, f) for f in e.atoms(AppliedUndef)):
        raise GivesUp("density")
    if not (low.is_infinite or high.is_infinite) and walker.value(low) > walker.value(high):
        # ∫_a^b = −∫_b^a
        return -integral(walker, e.func(e.function, (letter, high, low)))
    total = walker.ctx.mpf(0)
    for term in sp.Add.make_args(e.function):
        if (density := moved_density(walker, term, letter)) is not None:
            # A derivative of a density dies out as the density does.
            total += weighted(walker, term / density, Measure(density, letter, low, high, False))
            continue
        weighing = [f for f in sp.Mul.make_args(term) if weighs(f, letter)]
        rest = sp.Mul(*(f for f in sp.Mul.make_args(term) if f not in weighing))
        weight = one_exponential(walker, sp.Mul(*weighing), letter)
        total += weighted(walker, rest, Measure(weight, letter, low, high, False))
    return total


def moved_density(walker: Walker, term: Any, letter: Any) -> Any:
    """The first unknown density p(x | θ) that is differentiated in the term; None if there is none."""
    found = [f for d in term.atoms(Partial) if letter in d.free_symbols for f in d.atoms(AppliedUndef)]
    sweep = Sweep(walker, letter, [])
    known = [f for f in sorted(found, key=str) if f.args[0] == letter and sweep.density(f) is not None]
    return known[0] if known else None


def open_density(walker: Walker, f: Any) -> bool:
    """f(x; θ) of which nothing is known: no choice of it is a density for every θ."""
    law = walker.facts.law(f.func.__name__)
    if meaning(f, walker.facts) is not None or part_of(f.func.__name__, walker.facts) is not None:
        return False
    return law is None or (law.density is None and not is_member(law, f.args))


def one_exponential(walker: Walker, product: Any, letter: Any) -> Any:
    """exp(u)·r, so that what grows and what dies out meet in one exponent."""
    u, other = Sweep(walker, letter, []).without_exponentials(product)
    return other if u == 0 else sp.exp(u) * other


def weighs(factor: Any, letter: Any) -> bool:
    if letter not in factor.free_symbols:
        return False
    if isinstance(factor, AppliedUndef | sp.exp):
        return True
    return isinstance(factor, sp.Pow) and not factor.has(sp.log)


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


def over_vectors(walker: Walker, law: Law, expr: Any, variable: Any) -> Any:
    """E over one-hot vectors or counts (a sum), or over a simplex of two entries (an integral)."""
    if isinstance(law.support, OneHot | Compositions):
        return listed(walker, law, expr, variable)
    if not isinstance(law.support, Simplex):
        raise GivesUp("support")
    density, inside, u = on_segment(walker, law, expr, variable)
    bound, walker.bound = walker.bound, {}
    try:
        return weighted(walker, inside, Measure(density, u, sp.Integer(0), sp.Integer(1), False))
    finally:
        walker.bound = bound
