"""Mathematics for a terminal: one line, or a box of lines that knows its baseline."""

from __future__ import annotations

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.writing.box import Box
from derive.writing.boxes import boxed
from derive.writing.layout import layout
from derive.writing.line import inline

__all__ = ["Box", "plain_block", "plain_box", "plain_inline"]


def plain_inline(side: Side, notation: Notation | None = None, data_letter: str = "x") -> str:
    """An expression or a statement on one line.

    >>> import sympy as sp
    >>> plain_inline(sp.Symbol("mu") ** 2)
    'μ²'
    """
    return inline(layout(side, notation, data_letter))


def plain_box(side: Side, notation: Notation | None = None, data_letter: str = "x") -> Box:
    """An expression or a statement as a box, to be set beside others at its baseline."""
    return boxed(layout(side, notation, data_letter))


def plain_block(side: Side, notation: Notation | None = None, data_letter: str = "x") -> list[str]:
    """The lines of the box."""
    return [line.rstrip() for line in plain_box(side, notation, data_letter).lines]
