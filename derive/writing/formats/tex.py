r"""LaTeX: a complete document, the lines of a chain aligned at the relation with their sentences between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.pages.blocks import Line, Page
from derive.writing.formats.breaking import parted, printed_width
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.view import Detail, Scribe
from derive.writing.latex import latex

LONGEST_LEFT = 24
LONGEST_RIGHT = 70

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
}
_SPECIALS = re.compile("|".join(map(re.escape, _SPECIAL)))


def write(page: Page, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page as a document for pdflatex or, in Chinese, xelatex."""
    return lay_out(
        "tex", Scribe(TexPen(page.notation), language, detail, look.templates).page(page), language, look.templates
    )


class TexPen:
    """Writes rows of an ``align*``."""

    def __init__(self, notation: Notation) -> None:
        self._notation = notation

    def inline(self, side: Side) -> str:
        return f"${latex(side, self._notation)}$"

    def words(self, text: str) -> str:
        return _SPECIALS.sub(lambda found: _SPECIAL[found[0]], text)

    def formula(self, side: Side) -> str:
        first, *rest = parted(latex(side, self._notation), LONGEST_RIGHT)
        return " \\\\\n".join([f"& {first}", *(rf"&\quad {{}} {piece}" for piece in rest)])

    def displays(self, lines: Sequence[Line]) -> list[str]:
        return [self._row(line) for line in lines]

    def _row(self, line: Line) -> str:
        left = "" if line.left is None else latex(line.left, self._notation)
        first, *rest = parted(latex(line.right, self._notation), LONGEST_RIGHT)
        # A long left side would push every relation of the chain off the page.
        begin = rf"& {left} \\" + "\n" if printed_width(left) > LONGEST_LEFT else f"{left} "
        return " \\\\\n".join([f"{begin}&{line.relation} {first}", *(rf"&\quad {{}} {piece}" for piece in rest)])
