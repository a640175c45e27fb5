"""One variant of a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from derive.exercises.problem import Problem
from derive.exercises.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant: its problems in order.

    Args:
        seed: of the whole set.
        number: in the set, from 1.
    """

    sheet: Sheet
    seed: int
    number: int
    problems: tuple[Problem, ...]

    @property
    def points(self) -> int:
        """All points together."""
        return sum(problem.points for problem in self.problems)
