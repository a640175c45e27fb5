"""Laws of differentiation, for the node ∂ expr/∂v of first order."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.nodes import Partial, Sigmoid, ZetaDerivative
from derive.core.ranges import sign
from derive.core.trees import mentions, split_factor, substitute, terms
from derive.rules.rule import rule


def inside(node: Any) -> tuple[Any, Any] | None:
    """Expression and letter of a first derivative that does depend on the letter."""
    if isinstance(node, Partial) and node.args[2] == 1:
        return node.args[0], node.args[1]
    return None


def chained(outer: Any, inner: Any, letter: Any) -> Any:
    """outer · ∂ inner/∂letter, the inner derivative left out where it is 1."""
    return outer if inner == letter else outer * Partial(inner, letter)


@rule("derivatives")
def derivative_of_itself(node: Any, facts: Facts) -> Any | None:
    """∂v/∂v = 1."""
    parts = inside(node)
    return sp.Integer(1) if parts and parts[0] == parts[1] else None


@rule("derivatives")
def derivative_of_constant(node: Any, facts: Facts) -> Any | None:
    """∂c/∂v = 0, where c does not depend on v."""
    parts = inside(node)
    if parts and not mentions(parts[0], _base(parts[1])):
        return sp.Integer(0)
    return None


def _base(letter: Any) -> Any:
    return letter.base if isinstance(letter, sp.Indexed) else letter


@rule("derivatives")
def derivative_of_sum(node: Any, facts: Facts) -> Any | None:
    """∂(a + b)/∂v = ∂a/∂v + ∂b/∂v, terms free of v dropped."""
    parts = inside(node)
    if parts and isinstance(parts[0], sp.Add):
        live = [t for t in terms(parts[0]) if mentions(t, _base(parts[1]))]
        return sp.Add(*(Partial(t, parts[1]) for t in live))
    return None


@rule("derivatives")
def derivative_under_sum(node: Any, facts: Facts) -> Any | None:
    """∂/∂v Σ_i a_i = Σ_i ∂a_i/∂v, the sum being finite and its limits free of v."""
    parts = inside(node)
    if parts and isinstance(parts[0], sp.Sum) and not isinstance(parts[1], sp.Indexed):
        return sp.Sum(Partial(parts[0].function, parts[1]), *parts[0].limits)
    return None


@rule("derivatives")
def derivative_picks_term(node: Any, facts: Facts) -> Any | None:
    """∂/∂v_k Σ_j a_j(v_j) = ∂a_k(v_k)/∂v_k: only the term with j = k depends on v_k."""
    parts = inside(node)
    if not parts or not isinstance(parts[0], sp.Sum) or not isinstance(parts[1], sp.Indexed):
        return None
    total, letter = parts
    bound = total.limits[0][0]
    uses = {n for n in total.function.atoms(sp.Indexed) if n.base == letter.base}
    if len(total.limits) != 1 or len(uses) != 1 or any(bound in i.free_symbols for i in letter.indices):
        return None
    (used,) = uses
    at = [mine for own, mine in zip(used.indices, letter.indices, strict=True) if own == bound]
    if len(at) == 1 and used.subs(bound, at[0]) == letter:
        return Partial(substitute(total.function, {bound: at[0]}), letter)
    return None


@rule("derivatives")
def derivative_of_multiple(node: Any, facts: Facts) -> Any | None:
    """∂(c a)/∂v = c ∂a/∂v, where c does not depend on v."""
    parts = inside(node)
    if parts and isinstance(parts[0], sp.Mul):
        free, bound = split_factor(parts[0], _base(parts[1]))
        if free != 1 and bound != 1:
            return free * Partial(bound, parts[1])
    return None


@rule("derivatives")
def derivative_of_product(node: Any, facts: Facts) -> Any | None:
    """∂(a b)/∂v = (∂a/∂v) b + a (∂b/∂v)."""
    parts = inside(node)
    if parts and isinstance(parts[0], sp.Mul):
        first, rest = parts[0].args[0], parts[0].func(*parts[0].args[1:])
        return Partial(first, parts[1]) * rest + first * Partial(rest, parts[1])
    return None


@rule("derivatives")
def derivative_of_logarithm(node: Any, facts: Facts) -> Any | None:
    """∂ log u/∂v = (1/u) ∂u/∂v."""
    parts = inside(node)
    if parts and isinstance(parts[0], sp.log):
        u = parts[0].args[0]
        return chained(1 / u, u, parts[1])
    return None


@rule("derivatives")
def derivative_of_exponential(node: Any, facts: Facts) -> Any | None:
    """∂e^u/∂v = e^u ∂u/∂v."""
    parts = inside(node)
    if parts and isinstance(parts[0], sp.exp):
        return chained(parts[0], parts[0].args[0], parts[1])
    return None


@rule("derivatives")
def derivative_of_power(node: Any, facts: Facts) -> Any | None:
    """∂u^c/∂v = c u^(c−1) ∂u/∂v, where c does not depend on v; ∂a^u/∂v = a^u log a ∂u/∂v for constant a > 0."""
    parts = inside(node)
    if not parts or not isinstance(parts[0], sp.Pow):
        return None
    base, exponent = parts[0].args
    letter = parts[1]
    if not mentions(exponent, _base(letter)):
        return chained(exponent * base ** (exponent - 1), base, letter)
    if not mentions(base, _base(letter)) and (base.is_positive or sign(base, facts) == "+"):
        return chained(parts[0] * sp.log(base), exponent, letter)
    return None


TABLE: dict[Any, Any] = {
    sp.loggamma: lambda u: sp.polygamma(0, u),
    sp.gamma: lambda u: sp.gamma(u) * sp.polygamma(0, u),
    sp.digamma: lambda u: sp.polygamma(1, u),
    sp.sin: sp.cos,
    sp.cos: lambda u: -sp.sin(u),
    sp.tanh: lambda u: 1 - sp.tanh(u) ** 2,
    sp.atan: lambda u: 1 / (1 + u**2),
    sp.Abs: sp.sign,
    sp.erf: lambda u: 2 / sp.sqrt(sp.pi) * sp.exp(-(u**2)),
    sp.sinh: sp.cosh,
    sp.cosh: sp.sinh,
    Sigmoid: lambda u: Sigmoid(u) * (1 - Sigmoid(u)),
    sp.sign: lambda u: sp.Integer(0),
}


@rule("derivatives")
def derivative_of_function(node: Any, facts: Facts) -> Any | None:
    """∂g(u)/∂v = g'(u) ∂u/∂v, g' from the table: (log Γ)' = ψ, sin' = cos, |u|' = sign u where u ≠ 0, …"""
    parts = inside(node)
    if not parts:
        return None
    expr, letter = parts
    if type(expr) in TABLE:
        return chained(TABLE[type(expr)](expr.args[0]), expr.args[0], letter)
    if isinstance(expr, sp.besseli) and expr.args[0].is_Integer:
        n, u = expr.args
        return chained(sp.besseli(n + 1, u) + n * expr / u, u, letter)
    if isinstance(expr, sp.zeta) and len(expr.args) == 1:
        return chained(ZetaDerivative(1, expr.args[0]), expr.args[0], letter)
    if isinstance(expr, ZetaDerivative):
        return chained(ZetaDerivative(expr.args[0] + 1, expr.args[1]), expr.args[1], letter)
    if isinstance(expr, sp.polygamma) and not mentions(expr.args[0], _base(letter)):
        return chained(sp.polygamma(expr.args[0] + 1, expr.args[1]), expr.args[1], letter)
    return None


DERIVATIVES = (
    derivative_of_itself,
    derivative_of_constant,
    derivative_of_sum,
    derivative_picks_term,
    derivative_under_sum,
    derivative_of_multiple,
    derivative_of_logarithm,
    derivative_of_exponential,
    derivative_of_power,
    derivative_of_function,
    derivative_of_product,
)
