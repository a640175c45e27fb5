"""Claims between ``argmax`` and ``argmin``: do both objectives order the candidates alike?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from derive.checking.budget import Budget, GivesUp
from derive.checking.expressions import forgiven, judge_expressions
from derive.checking.moving_laws import judge_moving, moving
from derive.checking.normal_form import normal_forms
from derive.checking.numbers import FAULTS, at_points
from derive.checking.ordering import POINTS, Ordering
from derive.checking.point import Undefined
from derive.checking.points import ordinary
from derive.checking.systems import entries_of, flat, moved_to
from derive.checking.variants import variants
from derive.checking.walker import Walker
from derive.checking.witnesses import witness_at
from derive.core.claim import Claim, Outcome, Verdict, Witness
from derive.core.domains import Integers, Interval
from derive.core.facts import Facts
from derive.core.information import Extremum
from derive.core.relation import EQUAL, PROPORTIONAL, UP_TO_CONSTANT
from derive.core.vectors import VECTOR_LETTERS, MatrixAt, MatrixOf

SENSE = {"argmax": 1, "argmin": -1, "max": 1, "min": -1}


def judge_extrema(claim: Claim, budget: Budget) -> Verdict:
    """PROVED if the objectives differ by a constant or a positive factor; TESTED if they order all candidates alike.

    ``max`` and ``min`` are values: their objectives must be equal.
    """
    a, b = claim.left, claim.right
    if isinstance(a, Extremum) and not isinstance(b, Extremum) and len(a.args[1]) == 1 and str(a.args[2])[:3] == "arg":
        return judge_optimum(claim, budget)
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
    if laws := moving(objective):
        return judge_moving(objective, laws, budget)
    return Orders(objective, budget).judged(is_proved(objective), budget)


def judge_optimum(claim: Claim, budget: Budget) -> Verdict:
    """``argmax_θ f = value``: TESTED if no other admissible value that is tried does better; REFUTED if one does."""
    f, (letter,), kind = claim.left.args
    some = Optimum(claim, f, letter, SENSE[str(kind)])
    numbers = at_points(claim, some.check, budget, False, POINTS)
    if numbers.witness is not None:
        return Verdict(Outcome.REFUTED, "optimum", numbers.witness)
    return (
        Verdict(Outcome.TESTED, "optimum") if some.compared else Verdict(Outcome.UNKNOWN, numbers.reason or "no_order")
    )


def is_proved(claim: Claim) -> bool:
    """Do the objectives differ by a constant, or by a positive factor?"""
    forms = normal_forms(claim.facts)
    try:
        return any(forgiven(replace(claim, relation=relation), forms) for relation in (UP_TO_CONSTANT, PROPORTIONAL))
    except (GivesUp, RecursionError):
        forms.unfolding = 0
        return False


class Orders(Ordering):
    """Candidates for the unknowns, ordered by both objectives."""

    def __init__(self, claim: Claim, budget: Budget) -> None:
        super().__init__(claim)
        self.budget = budget

    def candidates(self, walker: Walker) -> Iterator[tuple[Any, Any]]:
        """The point with the unknowns moved."""
        for moved in variants(self.claim.facts, walker, self.claim.unknowns, self.budget):
            try:
                values = moved.value(self.claim.left), moved.value(self.claim.right)
            except (Undefined, *FAULTS):
                continue
            yield values

    def order(self, a: Any, b: Any, walker: Walker) -> int | None:
        """Up to rounding."""
        return None if blurred(a, b, walker) else order(a, b, walker)


class Optimum:
    """A value that is to be the best one."""

    def __init__(self, claim: Claim, objective: Any, letter: Any, sense: int) -> None:
        self.claim, self.objective, self.letter, self.sense = claim, objective, letter, sense
        self.compared = False

    def check(self, walker: Walker) -> Witness | None:
        """``None`` if nothing near or far is better."""
        if not ordinary(walker):
            raise Undefined(False)
        places = places_of(self.letter, walker)
        best = flat(walker.value(self.claim.right))
        if len(best) != len(places) or not self.admissible(walker, places, best):
            raise GivesUp("domain")
        top = self.at(walker, places, best)
        for moved in around(best, walker, mirrored(self.letter, self.claim.facts, walker)):
            if not self.admissible(walker, places, moved):
                continue
            try:
                value = self.at(walker, places, moved)
            except Undefined:
                continue
            self.compared |= order(value, top, walker) != 0
            if order(value, top, walker) * self.sense > 0:
                return witness_at(self.claim, walker, top, value)
        return None

    def at(self, walker: Walker, places: list[Any], values: list[Any]) -> Any:
        with moved_to(walker, places, values):
            return walker.value(self.objective)

    def admissible(self, walker: Walker, places: list[Any], values: list[Any]) -> bool:
        """Does the letter stay in its domain, and every observation in its support?"""
        with moved_to(walker, places, values):
            for place, value in zip(places, values, strict=True):
                domain = self.claim.facts.domains.get(getattr(place, "base", place))
                if isinstance(domain, Interval | Integers) and not lies_in(value, domain, walker):
                    return False
            for (base, _), entry in walker.point.entries.items():
                domain = self.claim.facts.domains.get(base)
                moves = isinstance(domain, Interval) and any(e.has(*places) for e in (domain.lower, domain.upper))
                if moves and not lies_in(walker.number(entry), domain, walker):
                    return False
        return True


def lies_in(value: Any, domain: Any, walker: Walker) -> bool:
    """Is the number between the ends (or on one)?"""
    low = domain.lower.is_infinite or walker.value(domain.lower) <= value
    return bool(low and (domain.upper.is_infinite or value <= walker.value(domain.upper)))


def around(values: list[Any], walker: Walker, mirror: list[int]) -> Iterator[list[Any]]:
    """Points near and not so near, one entry moved at a time, with the one that is the same number as it."""
    for place in range(len(values)):
        for step in ("0.001", "-0.001", "0.1", "-0.1", "0.5", "-0.5", "1", "-1"):
            by = walker.ctx.mpf(step)
            yield [v + by if k in (place, mirror[place]) else v for k, v in enumerate(values)]


def mirrored(letter: Any, facts: Facts, walker: Walker) -> list[int]:
    """For each entry of a letter the place of the one that is the same number: in a symmetric matrix that of a_{ji}."""
    places = list(range(len(places_of(letter, walker))))
    if not isinstance(letter, MatrixOf | MatrixAt) or letter.args[0] not in facts.definitions:
        return places
    size = walker.whole(letter.shape[0])
    return [(k % size) * size + k // size for k in places]


def places_of(letter: Any, walker: Walker) -> list[Any]:
    """The entries of a letter."""
    if isinstance(letter, VECTOR_LETTERS):
        return entries_of(letter, walker)
    return [letter]


def blurred(a: Any, b: Any, walker: Walker) -> bool:
    """Are both so small, as likelihoods of many observations are, that their difference may be taken for rounding?"""
    largest = max(abs(a), abs(b))
    return bool(0 < largest < walker.ctx.mpf(10) ** -13)


def order(a: Any, b: Any, walker: Walker) -> int:
    """−1, 0 or 1; 0 up to rounding."""
    if abs(a - b) <= max(abs(a), abs(b)) * walker.ctx.mpf(10) ** -12 + walker.ctx.mpf(10) ** -25:
        return 0
    return 1 if a > b else -1
