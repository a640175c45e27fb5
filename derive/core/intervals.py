"""Intervals of numbers, and how sums, products and quotients of them lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Literal

Sign = Literal["+", "-", "0", ">=0", "<=0"]


End = Fraction | float  # a rational, or ±inf


@dataclass(frozen=True, slots=True)
class Range:
    """The interval from ``lower`` to ``upper``; an open end is not taken."""

    lower: End = -inf
    upper: End = inf
    lower_open: bool = True
    upper_open: bool = True

    @property
    def positive(self) -> bool:
        """Every value is > 0."""
        return self.lower > 0 or (self.lower == 0 and self.lower_open)

    @property
    def negative(self) -> bool:
        """Every value is < 0."""
        return self.upper < 0 or (self.upper == 0 and self.upper_open)

    @property
    def sign(self) -> Sign | None:
        """The sign that all values share, if they do."""
        if self.positive:
            return "+"
        if self.negative:
            return "-"
        if self.lower == self.upper == 0:
            return "0"
        if self.lower >= 0:
            return ">=0"
        return "<=0" if self.upper <= 0 else None

    def __neg__(self) -> Range:
        return Range(-self.upper, -self.lower, self.upper_open, self.lower_open)

    def __add__(self, other: Range) -> Range:
        return Range(
            _plus(self.lower, other.lower),
            _plus(self.upper, other.upper),
            self.lower_open or other.lower_open,
            self.upper_open or other.upper_open,
        )

    def __mul__(self, other: Range) -> Range:
        ends = [
            (product_of_ends(a, b), (a_open or b_open) and not (a == 0 and not a_open) and not (b == 0 and not b_open))
            for a, a_open in ((self.lower, self.lower_open), (self.upper, self.upper_open))
            for b, b_open in ((other.lower, other.lower_open), (other.upper, other.upper_open))
        ]
        return _hull(ends)

    def meet(self, other: Range) -> Range:
        """Both are known."""
        low = max((self.lower, self.lower_open), (other.lower, other.lower_open))
        high = min((self.upper, not self.upper_open), (other.upper, not other.upper_open))
        return Range(low[0], high[0], low[1], not high[1])

    def join(self, other: Range) -> Range:
        """One or the other."""
        low = min((self.lower, self.lower_open), (other.lower, other.lower_open))
        high = max((self.upper, not self.upper_open), (other.upper, not other.upper_open))
        return Range(low[0], high[0], low[1], not high[1])

    def inverse(self) -> Range:
        """Of 1/x."""
        if not (self.positive or self.negative):
            return Range()
        ends = ((self.upper, self.upper_open), (self.lower, self.lower_open))
        flipped = [(_over(end, self.positive), is_open or end in (inf, -inf)) for end, is_open in ends]
        return Range(flipped[0][0], flipped[1][0], flipped[0][1], flipped[1][1])


POSITIVE_RANGE = Range(Fraction(0), inf)


NOT_NEGATIVE = Range(Fraction(0), inf, False)


def product_of_ends(a: End, b: End) -> End:
    """The product of two ends; nothing times anything is nothing."""
    if a == 0 or b == 0:
        return Fraction(0)
    if isinstance(a, float) or isinstance(b, float):
        # One of them is infinite, and the other may be too large for a float.
        return inf if (a > 0) == (b > 0) else -inf
    return a * b


def _over(end: End, positive: bool) -> End:
    if end in (inf, -inf):
        return Fraction(0)
    if end == 0:
        return inf if positive else -inf
    return 1 / Fraction(end)


def _plus(a: End, b: End) -> End:
    for end in (a, b):
        if isinstance(end, float):
            return end
    return a + b


def _hull(ends: list[tuple[End, bool]]) -> Range:
    low, high = min(v for v, _ in ends), max(v for v, _ in ends)
    low_open = all(o for v, o in ends if v == low) or low == -inf
    high_open = all(o for v, o in ends if v == high) or high == inf
    return Range(low, high, low_open, high_open)


def point(value: Fraction) -> Range:
    """The interval of one number."""
    return Range(value, value, False, False)


def joined(ranges: Iterable[Range]) -> Range:
    """The smallest interval around all of them."""
    first, *others = ranges
    for other in others:
        first = first.join(other)
    return first
