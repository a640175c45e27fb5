"""An equation in the light of those that the document has stated before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from derive.checking.settling import Settled, settled
from derive.core.claim import Outcome
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import mentions
from derive.documents.claims import matched
from derive.documents.doubts import doubt
from derive.documents.equations.held import with_held
from derive.documents.equations.optima import optimal
from derive.documents.equations.rearranged import binds, equivalences, is_implicit, letters_in_common
from derive.documents.equations.rescued import may_be_rescued
from derive.documents.equations.slipped import slip_in_solution
from derive.documents.equations.solved_for import in_the_letter, is_solution
from derive.documents.equations.statements import Pending, accept, is_zero
from derive.documents.equations.summed import added_up
from derive.documents.equations.together import at_all_zeros, own_zero
from derive.documents.equations.vanishing import may_vanish, zero_of
from derive.documents.known import unfolded
from derive.documents.letters import base_of, is_letter
from derive.documents.unsaid import rests_on_unsaid

if TYPE_CHECKING:
    from derive.documents.course import Course


Said = tuple[Settled | None, tuple[Phrase, ...]]
"""A verdict with its remarks; no verdict where there is nothing to say yet."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the equations stated before say of one.

    Args:
        verdict: of the one that leads to it; else the first refutation; else the first doubt.
        leading: the equation that leads to it.
        refuting: the equation that it contradicts.
        bound: was an equation set up that binds its letter?
    """

    verdict: Settled | None = None
    leading: Pending | None = None
    refuting: Statement | None = None
    bound: bool = False


def follows_from(course: Course, statement: Statement, line: int, identity: Settled, follows: bool) -> Said:
    """The verdict on an equation in the light of those stated before it; None for one that nothing leads to.

    Tried in this order: one of the equations before it; the best value, where no equation binds its letter; all that
    was set to zero, together; the derivative by its own letter.

    Args:
        identity: the verdict on it as an identity.
        follows: the document says that it follows.
    """
    statement = in_the_letter(statement)
    left, right = matched(statement.left, statement.right)
    statement = Statement(left, EQUAL, right)
    tried = against_those_before(course, statement)
    if tried.leading is not None:
        accept(course, tried.leading, statement, line)
        return tried.verdict, ()
    if (total := added_up(course, statement)) is not None:
        return solved(course, statement, total)
    # Where no equation for this letter was set up: is it the best value all the same?
    at_best = optimal(course, left, right) if not tried.bound and is_solution(statement) else None
    together = at_all_zeros(course, statement) if at_best is None or not at_best.holds else None
    for good in (at_best, together):
        if good is not None and good.holds:
            return solved(course, statement, good)
    best = weighed(course, statement, tried, together)
    if at_best is not None and best is None:
        return at_best, ()
    if best is None and is_solution(statement) and (zero := own_zero(course, statement)) is not None:
        best = settled(equivalences(course, zero, statement, (left,)))
        if best.holds:
            return solved(course, statement, best)
    if best is None:
        return set_up(course, statement, line, identity, follows)
    against = [p.statement for p in course.pending] if tried.refuting is None else [tried.refuting]
    if best.verdict.outcome is Outcome.REFUTED and rests_on_unsaid(statement, against, course.facts):
        return doubt("letter"), ()
    if best.verdict.outcome is Outcome.REFUTED:
        return refuted(course, statement, best, tried.bound)
    # Nobody said that it holds whatever the letter is: that it does not is no mistake.
    return best, ()


def against_those_before(course: Course, statement: Statement) -> Tried:
    """The equation against each that was stated before it, and each that a derivative implies, the latest first."""
    best: Settled | None = None
    refuting: Statement | None = None
    bound = False
    implied = [Pending(Statement(*zero_of(d)), 0, 0, by) for d, by in course.derivatives[-4:] if may_vanish(course, d)]
    done: set[Any] = set()
    for before in (*reversed(course.pending[-6:]), *reversed(implied)):
        if (before.root or before.letter) in done:
            continue
        unknowns = letters_in_common(course, before.statement, statement, before.letter)
        if not unknowns:
            continue
        fixed = with_held(course, before.statement, statement, unknowns[0])
        found = fixed or compared(course, before.statement, statement, unknowns)
        if found.holds:
            return Tried(found, leading=before)
        contradicts = found.verdict.outcome is Outcome.REFUTED
        if fixed is not None and contradicts:
            # The equations that this one was rearranged from, and its derivative, say the same.
            done |= {before.root, before.letter} - {0, None}
        if before in implied and not is_letter(statement.left):
            # Nothing says that this derivative was set to zero here.
            continue
        if not binds(course, before, statement):
            # It was solved for another letter, and says nothing of this equation.
            continue
        bound |= before not in implied
        if best is None or (best.verdict.outcome is not Outcome.REFUTED and contradicts):
            best = found
            refuting = before.statement if contradicts else None
    return Tried(best, None, refuting, bound)


def compared(course: Course, before: Statement, statement: Statement, unknowns: tuple[Any, ...]) -> Settled:
    """Does it say the same as the one before, of these letters?"""
    found = settled(equivalences(course, before, statement, unknowns))
    if found.verdict.outcome is Outcome.REFUTED and is_implicit(course, statement.left, statement.right):
        # Newton's method may have found one of several solutions.
        return doubt("implicit")
    return found


def weighed(course: Course, statement: Statement, tried: Tried, together: Settled | None) -> Settled | None:
    """What no equation leads to: the verdict of those before it, or of all that was set to zero together."""
    best = tried.verdict
    if together is None:
        rescued = tried.refuting is not None and may_be_rescued(course, tried.refuting, statement)
        return doubt("letter") if rescued else best
    if best is not None and best.verdict.outcome is Outcome.REFUTED:
        # It may be what follows when all the other equations are put in.
        return together if together.verdict.outcome is Outcome.UNKNOWN else best
    return together if together.verdict.outcome is Outcome.REFUTED or best is None else best


def solved(course: Course, statement: Statement, found: Settled) -> Said:
    """It holds; a solution is put in from now on."""
    if is_solution(statement):
        course.solved[statement.left] = statement.right
    return found, ()


def set_up(course: Course, statement: Statement, line: int, identity: Settled, follows: bool) -> Said:
    """Nothing leads to it: an identity, or an equation that is set up here."""
    left, right = statement.left, statement.right
    if base_of(left) in course.settled or (is_letter(left) and mentions(unfolded(right, course), base_of(left))):
        return identity, ()
    if is_solution(statement):
        course.assumed[left] = right
    elif not is_zero(right) and not follows:
        return identity, ()
    course.pending.append(Pending(statement, line, line))
    return None, ()


def refuted(course: Course, statement: Statement, found: Settled, bound: bool) -> Said:
    """It contradicts what was stated before, unless it is the best value all the same.

    Args:
        bound: an equation for its letter was set up, so that the best value was not looked at yet.
    """
    at_best = optimal(course, statement.left, statement.right) if bound and is_solution(statement) else None
    if at_best is not None and at_best.holds:
        # One of several solutions, or the right one after a wrong equation.
        return solved(course, statement, at_best)
    return replace(found, slip=slip_in_solution(course, statement)), course.first_mistake()
