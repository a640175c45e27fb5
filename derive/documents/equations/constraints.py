r"""Conditions that the text states: ``\sum_k \pi_k = 1`` of a family that nothing else determines is no claim.

Nor is ``\pi_K = 1 - \sum_{k=1}^{K-1} \pi_k``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.domains import Vector
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import mentions, substitute
from derive.documents.equations.statements import state
from derive.documents.equations.together import is_multiplier, names_in
from derive.documents.letters import base_of
from derive.reading.chains import ReadChain
from derive.reading.constraints import on_simplex, summed_family
from derive.reading.defined_values import whole_sum

if TYPE_CHECKING:
    from derive.documents.course import Course


def taken_as_constraint(course: Course, chain: ReadChain) -> bool:
    """Is the chain such a condition? It is then noted, and the family lives on the simplex where it can."""
    if chain.continues or len(chain.sides) != 2 or chain.links[0].relation != EQUAL:
        return False
    total, one = (side.value for side in chain.sides)
    if isinstance(total, sp.Indexed) and isinstance(one, sp.Expr) and one.has(total.base):
        # What one entry is by the others.
        total, one = whole_sum(total, one, course.facts), 1
    if one != 1 or not isinstance(total, sp.Sum):
        return False
    entry = summed_family(total, course.facts)
    if entry is not None and (equation := for_multipliers(course, total, entry)) is not None:
        course.constraints.append(Statement(total, EQUAL, sp.Integer(1)))
        state(course, equation, chain.links[0].line, chain)
        return True
    if entry is None or isinstance(course.facts.domains[entry.base], Vector) or is_named(course, entry):
        return False
    course.constraints.append(Statement(total, EQUAL, sp.Integer(1)))
    known = on_simplex(total, course.facts)
    if known is not None:
        course.facts = known
    # What a formula says that the entries are must be so; it is judged.
    return not any(base_of(letter) == entry.base for letter in course.assumed)


def for_multipliers(course: Course, total: Any, entry: Any) -> Statement | None:
    """Σ_k f_k(λ) = 1 where the entries were found as f_k(λ) with a multiplier λ: what determines it; else None."""
    for table in (course.solved, course.assumed):
        found = next(((k, f) for k, f in table.items() if isinstance(k, sp.Indexed) and k.base == entry.base), None)
        if found is None or not any(is_multiplier(course, s) for s in names_in(found[1])):
            continue
        own, formula = found
        if not all(i.is_Symbol for i in own.indices) or mentions(formula, own.base):
            continue
        changes = {a: b for a, b in zip(own.indices, entry.indices, strict=True) if a != b}
        put = substitute(formula, changes) if changes else formula
        return Statement(total.func(put, *total.limits), EQUAL, sp.Integer(1))
    return None


def is_named(course: Course, entry: Any) -> bool:
    """Have the data or the document said what the entries are?"""
    known = entry.base in course.facts.observed or str(entry.base.label) in course.functions
    return known or any(base_of(letter) == entry.base for letter in course.solved)
