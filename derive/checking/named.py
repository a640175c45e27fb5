"""What SymPy's named functions are in the algebra."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derive.checking.algebra import Algebra
from derive.checking.polynomials import Poly, add, constant, number
from derive.core.nodes import InverseDigamma, Sigmoid, ZetaDerivative


def _log(forms: Algebra, x: Poly, base: Poly | None = None) -> Poly:
    return forms.log(x) if base is None else forms.mul(forms.log(x), forms.rational_power(forms.log(base), -1))


def _binomial(forms: Algebra, n: Poly, k: Poly) -> Poly:
    if constant(n) is not None and constant(k) is not None:
        above, below = (sp.Rational(v.numerator, v.denominator) for v in (constant(n) or 0, constant(k) or 0))
        made = sp.binomial(above, below)
        return number(int(made)) if made.is_Integer else forms.opaque("binomial", (n, k))
    one = number(1)
    bottom = forms.mul(forms.gamma(add(k, one)), forms.gamma(add(add(n, k, -1), one)))
    return forms.mul(forms.gamma(add(n, one)), forms.rational_power(bottom, -1))


def _beta(forms: Algebra, a: Poly, b: Poly) -> Poly:
    return forms.mul(forms.mul(forms.gamma(a), forms.gamma(b)), forms.rational_power(forms.gamma(add(a, b)), -1))


def _sigmoid(forms: Algebra, z: Poly) -> Poly:
    return forms.rational_power(add(number(1), forms.exp(add({}, z, -1))), -1)


RULES: dict[Any, Callable[..., Poly]] = {
    sp.exp: lambda f, x: f.exp(x),
    sp.log: _log,
    sp.gamma: lambda f, x: f.gamma(x),
    sp.loggamma: lambda f, x: f.log(f.gamma(x)),
    sp.factorial: lambda f, x: f.gamma(add(x, number(1))),
    sp.binomial: _binomial,
    sp.beta: _beta,
    sp.polygamma: lambda f, m, x: f.polygamma((m, x)),
    sp.digamma: lambda f, x: f.polygamma(({}, x)),
    sp.Abs: lambda f, x: f.absolute("abs", x),
    sp.sign: lambda f, x: f.absolute("sign", x),
    Sigmoid: _sigmoid,
    sp.sin: lambda f, x: f.function("sin", (x,)),
    sp.cos: lambda f, x: f.function("cos", (x,)),
    sp.zeta: lambda f, x: f.function(("zeta", 0), (x,)),
    ZetaDerivative: lambda f, n, x: f.function(("zeta", int(constant(n) or 0)), (x,)),
    sp.besseli: lambda f, n, x: f.function("besseli", (n, x)),
    sp.LambertW: lambda f, x, k=None: f.function("lambertw", (x, k or {})),
    sp.atan2: lambda f, y, x: f.function("atan2", (y, x)),
    InverseDigamma: lambda f, x: f.function("inverse_digamma", (x,)),
    sp.Min: lambda f, *xs: f.function("min", xs),
    sp.Max: lambda f, *xs: f.function("max", xs),
}
