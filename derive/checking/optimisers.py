"""Claims between ``argmax`` and ``argmin``: do both objectives order the candidates alike?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from derive.checking.budget import Budget, GivesUp
from derive.checking.expressions import forgiven, judge_expressions
from derive.checking.normal_form import normal_forms
from derive.checking.numbers import FAULTS, at_points, witness_at
from derive.checking.point import Undefined
from derive.checking.variants import variants
from derive.checking.walker import Walker
from derive.core.claim import Claim, Outcome, Verdict, Witness
from derive.core.information import Extremum
from derive.core.relation import EQUAL, PROPORTIONAL, UP_TO_CONSTANT

SENSE = {"argmax": 1, "argmin": -1, "max": 1, "min": -1}


def judge_extrema(claim: Claim, budget: Budget) -> Verdict:
    """PROVED if the objectives differ by a constant or a positive factor; TESTED if they order all candidates alike.

    ``max`` and ``min`` are values: their objectives must be equal.
    """
    a, b = claim.left, claim.right
    if not (isinstance(a, Extremum) and isinstance(b, Extremum)) or claim.relation != EQUAL:
        return Verdict(Outcome.UNKNOWN, "kinds")
    (f, letters, kind), (g, others, other) = a.args, b.args
    if set(letters) != set(others) or str(kind).startswith("arg") != str(other).startswith("arg"):
        return Verdict(Outcome.UNKNOWN, "kinds")
    same_sense = SENSE[str(kind)] == SENSE[str(other)]
    if not str(kind).startswith("arg"):
        inner = replace(claim, left=f, right=g)
        return judge_expressions(inner, budget) if same_sense else Verdict(Outcome.UNKNOWN, "kinds")
    objective = replace(claim, left=f, right=g if same_sense else -g, unknowns=tuple(letters))
    proved = is_proved(objective)
    some = Orders(objective, budget)
    numbers = at_points(objective, some.check, budget, proved)
    if numbers.witness is not None:
        return Verdict(Outcome.REFUTED, "optimisers", numbers.witness)
    if not some.moved:
        return Verdict(Outcome.UNKNOWN, numbers.reason or "no_order")
    return Verdict(Outcome.PROVED if proved else Outcome.TESTED, "optimisers")


def is_proved(claim: Claim) -> bool:
    """Do the objectives differ by a constant, or by a positive factor?"""
    forms = normal_forms(claim.facts)
    try:
        return any(forgiven(replace(claim, relation=relation), forms) for relation in (UP_TO_CONSTANT, PROPORTIONAL))
    except (GivesUp, RecursionError):
        forms.unfolding = 0
        return False


class Orders:
    """Candidates for the unknowns, ordered by both objectives."""

    def __init__(self, claim: Claim, budget: Budget) -> None:
        self.claim, self.budget = claim, budget
        self.moved = False

    def check(self, walker: Walker) -> Witness | None:
        """``None`` if at this point the objectives order the candidates alike."""
        found: list[tuple[Any, Any]] = []
        for moved in variants(self.claim.facts, walker, self.claim.unknowns, self.budget):
            try:
                found.append((moved.value(self.claim.left), moved.value(self.claim.right)))
            except (Undefined, *FAULTS):
                continue
        for place, (f, g) in enumerate(found):
            for other_f, other_g in found[:place]:
                first, second = order(f, other_f, walker), order(g, other_g, walker)
                self.moved |= first != 0 or second != 0
                if first != second:
                    return witness_at(self.claim, walker, found[0][0], found[0][1])
        if len(found) < 2:
            raise Undefined(False)
        return None


def order(a: Any, b: Any, walker: Walker) -> int:
    """−1, 0 or 1; 0 up to rounding."""
    if abs(a - b) <= max(abs(a), abs(b)) * walker.ctx.mpf(10) ** -12 + walker.ctx.mpf(10) ** -25:
        return 0
    return 1 if a > b else -1
