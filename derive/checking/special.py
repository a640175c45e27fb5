"""The values of named functions, refused where they have none or are too long to write down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.point import Undefined
from derive.core.nodes import InverseDigamma, Sigmoid, ZetaDerivative

LARGEST_EXPONENT = 10_000
LARGEST_POWER_OF_E = 1_000_000


def exponential(ctx: Any, x: Any) -> Any:
    """e^x, refused where it would be too long to write down."""
    if abs(x) > LARGEST_POWER_OF_E:
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


def inverse_digamma(ctx: Any, y: Any) -> Any:
    """ψ⁻¹(y) by Newton's method from Minka's starting point; ψ is concave, so no step leaves x > 0.

    Source: Minka, *Estimating a Dirichlet distribution*, 2000, appendix C.
    """
    if abs(y) > 40:
        raise GivesUp("size")
    x = ctx.exp(y) + ctx.mpf(1) / 2 if y >= -2.2 else -1 / (y + ctx.euler)
    for _ in range(100):
        step = (ctx.psi(0, x) - y) / ctx.psi(1, x)
        x = x - step if step < x else x / 2
        if abs(step) <= abs(x) * ctx.eps * 4:
            return x
    raise GivesUp("inverse_digamma")


def lambert(ctx: Any, x: Any, branch: Any = 0) -> Any:
    """W_k(x), on the two real branches."""
    if branch not in (0, -1) or x < -ctx.exp(-1) * (1 + 8 * ctx.eps) or (branch == -1 and x >= 0):
        raise Undefined(True)
    # At the branch point, where the derivative is infinite, rounding would leave half of the digits.
    if abs(x + ctx.exp(-1)) < ctx.eps ** (ctx.mpf(4) / 5):
        return ctx.mpf(-1)
    return ctx.lambertw(x, int(branch)).real


def zeta(ctx: Any, s: Any) -> Any:
    """ζ(s) for s > 1."""
    if s <= 1:
        raise Undefined(False)
    return ctx.zeta(s)


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
    Sigmoid: lambda ctx, x: 1 / (1 + exponential(ctx, -x)),
    sp.sin: lambda ctx, x: ctx.sin(x),
    sp.cos: lambda ctx, x: ctx.cos(x),
    sp.tanh: lambda ctx, x: ctx.tanh(x),
    sp.cosh: lambda ctx, x: (exponential(ctx, x) + exponential(ctx, -x)) / 2,
    sp.sinh: lambda ctx, x: ctx.sinh(x) if abs(x) < 1 else (exponential(ctx, x) - exponential(ctx, -x)) / 2,
    sp.erf: lambda ctx, x: ctx.erf(x),
    sp.floor: lambda ctx, x: ctx.floor(x),
    sp.LambertW: lambert,
    sp.zeta: zeta,
    ZetaDerivative: lambda ctx, n, s: ctx.zeta(s, 1, int(n)),
    sp.besseli: lambda ctx, n, x: ctx.besseli(n, x),
    sp.atan2: lambda ctx, y, x: ctx.atan2(y, x),
    InverseDigamma: inverse_digamma,
}
