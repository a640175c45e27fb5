"""Two objectives and the candidates for the best: do both put them in the same order?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derive.checking.budget import Budget
from derive.checking.numbers import at_points
from derive.checking.point import Undefined
from derive.checking.walker import Walker
from derive.checking.witnesses import witness_at
from derive.core.claim import Claim, Outcome, Verdict, Witness

POINTS = 3


class Ordering:
    """Candidates, ordered by both sides of a claim."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.moved = False

    def candidates(self, walker: Walker) -> Iterator[tuple[Any, Any]]:
        """The values of both objectives at each candidate for which they have some."""
        raise NotImplementedError

    def order(self, a: Any, b: Any, walker: Walker) -> int | None:
        """−1, 0 or 1 for a < b, a = b, a > b; None where rounding hides it."""
        raise NotImplementedError

    def check(self, walker: Walker) -> Witness | None:
        """``None`` if at this point the objectives order the candidates alike."""
        found = list(self.candidates(walker))
        for place, (f, g) in enumerate(found):
            for other_f, other_g in found[:place]:
                first, second = self.order(f, other_f, walker), self.order(g, other_g, walker)
                if first is None or second is None:
                    continue
                self.moved |= first != 0 or second != 0
                if first != second:
                    return witness_at(self.claim, walker, found[0][0], found[0][1])
        if len(found) < 2:
            raise Undefined(False)
        return None

    def judged(self, proved: bool, budget: Budget) -> Verdict:
        """REFUTED where the orders differ, UNKNOWN where no candidate is better than another."""
        numbers = at_points(self.claim, self.check, budget, proved, POINTS)
        if numbers.witness is not None:
            return Verdict(Outcome.REFUTED, "optimisers", numbers.witness)
        if not self.moved:
            return Verdict(Outcome.UNKNOWN, numbers.reason or "no_order")
        return Verdict(Outcome.PROVED if proved else Outcome.TESTED, "optimisers")
