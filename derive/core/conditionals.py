"""Expected values given an observation, as of a parameter under its posterior."""

from __future__ import annotations

from typing import Any

import sympy as sp


class GivenData(sp.Expr):
    """A functional of ``expr`` given what stands behind the bar; args ``(expr, behind)``."""

    is_commutative = True
    is_extended_real = True

    def __new__(cls, expr: Any, behind: Any) -> Any:
        return sp.Expr.__new__(cls, sp.sympify(expr), sp.Tuple(*behind))


class ConditionalExpectation(GivenData):
    """E[expr | behind]."""


class ConditionalVariance(GivenData):
    """Var(expr | behind)."""
