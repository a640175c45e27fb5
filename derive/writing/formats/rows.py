"""Lines of a chain as rows that are aligned at the relation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.pages.blocks import Line
from derive.writing.formats.breaking import parted
from derive.writing.formats.widths import printed_width
from derive.writing.latex import written
from derive.writing.layout import layout


@dataclass(frozen=True, slots=True)
class Room:
    """How much there is, in em.

    Args:
        line: for a whole line.
        left: for a left side that shares its row with a relation.
        inline: for a formula inside a sentence; a longer one is set apart.
    """

    line: float
    left: float
    inline: float


def rows_of(lines: Sequence[Line], notation: Notation, room: Room, together: bool = True) -> list[list[str]]:
    """The rows of each line: ``left &= right``, then ``&\\quad {} + …`` where it goes on.

    Args:
        together: all lines are aligned with each other, so that the widest left side takes room from every right one.
    """
    lefts = [None if line.left is None else layout(line.left, notation) for line in lines]
    widths = [0.0 if left is None else printed_width(left) for left in lefts]
    widest = max((w for w in widths if w <= room.left), default=0.0)
    made = []
    for line, left, width in zip(lines, lefts, widths, strict=True):
        taken = widest if together else min(width, room.left)
        first, *rest = parted(layout(line.right, notation), room.line - taken - 2.0)
        rows = [rf"&{line.relation} {first}", *(rf"&\quad {piece}" for piece in rest)]
        if left is not None and width <= room.left:
            rows[0] = f"{written(left)} {rows[0]}"
        elif left is not None:
            # A long left side would push every relation of the chain off the page.
            begin, *more = parted(left, room.line - taken)
            rows[:0] = [rf"& {begin}", *(rf"&\quad {piece}" for piece in more)]
        made.append(rows)
    return made


def side_rows(side: Side, notation: Notation, room: float, after: str = "") -> list[str]:
    """One side in rows of at most that many em, with what is to stand after it."""
    first, *rest = parted(layout(side, notation), room)
    rows = [rf"& {first}", *(rf"&\quad {piece}" for piece in rest)]
    rows[-1] += after
    return rows


def aligned(rows: Sequence[str]) -> str:
    r"""Rows as one formula: a single one bare, several in an ``aligned``.

    >>> print(aligned(["a &= b"]))
    a = b
    """
    if len(rows) == 1:
        # With nothing to its left, a relation would lose the air around it.
        begin = "{} " if re.match(r"&(?! )", rows[0]) else ""
        return begin + rows[0].replace("&", "", 1).lstrip()
    return "\n".join((r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}"))
