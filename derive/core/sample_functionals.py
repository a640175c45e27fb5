"""Expected values and variances of what a sample is made into: everything that follows a declared law is random."""

from __future__ import annotations

from typing import Any

import sympy as sp


class OverTheSample(sp.Expr):
    """A functional of a statistic under the joint law of all observations; args ``(expr,)``."""

    is_commutative = True
    is_extended_real = True

    def __new__(cls, expr: Any) -> Any:
        return sp.Expr.__new__(cls, sp.sympify(expr))


class SampleExpectation(OverTheSample):
    """E[T(X_1, …, X_n)] for independent observations."""


class SampleVariance(OverTheSample):
    """Var(T(X_1, …, X_n))."""
