"""The third rung: both sides at points that satisfy the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from mpmath import libmp
from mpmath.ctx_base import StandardBaseContext

from derive.checking.budget import Budget, GivesUp
from derive.checking.digits import closer_rounds_to, rounds_to
from derive.checking.efforts import averages, by_matrix
from derive.checking.point import Undefined
from derive.checking.points import SIZES, ordinary, related, same_number, walkers
from derive.checking.shaken import there
from derive.checking.walker import Walker
from derive.checking.witnesses import UNDEFINED, witness_at
from derive.core.claim import Claim, Witness
from derive.core.nodes import Indicator
from derive.core.relation import APPROXIMATELY, EQUAL, GREATER, LESS
from derive.core.vectors import is_matrix

FAULTS = (libmp.NoConvergence, StandardBaseContext.NoConvergence, ValueError, ZeroDivisionError, OverflowError)
AFTER_PROOF = 2
EXCUSED = (Indicator, sp.Inverse)
MOST_INTEGRALS = 4
MOST_BY_MATRIX = 3


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
        holds = in_order(claim, left, right, walker)
    return None if holds else witness_at(claim, walker, left, right)


def in_order(claim: Claim, left: Any, right: Any, walker: Walker) -> bool:
    """Does the inequality hold, where a wrong sign may be what rounding has left of zero?

    Raises:
        GivesUp: rounding hides on which side of equality a strict inequality lies.
    """
    if related(left, claim.relation, right, walker):
        return True
    if left == right or there(lambda w: w.value(claim.left) - w.value(claim.right), walker):
        return False
    if claim.relation in (LESS, GREATER):
        raise GivesUp("rounding")
    return True


def matrices_at(claim: Claim, walker: Walker, left: Any, right: Any) -> Witness | None:
    """Equal matrices have equal entries; the witness shows the first that differ."""
    if claim.relation != EQUAL or (left.rows, left.cols) != (right.rows, right.cols):
        raise GivesUp("shapes" if claim.relation == EQUAL else "relation")
    largest = max((abs(v) for m in (left, right) for v in m), default=0)
    # An entry that is zero by cancellation is judged by the size of the others.
    slack = max(largest, 1) * walker.ctx.mpf(10) ** -15
    for k, (a, b) in enumerate(zip(left, right, strict=True)):
        if abs(a - b) > slack and there(
            lambda w, k=k: list(w.value(claim.left))[k] - list(w.value(claim.right))[k], walker
        ):
            return witness_at(claim, walker, a, b)
    return None


def valued(side: Any, walker: Walker) -> Any:
    """The value, or the exception that says why there is none."""
    try:
        return walker.value(side)
    except Undefined as absent:
        return absent


def equal_at(left: Any, right: Any, left_value: Any, right_value: Any, walker: Walker) -> bool:
    """Equal as numbers, or apart by no more than rounding and cancellation leave.

    Raises:
        GivesUp: rounding hides whether they are.
    """
    if same_number(left_value, right_value, walker):
        return True
    if not hasattr(left_value, "rows"):
        if there(lambda w: w.value(left) - w.value(right), walker):
            return False
        if there(lambda w: w.value(left), walker) != there(lambda w: w.value(right), walker):
            # One is not zero, and smaller than what rounding leaves of the other.
            raise GivesUp("rounding")
        return True
    if (left_value.rows, left_value.cols) != (right_value.rows, right_value.cols):
        return False
    cells = range(left_value.rows * left_value.cols)
    return not any(there(lambda w, k=k: list(w.value(left))[k] - list(w.value(right))[k], walker) for k in cells)
