"""A value that is the best one only where another parameter has its best value too: Σ̂ about the sample's mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.settling import Settled, settled
from derive.core.claim import Claim, Outcome, Verdict
from derive.core.information import Extremum
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.trees import mentions, substitute
from derive.core.vectors import Vector, VectorAt, VectorSum, times

if TYPE_CHECKING:
    from derive.documents.course import Course


def free_vectors(course: Course, function: Any, letter: Any, value: Any) -> list[Any]:
    """Parameters of the objective that are vectors, and that the value of a number or a matrix does not speak of."""
    if isinstance(letter, Vector | VectorAt):
        return []
    facts = course.facts
    found = [v for v in function.atoms(Vector) if v.args[0] in facts.domains and v.args[0] not in facts.definitions]
    random = {str(name) for name in facts.laws}
    return sorted((v for v in found if str(v.args[0].label) not in random and not mentions(value, v.args[0])), key=str)


def together(course: Course, objective: Any, letter: Any, value: Any) -> Settled | None:
    """The verdict where the other vector has its best value, the mean of the sample; doubt where that is not known.

    None: no vector is free.
    """
    function, _, kind = objective.args
    others = free_vectors(course, function, letter, value)
    if not others:
        return None
    for mean in means(course, function, others[0]) if len(others) == 1 else []:
        if settled([Claim(Extremum(function, (others[0],), kind), EQUAL, mean, course.facts)]).holds:
            there = Extremum(substitute(function, {others[0]: mean}), (letter,), kind)
            return settled([Claim(there, EQUAL, value, course.facts)])
    return Settled(Verdict(Outcome.UNKNOWN, "letter"), Phrase("check_unknown", {"reason": "letter"}))


def means(course: Course, function: Any, vector: Any) -> list[Any]:
    """(1/N) Σ x_i of the families of vectors of this length in the objective."""
    made = []
    for family in course.facts.matrices.values():
        if isinstance(family, VectorAt) and family.shape == vector.shape and function.has(family.args[0]):
            index = family.args[1]
            size = course.facts.indices.get(index)
            if size is not None:
                made.append(times(sp.Integer(1) / size, VectorSum(family, (index, 1, size))))
    return made
