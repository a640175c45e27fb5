"""A document from top to bottom: what its names come to mean, what it sets to zero, and what it claims."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, fields, replace
from typing import Any

import sympy as sp

from derive.checking.free_letters import bare_letters
from derive.checking.settling import Settled, settled
from derive.core.claim import Outcome
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL, Relation
from derive.core.trees import substitute
from derive.documents.beside import is_general
from derive.documents.claims import readings
from derive.documents.clauses import Function
from derive.documents.closing_names import named_behind
from derive.documents.derivatives import written_derivative
from derive.documents.doubts import doubt, unread
from derive.documents.equations.constraints import taken_as_constraint
from derive.documents.equations.moment_equations import is_set_up
from derive.documents.equations.statements import Pending, Stated, is_demand, is_stated, is_zero, state
from derive.documents.equations.zeros import has_unknowns, slip_against
from derive.documents.estimators import take_at_its_word, with_estimators
from derive.documents.judged import Asked, judged
from derive.documents.kinds import Kind
from derive.documents.known import known_letters, unexplained
from derive.documents.letters import estimates_as_parameters
from derive.documents.links import CONNECTIVES, JUDGED, opens_with_arrow
from derive.documents.missing import lacking
from derive.documents.names import Names
from derive.documents.numbers_put_in import is_put_in
from derive.documents.openings import opened
from derive.documents.sorts import alone, between_names, is_claimed, is_named
from derive.reading.chains import Link, ReadChain, Side
from derive.said.constants import Said


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said of one link."""

    link: Link
    left: Side
    right: Side
    settled: Settled
    remarks: tuple[Phrase, ...] = ()


