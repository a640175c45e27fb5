"""Equations that are set up and solved: ``= 0`` after a derivative, rearrangements, solutions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.diagnosis import sizes_of
from derive.checking.judge import judge
from derive.checking.numbers import letters_of
from derive.checking.slips import Slip, slips
from derive.core.claim import Claim, Outcome, Verdict
from derive.core.information import Extremum, OverALaw
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import EQUAL, EQUIVALENT, Relation
from derive.core.statement import Statement
from derive.core.trees import mentions, substitute
from derive.core.vectors import (
    VECTOR_LETTERS,
    Gradient,
    Hessian,
    MatrixAt,
    VectorAt,
    VectorIntegral,
    VectorMean,
    is_matrix,
)
from derive.documents.claims import matched
from derive.documents.held import with_held
from derive.documents.letters import base_of, is_letter
from derive.documents.likelihoods import log_likelihood
from derive.documents.settling import Settled, settled
from derive.reading.chains import Link, ReadChain

if TYPE_CHECKING:
    from derive.documents.course import Course

Stated = Statement
MOST_SLIPS = 60


@dataclass(frozen=True, slots=True)
class Pending:
    """An equation that the document has stated, to be solved further on.

    Args:
        root: the line of the first equation that it was rearranged from.
        letter: what the derivative was taken by that was set to zero.
    """

    statement: Statement
    line: int
    root: int = 0
    letter: Any = None


def is_demand(course: Course, link: Link, value: Any, chain: ReadChain) -> bool:
    """Is this zero what a derivative is set to?"""
    if link.relation != EQUAL or not is_zero(value) or is_zero(course.end):
        return False
    return any(is_derivative(side.value) for side in chain.sides[:-1]) or is_derivative(course.head)


def is_derivative(side: Any) -> bool:
    """A derivative as it is written; an expected or integrated one is no condition on its letter."""
    if not isinstance(side, sp.Basic):
        return False
    return side.has(Partial, Gradient, Hessian) and not side.has(OverALaw, sp.Integral, VectorIntegral, VectorMean)


def is_zero(value: Any) -> bool:
    """0, or the matrix of zeros."""
    return bool(value == 0 or isinstance(value, sp.ZeroMatrix))


def state(course: Course, statement: Statement, line: int, chain: ReadChain | None = None) -> None:
    """Note an equation that is to be solved."""
    left, right = matched(statement.left, statement.right)
    sides = [side.value for side in chain.sides] if chain is not None else []
    by = next((s.args[1] for s in sides if isinstance(s, Partial | Gradient)), None)
    course.pending.append(Pending(Statement(left, EQUAL, right), line, line, by))
    course.end = course.good = None


def is_stated(course: Course, left: Any, relation: Relation, right: Any, follows: bool, opens: bool) -> bool:
    """Can this relation be an equation to be solved, rather than an identity?"""
    if relation != EQUAL:
        return False
    return follows or (
        opens and (is_zero(right) or is_letter(left) or is_root(left) or bool(course.pending or course.derivatives))
    )


def is_root(left: Any) -> bool:
    """σ² for a letter σ."""
    if not isinstance(left, sp.Pow):
        return False
    return is_letter(left.base) and (left.exp.is_number or not mentions(left.exp, base_of(left.base)))


def follows_from(
    course: Course, statement: Statement, line: int, identity: Settled, follows: bool
) -> tuple[Settled | None, tuple[Phrase, ...]]:
    """The verdict on an equation in the light of those stated before it; None for one that nothing leads to."""
    statement = in_the_letter(statement)
    left, right = matched(statement.left, statement.right)
    statement = Statement(left, EQUAL, right)
    best: Settled | None = None
    binding = False
    implied = [Pending(Statement(*zero_of(d)), 0, 0, by) for d, by in course.derivatives[-4:] if may_vanish(course, d)]
    done: set[Any] = set()
    for before in (*reversed(course.pending[-6:]), *reversed(implied)):
        if (before.root or before.letter) in done:
            continue
        unknowns = letters_in_common(course, before.statement, statement, before.letter)
        if not unknowns:
            continue
        fixed = with_held(course, before.statement, statement, unknowns[0])
        found = fixed or settled(equivalences(course, before.statement, statement, unknowns))
        if fixed is None and found.verdict.outcome is Outcome.REFUTED and is_implicit(course, left, right):
            # Newton's method may have found one of several solutions.
            found = Settled(Verdict(Outcome.UNKNOWN, "implicit"), Phrase("check_unknown", {"reason": "implicit"}))
        if found.holds:
            accept(course, before, statement, line)
            return found, ()
        if fixed is not None and fixed.verdict.outcome is Outcome.REFUTED:
            # The equations that this one was rearranged from, and its derivative, say the same.
            done |= {before.root, before.letter} - {0, None}
        if before in implied and not is_letter(left):
            # Nothing says that this derivative was set to zero here.
            continue
        if not binds(course, before, statement):
            # It was solved for another letter, and says nothing of this equation.
            continue
        binding |= before not in implied
        if best is None or (best.verdict.outcome is not Outcome.REFUTED and found.verdict.outcome is Outcome.REFUTED):
            best = found
    if not binding and is_letter(left) and not mentions(right, base_of(left)):
        # No equation for this letter was set up: is it the best value all the same?
        at_best = optimal(course, left, right)
        if at_best is not None and (best is None or at_best.holds):
            if at_best.holds:
                course.solved[left] = right
            return at_best, ()
    if best is None:
        if is_letter(left) and mentions(unfolded(right, course), base_of(left)):
            return identity, ()
        if is_letter(left) and not mentions(right, base_of(left)):
            course.assumed[left] = right
            course.pending.append(Pending(statement, line, line))
            return None, ()
        if is_zero(right) or follows:
            course.pending.append(Pending(statement, line, line))
            return None, ()
        return identity, ()
    if best.verdict.outcome is Outcome.REFUTED:
        at_best = optimal(course, left, right) if is_letter(left) and not mentions(right, base_of(left)) else None
        if at_best is not None and at_best.holds:
            # One of several solutions, or the right one after a wrong equation.
            course.solved[left] = right
            return at_best, ()
        return replace(best, slip=slip_in_solution(course, statement)), course.first_mistake()
    # Nobody said that it holds whatever the letter is: that it does not is no mistake.
    return best, ()


def binds(course: Course, before: Pending, statement: Statement) -> bool:
    """Is the equation still to be solved, or for a letter that this one is about?"""
    letter = course.spent.get(before.root, before.letter)
    return letter is None or any(mentions(side, base_of(letter)) for side in (statement.left, statement.right))


def slip_in_solution(course: Course, statement: Statement) -> Slip | None:
    """The slip after whose correction the letter solves what was stated before."""
    letter = statement.left
    if not is_letter(letter) or is_matrix(statement.right) or mentions(statement.right, base_of(letter)):
        return None
    before = next((p.statement for p in reversed(course.pending) if mentions(p.statement.left, letter)), None)
    if before is None:
        return None
    for slip in islice(slips(statement.right, sizes_of(course.facts)), MOST_SLIPS):
        sides = [substitute(side, {letter: slip.made}) for side in (before.left, before.right)]
        for table in ({}, {k: v for k, v in course.solved.items() if k != letter}):
            left, right = (substitute(side, table) if table else side for side in sides)
            if judge(Claim(left, EQUAL, right, course.facts)).holds:
                return slip
    return None


def optimal(course: Course, letter: Any, value: Any) -> Settled | None:
    """Is the value the best one for what is to be optimised, by the document or the sample's law? None: nothing is."""
    objectives = [e for e in reversed(course.extrema) if letter in e.args[1]][:1]
    if not objectives:
        made = [log_likelihood(course, (letter,), prior) for prior in (False, True)]
        made = [m for m in made if m is not None and value.free_symbols & m.free_symbols]
        objectives = [Extremum(m, (letter,), "argmax") for m in dict.fromkeys(made)]
    if not objectives:
        return None
    known = {k: v for k, v in course.solved.items() if k != letter}
    claims = []
    for objective in objectives:
        function = substitute(objective.args[0], known) if known else objective.args[0]
        at_known = substitute(value, known) if known else value
        claims.append(Claim(Extremum(function, (letter,), objective.args[2]), EQUAL, at_known, course.facts))
    found = settled(claims)
    if found.verdict.outcome is not Outcome.REFUTED:
        return found
    others = function.free_symbols - value.free_symbols - {letter}
    if any(s in course.facts.domains and s not in course.facts.shapes and s.is_Symbol for s in others - sizes(course)):
        # Other letters are free: the best value may only be the best at their best.
        return Settled(Verdict(Outcome.UNKNOWN, "letter"), Phrase("check_unknown", {"reason": "letter"}))
    return found


