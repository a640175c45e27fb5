"""What equations for weights that add up to one say when they are added up: the value of their multiplier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.settling import Settled, settled
from derive.core.claim import Claim
from derive.core.domains import Simplex
from derive.core.relation import EQUAL, EQUIVALENT
from derive.core.statement import Statement
from derive.core.vectors import is_matrix

if TYPE_CHECKING:
    from derive.documents.course import Course


def added_up(course: Course, statement: Statement) -> Settled | None:
    """Does λ = c follow from Σ_k π_k g_k + λ = 0, where each π_k has the equation g_k + λ = 0? None if that is not so.

    Also from the sum of the equations themselves, as from π_k = −N_k/λ.
    """
    letter = statement.left
    if not isinstance(letter, sp.Symbol) or letter in course.facts.domains:
        return None
    for equation, entry, size in weighted(course, letter):
        index = entry.indices[-1]
        for weight in (entry, sp.Integer(1)):
            total = sp.Sum(weight * (equation.left - equation.right), (index, 1, size))
            whole = Statement(total, EQUAL, sp.Integer(0))
            found = settled([Claim(whole, EQUIVALENT, statement, course.facts, (letter,))])
            if found.holds:
                return found
    return None


def weighted(course: Course, letter: Any) -> Iterator[tuple[Statement, Any, Any]]:
    """The equations with the letter for an entry of a family on the simplex, the latest first; the entry; how many."""
    stated = [(p.statement, p.letter if p.letter is not None else p.statement.left) for p in course.pending[-6:]]
    stated += [(Statement(d, EQUAL, sp.Integer(0)), by) for d, by in course.derivatives[-4:]]
    for equation, entry in reversed(stated):
        domain = course.facts.domains.get(entry.base) if isinstance(entry, sp.Indexed) else None
        if not isinstance(domain, Simplex) or not isinstance(entry.indices[-1], sp.Symbol) or is_matrix(equation.left):
            continue
        if letter in (equation.left - equation.right).free_symbols:
            yield equation, entry, domain.size
