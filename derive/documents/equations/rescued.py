"""Multipliers that nothing determines here: a solution without them may hold at the value they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from derive.checking.joint import follows
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import substitute
from derive.core.vectors import VECTOR_LETTERS
from derive.documents.equations.together import names_in
from derive.documents.letters import is_letter

if TYPE_CHECKING:
    from derive.documents.course import Course

TRUE = Statement(sp.Integer(0), EQUAL, sp.Integer(0))


def may_be_rescued(course: Course, before: Statement, after: Statement) -> bool:
    """Is there, for all data, a value of an undeclared letter with which the solution fulfils the equation?"""
    letter, value = after.left, after.right
    if not is_letter(letter) or isinstance(letter, VECTOR_LETTERS):
        return False
    facts = course.facts
    sizes = {s for shape in facts.shapes.values() for size in shape for s in size.free_symbols}
    known = {*facts.domains, *facts.definitions, *facts.indices, *sizes} | names_in(after.left, after.right)
    others = [s for s in names_in(before.left, before.right) - known if isinstance(s, sp.Symbol)]
    if not others:
        return False
    equation = Statement(substitute(before.left - before.right, {letter: value}), EQUAL, sp.Integer(0))
    return any(follows((equation,), TRUE, (other,), facts).holds for other in sorted(others, key=str))
