r"""LaTeX: a complete document, the lines of a chain aligned at the relation with their sentences between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.pages.blocks import Line, Page
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.rows import Room, rows_of, side_rows
from derive.writing.formats.view import Detail, PageView, Scribe
from derive.writing.formats.widths import printed_width
from derive.writing.latex import latex
from derive.writing.layout import layout

# A4 with margins of 25 mm, letters of 10 pt.
ROOM = Room(line=42.0, left=14.0, inline=24.0)

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    # Signs of mathematics in words: no text font has them.
    "≃": r"$\simeq$",
    "∝": r"$\propto$",
    "∑": r"$\sum$",
    "≤": r"$\le$",
    "≥": r"$\ge$",
    "→": r"$\to$",
    "∂": r"$\partial$",
    "∈": r"$\in$",
}
_SPECIALS = re.compile("|".join(map(re.escape, _SPECIAL)))


def write(page: Page, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page as a document for pdflatex or, in Chinese, xelatex."""
    return laid(view(page, language, detail, look), language, look)


def view(page: Page, language: str, detail: Detail, look: Look) -> PageView:
    """The page's words and formulas."""
    return Scribe(TexPen(page.notation), page.notation, language, detail, look.templates).page(page)


def laid(view: PageView, language: str, look: Look) -> str:
    """What has been viewed, laid out."""
    filled = lay_out("tex", view, language, look, mark_of=mark_of, typed=typed)
    return filled.replace(_DECLARED, declared(filled, language == "zh"))


def escaped(text: str) -> str:
    """Plain words in which TeX finds no command."""
    return _SPECIALS.sub(lambda found: _SPECIAL[found[0]], text)


_MARKS = {"": "", "†": r"$\dagger$", "✗": r"$\times$", "¿": r"\textquestiondown{}"}


def mark_of(mark: str) -> str:
    """The mark beside a line, raised."""
    return mark and rf"\textsuperscript{{{_MARKS.get(mark, mark)}}}"


def typed(listing: str) -> str:
    """Text as it was typed, line for line."""
    lines = [re.sub(r"^ +", lambda found: "~" * len(found[0]), line) for line in listing.splitlines()]
    made = [re.match("~*", line)[0] + escaped(line.lstrip("~")) for line in lines]  # type: ignore[index]
    return " \\\\\n".join(line or "~" for line in made)


_DECLARED = "%CHARACTERS%"
# What the T1 encoding has besides the letters of Europe.
_KNOWN = frozenset("–—‘’‚“”„†‡•…‰‹›€™")


def declared(document: str, chinese: bool) -> str:
    """pdflatex stops at a character that it has no letter for: it is told to show a question mark instead."""
    strange = sorted({c for c in document if ord(c) > 0x17F and c not in _KNOWN and not (chinese and ord(c) > 0x2E7F)})
    rows = [rf"\DeclareUnicodeCharacter{{{ord(c):04X}}}{{?}}" for c in strange]
    return "\n".join((r"\ifPDFTeX", *rows, r"\fi")) if rows else "%"


class TexPen:
    """Writes rows of an ``align*``."""

    def __init__(self, notation: Notation) -> None:
        self._notation = notation

    def lettered(self, notation: Notation) -> TexPen:
        return TexPen(notation)

    def inline(self, side: Side) -> str:
        return f"${latex(side, self._notation)}$"

    def apart(self, side: Side, after: str) -> str | None:
        if printed_width(layout(side, self._notation)) <= ROOM.inline:
            return None
        rows = " \\\\\n".join(side_rows(side, self._notation, ROOM.line - 4.0, self._after(after)))
        return f"\n\\begin{{align*}}\n{rows}\n\\end{{align*}}\n"

    def _after(self, mark: str) -> str:
        return mark if mark.isascii() else rf"\text{{{mark}}}"

    def link(self, text: str, address: str) -> str:
        return text

    def words(self, text: str) -> str:
        return escaped(text)

    def formula(self, side: Side) -> str:
        return " \\\\\n".join(side_rows(side, self._notation, ROOM.line))

    def displays(self, lines: Sequence[Line]) -> list[str]:
        return [" \\\\\n".join(rows) for rows in rows_of(lines, self._notation, ROOM)]
