"""Seeded chance: the same words give the same numbers on every machine and in every version of Python."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of choices that depends on its seed alone.

    >>> Dice("7/1").below(1000) == Dice("7/1").below(1000)
    True
    """

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._thrown = 0

    def below(self, bound: int) -> int:
        """A whole number 0, …, bound − 1."""
        self._thrown += 1
        made = hashlib.sha256(f"{self._seed}:{self._thrown}".encode()).digest()
        return int.from_bytes(made[:16], "big") % bound

    def one(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All items in another order."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Different items, so many of them (all, where there are fewer)."""
        return self.shuffled(items)[:count]
