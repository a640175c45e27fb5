"""Markdown: numbered sentences, each above its display."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.pages.blocks import Line, Page
from derive.writing.formats.breaking import parted
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.view import Detail, Scribe
from derive.writing.latex import latex

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|$~])")
_LIST_LIKE = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def write(page: Page, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page as Markdown with mathematics in dollars."""
    return lay_out(
        "md", Scribe(MarkdownPen(page.notation), language, detail, look.templates).page(page), language, look.templates
    )


class MarkdownPen:
    """Writes mathematics in dollars, in the spellings that Markdown readers leave alone."""

    def __init__(self, notation: Notation) -> None:
        self._notation = notation

    def inline(self, side: Side) -> str:
        return f"${_kept(latex(side, self._notation))}$"

    def words(self, text: str) -> str:
        return _LIST_LIKE.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))

    def formula(self, side: Side) -> str:
        first, *rest = parted(self._print(side))
        return _display([f"& {first}", *(rf"&\quad {{}} {piece}" for piece in rest)] if rest else [first])

    def displays(self, lines: Sequence[Line]) -> list[str]:
        return [self._line(line) for line in lines]

    def _line(self, line: Line) -> str:
        left = "{}" if line.left is None else self._print(line.left)
        first, *rest = parted(self._print(line.right))
        if not rest:
            return _display([f"{left} {line.relation} {first}"])
        return _display([f"{left} &{line.relation} {first}", *(rf"&\quad {{}} {piece}" for piece in rest)])

    def _print(self, side: Side) -> str:
        return _kept(latex(side, self._notation))


def _kept(printed: str) -> str:
    r"""The same LaTeX without what Markdown reads as its own: ``\{`` is an escaped brace, ``|`` the side of a cell.

    >>> print(_kept(r"x \in \{0, 1\}"), "|")
    x \in \lbrace 0, 1\rbrace  |
    """
    for command, spelling in ((r"\{", r"\lbrace "), (r"\}", r"\rbrace "), (r"\|", r"\Vert "), ("|", r"\vert ")):
        printed = re.sub(r"(?<!\\)" + re.escape(command), lambda _, s=spelling: s, printed)  # type: ignore[misc]
    return printed


def _display(rows: list[str]) -> str:
    if len(rows) == 1:
        return rows[0]
    return "\n".join((r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}"))
