"""Rectangles of text with a baseline."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of equal width; ``baseline`` is the index of the line on which neighbours stand."""

    lines: tuple[str, ...]
    baseline: int

    @property
    def width(self) -> int:
        """Columns of the widest line."""
        return max(columns(line) for line in self.lines)

    @property
    def height(self) -> int:
        """Number of lines."""
        return len(self.lines)

    def beside(self, other: Box) -> Box:
        """This box and the other one to its right, baselines on one line."""
        above = max(self.baseline, other.baseline)
        below = max(self.height - self.baseline, other.height - other.baseline)
        left, right = (_grown(box, above, below) for box in (self, other))
        return Box(tuple(a + b for a, b in zip(left, right, strict=True)), above)


def columns(text: str) -> int:
    """How many columns of a terminal the text takes: combining marks take none."""
    return sum(not unicodedata.combining(c) for c in text)


def text_box(text: str) -> Box:
    """A single line."""
    return Box((text,), 0)


def stacked(boxes: Sequence[Box], middle: int, centred: bool = True) -> Box:
    """Boxes one over the other; the baseline is that of box number ``middle``."""
    wide = max(box.width for box in boxes)
    lines: list[str] = []
    baseline = 0
    for k, box in enumerate(boxes):
        if k == middle:
            baseline = len(lines) + box.baseline
        for line in box.lines:
            free = wide - columns(line)
            left = (wide - box.width) // 2 if centred else 0
            lines.append(" " * left + line + " " * (free - left))
    return Box(tuple(lines), baseline)


def _grown(box: Box, above: int, below: int) -> list[str]:
    blank = " " * box.width
    lines = [line + " " * (box.width - columns(line)) for line in box.lines]
    return [blank] * (above - box.baseline) + lines + [blank] * (below - box.height + box.baseline)
