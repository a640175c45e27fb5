"""A point: the values of letters and of entries."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from derive.checking.budget import GivesUp


class Undefined(Exception):
    """The expression has no real value here.

    Args:
        real: it has a value, but not a real one (log of a negative number); otherwise a pole.
    """

    def __init__(self, real: bool) -> None:
        super().__init__("not real" if real else "pole")
        self.not_real = real


class Point:
    """Values of letters and of entries, drawn lazily for letters that the facts do not mention.

    Args:
        seed: of the letters drawn on demand.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.values: dict[Any, Fraction] = {}
        self.entries: dict[tuple[Any, tuple[int, ...]], Fraction] = {}

    def value(self, letter: Any) -> Fraction:
        """The value of a symbol."""
        found = self.values.get(letter)
        if found is None:
            found = self.values[letter] = _free_draw(letter, f"{self.seed} {letter}")
        return found

    def entry(self, base: Any, indices: tuple[int, ...]) -> Fraction:
        """The value of x[i, …]."""
        found = self.entries.get((base, indices))
        if found is None:
            if any(b == base for b, _ in self.entries):
                raise GivesUp("index")
            found = _free_draw(base.label, f"{self.seed} {base} {indices}")
            self.entries[base.label, indices] = found
        return found


def _free_draw(letter: Any, seed: str) -> Fraction:
    draw = random.Random(seed)
    value = Fraction(draw.randint(1, 6))
    if letter.is_integer:
        return value if letter.is_nonnegative else value - 3
    value += Fraction(draw.randint(0, 3), 4)
    return value if letter.is_nonnegative else value - 3
