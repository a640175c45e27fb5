"""HTML: one page that stands alone but for KaTeX; finer steps open without scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.pages.blocks import Line, Page
from derive.writing.formats.katex import katex_files
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.rows import Room, aligned, rows_of, side_rows
from derive.writing.formats.view import Detail, PageView, Scribe
from derive.writing.formats.widths import printed_width
from derive.writing.latex import latex, written
from derive.writing.layout import layout

ROOM = Room(line=36.0, left=12.0, inline=26.0)
# A formula wider than this does not fit the column of sentences beside the lines.
BESIDE = 10.0


def write(page: Page, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page as HTML: all finer steps are in it, open where full detail is asked for."""
    return laid(view(page, language, detail, look), language, look, opened=detail == "full")


def view(page: Page, language: str, detail: Detail, look: Look) -> PageView:
    """The page's words and formulas, all finer steps among them."""
    return Scribe(HtmlPen(page.notation), page.notation, language, "full", look.templates).page(page)


def laid(view: PageView, language: str, look: Look, opened: bool = False) -> str:
    """What has been viewed, laid out."""
    return lay_out("html", view, language, look, opened=opened, katex=katex_files(look.katex))


class HtmlPen:
    """Writes mathematics as elements that KaTeX fills in; until then they show their LaTeX."""

    def __init__(self, notation: Notation) -> None:
        self._notation = notation

    def lettered(self, notation: Notation) -> HtmlPen:
        return HtmlPen(notation)

    def inline(self, side: Side) -> str:
        wide = " wide" if printed_width(layout(side, self._notation)) > BESIDE else ""
        return _element("span", f"math{wide}", latex(side, self._notation))

    def apart(self, side: Side, after: str) -> str | None:
        if printed_width(layout(side, self._notation)) <= ROOM.inline:
            return None
        after = after if after.isascii() else rf"\text{{{after}}}"
        return _element("span", "math display wide", aligned(side_rows(side, self._notation, ROOM.line, after)))

    def link(self, text: str, address: str) -> str:
        return f'<a href="{escape(quote(address))}">{text}</a>'

    def words(self, text: str) -> str:
        return escape(text)

    def formula(self, side: Side) -> str:
        return _element("div", "math display", aligned(side_rows(side, self._notation, ROOM.line)))

    def displays(self, lines: Sequence[Line]) -> list[str]:
        return [self._cells(line, rows) for line, rows in zip(lines, self._rows(lines), strict=True)]

    def _rows(self, lines: Sequence[Line]) -> list[list[str]]:
        return rows_of(lines, self._notation, ROOM)

    def _cells(self, line: Line, rows: list[str]) -> str:
        """The left side in a cell of its own, so that a chain is aligned at its relations."""
        cells = []
        begin = next(k for k, row in enumerate(rows) if re.match(r"[^&]*&(?! |\\quad)", row))
        if begin:
            cells.append(_element("div", "math display whole", aligned(rows[:begin])))
        elif line.left is not None:
            left = written(layout(line.left, self._notation))
            cells.append(_element("div", "math display left", left))
            rows = [rows[0].removeprefix(f"{left} "), *rows[1:]]
        cells.append(_element("div", "math display right", aligned(rows[begin:])))
        return "\n".join(cells)


def _element(tag: str, kind: str, content: str) -> str:
    return f'<{tag} class="{kind}">{escape(content, quote=False)}</{tag}>'
