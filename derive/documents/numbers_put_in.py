r"""Numbers of a sample that nobody gave to the checker: ``\bar{x} = \frac{1+2+3}{3} = 2`` is no identity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.vectors import VECTOR_LETTERS
from derive.documents.kinds import mentions_base
from derive.documents.letters import base_of, is_letter

if TYPE_CHECKING:
    from derive.documents.course import Course

# What stands on the right of identities too.
PLAIN = (0, 1)


def is_put_in(course: Course, written: Any, value: Any) -> bool:
    """Is a number said to be the value of what depends on observations that are not known?"""
    if not isinstance(value, sp.Expr) or not value.is_number or value in PLAIN or not isinstance(course.end, sp.Expr):
        return False
    if is_letter(course.end):
        return any(unknown_sample(course, side) for side in equations_about(course, course.end))
    return unknown_sample(course, course.end)


def equations_about(course: Course, letter: Any) -> Iterator[Any]:
    """What the letter was to be found from."""
    if letter in course.solved:
        yield course.solved[letter]
    for pending in course.pending:
        if mentions_base(pending.statement, base_of(letter)):
            yield from (pending.statement.left, pending.statement.right)
    for value, by in course.derivatives:
        if by == letter:
            yield value


def unknown_sample(course: Course, side: Any) -> bool:
    """Does it depend on observations that are not known?"""
    if not isinstance(side, sp.Basic):
        return False
    facts = course.facts
    families = {base_of(e) for e in side.atoms(sp.Indexed, *VECTOR_LETTERS)}
    counted = set(facts.indices.values())
    seen = {b for b in families if b in facts.shapes and facts.shapes[b][:1] and facts.shapes[b][0] in counted}
    return bool(seen) and not any(base in facts.observed for base in seen)
