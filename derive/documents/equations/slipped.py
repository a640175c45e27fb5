"""The slip in a solution, found by putting what it corrects into the equation that was solved."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from derive.checking.diagnosis import sizes_of
from derive.checking.judge import judge
from derive.checking.slips import Slip, slips
from derive.core.claim import Claim
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import mentions, substitute
from derive.core.vectors import is_matrix
from derive.documents.letters import base_of, is_letter

if TYPE_CHECKING:
    from derive.documents.course import Course

MOST_SLIPS = 60


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
