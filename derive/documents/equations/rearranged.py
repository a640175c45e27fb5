"""One equation from another: about which letters they agree, and what is put in for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.free_letters import letters_of
from derive.core.claim import Claim
from derive.core.relation import EQUIVALENT
from derive.core.statement import Statement
from derive.core.trees import mentions, substitute
from derive.core.vectors import VECTOR_LETTERS, MatrixAt, VectorAt, is_matrix
from derive.documents.letters import base_of, is_letter

if TYPE_CHECKING:
    from derive.documents.course import Course
    from derive.documents.equations.statements import Pending


def binds(course: Course, before: Pending, statement: Statement) -> bool:
    """Is the equation still to be solved, or for a letter that this one is about?"""
    letter = course.spent.get(before.root, before.letter)
    if before.root in course.spent and isinstance(letter, VECTOR_LETTERS) and is_letter(statement.left):
        # A value for another letter may speak of the one that was solved for.
        return bool(letter == statement.left)
    return letter is None or any(mentions(side, base_of(letter)) for side in (statement.left, statement.right))


def letters_in_common(course: Course, before: Statement, after: Statement, by: Any = None) -> tuple[Any, ...]:
    """What both equations are about, the letter that is solved for, or was differentiated by, first."""
    found: list[Any] = []
    solved = after.left if is_letter(after.left) else None
    whole = before.left if is_matrix(before.left) or is_matrix(before.right) else before.left - before.right
    if solved is not None and solved == by and mentions(whole, base_of(solved)):
        # Among the members that a sum runs over, too.
        return (solved,)
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


def is_free(letter: Any, side: Any) -> bool:
    """Is it a vector or a matrix, and of a family not one that a sum runs over?"""
    if isinstance(letter, VectorAt | MatrixAt):
        return bool(letter.args[1].free_symbols <= side.free_symbols)
    return isinstance(letter, VECTOR_LETTERS)


def equivalences(course: Course, before: Statement, after: Statement, unknowns: tuple[Any, ...]) -> list[Claim]:
    """As they stand; then with the other letters already solved for put in."""
    made = [Claim(before, EQUIVALENT, after, course.facts, unknowns)]
    others = {k: v for k, v in course.solved.items() if k not in unknowns}
    if others:
        put = [Statement(substitute(s.left, others), s.relation, substitute(s.right, others)) for s in (before, after)]
        if tuple(put) != (before, after):
            made.append(Claim(put[0], EQUIVALENT, put[1], course.facts, unknowns))
    return made


def is_implicit(course: Course, left: Any, right: Any) -> bool:
    """Is it a vector or a matrix in terms of itself, by what the names on the right stand for?"""
    return isinstance(left, VECTOR_LETTERS) and base_of(left) in letters_of((right,), course.facts)
