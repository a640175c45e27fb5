"""The closed set of blocks that a page is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Side, Statement


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title."""

    title: Phrase
    level: int = 2


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph: sentences in order."""

    sentences: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """One displayed side: an expression or a statement."""

    side: Side


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a derivation.

    Args:
        left: what stands left of the relation; None where the line goes on from the line above.
        relation: the relation's LaTeX.
        right: what stands right of it.
        because: the sentence beside the line; None for a line that stands without a reason.
        needs: side conditions of the line.
        verdict: ``proved``, ``tested``, ``refuted``, ``unknown`` or ``unread``.
        inside: finer lines that lead here.
    """

    left: Side | None
    relation: str
    right: Side
    because: Phrase | None
    needs: tuple[Statement, ...] = ()
    verdict: str = "tested"
    inside: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """A chain: its lines, aligned at the relations.

    Args:
        facts: under which they hold, for formats in which they can be said beside the text; None for those of no chain.
    """

    lines: tuple[Line, ...]
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another file, where a format has links; else its label alone."""

    label: Phrase | str
    address: str


Cell: TypeAlias = Phrase | Side | Link | str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell is a phrase, a side, a link, a plain name, or several of them beside each other."""

    head: tuple[Phrase, ...]
    rows: tuple[tuple[Cell | tuple[Cell, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Text as it is, in letters of one width: code, or a formula as somebody typed it.

    Args:
        language: of the code, for colours; empty for plain text.
    """

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure.

    Args:
        caption: what is to be seen; also what a screen reader says.
        file: its name as the page refers to it.
        content: the file's bytes, for formats that carry their figures with them.
    """

    caption: Phrase
    file: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Marks:
    """What the answer to a question is worth, as it stands at the margin."""

    points: int


@dataclass(frozen=True, slots=True)
class Question:
    """A numbered problem begins: its lines are numbered anew, in letters of its own.

    Args:
        number: of the problem, from 1; 0 for one that stands alone.
        title: what stands beside the number.
        points: what it is worth.
    """

    number: int
    title: Phrase
    points: int
    notation: Notation


@dataclass(frozen=True, slots=True)
class Solution:
    """What follows, up to the next problem, is the answer."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Things under letters, a line each."""

    items: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """Room to write an answer by hand: so many lines."""

    lines: int


Block = Heading | Prose | Formula | Lines | Table | Listing | Picture | Marks | Blank | Question | Solution | Choices


@dataclass(frozen=True, slots=True)
class Page:
    """A page: a title and its blocks, in the letters of its notation.

    Args:
        facts: needed by the printer only to tell observations from parameters in ``f(x; θ)``.
    """

    title: Phrase
    blocks: tuple[Block, ...]
    notation: Notation
    facts: Facts
