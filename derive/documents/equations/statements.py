"""Equations that are set up and solved: ``= 0`` after a derivative, rearrangements, solutions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.relation import EQUAL, Relation
from derive.core.statement import Statement
from derive.documents.claims import matched
from derive.documents.derivatives import written_derivative
from derive.documents.equations.solved_for import is_root, is_solution
from derive.documents.equations.vanishing import is_derivative
from derive.documents.letters import is_letter
from derive.reading.chains import Link, ReadChain

if TYPE_CHECKING:
    from derive.documents.course import Course

Stated = Statement


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
    # What cannot be read may be one.
    open_ = any(side.error is not None for side in chain.sides[:-1])
    return open_ or any(is_derivative(side.value) for side in chain.sides[:-1]) or is_derivative(course.head)


def is_zero(value: Any) -> bool:
    """0, or the matrix of zeros."""
    return bool(value == 0 or isinstance(value, sp.ZeroMatrix))


def state(course: Course, statement: Statement, line: int, chain: ReadChain | None = None) -> None:
    """Note an equation that is to be solved."""
    left, right = matched(statement.left, statement.right)
    sides = [side.value for side in chain.sides] if chain is not None else []
    by = next((d.args[1] for s in sides if (d := written_derivative(s)) is not None), None)
    course.pending.append(Pending(Statement(left, EQUAL, right), line, line, by))
    course.end = course.good = None


def is_stated(course: Course, left: Any, relation: Relation, right: Any, follows: bool, opens: bool) -> bool:
    """Can this relation be an equation to be solved, rather than an identity?"""
    if relation != EQUAL:
        return False
    return follows or (
        opens and (is_zero(right) or is_letter(left) or is_root(left) or bool(course.pending or course.derivatives))
    )


def accept(course: Course, before: Pending, statement: Statement, line: int) -> None:
    """The equation becomes what is to be solved, or what is solved."""
    if is_solution(statement):
        course.solved[statement.left] = statement.right
        course.spent[before.root] = statement.left
    course.pending.append(Pending(statement, line, before.root or line, before.letter))
