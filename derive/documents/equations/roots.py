"""A letter that is said to be a number, rounded: a root of the equation that was set up for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.digits import half_a_unit
from derive.checking.free_letters import letters_of
from derive.checking.judge import judge
from derive.checking.settling import Settled, because
from derive.core.claim import Claim, Outcome, Verdict
from derive.core.phrase import Phrase
from derive.core.relation import AT_MOST
from derive.core.trees import mentions, substitute
from derive.core.vectors import is_matrix

if TYPE_CHECKING:
    from derive.documents.course import Course

DOUBT = Settled(Verdict(Outcome.UNKNOWN, "letter"), Phrase("check_unknown", {"reason": "letter"}))


def rounded_root(course: Course, letter: Any, value: Any) -> Settled | None:
    """Does an equation for the letter change its sign within half a unit of the last digit?

    Or do the rounded numbers of the other letters, put into what the letter was solved to be, give the number?
    None where no equation was set up for it: the number is then what the document takes the letter to be.
    """
    if not (value.is_Float or value.is_Rational):
        return None
    here, half = sp.Rational(str(value)), half_a_unit(value)
    equations = [p.statement for p in reversed(course.pending) if mentions(p.statement.left, letter)]
    solved = course.solved.get(letter)
    for equation in equations:
        if is_matrix(equation.left) or is_matrix(equation.right):
            continue
        others = {k: v for k, v in course.solved.items() if k != letter}
        whole = substitute(equation.left - equation.right, others)
        found = sign_changes(course, [(whole, {letter: here - half}, {letter: here + half})], {letter})
        if found is not None:
            course.rounded[letter] = here, half
            return found
    if solved is not None and course.rounded and not is_matrix(solved):
        near = {k: v for k, v in course.rounded.items() if k != letter}
        middle, low, high = ({k: at + by * h for k, (at, h) in near.items()} for by in (0, -1, 1))
        trials: list[Any] = [((solved - here) ** 2 - half**2, middle, {})]
        trials += [(solved - here - by, low, high) for by in (half, -half)]
        found = sign_changes(course, trials, set(near))
        if found is not None:
            return found
    return DOUBT if equations else None


def sign_changes(course: Course, trials: list[Any], numbers: set[Any]) -> Settled | None:
    """Has one of the expressions not the same sign at both places? A place that is empty has the sign +."""
    verdicts: list[tuple[Claim, Verdict]] = []
    for whole, low, high in trials:
        if set(letters_of((whole,), course.facts)) - {*numbers, *course.facts.observed}:
            return None
        product = substitute(whole, low) * (substitute(whole, high) if high else 1)
        claim = Claim(product, AT_MOST, sp.Integer(0), course.facts)
        verdict = judge(claim)
        if verdict.outcome is Outcome.UNKNOWN:
            return None
        if verdict.holds:
            found = Verdict(Outcome.TESTED, "numbers")
            return Settled(found, because(found, claim))
        verdicts.append((claim, verdict))
    claim, verdict = verdicts[0]
    return Settled(verdict, because(verdict, claim))
