"""Observations as a fact: what was seen, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Observed:
    """The different observations x of a sample, and how often each occurs.

    Two of them are equal only if they are the same object: a million numbers are not compared.

    Args:
        values: exact numbers or floats; for vectors tuples of them.
        counts: as many as there are values.
    """

    values: Sequence[Any]
    counts: Sequence[int]

    @property
    def size(self) -> int:
        """The number of observations."""
        return sum(self.counts)
