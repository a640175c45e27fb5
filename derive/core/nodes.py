"""The few nodes that SymPy does not have, or evaluates too early."""

from __future__ import annotations

from typing import Any

import sympy as sp


class Partial(sp.Expr):
    """∂ⁿ expr / ∂ variableⁿ, left as it is written; args ``(expr, variable, n)``.

    SymPy's ``Derivative`` reorders and evaluates, and is 0 for a letter that hides behind a definition.
    """

    is_commutative = True

    def __new__(cls, expr: Any, variable: Any, order: Any = 1) -> Partial:
        made: Partial = sp.Expr.__new__(cls, sp.sympify(expr), sp.sympify(variable), sp.Integer(order))
        return made

    def _eval_is_real(self) -> bool:
        return True


class Sigmoid(sp.Function):
    """σ(z) = 1 / (1 + e^{−z}), left as it is written."""

    nargs = 1
    is_real = True
    is_positive = True


def density_head() -> Any:
    """The undefined function f of ``f(x; θ)``: first argument the observation, the others parameters."""
    return sp.Function("f")


CONDITIONAL = "p_given"
"""The name of the function p(y | x; θ): an observation, what is given, then parameters."""


def conditional_head() -> Any:
    """The undefined function p of ``p(y | x; θ)``."""
    return sp.Function(CONDITIONAL)


def named_function(name: str) -> Any:
    """An undefined function such as L or ℓ; ``name`` is its LaTeX."""
    return sp.Function(name)
