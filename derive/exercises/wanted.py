"""What a sheet asks of one problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from derive.exercises.argument import Argument, Deriver, Own
from derive.exercises.chance import Dice
from derive.exercises.problem import Kind, Problem

Difficulty = Literal["easy", "medium", "hard"]
DIFFICULTIES: tuple[Difficulty, ...] = ("easy", "medium", "hard")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One problem of a sheet.

    Args:
        subjects: the laws or models to choose from, each as the arguments of the verb.
        values: numbers to choose from, for letters in the subjects.
        size: the least and the greatest number of observations of a computed answer.
        space: lines of room for the answer; None leaves it to the kind.
        calculator: may an answer need one?
        place: where the sheet asks for it, for messages.
    """

    kind: Kind
    verb: str = "mle"
    subjects: tuple[tuple[str, ...], ...] = ()
    own: Own | None = None
    known: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    size: tuple[int, int] = (3, 6)
    difficulty: Difficulty = "medium"
    points: int = 6
    space: int | None = None
    calculator: bool = False
    base: str = "e"
    place: str = ""

    def room(self, usual: int) -> int:
        """Lines of room."""
        return usual if self.space is None else self.space


Maker = Callable[[Wanted, Argument, Dice, Deriver], Problem | None]
"""A kind of problem: ``None`` where nothing of this derivation suits it."""
