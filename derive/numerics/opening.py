"""The logarithm of a density, factor by factor, so that neither small nor large densities are lost."""

from __future__ import annotations

from typing import Any

import sympy as sp


def opened(density: Any) -> Any:
    """log f = Σ e·log b over the factors b^e; factors whose sign is not plain stay under one logarithm.

    A power with an exponent that is no integer is only real for b > 0, so such a b is taken to be positive.

    >>> p, x = sp.symbols("p x", positive=True)
    >>> opened(-(p**x) / (x * sp.log(1 - p)))
    x*log(p) - log(x) + log(-1/log(1 - p))
    """
    total, rest = sp.Integer(0), sp.Integer(1)
    for factor in sp.Mul.make_args(density):
        base, exponent = factor.as_base_exp()
        if base is sp.S.Exp1:
            total += exponent
        elif isinstance(factor, sp.exp):
            total += factor.args[0]
        elif base.is_positive or not exponent.is_Integer:
            total += exponent * (opened(base) if base.is_Mul or isinstance(base, sp.exp) else logarithm(base))
        else:
            rest *= factor
    return total if rest == 1 else total + sp.log(rest)


def logarithm(base: Any) -> Any:
    """log b, of a gamma function or what is made of it by its own logarithm."""
    if isinstance(base, sp.gamma):
        return sp.loggamma(base.args[0])
    if isinstance(base, sp.factorial):
        return sp.loggamma(base.args[0] + 1)
    if isinstance(base, sp.binomial):
        n, k = base.args
        return sp.loggamma(n + 1) - sp.loggamma(k + 1) - sp.loggamma(n - k + 1)
    return sp.log(base)
