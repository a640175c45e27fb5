"""What a marked answer comes to: points, least and most, and what is said of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.core.phrase import Phrase
from derive.documents.report import Entry

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the marking scheme, marked.

    Args:
        what: by its name, or in the key's own words.
        points: the most there are.
        least, most: what the answer gets; they differ where a person must decide.
        why: what decided.
    """

    what: str | Phrase
    points: int
    least: Fraction
    most: Fraction
    why: Phrase

    @property
    def open(self) -> bool:
        """Must a person decide?"""
        return self.least != self.most


@dataclass(frozen=True, slots=True)
class ProblemMarks:
    """One problem, marked.

    Args:
        wrong: the first wrong line.
        undecided: lines that were not read or not settled; they count against nobody.
        notes: what else is to be said.
    """

    number: int
    kind: str
    parts: tuple[Part, ...]
    wrong: Entry | None = None
    undecided: tuple[Entry, ...] = ()
    notes: tuple[Phrase, ...] = ()

    @property
    def points(self) -> int:
        """The most there are."""
        return sum(part.points for part in self.parts)

    @property
    def least(self) -> Fraction:
        """What is sure."""
        return sum((part.least for part in self.parts), ZERO)

    @property
    def most(self) -> Fraction:
        """What may still be given."""
        return sum((part.most for part in self.parts), ZERO)


@dataclass(frozen=True, slots=True)
class StudentMarks:
    """One student's answers, marked."""

    student: str
    file: str
    variant: int
    problems: tuple[ProblemMarks, ...]

    @property
    def points(self) -> int:
        """The most there are."""
        return sum(p.points for p in self.problems)

    @property
    def least(self) -> Fraction:
        """What is sure."""
        return sum((p.least for p in self.problems), ZERO)

    @property
    def most(self) -> Fraction:
        """What may still be given."""
        return sum((p.most for p in self.problems), ZERO)


def full(what: str | Phrase, points: int, why: Phrase) -> Part:
    """All points."""
    return Part(what, points, Fraction(points), Fraction(points), why)


def none(what: str | Phrase, points: int, why: Phrase) -> Part:
    """No points."""
    return Part(what, points, ZERO, ZERO, why)


def unsure(what: str | Phrase, points: int, why: Phrase) -> Part:
    """For a person to decide."""
    return Part(what, points, ZERO, Fraction(points), why)


def halves(points: int, weights: Sequence[int], given: Sequence[bool]) -> Fraction:
    """The share of the points for the parts that are there, rounded down to halves.

    >>> halves(3, [1, 1], [True, False])
    Fraction(3, 2)
    """
    whole = sum(weights)
    won = sum(w for w, g in zip(weights, given, strict=True) if g)
    return Fraction(2 * points * won // whole, 2) if whole else ZERO
