"""The closed set of blocks that a page is made of."""

from __future__ import annotations

from dataclasses import dataclass

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
        because: the sentence beside the line.
        needs: side conditions of the line.
        verdict: ``proved`` or ``tested``.
        inside: finer lines that lead here.
    """

    left: Side | None
    relation: str
    right: Side
    because: Phrase
    needs: tuple[Statement, ...] = ()
    verdict: str = "tested"
    inside: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """A chain: its lines, aligned at the relations."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell is a phrase, a side, or a plain name."""

    head: tuple[Phrase, ...]
    rows: tuple[tuple[Phrase | Side | str, ...], ...]


Block = Heading | Prose | Formula | Lines | Table


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
