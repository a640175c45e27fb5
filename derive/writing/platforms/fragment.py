r"""A page as a piece of XHTML, its mathematics between ``\(…\)`` and ``\[…\]``: both platforms show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.pages.blocks import Line, Page
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import Look
from derive.writing.formats.rows import Room, aligned, rows_of, side_rows
from derive.writing.formats.view import Scribe
from derive.writing.formats.widths import printed_width
from derive.writing.latex import latex
from derive.writing.layout import layout

ROOM = Room(line=44.0, left=12.0, inline=26.0)


def fragment(page: Page, language: str, templates: Path | None = None) -> str:
    """The page's blocks as XHTML; its title is not among them."""
    view = Scribe(XhtmlPen(page.notation), page.notation, language, "brief", templates).page(page)
    return lay_out("xhtml", view, language, Look(templates=templates)).strip("\n")


def inline(side: Side, notation: Notation) -> str:
    r"""A formula between ``\(…\)``.

    >>> import sympy as sp
    >>> inline(sp.Symbol("p") < 1, Notation())
    '\\(p &lt; 1\\)'
    """
    return XhtmlPen(notation).inline(side)


class XhtmlPen:
    r"""Writes mathematics as MathJax finds it in a page."""

    def __init__(self, notation: Notation) -> None:
        self._notation = notation

    def lettered(self, notation: Notation) -> XhtmlPen:
        return XhtmlPen(notation)

    def inline(self, side: Side) -> str:
        return _escaped(rf"\({latex(side, self._notation)}\)")

    def apart(self, side: Side, after: str) -> str | None:
        if printed_width(layout(side, self._notation)) <= ROOM.inline:
            return None
        after = after if after.isascii() else rf"\text{{{after}}}"
        return _escaped(rf"\[{aligned(side_rows(side, self._notation, ROOM.line, after))}\]")

    def link(self, text: str, address: str) -> str:
        return text

    def words(self, text: str) -> str:
        # Words are no mathematics, whatever signs stand in them.
        return re.sub(r"[\\$]", r"<span>\g<0></span>", _escaped(text))

    def formula(self, side: Side) -> str:
        return _escaped(aligned(side_rows(side, self._notation, ROOM.line)))

    def displays(self, lines: Sequence[Line]) -> list[str]:
        return [_escaped(aligned(rows)) for rows in rows_of(lines, self._notation, ROOM, together=False)]


def _escaped(text: str) -> str:
    return escape(text, quote=False)
