"""Coordinates in which every open interval is the real line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import sympy as sp

from derive.core.domains import Interval
from derive.numerics.columns import Columns

Kind = Literal["real", "above", "below", "between"]


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the data lie: their middle value, and how far they are apart (1 if they are all zero)."""

    centre: Any
    width: float


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A letter as a function of a real number u.

    Args:
        kind: the real line (c + s sinh u), above or below an end (a ± s e^u), or between two (logit).
        start, width: the end or centre, and the scale.
    """

    kind: Kind
    start: Any
    width: Any

    def value(self, u: Any, columns: Columns) -> Any:
        """θ(u)."""
        start, width = columns.number(self.start), columns.number(self.width)
        grown = columns.arithmetic.exponential(u if self.kind != "between" else -abs(u))
        if self.kind == "real":
            return start + width * (grown - 1 / grown) / 2
        if self.kind == "between":
            share = grown / (1 + grown)
            return start + width * (share if u < 0 else 1 / (1 + grown))
        return start + width * grown if self.kind == "above" else start - width * grown

    def slope(self, u: Any, columns: Columns) -> Any:
        """dθ/du."""
        width = columns.number(self.width)
        grown = columns.arithmetic.exponential(u if self.kind != "between" else -abs(u))
        if self.kind == "real":
            return width * (grown + 1 / grown) / 2
        if self.kind == "between":
            return width * grown / (1 + grown) ** 2
        return width * grown if self.kind == "above" else -width * grown

    def of(self, value: Any) -> float | None:
        """u(θ); None outside the open interval."""
        ratio = (float(value) - float(self.start)) / float(self.width)
        if self.kind == "real":
            return math.asinh(ratio)
        if self.kind == "between":
            return math.log(ratio / (1 - ratio)) if 0 < ratio < 1 else None
        ratio = ratio if self.kind == "above" else -ratio
        return math.log(ratio) if ratio > 0 else None

    @property
    def furthest(self) -> float:
        """How far u is looked at."""
        return 40.0 if self.kind in ("real", "between") else 70.0

    def end(self, upwards: bool, domain: Interval) -> tuple[Any, bool]:
        """The end of the domain where u → ±∞, and whether it belongs to it."""
        upper = upwards if self.kind != "below" else not upwards
        return (domain.upper, not domain.upper_open) if upper else (domain.lower, not domain.lower_open)


def spread_of(columns: Columns) -> Spread:
    """The middle of the data, and the width of their middle half."""
    values = columns.values
    if not len(values) or isinstance(values[0], list | tuple):
        return Spread(0, 1.0)
    counts = columns.counts or [1] * len(values)
    order = sorted(zip(values, counts, strict=True))
    quarter, middle, three = (quantile(order, columns.total, share) for share in (0.25, 0.5, 0.75))
    width = float(three) - float(quarter) or float(order[-1][0]) - float(order[0][0]) or abs(float(middle)) or 1.0
    return Spread(middle, width)


def quantile(order: list[tuple[Any, int]], total: int, share: float) -> Any:
    """The value below which this share of the observations lie."""
    seen = 0
    for value, count in order:
        seen += count
        if seen > share * total:
            return value
    return order[-1][0]


def coordinate(domain: Interval, spread: Spread) -> Coordinate:
    """The coordinate of an open interval whose ends are numbers."""
    lower, upper = domain.lower, domain.upper
    if lower == -sp.oo and upper == sp.oo:
        return Coordinate("real", spread.centre, spread.width)
    if upper == sp.oo:
        return Coordinate("above", lower, 1 if lower == 0 else spread.width)
    if lower == -sp.oo:
        return Coordinate("below", upper, 1 if upper == 0 else spread.width)
    return Coordinate("between", lower, upper - lower)
