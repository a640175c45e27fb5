"""A report as a page: the document's formulas with a mark at each relation."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from derive.documents.report import FileReport
from derive.writing.formats.katex import katex_files
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import PLAIN, Look
from derive.writing.verdicts.reporter import Reporter
from derive.writing.verdicts.settable import settable
from derive.writing.verdicts.text import BarePen


def write(reports: Sequence[FileReport], language: str, look: Look = PLAIN) -> str:
    """One page for all files."""
    view = Reporter(language, HtmlPen(), BarePen()).report(reports)
    return lay_out("html", view, language, look, "check", katex=katex_files(look.katex))


class HtmlPen:
    """Writes mathematics as elements that KaTeX fills in."""

    def words(self, text: str) -> str:
        return escape(text)

    def inline(self, latex: str) -> str:
        made = settable(latex)
        return self.code(latex) if made is None else f'<span class="math">{escape(made, quote=False)}</span>'

    def code(self, text: str) -> str:
        return f"<code>{escape(text)}</code>"

    def line(self, number: int, address: str) -> str:
        return f'<a href="#{address}">{number}</a>' if address else str(number)
