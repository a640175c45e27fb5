"""The few nodes that SymPy does not have, or evaluates too early."""

from __future__ import annotations

from functools import lru_cache
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


class At(sp.Expr):
    """expr where the letter has this value; args ``(expr, letter, value)``. What is differentiated is so before."""

    is_commutative = True

    def __new__(cls, expr: Any, letter: Any, value: Any) -> At:
        made: At = sp.Expr.__new__(cls, sp.sympify(expr), letter, sp.sympify(value))
        return made

    @property
    def bound_symbols(self) -> list[Any]:
        return [self.args[1]]

    @property
    def free_symbols(self) -> set[Any]:
        expr, letter, value = self.args
        free: set[Any] = (expr.free_symbols - letter.free_symbols) | value.free_symbols
        return free


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


@lru_cache(maxsize=4096)
def named_function(name: str) -> Any:
    """An undefined function such as L or ℓ; ``name`` is its LaTeX."""
    return sp.Function(name)


class InverseDigamma(sp.Function):
    """ψ⁻¹(y), the positive number x with ψ(x) = y: the digamma function increases from −∞ to ∞ on x > 0."""

    is_positive = True
    is_real = True


class ZetaDerivative(sp.Function):
    """ζ⁽ⁿ⁾(s), the n-th derivative of the zeta function; args ``(n, s)``."""

    nargs = 2
    is_real = True


class OverData(sp.Expr):
    """What is picked from t_1, …, t_N; args ``(t_i, (i, 1, N))``, written like a sum's."""

    is_commutative = True

    def __new__(cls, function: Any, limits: Any) -> Any:
        function = sp.sympify(function)
        if limits[0] not in function.free_symbols:
            return function
        return sp.Expr.__new__(cls, function, sp.Tuple(*limits))

    @property
    def function(self) -> Any:
        return self.args[0]

    @property
    def limits(self) -> tuple[Any, ...]:
        return (self.args[1],)

    @property
    def free_symbols(self) -> set[Any]:
        index, low, high = self.args[1]
        free: set[Any] = (self.args[0].free_symbols - {index}) | low.free_symbols | high.free_symbols
        return free

    def _eval_is_positive(self) -> Any:
        return self.args[0].is_positive

    def _eval_is_real(self) -> Any:
        return self.args[0].is_real


class Smallest(OverData):
    """min_i t_i."""


class Largest(OverData):
    """max_i t_i."""


class Median(OverData):
    """The middle one of t_1, …, t_N in order; the mean of the two middle ones where N is even."""


class Indicator(sp.Expr):
    """1 where ``left relation right`` holds, else 0; args ``(left, relation, right)``, the relation
    ``=``, ``<``, ``<=`` or ``!=``.

    SymPy's ``Piecewise`` is pulled out of sums, past the letters that they bind.
    """

    is_commutative = True
    is_integer = True
    is_nonnegative = True

    def __new__(cls, left: Any, relation: Any, right: Any) -> Indicator:
        relation = sp.Symbol(relation) if isinstance(relation, str) else relation
        made: Indicator = sp.Expr.__new__(cls, sp.sympify(left), relation, sp.sympify(right))
        return made

    @property
    def free_symbols(self) -> set[Any]:
        free: set[Any] = self.args[0].free_symbols | self.args[2].free_symbols
        return free


class Hidden(sp.Expr):
    """A side that is left out, for a reader to fill in; args ``(number,)``."""

    is_commutative = True

    def __new__(cls, number: Any) -> Hidden:
        made: Hidden = sp.Expr.__new__(cls, sp.Integer(number))
        return made
