"""A page in one language and one markup, ready for a template: sentences written out, steps numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

from sympy.core.function import AppliedUndef

from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Side, Statement
from derive.pages.blocks import (
    Blank,
    Block,
    Cell,
    Choices,
    Formula,
    Heading,
    Line,
    Lines,
    Link,
    Listing,
    Marks,
    Page,
    Picture,
    Prose,
    Question,
    Solution,
    Table,
)
from derive.writing.context import given_lines, wholes_in
from derive.writing.latex import latex
from derive.writing.plain import plain_inline
from derive.writing.words import harmless, say, words_of

Detail = Literal["brief", "full"]


class Pen(Protocol):
    """How one markup writes."""

    def inline(self, side: Side) -> str:
        """Mathematics inside a sentence."""

    def words(self, text: str) -> str:
        """Plain words, the markup's special characters made harmless."""

    def apart(self, side: Side, after: str) -> str | None:
        """Mathematics of a sentence that is too long to stand inside it, with the punctuation after it; else None."""

    def link(self, text: str, address: str) -> str:
        """A written text that leads somewhere."""

    def lettered(self, notation: Notation) -> Pen:
        """The same pen with other letters."""

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
    mark: str
    display: str
    inside: tuple[StepView, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block: ``kind`` is heading, prose, formula, lines, table, listing, picture, marks, blank, question, solution
    or choices; ``newpage`` parts pages that are put into one file.

    Args:
        text: written in the markup; of a listing, a picture's file: as it is, for the template to make harmless.
        count: of marks (of a question too), or of blank lines.
        context: what ``derive check`` must know of the lines, as far as the lines before have not said it.
    """

    kind: str
    text: str = ""
    level: int = 2
    count: int = 0
    language: str = ""
    content: bytes = b""
    caption: str = ""
    plain: str = ""
    steps: tuple[StepView, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """A page.

    Args:
        name: the title in plain characters, without any markup.
        notes: the marks in use, each with its meaning.
    """

    title: str
    name: str
    blocks: tuple[BlockView, ...]
    notes: tuple[tuple[str, str], ...]


MARKS = {
    "tested": ("†", "tested_note"),
    "refuted": ("✗", "refuted_note"),
    "unknown": ("?", "unknown_note"),
    "unread": ("¿", "unread_note"),
}
"""What stands beside a line that is not proved, by its verdict, and the sentence that explains it."""


class Scribe:
    """Writes the blocks of one page with one pen; numbers the lines as it goes."""

    def __init__(
        self, pen: Pen, notation: Notation, language: str, detail: Detail, templates: Path | None = None
    ) -> None:
        self._pen = pen
        self._notation = notation
        self._language = language
        self._detail = detail
        self._words = words_of(language, templates)
        self._lines = 0
        self._verdicts: set[str] = set()
        self._given: dict[str, str] = {}
        self._afresh = False
        self._wholes: set[object] = set()

    def page(self, page: Page) -> PageView:
        """The whole page."""
        chains = [block for block in page.blocks if isinstance(block, Lines) and block.facts is not None]
        self._wholes = {w for c in chains if c.facts for w in wholes_in(c.facts, sides_of(c.lines))}
        title = self.sentence(page.title, apart=False)
        blocks = tuple(self._block(block) for block in page.blocks)
        notes = tuple(
            (mark, self.sentence(Phrase(note))) for verdict, (mark, note) in MARKS.items() if verdict in self._verdicts
        )
        return PageView(title, self.plain(page.title), blocks, notes)

    def plain(self, phrase: Phrase) -> str:
        """A phrase in plain characters, for places that hold no markup."""
        return say(phrase, self._language, lambda side: plain_inline(side, self._notation), self._words)

    def sentence(self, phrase: Phrase, apart: bool = True) -> str:
        """A phrase in words, its holes filled with mathematics of this markup.

        Args:
            apart: what is too long for a sentence may be displayed.
        """
        sides: list[Side] = []

        def show(side: Side) -> str:
            sides.append(side)
            return _HOLE.format(len(sides) - 1)

        # Words are made harmless and mathematics is not, so it is put in afterwards.
        text = self._pen.words(say(phrase, self._language, show, self._words))

        def fill(found: re.Match[str]) -> str:
            before, number, after, behind = found.groups()
            side = sides[int(number)]
            shown = self._pen.apart(side, after) if apart else None
            return f"{before}{self._pen.inline(side)}{after}{behind}" if shown is None else shown

        # Between an ideograph and a formula there is air, whoever forgot it.
        text = _AFTER_IDEOGRAPH.sub(" ", _BEFORE_IDEOGRAPH.sub(" ", text))
        return _FILLED.sub(fill, text).strip()

    def _block(self, block: Block) -> BlockView:
        match block:
            case Heading(title, level):
                return BlockView("heading", self.sentence(title, apart=False), level)
            case Prose(sentences):
                # Chinese sentences follow each other without a space.
                space = "" if self._language == "zh" else " "
                return BlockView("prose", space.join(map(self.sentence, sentences)))
            case Formula(side):
                return BlockView("formula", self._pen.formula(side))
            case Lines(lines, facts):
                return BlockView("lines", steps=self._chain(lines), context=self._context(lines, facts))
            case Table(head, rows):
                cells = tuple(tuple(map(self._cell, row)) for row in rows)
                return BlockView("table", head=tuple(map(self._cell, head)), rows=cells)
            case Listing(text, language):
                return BlockView("listing", text, language=language)
            case Picture(caption, file, content):
                said = self.sentence(caption, apart=False)
                return BlockView("picture", file, content=content, caption=said, plain=self.plain(caption))
            case Marks(points):
                return BlockView("marks", self.sentence(Phrase("marks", {"points": points})), count=points)
            case Blank(lines):
                return BlockView("blank", count=lines)
            case Question():
                return self._question(block)
            case Solution():
                self._lines = 0
                return BlockView("solution", self.sentence(Phrase("exercise_solution")), level=3)
            case Choices(items):
                return BlockView("choices", rows=tuple((label, self._cell(what)) for label, what in items))

    def _question(self, question: Question) -> BlockView:
        """A problem begins: its own letters, and its lines numbered from one."""
        self._pen = self._pen.lettered(question.notation)
        self._notation = question.notation
        self._lines = 0
        self._given = {}
        self._afresh = True
        title = self.sentence(question.title)
        if question.number:
            title = self.sentence(Phrase("exercise_number", {"number": question.number, "title": question.title}))
        points = question.points
        worth = Phrase("exercise_worth_one") if points == 1 else Phrase("exercise_worth", {"points": points})
        return BlockView("question", title, count=points, caption=self.sentence(worth))

    def _context(self, lines: tuple[Line, ...], facts: Facts | None) -> tuple[str, ...]:
        """The ``given:`` lines that are new; what the first line itself introduces is none."""
        afresh, self._afresh = ("nothing",) if self._afresh else (), False
        if facts is None:
            return afresh
        known = {letter for letter in facts.domains if letter not in facts.definitions}
        needs = {need for line in lines for need in line.needs if free_of(need) <= known}
        facts = facts.assuming(*sorted(needs - set(facts.assumed), key=str))
        now = given_lines(facts, self._notation, sides_of(lines), self._wholes)
        new = {about: line for about, line in now.items() if self._given.get(about) != line}
        self._given |= new
        left, right = lines[0].left, lines[0].right
        if isinstance(left, AppliedUndef) and facts.definitions.get(left.func.__name__) == right:
            new.pop(latex(left, self._notation), None)
        return (*afresh, *new.values())

    def _cell(self, cell: Cell | tuple[Cell, ...]) -> str:
        match cell:
            case tuple():
                return " · ".join(map(self._cell, cell))
            case Phrase():
                return self.sentence(cell, apart=False)
            case str():
                return self._pen.words(harmless(cell))
            case Link(label, address):
                return self._pen.link(self._cell(label), address)
            case _:
                return self._pen.inline(cell)

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
        self._verdicts.add(line.verdict)
        provided = self.sentence(Phrase("provided", {"conditions": line.needs})) if line.needs else ""
        mark = MARKS[line.verdict][0] if line.verdict in MARKS else ""
        because = "" if line.because is None else self.sentence(line.because)
        return StepView(number, because, provided, mark, display)


def sides_of(lines: Sequence[Line]) -> list[Side | None]:
    """Left and right sides."""
    return [side for line in lines for side in (line.left, line.right)]


def free_of(statement: Statement) -> set[object]:
    """The letters of a condition."""
    return {s for side in (statement.left, statement.right) for s in side.free_symbols}


# Private-use characters: no sentence holds them.
_HOLE = "\ue000{}\ue001"
_FILLED = re.compile("(\\s*)\ue000(\\d+)\ue001([.,;:。，；：]?)(\\s*)")
_AFTER_IDEOGRAPH = re.compile("(?<=[\u3400-\u9fff])(?=\ue000)")
_BEFORE_IDEOGRAPH = re.compile("(?<=\ue001)(?=[\u3400-\u9fff])")
