"""A refutation's point in numbers that a person can work with: μ = 1, x = (0, 3)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from derive.checking.budget import Budget, GivesUp
from derive.checking.numbers import FAULTS
from derive.checking.point import Point, Undefined
from derive.checking.points import Draw, rational, true_at
from derive.checking.walker import Walker
from derive.core.claim import Claim, Witness
from derive.core.domains import Domain, Integers, Interval

TRIES = 24
SEED = 7_000
PLAIN = tuple(
    Fraction(a, b) for a, b in ((1, 1), (2, 1), (0, 1), (3, 1), (1, 2), (-1, 1), (4, 1), (-2, 1), (1, 3), (3, 2))
)


class Simple(Draw):
    """Whole numbers and halves, more of them with each attempt."""

    wealth = 2

    def scalar(self, domain: Domain) -> Fraction:
        if not isinstance(domain, Interval | Integers):
            raise GivesUp("domain")
        low, high = (
            None if end.is_infinite else rational(self.walker.value(end)) for end in (domain.lower, domain.upper)
        )
        inside = [v for v in PLAIN if admits(domain, v, low, high)]
        if not inside and low is not None and high is not None:
            inside = [low + (high - low) * Fraction(k, 4) for k in (2, 1, 3)]
            inside = [v for v in inside if admits(domain, v, low, high)]
        elif not inside and (low is not None or high is not None):
            end, step = (low, 1) if low is not None else (high, -1)
            inside = [end + step * k for k in (1, 2, 3)]  # type: ignore[operator, misc]
        return self.random.choice(inside[: self.wealth]) if inside else super().scalar(domain)


def admits(domain: Interval | Integers, value: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    """Is the value in the domain, whose ends have these values?"""
    if isinstance(domain, Integers):
        return value.denominator == 1 and (low is None or value >= low) and (high is None or value <= high)
    above = low is None or (value > low if domain.lower_open else value >= low)
    return above and (high is None or (value < high if domain.upper_open else value <= high))


def simplest(claim: Claim, check: Callable[[Walker], Witness | None], found: Witness) -> Witness:
    """A simpler point that refutes as well, or the one found."""
    budget = Budget(40_000)
    for attempt in range(TRIES):
        walker = Walker(claim.facts, Point(SEED + attempt), budget)
        try:
            draw = Simple(claim.facts, walker, 2 if attempt < TRIES // 2 else 3, False)
            draw.wealth = 2 + attempt // 4
            draw.fill()
            if not all(true_at(s, walker) for s in claim.facts.assumed):
                continue
            witness = check(walker)
        except GivesUp as stop:
            if stop.reason == "budget":
                break
            continue
        except (Undefined, *FAULTS):
            continue
        if witness is not None and "undefined" not in (witness.left, witness.right):
            return witness
    return found


__all__: list[Any] = ["simplest"]
