"""JSON: the blocks of a page as they are, formulas in LaTeX without delimiters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.pages.blocks import Line, Page
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.view import Detail, Scribe
from derive.writing.latex import latex


def write(page: Page, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page as a JSON object: title, blocks, notes; figures by the names of their files."""
    view = Scribe(StructurePen(page.notation), page.notation, language, detail, look.templates).page(page)
    made = asdict(view)
    for block in made["blocks"]:
        del block["content"]
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


class StructurePen:
    """Writes bare LaTeX; in sentences it stands between ``\\(`` and ``\\)``."""

    def __init__(self, notation: Notation) -> None:
        self._notation = notation

    def lettered(self, notation: Notation) -> StructurePen:
        return StructurePen(notation)

    def inline(self, side: Side) -> str:
        return rf"\({latex(side, self._notation)}\)"

    def apart(self, side: Side, after: str) -> str | None:
        return None

    def link(self, text: str, address: str) -> str:
        return text

    def words(self, text: str) -> str:
        return text

    def formula(self, side: Side) -> str:
        return latex(side, self._notation)

    def displays(self, lines: Sequence[Line]) -> list[str]:
        return [self._line(line) for line in lines]

    def _line(self, line: Line) -> str:
        left = "" if line.left is None else latex(line.left, self._notation) + " "
        return f"{left}{line.relation} {latex(line.right, self._notation)}"
