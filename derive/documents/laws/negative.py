"""A probability that a formula makes negative: most often the logarithm was lost on its other side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.free_letters import bare_letters
from derive.checking.settling import Settled, settled
from derive.checking.slips import Slip
from derive.checking.witnesses import NOT_NEGATIVE
from derive.core.claim import Claim, Outcome, Witness
from derive.core.phrase import Phrase
from derive.core.relation import AT_LEAST
from derive.core.vectors import is_matrix
from derive.documents.laws.densities import is_density_name
from derive.documents.letters import declared

if TYPE_CHECKING:
    from derive.documents.course import Course


def as_negative(course: Course, left: Any, right: Any) -> Settled | None:
    """The refutation of ``p(x | θ) = right`` where the right side is negative somewhere; None for anything else.

    Only where every letter of the right side is declared: that it is not negative says nothing.
    """
    if not isinstance(left, AppliedUndef) or not is_density_name(left.func.__name__) or is_matrix(right):
        return None
    if not all(s.is_integer or declared(s.name, course.facts) is not None for s in bare_letters(right)):
        return None
    found = settled([Claim(right, AT_LEAST, sp.Integer(0), course.facts)])
    if found.verdict.outcome is not Outcome.REFUTED:
        return None
    seen = found.verdict.witness
    witness = None if seen is None else Witness(seen.point, NOT_NEGATIVE, seen.left)
    made = without_logarithm(right)
    slip = None if made is None else Slip("log", made)
    return Settled(replace(found.verdict, witness=witness), Phrase("check_refuted_negative"), slip)


def without_logarithm(side: Any) -> Any:
    """∏ f for Σ log f; None for what is no logarithm."""
    if isinstance(side, sp.log):
        return side.args[0]
    if isinstance(side, sp.Sum) and (term := without_logarithm(side.function)) is not None:
        return sp.Product(term, *side.limits)
    return None


def meant(found: Settled | None, value: Any) -> Any:
    """What the name stands for from here on: the value without the mistake."""
    return value if found is None or found.slip is None or found.slip.kind != "log" else found.slip.made
