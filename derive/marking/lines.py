"""An answer after the checker has gone through it: every relation with its meaning and its verdict."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.claim import Outcome
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.information import CrossEntropy, Divergence, Entropy, Expectation, Extremum, Variance
from derive.core.nodes import Hidden, Partial
from derive.core.vectors import Gradient, Hessian
from derive.documents.check import checked
from derive.documents.clock import TimeUp, limit
from derive.documents.course import Course
from derive.documents.faults import FAULTS
from derive.documents.finding import Passage, passages
from derive.documents.known import known_letters, letters, unfolded
from derive.documents.letters import undecorated
from derive.documents.links import CONNECTIVES
from derive.documents.report import Entry
from derive.documents.source import Source
from derive.reading.chains import ReadChain, Side, lines
from derive.reading.given import given
from derive.reading.reader import Reader

MOST_SAID = 2000
LONGEST_ABBREVIATION = 300
AVERAGED = (Expectation, Variance, Entropy, CrossEntropy, Divergence)
NAMED = (AppliedUndef, Partial, Gradient, Hessian, Extremum, Hidden, *AVERAGED)


@dataclass(frozen=True, slots=True)
class Term:
    """One side as it was written and as it is meant.

    Args:
        raw: with the names of functions as they stand; None where it cannot be read.
        meaning: with what they stand for.
        digits: the decimals, where it is one decimal number.
    """

    raw: Any
    meaning: Any
    latex: str
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One relation of an answer, or a formula that stands alone (then there is no relation, and no left side).

    Args:
        subject: the first side of its chain.
        relation: the id of the relation; empty for a formula alone.
        outcome: what the checker says; None where it has nothing to say.
        shown: does it stand in a display (otherwise in a line of text)?
        blind: does a side before it in its chain say nothing to the reader?
    """

    subject: Term | None
    left: Term | None
    relation: str
    right: Term
    line: int
    column: int
    outcome: Outcome | None = None
    shown: bool = True
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """An answer to one problem, followed by the checker.

    Args:
        entries: a verdict for each relation of its displays.
        said: every relation and formula.
        prose: the words between.
        text: all of it.
    """

    entries: tuple[Entry, ...]
    said: tuple[Said, ...]
    prose: str
    text: str

    @property
    def empty(self) -> bool:
        """Is there nothing?"""
        return not self.text.strip()

    @property
    def undecided(self) -> tuple[Entry, ...]:
        """The lines that were not read or not settled."""
        return tuple(e for e in self.entries if e.verdict in (Outcome.UNKNOWN, Outcome.UNREAD))

    @property
    def unread(self) -> tuple[Entry, ...]:
        """The lines that were not read: whatever they state is not seen."""
        return tuple(e for e in self.entries if e.verdict is Outcome.UNREAD)


def followed(source: Source, facts: Facts, seconds: float) -> Followed:
    """The answer under the facts of its problem."""
    until = time.monotonic() + seconds
    said: list[Said] = []
    courses: list[Course] = []

    def seen(course: Course, chain: ReadChain) -> None:
        courses[:] = [course]
        said.extend(of_chain(course, chain, True, said[-1] if said else None))

    found = list(passages(source))
    facts = with_abbreviations(source, found, facts)
    report = checked(source, facts, seconds, seen=seen, best=True)
    verdicts = {(e.line, e.column): e.verdict for e in report.entries}
    course = courses[0] if courses else Course(facts, lambda finding: None)
    # Time that is up leaves the rest of the text to a person, who is told so by the verdicts on the displays.
    with suppress(TimeUp), limit(max(1.0, until - time.monotonic())):
        for passage in found:
            if passage.kind == "inline" and len(said) < MOST_SAID:
                line, column = source.place(passage.offset)
                for chain in lines(Reader(course.facts), passage.text, line, column):
                    said.extend(of_chain(course, chain, False))
    said.sort(key=lambda s: (s.line, s.column))
    judged = tuple(replace(s, outcome=verdicts.get((s.line, s.column))) for s in said[:MOST_SAID])
    return Followed(report.entries, judged, prose_of(source.text, found), source.text)


def with_abbreviations(source: Source, found: list[Passage], facts: Facts) -> Facts:
    """The facts with the statistics that a line of text gives a letter to, as "let k = Σ x_i"."""
    for passage in found:
        if passage.kind != "inline" or len(passage.text) > LONGEST_ABBREVIATION:
            continue
        for chain in lines(Reader(facts), passage.text):
            sides = [side.value for side in chain.sides]
            if len(chain.links) != 1 or chain.links[0].relation.id not in ("equal", "defined") or None in sides:
                continue
            letter, value = sides
            if is_abbreviation(letter, value, facts):
                with suppress(InputError):
                    facts = given(f"{chain.sides[0].latex} := {chain.sides[1].latex}", facts)
    return facts


def is_abbreviation(letter: Any, value: Any, facts: Facts) -> bool:
    """A letter of the student's own for a formula in the data alone."""
    if not isinstance(letter, sp.Symbol) or not explicit(value) or letter in value.free_symbols:
        return False
    known = known_letters(facts)
    if {letter.name, undecorated(letter.name) or ""} & known:
        return False
    data = {str(base.label) for base in facts.shapes}
    free = {str(getattr(s, "label", s)) for s in letters(value)}
    parameters = {str(s) for s in facts.domains if isinstance(s, sp.Symbol) and not s.is_integer}
    return bool(free & data) and not free & parameters


def of_chain(course: Course, chain: ReadChain, shown: bool, before: Said | None = None) -> Iterator[Said]:
    """The relations of a chain; after ``\\iff`` a new one begins.

    Args:
        before: what was said last: a chain that begins with a sign goes on from there.
    """
    terms = [term_of(course, side) for side in chain.sides]
    if not chain.links:
        for side, term in zip(chain.sides, terms, strict=True):
            yield Said(None, None, "", term, side.line, side.column, None, shown)
        return
    subject: Term | None = terms[0]
    if chain.continues and before is not None:
        subject, terms[0] = before.subject, before.right
    for place, link in enumerate(chain.links):
        if link.relation.id in CONNECTIVES:
            subject = terms[place + 1]
            continue
        blind = any(t.raw is None for t in terms[: place + 1])
        left, right = terms[place : place + 2]
        yield Said(subject, left, link.relation.id, right, link.line, link.column, None, shown, blind)
        if link.relation.id not in ("equal", "defined", "approximately"):
            subject = right


def term_of(course: Course, side: Side) -> Term:
    """A side with its meaning at this place of the answer."""
    meaning = None
    if side.value is not None:
        try:
            meaning = unfolded(course.meaning(side.value), course)
        except FAULTS:
            meaning = None
    return Term(side.value, meaning, side.latex, side.digits)


def prose_of(text: str, found: list[Passage]) -> str:
    """The text with the mathematics taken out."""
    pieces, at = [], 0
    for passage in found:
        pieces.append(text[at : passage.offset])
        at = max(at, passage.offset + len(passage.text))
    pieces.append(text[at:])
    words = re.sub(r"<!--.*?(?:-->|\Z)|(?m:(?<!\\)%.*$)", " ", " ".join(pieces), flags=re.DOTALL)
    kept = re.sub(r"\\[a-zA-Z]+\*?|[$\\{}]", " ", words)
    return " ".join(kept.split())


def explicit(expr: Any) -> bool:
    """Is it a formula in letters and data, with no name, derivative or expected value left in it?"""
    return isinstance(expr, sp.Basic) and not expr.has(*NAMED)
