r"""Equations between a statistic and a function of parameters: ``\frac1n \sum x_i^2 = 2s^2`` is set up, never claimed.

No data fulfil it whatever the parameters are; by the method of moments it is solved for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.settling import settled
from derive.core.claim import Claim, Outcome
from derive.core.relation import EQUAL
from derive.core.sample_functionals import SampleExpectation
from derive.core.vectors import is_matrix
from derive.documents.equations.solved_for import is_root
from derive.documents.kinds import mentions_base, sets_up
from derive.documents.letters import base_of, is_letter

if TYPE_CHECKING:
    from derive.documents.course import Course


def is_set_up(course: Course, written: Any, left: Any, right: Any) -> bool:
    """Is the equation one to be solved: about an estimate as it is written, or of moments?"""
    if sets_up(course, written) or equates_moments(course, left, right):
        return True
    # A letter, or its square, with a value is a solution.
    solved = is_letter(left) or is_root(left) or is_letter(written) or is_root(written)
    return not solved and equates_moments(course, right, left)


def equates_moments(course: Course, statistic: Any, moment: Any) -> bool:
    """Is one side made of the data alone and the other of parameters alone, that no equation was set up for?

    Not if the law of the data says that the statistic has another expected value.
    """
    if not all(isinstance(side, sp.Expr) and not is_matrix(side) for side in (statistic, moment)):
        return False
    facts = course.facts
    data = {base for base in facts.shapes if statistic.has(base) and facts.shapes[base][0] in facts.indices.values()}
    if not data or any(moment.has(base) for base in facts.shapes):
        return False
    sizes = {s for shape in (*facts.shapes.values(), facts.indices.values()) for e in shape for s in e.free_symbols}
    parameters = [s for s in moment.free_symbols if s in facts.domains and s not in sizes]
    if not parameters or any(statistic.has(s) for s in parameters):
        return False
    if any(mentions_base(p.statement, base_of(s)) for p in course.pending for s in parameters):
        return False
    if any(by in parameters for _, by in course.derivatives):
        return False
    if all(facts.law(str(base.label)) is None for base in data):
        return True
    expected = settled([Claim(course.names.resolved(SampleExpectation(statistic)), EQUAL, moment, facts)])
    return expected.verdict.outcome is not Outcome.REFUTED
