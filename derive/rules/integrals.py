"""Integrals that have a name, for the node ∫ g(x) dx with g a bare product of powers and exponentials of x."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.trees import split_factor, terms
from derive.rules.rule import rule


def limits(node: Any) -> tuple[Any, Any, Any, Any] | None:
    """Integrand, letter and ends."""
    if isinstance(node, sp.Integral) and len(node.limits) == 1 and len(node.limits[0]) == 3:
        return node.function, *node.limits[0]
    return None


def exponent_of(expr: Any, x: Any) -> tuple[Any, Any]:
    """(u, rest) with expr = e^u · rest, the powers of e gathered."""
    u: Any = sp.Integer(0)
    rest: Any = sp.Integer(1)
    for factor in sp.Mul.make_args(expr):
        if isinstance(factor, sp.exp):
            u += factor.args[0]
        else:
            rest *= factor
    return sp.expand_mul(u), rest


def power_of(expr: Any, x: Any) -> Any | None:
    """a where the expression is x^a, else None."""
    a: Any = sp.Integer(0)
    for factor in sp.Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if base != x or exponent.has(x):
            return None if factor != 1 else a
        a += exponent
    return a


def monomial(expr: Any, x: Any) -> tuple[Any, Any] | None:
    """(b, c) where the expression is b·x^c with b free of x and c ≠ 0, else None."""
    total: Any = sp.Integer(0)
    powers: set[Any] = set()
    for term in terms(expr):
        b, bound = split_factor(term, x)
        total += b
        powers.add(power_of(bound, x))
    if len(powers) != 1 or powers & {None, sp.Integer(0)}:
        return None
    return total, powers.pop()


@rule("integrals")
def gamma_integral(node: Any, facts: Facts) -> Any | None:
    """∫_0^∞ x^(a−1) e^(−b x^c) dx = Γ(a/c) / (|c| b^(a/c)), where b > 0 and a/c > 0 (Euler)."""
    parts = limits(node)
    if parts is None or (parts[2], parts[3]) != (0, sp.oo):
        return None
    u, rest = exponent_of(parts[0], parts[1])
    a, inner = power_of(rest, parts[1]), monomial(u, parts[1])
    if a is None or inner is None:
        return None
    b, c = sp.cancel(-inner[0]) if inner[0].has(sp.Add) else -inner[0], inner[1]
    shape = sp.cancel((a + 1) / c)
    size = -c if c.is_negative else c
    return sp.gamma(shape) / (size * b**shape)


@rule("integrals")
def beta_integral(node: Any, facts: Facts) -> Any | None:
    """∫_0^1 x^(a−1) (1 − x^c)^(b−1) dx = Γ(a/c) Γ(b) / (c Γ(a/c + b)), where a, b, c > 0 (Euler)."""
    parts = limits(node)
    if parts is None or (parts[2], parts[3]) != (0, 1):
        return None
    expr, x = parts[:2]
    a: Any = sp.Integer(0)
    b: Any = sp.Integer(0)
    c: Any = None
    for factor in sp.Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if exponent.has(x):
            return None
        if base == x:
            a += exponent
            continue
        inner = monomial(1 - base, x)
        if inner is None or inner[0] != 1 or c not in (None, inner[1]):
            return None
        b, c = b + exponent, inner[1]
    if c is None:
        return None
    shape = (a + 1) / c
    return sp.gamma(shape) * sp.gamma(b + 1) / (c * sp.gamma(shape + b + 1))


@rule("integrals")
def power_integral(node: Any, facts: Facts) -> Any | None:
    """∫_l^h x^a dx = (h^(a+1) − l^(a+1))/(a + 1), where a ≠ −1; at an infinite or zero end the limit."""
    parts = limits(node)
    if parts is None:
        return None
    expr, x, low, high = parts
    a = sp.Integer(0) if expr == 1 else power_of(expr, x)
    if a is None or a == -1 or low.is_infinite:
        return None
    if low.is_zero:
        return None if high.is_infinite else high ** (a + 1) / (a + 1)
    if high.is_infinite:
        return low ** (a + 1) / (-a - 1)
    return (high ** (a + 1) - low ** (a + 1)) / (a + 1)


@rule("integrals")
def exponential_integral(node: Any, facts: Facts) -> Any | None:
    """∫_l^h e^(cx) dx = (e^(ch) − e^(cl))/c, where c ≠ 0; at an infinite end the limit, where it exists."""
    parts = limits(node)
    if parts is None:
        return None
    u, rest = exponent_of(*parts[:2])
    x, low, high = parts[1:]
    inner = monomial(u, x)
    if rest != 1 or inner is None or inner[1] != 1 or low.is_infinite:
        return None
    c = inner[0]
    if high.is_infinite:
        return sp.exp(c * low) / -c
    return (sp.exp(c * high) - sp.exp(c * low)) / c


@rule("integrals")
def gaussian_integral(node: Any, facts: Facts) -> Any | None:
    """∫_ℝ e^(−a x² + b x) dx = √(π/a) e^(b²/(4a)), where a > 0 (Gauss; the square completed)."""
    parts = limits(node)
    if parts is None or (parts[2], parts[3]) != (-sp.oo, sp.oo):
        return None
    u, rest = exponent_of(*parts[:2])
    found: dict[Any, Any] = {}
    for term in terms(u):
        inner = monomial(term, parts[1])
        if inner is None:
            return None
        found[inner[1]] = found.get(inner[1], 0) + inner[0]
    if rest != 1 or not set(found) <= {sp.Integer(1), sp.Integer(2)} or sp.Integer(2) not in found:
        return None
    a, b = -found[sp.Integer(2)], found.get(sp.Integer(1), sp.Integer(0))
    return sp.sqrt(sp.pi / a) * sp.exp(sp.cancel(b**2 / (4 * a)))


@rule("integrals")
def double_exponential_integral(node: Any, facts: Facts) -> Any | None:
    """∫_ℝ e^(−a x − b e^(−c x)) dx = Γ(a/c) / (c b^(a/c)), where a, b, c > 0 (Euler's integral with u = e^(−c x))."""
    parts = limits(node)
    if parts is None or (parts[2], parts[3]) != (-sp.oo, sp.oo):
        return None
    u, rest = exponent_of(*parts[:2])
    x = parts[1]
    a: Any = sp.Integer(0)
    inner: tuple[Any, Any] | None = None
    for term in terms(u):
        outer, power = split_factor(term, x)
        if power == x:
            a -= outer
        elif isinstance(power, sp.exp) and inner is None:
            inside = [split_factor(t, x) for t in terms(sp.expand_mul(power.args[0]))]
            c = -sum(f for f, bound in inside if bound == x)
            shift = sum(f for f, bound in inside if bound == 1)
            if any(bound not in (1, x) for _, bound in inside) or c == 0:
                return None
            inner = (-outer * sp.exp(shift), c)
        else:
            return None
    if inner is None or rest != 1:
        return None
    b, c = inner
    shape = sp.cancel(a / c)
    return sp.gamma(shape) / (c * b**shape)


@rule("integrals")
def laplace_integral(node: Any, facts: Facts) -> Any | None:
    """∫_ℝ e^(−a|x − m| + b x) dx = e^(b m) · 2a/(a² − b²), where a > |b| (exponentials on each side of m)."""
    parts = limits(node)
    if parts is None or (parts[2], parts[3]) != (-sp.oo, sp.oo):
        return None
    u, rest = exponent_of(*parts[:2])
    x = parts[1]
    a: Any = None
    b: Any = sp.Integer(0)
    middle: Any = None
    for term in terms(u):
        outer, bound = split_factor(term, x)
        if bound == x:
            b += outer
        elif isinstance(bound, sp.Abs) and a is None and sp.diff(bound.args[0], x) in (1, -1):
            a = -outer
            middle = x - bound.args[0] * sp.diff(bound.args[0], x)
        else:
            return None
    if a is None or rest != 1:
        return None
    return sp.exp(b * sp.expand(middle)) * 2 * a / (a**2 - b**2)


@rule("integrals")
def beta_prime_integral(node: Any, facts: Facts) -> Any | None:
    """∫_0^∞ x^(a−1) (1 + w x^c)^(−b) dx = Γ(a/c) Γ(b − a/c) / (c w^(a/c) Γ(b)), where a, c, w, b − a/c > 0 (Euler)."""
    parts = limits(node)
    if parts is None or (parts[2], parts[3]) != (0, sp.oo):
        return None
    expr, x = parts[:2]
    a: Any = sp.Integer(1)
    b: Any = sp.Integer(0)
    inner: Any = None
    for factor in sp.Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if exponent.has(x):
            return None
        if base == x:
            a += exponent
            continue
        found = monomial(base - 1, x)
        if found is None or inner not in (None, found):
            return None
        b, inner = b - exponent, found
    if inner is None:
        return None
    w, c = inner
    shape = sp.cancel(a / c)
    return sp.gamma(shape) * sp.gamma(b - shape) / (c * w**shape * sp.gamma(b))


@rule("integrals")
def squared_distance_integral(node: Any, facts: Facts) -> Any | None:
    """∫_ℝ (w + v (x − m)²)^(−b) dx = √(π/v) Γ(b − 1/2) w^(1/2−b) / Γ(b), where v, w > 0 and b > 1/2 (Euler)."""
    parts = limits(node)
    if parts is None or (parts[2], parts[3]) != (-sp.oo, sp.oo):
        return None
    expr, x = parts[:2]
    base, b = None, sp.Integer(0)
    for factor in sp.Mul.make_args(expr):
        inner, exponent = factor.as_base_exp()
        if exponent.has(x) or base not in (None, inner):
            return None
        base, b = inner, b - exponent
    if base is None or not base.is_polynomial(x) or sp.degree(base, x) != 2:
        return None
    v, linear, rest = sp.Poly(base, x).all_coeffs()
    w = sp.cancel(rest - linear**2 / (4 * v))
    half = sp.Rational(1, 2)
    return sp.sqrt(sp.pi / v) * sp.gamma(b - half) * w ** (half - b) / sp.gamma(b)


@rule("integrals")
def distance_integral(node: Any, facts: Facts) -> Any | None:
    """∫ |x − c| k(x) dx for k = 1, e^(−a x), e^(−a x² + b x) or e^(−a|x − m|): each side of c by itself."""
    parts = limits(node)
    if parts is None:
        return None
    expr, x, low, high = parts
    distances = [f for f in sp.Mul.make_args(expr) if isinstance(f, sp.Abs) and sp.diff(f.args[0], x) in (1, -1)]
    if len(distances) != 1:
        return None
    inside = distances[0].args[0] * sp.diff(distances[0].args[0], x)
    c = sp.expand(x - inside)
    rest = expr / distances[0]
    u, plain = exponent_of(rest, x)
    if plain != 1 or (low.is_infinite and not high.is_infinite):
        return None
    if u == 0 and not high.is_infinite:
        return ((high - c) * sp.Abs(high - c) - (low - c) * sp.Abs(low - c)) / 2
    inner = monomial(u, x)
    if inner is not None and inner[1] == 1 and high.is_infinite and not low.is_infinite:
        k, within = -inner[0], sp.Max(0, c - low)
        return (1 / k - (c - low) + 2 * (within - (1 - sp.exp(-k * within)) / k)) * sp.exp(-k * low) / k
    if not low.is_infinite:
        return None
    whole = gaussian_integral.apply(sp.Integral(rest, (x, low, high)), facts)
    if whole is not None:
        a = -sum(split_factor(t, x)[0] for t in terms(u) if split_factor(t, x)[1] == x**2)
        b = sum(split_factor(t, x)[0] for t in terms(u) if split_factor(t, x)[1] == x)
        d = sp.cancel(b / (2 * a)) - c
        return whole * (sp.exp(-a * d**2) / sp.sqrt(sp.pi * a) + d * sp.erf(sp.sqrt(a) * d))
    outer, bound = split_factor(u, x)
    if isinstance(bound, sp.Abs) and sp.diff(bound.args[0], x) in (1, -1):
        a, m = -outer, sp.expand(x - bound.args[0] * sp.diff(bound.args[0], x))
        return 2 / a * (sp.Abs(m - c) + sp.exp(-a * sp.Abs(m - c)) / a)
    return None


@rule("integrals")
def power_of_distance_integral(node: Any, facts: Facts) -> Any | None:
    """∫_l^h (c − x)^a dx = ((c − l)^(a+1) − (c − h)^(a+1))/(a + 1), where a ≠ −1 and x < c throughout."""
    parts = limits(node)
    if parts is None:
        return None
    expr, x, low, high = parts
    base, a = expr.as_base_exp()
    if a.has(x) or a == -1 or low.is_infinite or high.is_infinite or sp.diff(base, x) != -1:
        return None
    c = sp.expand(base + x)
    return ((c - low) ** (a + 1) - (c - high) ** (a + 1)) / (a + 1)


INTEGRALS = (
    distance_integral,
    power_of_distance_integral,
    beta_prime_integral,
    squared_distance_integral,
    gamma_integral,
    beta_integral,
    power_integral,
    exponential_integral,
    gaussian_integral,
    double_exponential_integral,
    laplace_integral,
)
