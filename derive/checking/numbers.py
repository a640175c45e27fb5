"""The third rung: both sides at points that satisfy the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sympy as sp
from mpmath import libmp
from mpmath.ctx_base import StandardBaseContext

from derive.checking.budget import Budget, GivesUp
from derive.checking.point import Undefined
from derive.checking.points import SIZES, ordinary, related, same_number, walkers
from derive.checking.shown_laws import shown_laws
from derive.checking.walker import DIGITS, Walker
from derive.core.claim import Claim, Witness
from derive.core.facts import Facts
from derive.core.information import OfLaws, OverALaw
from derive.core.nodes import Indicator
from derive.core.ranges import meaning
from derive.core.relation import APPROXIMATELY, EQUAL
from derive.core.statement import Side, Statement
from derive.core.vectors import BINDERS, Gradient, MatrixAt, MatrixOf, VectorIntegral, VectorMean, is_matrix

FAULTS = (libmp.NoConvergence, StandardBaseContext.NoConvergence, ValueError, ZeroDivisionError, OverflowError)
UNDEFINED = "undefined"
AFTER_PROOF = 2
EXCUSED = (Indicator, sp.Inverse)
MOST_INTEGRALS = 4
MOST_BY_MATRIX = 3
MANY_DIGITS = 960


@dataclass(frozen=True, slots=True)
class Numbers:
    """What numbers say.

    Args:
        tried: at how many points both sides had a value, the one with all observations alike not counted.
        witness: where they differ.
        reason: why there are no points, if there are none.
    """

    tried: int = 0
    witness: Witness | None = None
    reason: str = ""


def at_points(
    claim: Claim, check: Callable[[Walker], Witness | None], budget: Budget, proved: bool, enough: int = 100
) -> Numbers:
    """Try a check at the points of the claim's facts; fewer of them if there is a proof already, or each is laborious.

    Args:
        enough: at most at so many points.
    """
    tried, reason = 0, "no_point"
    walker: Walker | None = None
    drawn = walkers(claim.facts, budget)
    most = AFTER_PROOF if proved else MOST_INTEGRALS if averages(claim) else len(SIZES)
    most = min(most, MOST_BY_MATRIX) if by_matrix(claim) else most
    while tried < min(most, enough):
        try:
            walker = next(drawn, None)
            if walker is None:
                break
            witness = check(walker)
        except Undefined:
            reason = UNDEFINED
            continue
        except GivesUp as stop:
            reason = stop.reason
            if walker is None or stop.reason == "budget":
                break
            continue
        except FAULTS:
            reason = "numbers"
            continue
        tried += ordinary(walker)
        if witness is not None:
            return Numbers(tried, witness)
    return Numbers(tried, None, reason)


def averages(claim: Claim) -> bool:
    """Has the claim integrals or expected values in it, each a sum over many points?"""
    sides = [
        s
        for side in (claim.left, claim.right)
        for s in ((side.left, side.right) if isinstance(side, Statement) else (side,))
    ]
    return any(e.has(sp.Integral, OverALaw, OfLaws, VectorIntegral, VectorMean) for e in sides)


def by_matrix(claim: Claim) -> bool:
    """Has the claim a derivative by a matrix in it, two values of what is derived for each of its entries?"""
    sides = [side for side in (claim.left, claim.right) if not isinstance(side, Statement)]
    return any(isinstance(e.args[1], MatrixOf | MatrixAt) for side in sides for e in side.atoms(Gradient))


def expressions_at(claim: Claim, walker: Walker, proved: bool = False) -> Witness | None:
    """Do both sides stand in the relation at this point? ``None`` if so.

    A pole of one side alone refutes, unless there is a proof (then what the pole cancels against was seen) or all
    observations are alike (there the conditions of an estimate's existence fail), or an indicator leaves something out,
    or a matrix is inverted (at some sizes it has no inverse).
    """
    values = [valued(side, walker) for side in (claim.left, claim.right)]
    absent = [v for v in values if isinstance(v, Undefined)]
    if absent:
        excused = proved or not ordinary(walker) or any(s.has(*EXCUSED) for s in (claim.left, claim.right))
        if len(absent) == 2 or (not absent[0].not_real and excused):
            raise absent[0]
        return witness_at(claim, walker, *values)
    left, right = values
    if walker.rough and claim.relation != APPROXIMATELY:
        raise GivesUp("rounding")
    if is_matrix(claim.left):
        return matrices_at(claim, walker, left, right)
    if claim.relation == APPROXIMATELY:
        holds = rounds_to(left, right, claim, walker) or closer_rounds_to(claim, walker)
    elif claim.relation == EQUAL:
        holds = equal_at(claim.left, claim.right, left, right, walker)
    else:
        holds = related(left, claim.relation, right, walker)
    return None if holds else witness_at(claim, walker, left, right)


def matrices_at(claim: Claim, walker: Walker, left: Any, right: Any) -> Witness | None:
    """Equal matrices have equal entries; the witness shows the first that differ."""
    if claim.relation != EQUAL or (left.rows, left.cols) != (right.rows, right.cols):
        raise GivesUp("shapes" if claim.relation == EQUAL else "relation")
    largest = max((abs(v) for m in (left, right) for v in m), default=0)
    # An entry that is zero by cancellation is judged by the size of the others.
    slack = max(largest, 1) * walker.ctx.mpf(10) ** -15
    for a, b in zip(left, right, strict=True):
        if abs(a - b) > slack:
            return witness_at(claim, walker, a, b)
    return None


def valued(side: Any, walker: Walker) -> Any:
    """The value, or the exception that says why there is none."""
    try:
        return walker.value(side)
    except Undefined as absent:
        return absent


def equal_at(left: Any, right: Any, left_value: Any, right_value: Any, walker: Walker) -> bool:
    """Equal as numbers, or with half as many digits again: they agree, or both shrink as rounding does and are zero."""
    if same_number(left_value, right_value, walker):
        return True
    largest = max(abs(left_value), abs(right_value))
    closer = walker.nearer(DIGITS + DIGITS // 2)
    left, right = closer.value(left), closer.value(right)
    if same_number(left, right, closer):
        return True
    now = max(abs(left), abs(right))
    return bool(largest < closer.ctx.mpf(10) ** -10 and now < largest * closer.ctx.mpf(10) ** -10)


def rounding(printed: Any, value: Any, walker: Walker) -> Any:
    """By how much the value may be off if each printed decimal is rounded to its last digit."""
    if printed.is_Float or printed.is_Rational:
        return walker.value(half_a_unit(printed))
    decimals = printed.atoms(sp.Float)
    if not decimals:
        raise GivesUp("digits")
    total = walker.ctx.mpf(0)
    for decimal in sorted(decimals, key=str):
        half = half_a_unit(decimal)
        ends = [walker.value(printed.xreplace({decimal: decimal + by})) for by in (-half, half)]
        total += max(abs(end - value) for end in ends)
    return total


def rounds_to(left: Any, right: Any, claim: Claim, walker: Walker) -> bool:
    """Does the number round to the digits that are printed?"""
    return bool(abs(left - right) <= rounding(claim.right, right, walker) * (1 + walker.ctx.mpf(10) ** -12))


def closer_rounds_to(claim: Claim, walker: Walker) -> bool:
    """The same with very many digits, where few of them are left by cancellation."""
    closer = Walker(walker.facts, walker.point, walker.budget, MANY_DIGITS)
    try:
        return rounds_to(closer.value(claim.left), closer.value(claim.right), claim, closer)
    except GivesUp:
        return False


def half_a_unit(printed: Any) -> Any:
    """Half a unit in the last digit that was printed."""
    if not (printed.is_Float or printed.is_Rational):
        raise GivesUp("digits")
    if printed.is_Rational:
        decimals = next((d for d in range(40) if (10**d) % int(printed.q) == 0), None)
        if decimals is None:
            raise GivesUp("digits")
        return Fraction(1, 2 * 10**decimals).numerator / sp.Integer(2 * 10**decimals)
    shown = Decimal(str(printed)).normalize()
    last = int(shown.as_tuple().exponent)
    # Zeros before the point count as digits, unless six others stand before them.
    last = min(last, max(0, shown.adjusted() - 5))
    return sp.Rational(1, 2) * sp.Integer(10) ** last


def witness_at(claim: Claim, walker: Walker, left: Any, right: Any, **more: str) -> Witness:
    """The point, as far as the claim depends on it, and the two values."""
    shown: dict[str, str] = {}
    point = walker.point
    for letter in letters_of((claim.left, claim.right), claim.facts):
        if isinstance(letter, sp.IndexedBase):
            entries = [
                _short(v) for (base, _), v in sorted(point.entries.items(), key=str) if base in (letter, letter.label)
            ]
            shown[str(letter.label)] = f"({', '.join(entries)})"
        elif letter in point.values:
            shown[str(letter)] = _short(point.values[letter])
    sides = tuple(side for side in (claim.left, claim.right) if not isinstance(side, Statement))
    shown |= shown_laws(sides, walker)
    return Witness(tuple((shown | more).items()), _text(left, walker), _text(right, walker))


def _short(value: Fraction) -> str:
    return str(value) if value.denominator < 10_000 else f"{float(value):.6g}"


def _text(value: Any, walker: Walker) -> str:
    if isinstance(value, Undefined):
        return UNDEFINED
    if hasattr(value, "rows"):
        return f"({', '.join(_text(v, walker) for v in value)})"
    return str(walker.ctx.nstr(walker.ctx.mpf(value), 6)).removesuffix(".0")


def letters_of(sides: tuple[Side, ...], facts: Facts) -> list[Any]:
    """The free letters, sizes and data included, with definitions unfolded; in a fixed order."""
    found: set[Any] = set()
    seen: set[Any] = set()
    waiting: list[tuple[Any, frozenset[Any]]] = []
    for side in sides:
        parts = (side.left, side.right) if isinstance(side, Statement) else (side,)
        waiting.extend((part, frozenset()) for part in parts)
    while waiting:
        e, bound = waiting.pop()
        if (e, bound) in seen or e in bound:
            continue
        seen.add((e, bound))
        stands_for = meaning(e, facts)
        if stands_for is not None:
            waiting.append((stands_for, bound))
        elif isinstance(e, sp.Indexed):
            found.add(e.base)
            waiting.extend((i, bound) for i in e.indices)
        elif isinstance(e, sp.Symbol | sp.IndexedBase):
            found.add(e)
        elif isinstance(e, BINDERS):
            waiting.extend((end, bound) for limit in e.limits for end in limit[1:])
            waiting.append((e.function, bound | {limit[0] for limit in e.limits}))
        else:
            waiting.extend((arg, bound) for arg in e.args)
    return sorted(found, key=lambda s: (isinstance(s, sp.IndexedBase), str(s)))
