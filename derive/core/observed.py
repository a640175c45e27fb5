"""Observations as a fact: what was seen, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload


class Once(Sequence[int]):
    """The counts 1, 1, …, 1 of observations that are not counted together.

    >>> list(Once(3)), counted_up(Once(10**9))
    ([1, 1, 1], 1000000000)
    """

    __slots__ = ("length",)

    def __init__(self, length: int) -> None:
        self.length = length

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Once: ...

    def __getitem__(self, place: int | slice) -> int | Once:
        if isinstance(place, slice):
            return Once(len(range(self.length)[place]))
        if not -self.length <= place < self.length:
            raise IndexError(place)
        return 1


def counted_up(counts: Sequence[int]) -> int:
    """The sum of the counts."""
    return len(counts) if isinstance(counts, Once) else sum(counts)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Observed:
    """The different observations x of a sample, and how often each occurs.

    Two of them are equal only if they are the same object: a million numbers are not compared.

    Args:
        values: exact numbers or floats; for vectors tuples of them.
        counts: as many as there are values.
        size: the number of observations.
    """

    values: Sequence[Any]
    counts: Sequence[int]
    size: int
