"""A problem: what stands on the sheet, and what in the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from derive.core.phrase import Phrase
from derive.core.statement import Side, Statement
from derive.derivations.result import Section
from derive.exercises.argument import Argument

Kind = Literal["derive", "fill-in", "order", "find-error", "name-law", "compute", "which-distribution", "maximum"]
KINDS: tuple[Kind, ...] = (
    "derive",
    "fill-in",
    "order",
    "find-error",
    "name-law",
    "compute",
    "which-distribution",
    "maximum",
)


@dataclass(frozen=True, slots=True)
class Share:
    """Points for one thing that an answer must contain."""

    what: Phrase
    points: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things to choose from, or to put into an order, under a letter."""

    label: str
    what: Phrase | Side


@dataclass(frozen=True, slots=True)
class Answer:
    """What the key says.

    Args:
        said: in sentences.
        formulas: the formulas that are asked for.
        values: their exact numbers, where the question is one of numbers.
        labels: the letters of the right choices, or of all lines in their order.
        line: the number of the wrong line; None where none is sought.
    """

    said: tuple[Phrase, ...]
    formulas: tuple[Side, ...] = ()
    values: tuple[Any, ...] = ()
    labels: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A question with its answer; both are views of one judged derivation.

    Args:
        argument: the derivation.
        question: what is given and asked, sentence by sentence.
        shown: formulas of the sheet; lines that are hidden hold a ``Gap``.
        choices: what is to be chosen from, or put into an order.
        answer: what is right.
        worked: the part of the derivation that leads there.
        scheme: points, adding up to those of the problem.
        told: do the laws stand beside the lines that are shown?
        space: lines of room for the answer.
    """

    kind: Kind
    argument: Argument
    question: tuple[Phrase, ...]
    answer: Answer
    worked: tuple[Section, ...]
    scheme: tuple[Share, ...]
    shown: tuple[Section, ...] = ()
    choices: tuple[Choice, ...] = ()
    told: bool = False
    space: int = 0

    @property
    def points(self) -> int:
        """All points together."""
        return sum(share.points for share in self.scheme)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The formulas of the answer that are equations."""
        return tuple(f for f in self.answer.formulas if isinstance(f, Statement))