def sizes(course: Course) -> set[Any]:
    """The letters that count."""
    return {s for shape in course.facts.shapes.values() for size in shape for s in size.free_symbols}


def extremum_opens(course: Course, extremum: Any) -> Settled | None:
    r"""``\hat\theta = \arg\max_\theta f``: the verdict by what is to be optimised; None where nothing says."""
    letters = tuple(extremum.args[1])
    before = next((e for e in reversed(course.extrema) if set(e.args[1]) == set(letters)), None)
    course.extrema.append(extremum)
    if before is not None:
        return settled([Claim(before, EQUAL, extremum, course.facts)])
    wanted = [log_likelihood(course, letters, prior) for prior in (True, False)]
    known = {k: v for k, v in course.solved.items() if k not in letters}
    wanted += [substitute(w, known) for w in wanted if w is not None and known]
    claims = [Claim(Extremum(w, letters, "argmax"), EQUAL, extremum, course.facts) for w in wanted if w is not None]
    if not claims:
        return None
    found = settled(claims)
    return found if found.holds else None


def unfolded(side: Any, course: Course) -> Any:
    """With what its letters stand for."""
    changes = {s: m for s in side.free_symbols if (m := course.facts.definitions.get(s)) is not None}
    return side.xreplace(changes) if changes else side


