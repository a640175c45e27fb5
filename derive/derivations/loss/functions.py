"""An expression in one score and one response as a function of two numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import sympy as sp

from derive.core.errors import NoDerivation
from derive.core.nodes import Sigmoid

Function = Callable[[float, float], float]


def softplus(u: float) -> float:
    """log(1 + e^u) = max(u, 0) + log(1 + e^{−|u|})."""
    return max(u, 0.0) + math.log1p(math.exp(-abs(u)))


def sigmoid(u: float) -> float:
    """1/(1 + e^{−u}), without overflow."""
    return 1 / (1 + math.exp(-u)) if u >= 0 else math.exp(u) / (1 + math.exp(u))


def digamma(order: Any, u: float) -> float:
    """ψ_m(u)."""
    import mpmath

    return float(mpmath.psi(int(order), u))


FUNCTIONS: dict[Any, Callable[[float], float]] = {
    sp.exp: math.exp,
    sp.log: math.log,
    sp.Abs: abs,
    sp.sign: lambda u: float((u > 0) - (u < 0)),
    sp.cos: math.cos,
    sp.sin: math.sin,
    sp.gamma: math.gamma,
    sp.loggamma: math.lgamma,
    Sigmoid: sigmoid,
}


def function(expr: Any, score: Any, response: Any) -> Function:
    """The expression as a function of the score and the response.

    Raises:
        NoDerivation: it holds another letter, or a function that has no numbers here.
    """
    if expr == score:
        return lambda z, y: z
    if expr == response:
        return lambda z, y: y
    if expr.is_number and not expr.has(Sigmoid):
        value = float(expr)
        return lambda z, y: value
    if isinstance(expr, sp.log) and isinstance(expr.args[0] - 1, sp.exp):
        inner = function((expr.args[0] - 1).args[0], score, response)
        return lambda z, y: softplus(inner(z, y))
    parts = [function(a, score, response) for a in expr.args if not isinstance(expr, sp.polygamma)]
    if expr.is_Add:
        return lambda z, y: math.fsum(p(z, y) for p in parts)
    if expr.is_Mul:
        return lambda z, y: math.prod(p(z, y) for p in parts)
    if expr.is_Pow and expr.base is not sp.E:
        base, exponent = parts
        return lambda z, y: base(z, y) ** exponent(z, y)
    if isinstance(expr, sp.log) and isinstance(expr.args[0], sp.gamma):
        inside = function(expr.args[0].args[0], score, response)
        return lambda z, y: math.lgamma(inside(z, y))
    if isinstance(expr, sp.polygamma):
        order, argument = expr.args[0], function(expr.args[1], score, response)
        return lambda z, y: digamma(order, argument(z, y))
    if expr.func in FUNCTIONS:
        outer, (single,) = FUNCTIONS[expr.func], parts
        return lambda z, y: outer(single(z, y))
    raise NoDerivation(f"{expr} has no number without one for each of its letters")
