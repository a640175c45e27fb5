"""A page in one language and one markup, ready for a template: sentences written out, steps numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

from derive.core.phrase import Phrase
from derive.core.statement import Side
from derive.pages.blocks import Formula, Heading, Line, Lines, Page, Prose, Table
from derive.writing.words import say, words_of

Detail = Literal["brief", "full"]


class Pen(Protocol):
    """How one markup writes."""

    def inline(self, side: Side) -> str:
        """Mathematics inside a sentence."""

    def words(self, text: str) -> str:
        """Plain words, the markup's special characters made harmless."""

    def displays(self, lines: Sequence[Line]) -> list[str]:
        """The displayed lines of one chain, in order."""

    def formula(self, side: Side) -> str:
        """One displayed side."""


@dataclass(frozen=True, slots=True)
class StepView:
    """A numbered line: its sentence, its conditions, its display, and the finer lines beneath it."""

    number: str
    because: str
    provided: str
    tested: bool
    display: str
    inside: tuple[StepView, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block: ``kind`` is heading, prose, formula, lines or table, and says which fields are filled."""

    kind: str
    text: str = ""
    level: int = 2
    steps: tuple[StepView, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """A page: ``note`` explains the mark of tested lines, and is empty where there are none."""

    title: str
    blocks: tuple[BlockView, ...]
    note: str


class Scribe:
    """Writes the blocks of one page with one pen; numbers the lines as it goes."""

    def __init__(self, pen: Pen, language: str, detail: Detail, templates: Path | None = None) -> None:
        self._pen = pen
        self._language = language
        self._detail = detail
        self._words = words_of(language, templates)
        self._lines = 0
        self._tested = False

    def page(self, page: Page) -> PageView:
        """The whole page."""
        title = self.sentence(page.title)
        blocks = tuple(self._block(block) for block in page.blocks)
        return PageView(title, blocks, self.sentence(Phrase("tested_note")) if self._tested else "")

    def sentence(self, phrase: Phrase) -> str:
        """A phrase in words, its holes filled with mathematics of this markup."""
        filled: list[str] = []

        def show(side: Side) -> str:
            filled.append(self._pen.inline(side))
            return _HOLE.format(len(filled) - 1)

        # Words are made harmless and mathematics is not, so it is put in afterwards.
        text = self._pen.words(say(phrase, self._language, show, self._words))
        for number, filling in enumerate(filled):
            text = text.replace(_HOLE.format(number), filling)
        return text

    def _block(self, block: Heading | Prose | Formula | Lines | Table) -> BlockView:
        match block:
            case Heading(title, level):
                return BlockView("heading", self.sentence(title), level)
            case Prose(sentences):
                # Chinese sentences follow each other without a space.
                space = "" if self._language == "zh" else " "
                return BlockView("prose", space.join(map(self.sentence, sentences)))
            case Formula(side):
                return BlockView("formula", self._pen.formula(side))
            case Lines(lines):
                return BlockView("lines", steps=self._chain(lines))
            case Table(head, rows):
                cells = tuple(tuple(map(self._cell, row)) for row in rows)
                return BlockView("table", head=tuple(map(self.sentence, head)), rows=cells)

    def _cell(self, cell: Phrase | Side | str) -> str:
        if isinstance(cell, Phrase):
            return self.sentence(cell)
        return self._pen.words(cell) if isinstance(cell, str) else self._pen.inline(cell)

    def _chain(self, lines: tuple[Line, ...]) -> tuple[StepView, ...]:
        views: list[StepView] = []
        above: Side | None = None
        for line, display in zip(lines, self._pen.displays(lines), strict=True):
            self._lines += 1
            number = str(self._lines)
            inside = self._inside(line, above, number) if self._detail == "full" else ()
            views.append(replace(self._step(line, number, display), inside=inside))
            above = line.right
        return tuple(views)

    def _inside(self, line: Line, above: Side | None, number: str) -> tuple[StepView, ...]:
        if not line.inside:
            return ()
        first, *rest = line.inside
        # The finer lines begin anew, so the first one shows what it starts from.
        begin = replace(first, left=first.left if first.left is not None else line.left or above)
        finer = (begin, *rest)
        displays = self._pen.displays(finer)
        return tuple(
            self._step(one, f"{number}.{i}", display)
            for i, (one, display) in enumerate(zip(finer, displays, strict=True), start=1)
        )

    def _step(self, line: Line, number: str, display: str) -> StepView:
        tested = line.verdict == "tested"
        self._tested |= tested
        provided = self.sentence(Phrase("provided", {"conditions": line.needs})) if line.needs else ""
        return StepView(number, self.sentence(line.because), provided, tested, display)


# Private-use characters: no sentence holds them.
_HOLE = "\ue000{}\ue001"
