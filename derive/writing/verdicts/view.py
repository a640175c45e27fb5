"""A report in one language and one markup, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of the document, cut where the trouble is: ``at`` is the character itself."""

    before: str
    at: str
    after: str


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX that can be set, or the source of what cannot (then ``latex`` is empty)."""

    latex: str = ""
    source: str = ""

    def __bool__(self) -> bool:
        return bool(self.latex or self.source)


@dataclass(frozen=True, slots=True)
class RowView:
    """A relation with the side behind it.

    Args:
        place: the line in words.
        address: its place in the page; empty where another relation of the line has it.
        left: the chain's first side, or what an arrow leads to.
        apart: the left side is too long to stand beside the right one.
        alone: it is a side with no relation.
        verdict, mark, word: of the verdict; empty without one.
        label: mark, line and verdict, for sentences that stand apart from it.
        says: the sentences about it.
        correction: what would be right.
    """

    line: int
    place: str
    address: str
    left: Formula
    apart: bool
    right: Formula
    alone: bool = False
    verdict: str = ""
    mark: str = ""
    word: str = ""
    label: str = ""
    says: tuple[str, ...] = ()
    correction: str = ""
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class PartView:
    """A heading (``level`` from 1), or the rows of a display (``level`` 0)."""

    level: int = 0
    text: str = ""
    rows: tuple[RowView, ...] = ()


@dataclass(frozen=True, slots=True)
class CountView:
    """How many relations have a verdict."""

    verdict: str
    mark: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class FileView:
    """A document.

    Args:
        missing: the sentence about letters without a meaning, and the lines that would give them one.
    """

    name: str
    address: str
    counts: tuple[CountView, ...]
    summary: tuple[str, ...]
    parts: tuple[PartView, ...]
    missing: str = ""
    lines: tuple[str, ...] = ()
    latex: bool = False


@dataclass(frozen=True, slots=True)
class ReportView:
    """All documents of a run; ``name`` is the title without markup."""

    title: str
    name: str
    counts: tuple[CountView, ...]
    files: tuple[FileView, ...]
    notes: tuple[tuple[str, str, str], ...] = ()
    plain: str = ""
