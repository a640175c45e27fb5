"""Derivatives that may have been set to zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.information import OverALaw
from derive.core.nodes import Partial
from derive.core.ranges import sign
from derive.core.relation import EQUAL
from derive.core.vectors import Gradient, Hessian, VectorIntegral, VectorMean, is_matrix

if TYPE_CHECKING:
    from derive.documents.course import Course


def is_derivative(side: Any) -> bool:
    """A derivative as it is written; an expected or integrated one is no condition on its letter."""
    if not isinstance(side, sp.Basic):
        return False
    return side.has(Partial, Gradient, Hessian) and not side.has(OverALaw, sp.Integral, VectorIntegral, VectorMean)


def may_vanish(course: Course, derivative: Any) -> bool:
    """Of one sign all over, it was not set to zero: what is best then lies at an end."""
    return is_matrix(derivative) or sign(derivative, course.facts) not in ("+", "-")


def zero_of(derivative: Any) -> tuple[Any, Any, Any]:
    """The derivative set to zero."""
    zero = sp.ZeroMatrix(*derivative.shape) if is_matrix(derivative) else sp.Integer(0)
    return derivative, EQUAL, zero
