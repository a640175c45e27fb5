"""The values of named functions, refused where they have none or are too long to write down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.point import Undefined

LARGEST_EXPONENT = 10_000


def exponential(ctx: Any, x: Any) -> Any:
    """e^x, refused where it would be too long to write down."""
    if abs(x) > LARGEST_EXPONENT:
        raise GivesUp("size")
    return ctx.exp(x)


def power(ctx: Any, base: Any, exponent: Any) -> Any:
    """base^exponent, of a negative base for whole exponents only."""
    if base == 0:
        if exponent < 0:
            raise Undefined(False)
        return ctx.mpf(1 if exponent == 0 else 0)
    if abs(exponent) * max(1, abs(ctx.mag(base))) > LARGEST_EXPONENT * 8:
        raise GivesUp("size")
    if exponent == ctx.floor(exponent):
        return base ** int(exponent)
    if base < 0:
        raise Undefined(True)
    return ctx.exp(exponent * ctx.log(base)) if exponent != 0.5 else ctx.sqrt(base)


def logarithm(ctx: Any, x: Any, base: Any = None) -> Any:
    """log x, of a positive number only."""
    if x <= 0:
        raise Undefined(x < 0)
    return ctx.log(x) if base is None else ctx.log(x) / logarithm(ctx, base)


def gamma(ctx: Any, x: Any) -> Any:
    """Γ(x), with its poles."""
    if x <= 0 and x == ctx.floor(x):
        raise Undefined(False)
    if abs(x) > LARGEST_EXPONENT:
        raise GivesUp("size")
    return ctx.gamma(x)


def binomial(ctx: Any, n: Any, k: Any) -> Any:
    """n over k."""
    if max(abs(n), abs(k)) > LARGEST_EXPONENT:
        raise GivesUp("size")
    return ctx.binomial(n, k)


def polygamma(ctx: Any, m: Any, x: Any) -> Any:
    """ψ_m(x) for x > 0."""
    if x <= 0 or m < 0 or m > 20:
        raise Undefined(False)
    return ctx.psi(int(m), x)


FUNCTIONS: dict[Any, Callable[..., Any]] = {
    sp.exp: exponential,
    sp.log: logarithm,
    sp.gamma: gamma,
    sp.loggamma: lambda ctx, x: ctx.log(abs(gamma(ctx, x))),
    sp.factorial: lambda ctx, x: gamma(ctx, x + 1),
    sp.binomial: binomial,
    sp.beta: lambda ctx, a, b: gamma(ctx, a) * gamma(ctx, b) / gamma(ctx, a + b),
    sp.polygamma: polygamma,
    sp.digamma: lambda ctx, x: polygamma(ctx, 0, x),
    sp.Abs: lambda ctx, x: abs(x),
    sp.sign: lambda ctx, x: ctx.sign(x),
    sp.Min: lambda ctx, *xs: min(xs),
    sp.Max: lambda ctx, *xs: max(xs),
    sp.KroneckerDelta: lambda ctx, a, b, *_: ctx.mpf(1 if a == b else 0),
    sp.sin: lambda ctx, x: ctx.sin(x),
    sp.cos: lambda ctx, x: ctx.cos(x),
    sp.tanh: lambda ctx, x: ctx.tanh(x),
    sp.erf: lambda ctx, x: ctx.erf(x),
    sp.floor: lambda ctx, x: ctx.floor(x),
    sp.LambertW: lambda ctx, x, k=0: ctx.lambertw(x, int(k)).real,
}
