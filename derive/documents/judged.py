"""The verdict on one relation of a document, in the light of what stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.settling import Settled, explained, settled
from derive.core.claim import Claim, Outcome, Verdict
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY, UP_TO_CONSTANT, Relation
from derive.core.vectors import Hessian
from derive.documents.claims import readings, speaks_of_estimators
from derive.documents.constants import up_to_a_constant
from derive.documents.definitions import redefined
from derive.documents.doubts import doubt, doubted
from derive.documents.equations.following import follows_from
from derive.documents.equations.roots import rounded_root
from derive.documents.equations.statements import Stated
from derive.documents.fisher import by_least_variance
from derive.documents.kinds import begin_another, estimate_in, note
from derive.documents.known import strangers, unexplained
from derive.documents.laws.evidence import with_evidence
from derive.documents.laws.negative import as_negative, meant
from derive.documents.letters import is_letter
from derive.documents.links import WEAKER
from derive.documents.numbered_estimates import as_estimate
from derive.reading.chains import Link, ReadChain

if TYPE_CHECKING:
    from derive.documents.course import Course

Answer = tuple[Settled | None, tuple[Phrase, ...]]
"""A verdict with its remarks; no verdict where there is nothing to say yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the document says of the end of its chain.

    Args:
        value: of the right side.
        digits: the decimals of the right side, where that is one decimal number.
        stated: it can be an equation to be solved.
        follows: the document says that it follows.
        again: the line goes on with a chain above.
    """

    link: Link
    value: Any
    chain: ReadChain
    digits: int | None
    stated: bool
    follows: bool
    again: bool

    @property
    def relation(self) -> Relation:
        """What is said to hold between the end of the chain and the value."""
        return self.link.relation


def judged(course: Course, asked: Asked) -> Answer:
    """The verdict on ``end relation value``; what a mistake before has to do with it."""
    relation, value, chain = asked.relation, asked.value, asked.chain
    found = as_it_stands(course, asked)
    if asked.again and found.verdict.outcome is Outcome.REFUTED and (earlier := going_on(course, asked)) is not None:
        return earlier
    found = with_what_is_known(course, asked, found)
    if not found.holds and (bounded := by_least_variance(course, course.end, relation, value)) is not None:
        return bounded, (Phrase("remark_unbiased"),)
    if relation == APPROXIMATELY and speaks_of_estimators(chain) and not found.holds:
        # Large samples may be meant.
        return doubt("asymptotic"), ()
    if asked.stated and not found.holds:
        return solution(course, asked, found)
    if found.verdict.outcome is Outcome.REFUTED and relation in WEAKER and of_curvature(course, chain):
        # Curvatures are said to have a sign, and nobody counts the samples for which they are zero.
        weak = settled(readings(course, course.end, WEAKER[relation], value, chain))
        if weak.holds:
            tested = Settled(Verdict(Outcome.TESTED, weak.verdict.how), Phrase("check_tested"))
            return tested, (Phrase("remark_equality"),)
    if relation == APPROXIMATELY and not found.holds and is_letter(course.end) and not chain.continues:
        return rounded_root(course, course.end, value), ()
    if found.verdict.outcome is Outcome.REFUTED:
        if course.wrong and course.good is not None:
            repaired = settled(readings(course, course.good, relation, value, chain))
            if repaired.holds:
                line, course.wrong = course.wrong, 0
                course.good = value
                return repaired, (Phrase("remark_repairs", {"line": line}),)
        first = course.first_mistake()
        claim = Claim(course.end, relation, value, course.facts)
        if not course.wrong:
            course.good, course.wrong = course.end, asked.link.line
        return explained(claim, found), first
    if not course.wrong:
        course.good = value
        return found, ()
    return found, (Phrase("remark_inherits", {"line": course.wrong}),)


def as_it_stands(course: Course, asked: Asked) -> Settled:
    """By what the names mean; with the evidence written out where needed, and up to what is said to be constant."""
    relation, value, chain = asked.relation, asked.value, asked.chain
    found = settled(readings(course, course.end, relation, value, chain), asked.digits)
    found = doubted(course, course.end, value, found, relation)
    if found.verdict.how == "function":
        found = with_evidence(course, course.end, relation, value, chain) or found
    if not found.holds:
        found = up_to_a_constant(course, course.end, relation, value, chain) or found
    return found


def going_on(course: Course, asked: Asked) -> Answer | None:
    """Does the line go on with a chain further above?"""
    for end, line in reversed(course.ends[-6:]):
        earlier = settled(readings(course, end, asked.relation, asked.value, asked.chain))
        if earlier.holds:
            course.good, course.wrong = asked.value, 0
            return earlier, (Phrase("remark_continues", {"line": line}),)
    return None


def with_what_is_known(course: Course, asked: Asked, found: Settled) -> Settled:
    """By the last side that everything is known of; what nothing explains is said to be the value."""
    relation, value, chain = asked.relation, asked.value, asked.chain
    if not found.holds and course.known is not None and course.known != course.end and unexplained(course, course.end):
        over = settled(readings(course, course.known, relation, value, chain))
        found = over if over.holds else found
    if found.verdict.how == "function" and unexplained(course, course.end) and not unexplained(course, value):
        negative = as_negative(course, course.end, value)
        redefined(course, course.end, meant(negative, value), asked.link.line)
        found = negative or found
    if relation == APPROXIMATELY and found.verdict.how == "digits":
        # ≃ may say that a constant was dropped.
        constant = settled(readings(course, course.end, UP_TO_CONSTANT, value, chain))
        found = constant if constant.holds else found
    return found


def of_curvature(course: Course, chain: ReadChain) -> bool:
    """Does the chain say what a second derivative is?"""
    starts = [v for v in (course.head, *(side.value for side in chain.sides)) if isinstance(v, sp.Basic)]
    return any(part.args[2] > 1 for value in starts for part in value.atoms(Partial)) or any(
        value.has(Hessian) for value in starts
    )


def solution(course: Course, asked: Asked, identity: Settled) -> Answer:
    """An equation that is to follow from what was stated before."""
    told = course.mistaken
    inside = estimate_in(course.head)
    begin_another(course, course.end if inside is None else course.meaning(inside))
    found, remarks = follows_from(
        course, Stated(course.end, asked.relation, asked.value), asked.link.line, identity, asked.follows
    )
    if found is not None and found.verdict.outcome is Outcome.REFUTED and strangers(course, asked.value):
        course.mistaken = told
        return doubt("letter"), ()
    if found is None:
        return as_estimate(course, course.end, asked.value), remarks
    note(course, course.end)
    return found, remarks
