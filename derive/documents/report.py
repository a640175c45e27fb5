"""What is said of a document: one entry for each relation, and what its letters still lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from derive.core.claim import Outcome, Witness
from derive.core.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something cannot be read.

    Args:
        reason: what is wrong, in one sentence.
        hint: what would do, or the empty string.
        line, column: where, counted from 1.
        source: the text of that line.
    """

    reason: str
    hint: str
    line: int
    column: int
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The verdict on one relation.

    Args:
        line, column: where the relation stands, counted from 1.
        offset, end: where the claim begins and ends in the text.
        relation: its LaTeX.
        latex: the claim as it is written.
        because: what decided.
        witness: for a refutation, where the two sides differ.
        suggestion: the right side as it should be, if one slip explains the mistake.
        remarks: how the line was read, and what it has to do with its neighbours.
        source: the text of the line.
        trouble: for what is unread, the reason.
    """

    line: int
    column: int
    offset: int
    end: int
    relation: str
    latex: str
    verdict: Outcome
    because: Phrase
    witness: Witness | None = None
    suggestion: Any = None
    remarks: tuple[Phrase, ...] = ()
    source: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A relation and the side behind it, with its verdict; without one it claims nothing (a definition, a demand)."""

    line: int
    column: int
    relation: str
    latex: str
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A chain as it is shown.

    Args:
        start: its first side; empty where it goes on from an earlier display.
        conditions: what limits it, as ``i \\neq j``.
    """

    line: int
    start: str
    rows: tuple[Row, ...]
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """The chains of one display."""

    line: int
    chains: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A heading of the document, in its own markup; ``level`` counts from 1."""

    line: int
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A letter without a meaning.

    Args:
        letter: its LaTeX.
        line: where it is first met.
        given: the context line that would supply it, ready to paste.
    """

    letter: str
    line: int
    given: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """All entries of one file, in the order of the text.

    Args:
        outline: the formulas that they belong to, under the headings of the document.
    """

    name: str
    latex: bool
    text: str
    entries: tuple[Entry, ...]
    missing: tuple[Missing, ...] = ()
    outline: tuple[Title | Block, ...] = ()

    @property
    def refuted(self) -> bool:
        """Is there a wrong line?"""
        return any(entry.verdict is Outcome.REFUTED for entry in self.entries)


def counted(reports: Iterable[FileReport]) -> dict[str, int]:
    """How many entries have each verdict."""
    found = Counter(entry.verdict.value for report in reports for entry in report.entries)
    return {outcome.value: found[outcome.value] for outcome in Outcome}
