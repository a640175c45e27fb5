"""Names whose definition is refuted: what is said of them later may be true of what they ought to stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.settling import Settled
from derive.core.claim import Outcome
from derive.core.trees import substitute
from derive.documents.clauses import Function

if TYPE_CHECKING:
    from derive.documents.course import Course


def with_mended(function: Function, found: Settled | None, logged: bool) -> Function:
    """The function with the slip in its definition corrected beside it, where one was found.

    Args:
        logged: the definition says what its logarithm is.
    """
    if found is None or found.verdict.outcome is not Outcome.REFUTED or found.slip is None:
        return function
    made = found.slip.made
    return replace(function, instead=sp.exp(made) if logged else made)


def mended(course: Course, left: Any, right: Any) -> tuple[Any, Any] | None:
    """The sides with the corrected meanings of such names; None where none stands in them."""
    changes = {c.body: c.instead for clauses in course.functions.values() for c in clauses if c.instead is not None}
    if not changes or not all(isinstance(side, sp.Basic) for side in (left, right)):
        return None
    made = substitute(left, changes), substitute(right, changes)
    return made if made != (left, right) else None