@dataclass(slots=True)
class Course:
    """What is known at one place of the document.

    Args:
        report: takes each finding.
    """

    facts: Facts
    report: Callable[[Finding], None]
    functions: dict[str, tuple[Function, ...]] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    solved: dict[Any, Any] = field(default_factory=dict)
    spent: dict[int, Any] = field(default_factory=dict)
    sought: dict[Any, Kind] = field(default_factory=dict)
    kinds: dict[Any, tuple[Kind, int, int]] = field(default_factory=dict)
    rounded: dict[Any, Any] = field(default_factory=dict)
    assumed: dict[Any, Any] = field(default_factory=dict)
    extrema: list[Any] = field(default_factory=list)
    end: Any = None
    good: Any = None
    known: Any = None
    wrong: int = 0
    links: int = 0
    section: int = 0
    mistaken: bool = False
    singles: frozenset[str] = frozenset()
    logged: frozenset[str] = frozenset()
    constants: Said = field(default_factory=Said)
    seeks: bool = True
    head: Any = None
    ends: list[tuple[Any, int]] = field(default_factory=list)
    derivatives: list[Any] = field(default_factory=list)
    differentiated: list[Any] = field(default_factory=list)
    constraints: list[Any] = field(default_factory=list)
    settled: set[Any] = field(default_factory=set)
    spoiled: set[str] = field(default_factory=set)
    missing: dict[Any, int] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    estimates: dict[str, Any] = field(default_factory=dict)
    unheld: dict[Any, Any] = field(default_factory=dict)

    def tried(self, report: Callable[[Finding], None]) -> Course:
        """A copy to try a line on, with what it knows now."""
        made = copy(self)
        made.report = report
        for kept in fields(self):
            value = getattr(self, kept.name)
            if isinstance(value, dict | list | set):
                setattr(made, kept.name, value.copy())
        return made

    @property
    def names(self) -> Names:
        """The names as they stand now."""
        return Names(self.facts, self.functions, singles=self.singles)

    def meaning(self, value: Any) -> Any:
        """A side with estimates as parameters and names as what they stand for."""
        value = with_estimators(value, self)
        value = estimates_as_parameters(value, self.facts)
        changes = {}
        for letter in bare_letters(value):
            law = self.facts.law(letter.name)
            if law is not None and law.variable != letter and getattr(law.variable, "name", "") == letter.name:
                changes[letter] = law.variable
        return self.names.resolved(substitute(value, changes) if changes else value)

    def forget(self, names: set[Any]) -> None:
        """A line of context gives these names a new meaning."""
        self.functions = {k: v for k, v in self.functions.items() if k not in names}

    def follow(self, chain: ReadChain) -> None:
        """Take up one chain of the document."""
        if taken_as_constraint(self, chain):
            return
        if chain.beside and is_general(chain, known_letters(self.facts) | self.functions.keys()):
            return
        sides, links = list(chain.sides), list(chain.links)
        continues = chain.continues
        if continues and links and opens_with_arrow(links):
            sides, links, continues = sides[1:], links[1:], False
            self.segment(sides[:1] + sides[1:], links, False, True, chain)
            return
        self.segment(sides, links, continues, False, chain)

    def segment(self, sides: list[Side], links: list[Link], continues: bool, follows: bool, chain: ReadChain) -> None:
        """A chain, cut where one equation is said to follow from another."""
        cut = next((k for k, link in enumerate(links) if link.relation.id in CONNECTIVES), None)
        if cut is None:
            self.equations(sides, links, continues, follows, chain)
            return
        premise = cut == 1 and not continues and links[0].relation == EQUAL
        self.equations(sides[: cut + 1], links[:cut], continues, follows or premise, chain)
        self.segment(sides[cut + 1 :], links[cut + 1 :], False, True, chain)

    def equations(self, sides: list[Side], links: list[Link], continues: bool, follows: bool, chain: ReadChain) -> None:
        """Sides with relations between them."""
        if not continues:
            # A letter that stands alone in what f(x) is said to be is one value, not the sample.
            said = [side.value for side in sides[1:2] if isinstance(side.value, sp.Basic)]
            families = {str(base.label) for base in self.facts.shapes}
            self.singles = frozenset(s.name for v in said for s in alone(v) if s.name in families)
        if not links and sides and sides[0].error is not None and not sides[0].latex:
            return
        if not links and sides and sides[0].error is not None:
            here = Link(Relation("unread", ""), sides[0].error.line, sides[0].error.column)
            self.say(here, sides[0], sides[0], unread(sides[0]))
            return
        if not links:
            if sides and sides[0].value is not None and not continues:
                self.begin(self.meaning(sides[0].value))
            return
        first = 0
        if not continues:
            if sides[0].value is None:
                self.begin(None)
            else:
                first = opened(self, sides, links, follows)
        for k in range(first, len(links)):
            self.link(sides[k], links[k], sides[k + 1], k == 0 and not continues, follows, chain)

    def begin(self, value: Any) -> None:
        """A new chain begins with this side."""
        if self.end is not None and self.links:
            self.ends.append((self.end, self.links))
        self.links = 0
        self.head = None
        self.end = self.good = value
        self.known = None if value is None or unexplained(self, value) else value
        self.wrong = 0

    def link(self, left: Side, link: Link, right: Side, opens: bool, follows: bool, chain: ReadChain) -> None:
        """One relation between two sides."""
        if link.relation.id not in JUDGED:
            if not named_behind(self, left, link, right):
                self.end = self.good = None
            return
        broken = next((side for side in (left, right) if side.error is not None), None)
        if broken is not None:
            self.say(link, left, right, unread(broken))
            self.end = None if right.value is None else self.meaning(right.value)
            return
        if right.value is None:
            return
        value = self.meaning(right.value)
        if self.end is None:
            if left.value is None:
                self.say(link, left, right, doubt("unread_before"))
                self.end = value
                return
            self.end = self.good = self.meaning(left.value)
        if link.demanded or is_demand(self, link, value, chain):
            always = settled(readings(self, self.end, link.relation, value, chain))
            if always.holds:
                self.say(link, left, right, always)
                self.end, self.links = value, link.line
                return
            state(self, Stated(self.end, EQUAL, value), link.line, chain)
            return
        again = chain.continues and link is chain.links[0]
        named = is_named(left.value) or between_names(left.value, right.value, self.functions)
        stated = not named and is_stated(self, self.end, link.relation, value, follows, opens)
        found, remarks = judged(self, Asked(link, value, chain, right.digits, stated, follows, again))
        refuted = found is not None and found.verdict.outcome is Outcome.REFUTED
        if refuted and link.relation == EQUAL and is_put_in(self, left.value, value):
            # The numbers of a sample that is not given.
            self.end, self.links, self.wrong = value, link.line, 0
            return
        if refuted and opens and link.relation == EQUAL and not named and is_set_up(self, left.value, self.end, value):
            state(self, Stated(self.end, EQUAL, value), link.line, chain)
            self.wrong = 0
            return
        if found is not None and refuted and opens and is_zero(value):
            slip = slip_against(self, Stated(self.end, EQUAL, value)) if not named else None
            if slip is not None:
                found = replace(found, slip=slip)
            elif has_unknowns(self, self.end) and not is_claimed(left.value):
                # An equation that is set up.
                state(self, Stated(self.end, EQUAL, value), link.line, chain)
                self.wrong = 0
                return
        if found is not None and opens and (of := written_derivative(left.value)) is not None:
            # After a mistake the derivative is still what it is.
            wrong = found.verdict.outcome is Outcome.REFUTED
            if found.holds or wrong:
                self.derivatives.append((self.end if wrong else value, of.args[1]))
        if found is not None:
            if opens and link.relation == EQUAL:
                take_at_its_word(self, found, value)
            if found.verdict.how in ("letter", "function"):
                lacking(self, link.line, self.end, value)
            self.say(link, left, right, found, remarks)
        self.end, self.links = value, link.line
        if not unexplained(self, value):
            self.known = value

    def first_mistake(self) -> tuple[Phrase, ...]:
        """The remark that this is the first mistake of the document, once."""
        told, self.mistaken = self.mistaken, True
        return () if told else (Phrase("remark_first_mistake"),)

    def say(self, link: Link, left: Side, right: Side, found: Settled, remarks: tuple[Phrase, ...] = ()) -> None:
        """Report a verdict."""
        lenient = [remark for k, remark in enumerate(left.remarks) if remark not in left.remarks[:k]]
        lenient += [remark for remark in right.remarks if remark not in lenient]
        self.report(Finding(link, left, right, found, (*remarks, *lenient)))


__all__ = ["Course", "Finding"]