def may_vanish(course: Course, derivative: Any) -> bool:
    """Of one sign all over, it was not set to zero: what is best then lies at an end."""
    return is_matrix(derivative) or sign(derivative, course.facts) not in ("+", "-")


def zero_of(derivative: Any) -> tuple[Any, Any, Any]:
    """The derivative set to zero."""
    zero = sp.ZeroMatrix(*derivative.shape) if is_matrix(derivative) else sp.Integer(0)
    return derivative, EQUAL, zero


def in_the_letter(statement: Statement) -> Statement:
    """σ² = e as σ = √e, and λ^k = e as λ = e^{1/k}, for a positive letter."""
    left = statement.left
    if is_root(left) and left.base.is_positive and (left.exp.is_positive or left.exp.is_negative):
        return Statement(left.base, EQUAL, statement.right ** (1 / left.exp))
    return statement


def equivalences(course: Course, before: Statement, after: Statement, unknowns: tuple[Any, ...]) -> list[Claim]:
    """As they stand; then with the other letters already solved for put in."""
    made = [Claim(before, EQUIVALENT, after, course.facts, unknowns)]
    others = {k: v for k, v in course.solved.items() if k not in unknowns}
    if others:
        put = [Statement(substitute(s.left, others), s.relation, substitute(s.right, others)) for s in (before, after)]
        if tuple(put) != (before, after):
            made.append(Claim(put[0], EQUIVALENT, put[1], course.facts, unknowns))
    return made


def letters_in_common(course: Course, before: Statement, after: Statement, by: Any = None) -> tuple[Any, ...]:
    """What both equations are about, the letter that is solved for, or was differentiated by, first."""
    found: list[Any] = []
    solved = after.left if is_letter(after.left) else None
    whole = before.left if is_matrix(before.left) or is_matrix(before.right) else before.left - before.right
    if solved is not None:
        return (solved,) if mentions(whole, solved) or mentions(before.right, solved) else ()
    for letter in sorted(after.left.atoms(sp.Symbol, *VECTOR_LETTERS) | after.right.atoms(sp.Symbol), key=str):
        if letter in course.facts.domains and (mentions(before.left, letter) or mentions(before.right, letter)):
            found.append(letter)
        elif is_free(letter, after.left) and (mentions(before.left, letter) or mentions(before.right, letter)):
            found.insert(0, letter)
    if isinstance(by, VECTOR_LETTERS) and all(mentions(s.left, by) or mentions(s.right, by) for s in (before, after)):
        found = [by, *(letter for letter in found if letter != by)]
    return tuple(found)


def is_implicit(course: Course, left: Any, right: Any) -> bool:
    """Is it a vector or a matrix in terms of itself, by what the names on the right stand for?"""
    return isinstance(left, VECTOR_LETTERS) and base_of(left) in letters_of((right,), course.facts)


def is_free(letter: Any, side: Any) -> bool:
    """Is it a vector or a matrix, and of a family not one that a sum runs over?"""
    if isinstance(letter, VectorAt | MatrixAt):
        return bool(letter.args[1].free_symbols <= side.free_symbols)
    return isinstance(letter, VECTOR_LETTERS)


def accept(course: Course, before: Pending, statement: Statement, line: int) -> None:
    """The equation becomes what is to be solved, or what is solved."""
    if is_letter(statement.left) and not mentions(statement.right, base_of(statement.left)):
        course.solved[statement.left] = statement.right
        course.spent[before.root] = statement.left
    course.pending.append(Pending(statement, line, before.root or line, before.letter))
