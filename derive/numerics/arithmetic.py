"""Two arithmetics behind one face: fifty digits for small samples, floats for large ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp
from mpmath import libmp
from mpmath.ctx_base import StandardBaseContext
from mpmath.ctx_mp import MPContext

from derive.core.nodes import InverseDigamma, ZetaDerivative

DIGITS = 50
LARGEST_EXPONENT = 10**30


class NoValue(ArithmeticError):
    """The expression has no finite real value there."""


FAULTS = (
    ValueError,
    ArithmeticError,
    libmp.NoConvergence,
    libmp.ComplexResult,
    StandardBaseContext.NoConvergence,
)


class Multiprecision:
    """Numbers of fifty digits in a context of their own."""

    precise = True
    noise = 10.0 ** (6 - DIGITS)

    def __init__(self) -> None:
        self.ctx: Any = MPContext()
        self.ctx.dps = DIGITS
        self.functions = precise_functions(self.ctx)

    def number(self, value: Any) -> Any:
        """An exact value, a float or a number of any context, to fifty digits."""
        if isinstance(value, Fraction):
            return self.ctx.mpf(value.numerator) / value.denominator
        if isinstance(value, sp.Rational):
            return self.ctx.mpf(int(value.p)) / int(value.q)
        if isinstance(value, sp.Basic):
            return self.ctx.mpf(str(value.evalf(DIGITS)))
        return self.ctx.mpf(value)

    def store(self, values: Sequence[Any]) -> Sequence[Any]:
        """A column of such numbers."""
        return [self.number(v) for v in values]

    def total(self, column: Sequence[Any]) -> Any:
        """The sum."""
        return self.ctx.fsum(column)

    def power(self, base: Any, exponent: Any) -> Any:
        """base^exponent, real."""
        if base < 0 and exponent != self.ctx.floor(exponent):
            raise NoValue("power of a negative number")
        if base > 0 and abs(exponent) * (1 + abs(self.ctx.mag(base))) > LARGEST_EXPONENT:
            return self.exponential(exponent * self.ctx.log(base))
        return base**exponent

    def exponential(self, x: Any) -> Any:
        """e^x."""
        return self.functions[sp.exp](x)


class Floats:
    """Numbers of the machine."""

    precise = False
    noise = 1e-13

    def __init__(self) -> None:
        self.functions = float_functions()

    def number(self, value: Any) -> Any:
        """An exact value or a number of any context, as a float."""
        return float(value)

    def store(self, values: Sequence[Any]) -> Sequence[Any]:
        """A column of floats, without an object for each."""
        from array import array

        return values if isinstance(values, array) and values.typecode == "d" else array("d", map(float, values))

    def total(self, column: Sequence[Any]) -> Any:
        """The sum, rounded once."""
        return math.fsum(column)

    def power(self, base: Any, exponent: Any) -> Any:
        """base^exponent, real."""
        if base < 0 and exponent != math.floor(exponent):
            raise NoValue("power of a negative number")
        return base**exponent

    def exponential(self, x: Any) -> Any:
        """e^x."""
        return math.exp(x)


Arithmetic = Multiprecision | Floats


def precise_functions(ctx: Any) -> dict[Any, Callable[..., Any]]:
    """The named functions in a multiprecision context, refused where they are not real."""

    def exponential(x: Any) -> Any:
        if x > LARGEST_EXPONENT:
            raise NoValue("exponential")
        return ctx.exp(x) if x > -LARGEST_EXPONENT else ctx.mpf(0)

    def logarithm(x: Any, base: Any = None) -> Any:
        if x <= 0:
            raise NoValue("logarithm")
        return ctx.log(x) if base is None else ctx.log(x) / logarithm(base)

    def gamma(x: Any) -> Any:
        if abs(x) > LARGEST_EXPONENT:
            return exponential(loggamma(x))
        return ctx.gamma(x)

    def loggamma(x: Any) -> Any:
        return ctx.loggamma(x) if x > 0 else ctx.log(abs(ctx.gamma(x)))

    def binomial(n: Any, k: Any) -> Any:
        if max(abs(n), abs(k)) <= 1000:
            return ctx.binomial(n, k)
        return exponential(loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1))

    return {
        sp.exp: exponential,
        sp.log: logarithm,
        sp.gamma: gamma,
        sp.loggamma: loggamma,
        sp.factorial: lambda x: gamma(x + 1),
        sp.binomial: binomial,
        sp.beta: lambda a, b: exponential(loggamma(a) + loggamma(b) - loggamma(a + b)),
        sp.digamma: lambda x: ctx.psi(0, x),
        sp.polygamma: lambda m, x: ctx.psi(int(m), x),
        sp.harmonic: lambda x: ctx.psi(0, x + 1) + ctx.euler,
        InverseDigamma: lambda y: inverse_digamma(ctx, y),
        sp.zeta: lambda s, a=1: ctx.zeta(s, a),
        ZetaDerivative: lambda n, s: ctx.zeta(s, 1, int(n)),
        sp.besseli: lambda n, x: ctx.besseli(n, x),
        sp.besselj: lambda n, x: ctx.besselj(n, x),
        sp.besselk: lambda n, x: ctx.besselk(n, x),
        sp.erf: ctx.erf,
        sp.erfc: ctx.erfc,
        sp.uppergamma: lambda s, x: ctx.gammainc(s, x),
        sp.lowergamma: lambda s, x: ctx.gammainc(s, 0, x),
        sp.LambertW: lambda x, k=0: real_part(ctx.lambertw(x, int(k))),
        sp.sin: ctx.sin,
        sp.cos: ctx.cos,
        sp.tan: ctx.tan,
        sp.atan: ctx.atan,
        sp.atan2: ctx.atan2,
        sp.asin: ctx.asin,
        sp.acos: ctx.acos,
        sp.sinh: ctx.sinh,
        sp.cosh: ctx.cosh,
        sp.tanh: ctx.tanh,
        sp.asinh: ctx.asinh,
        sp.atanh: ctx.atanh,
        sp.floor: ctx.floor,
        sp.ceiling: ctx.ceil,
    } | PLAIN


def inverse_digamma(ctx: Any, y: Any) -> Any:
    """ψ⁻¹(y) by Newton's method; ψ is concave, so no step but the first can be too long.

    Source: Minka, *Estimating a Dirichlet distribution*, 2000, appendix C, for the starting point.
    """
    x = ctx.exp(y) + ctx.mpf(1) / 2 if y >= -2.22 else -1 / (y + ctx.euler)
    for _ in range(200):
        step = (ctx.psi(0, x) - y) / ctx.psi(1, x)
        x = x - step if step < x else x / 2
        if abs(step) <= 4 * ctx.eps * x:
            return x
    raise NoValue("inverse digamma")


def real_part(x: Any) -> Any:
    """The number itself if it is real."""
    if x.imag != 0:
        raise NoValue("complex")
    return x.real


def float_functions() -> dict[Any, Callable[..., Any]]:
    """The named functions of floats: the machine's, and for the rare ones those of ``mpmath``."""
    fp = mpmath.fp

    def exponential(x: float) -> float:
        return math.exp(x) if x < 709 else math.inf

    named: dict[Any, Callable[..., Any]] = {
        sp.exp: exponential,
        sp.log: lambda x, base=None: math.log(x) if base is None else math.log(x) / math.log(base),
        sp.gamma: math.gamma,
        sp.loggamma: math.lgamma,
        sp.factorial: lambda x: math.gamma(x + 1),
        sp.binomial: lambda n, k: math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)),
        sp.beta: lambda a, b: math.exp(math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)),
        sp.digamma: lambda x: fp.digamma(x),
        sp.polygamma: lambda m, x: fp.psi(int(m), x),
        sp.harmonic: lambda x: fp.digamma(x + 1) + fp.euler,
        InverseDigamma: lambda y: inverse_digamma(fp, y),
        sp.zeta: lambda s, a=1: fp.zeta(s, a),
        ZetaDerivative: lambda n, s: float(mpmath.zeta(s, 1, int(n))),
        sp.besseli: lambda n, x: fp.besseli(n, x),
        sp.besselj: lambda n, x: fp.besselj(n, x),
        sp.besselk: lambda n, x: fp.besselk(n, x),
        sp.erf: math.erf,
        sp.erfc: math.erfc,
        sp.uppergamma: lambda s, x: fp.gammainc(s, x),
        sp.lowergamma: lambda s, x: fp.gammainc(s, 0, x),
        sp.LambertW: lambda x, k=0: real_part(complex(fp.lambertw(x, int(k)))),
        sp.sin: math.sin,
        sp.cos: math.cos,
        sp.tan: math.tan,
        sp.atan: math.atan,
        sp.atan2: math.atan2,
        sp.asin: math.asin,
        sp.acos: math.acos,
        sp.sinh: math.sinh,
        sp.cosh: math.cosh,
        sp.tanh: math.tanh,
        sp.asinh: math.asinh,
        sp.atanh: math.atanh,
        sp.floor: math.floor,
        sp.ceiling: math.ceil,
    }
    return named | PLAIN


PLAIN: dict[Any, Callable[..., Any]] = {
    sp.Abs: abs,
    sp.sign: lambda x: (x > 0) - (x < 0),
    sp.Min: lambda *xs: min(xs),
    sp.Max: lambda *xs: max(xs),
    sp.KroneckerDelta: lambda a, b, *_: int(a == b),
    sp.Heaviside: lambda x, *_: int(x > 0),
}
"""The functions that need no arithmetic of their own."""
