r"""A report in Markdown: the formulas with a mark at each relation, in the spellings that no engine mangles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.documents.report import FileReport
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.markdown import display, escaped, kept
from derive.writing.verdicts.reporter import Reporter
from derive.writing.verdicts.settable import settable
from derive.writing.verdicts.text import BarePen
from derive.writing.verdicts.view import PartView, RowView

SIGNS = {
    "proved": r"\checkmark",
    "tested": r"\dagger",
    "refuted": r"\textcolor{red}{\boldsymbol{\times}}",
    "unknown": r"\textcolor{red}{?}",
    "unread": r"\textcolor{red}{-}",
}
"""The marks inside a formula."""
ELSEWHERE = r"\cdots"
"""In the place of a side that cannot be set; its source stands below."""


def write(reports: Sequence[FileReport], language: str, look: Look = PLAIN) -> str:
    """A page for all files."""
    view = Reporter(language, MarkdownPen(), BarePen()).report(reports)
    return lay_out(
        "md", view, language, look, "check", displayed=displayed, shown=shown, words_only=escaped, corrected=corrected
    )


class MarkdownPen:
    """Writes mathematics between dollars."""

    def words(self, text: str) -> str:
        return escaped(text)

    def inline(self, latex: str) -> str:
        made = settable(latex)
        return self.code(latex) if made is None else f"${kept(made).strip()}$"

    def code(self, text: str) -> str:
        ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
        gap = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{ticks}{gap}{' '.join(text.split())}{gap}{ticks}"

    def line(self, number: int, address: str) -> str:
        return str(number)


def shown(part: PartView) -> bool:
    """Is there anything of the display to set?"""
    return any(row.left or row.right for row in part.rows)


def displayed(part: PartView) -> str:
    """The rows of a display, aligned at their relations."""
    lines = [line for row in part.rows if row.left or row.right for line in lines_of(row)]
    body = " \\\\\n".join(lines)
    return display(f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}")


def lines_of(row: RowView) -> list[str]:
    """A relation; a long left side has a line of its own."""
    left, right = row.left.latex or (ELSEWHERE if row.left else ""), row.right.latex or ELSEWHERE
    mark = f" &&\\quad {SIGNS[row.verdict]}" if row.verdict else " &&"
    number = rf"\enspace {{\scriptsize {row.line}}}" if row.verdict else ""
    if row.alone:
        return [f"& {right}"]
    if row.apart:
        return [f"& {left}", rf"& \qquad {right}{mark}{number}"]
    return [f"{left} & {right}{mark}{number}"]


def corrected(latex: str) -> str:
    """A correction in a sentence."""
    return f"${kept(latex).strip()}$"
