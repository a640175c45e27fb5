"""The logarithm of a density, factor by factor."""

from __future__ import annotations

from typing import Any

import sympy as sp


def opened_log(density: Any) -> Any:
    """log of a product of powers and exponentials factor by factor, so that far tails do not become log 0."""
    total = []
    for factor in sp.Mul.make_args(density):
        if isinstance(factor, sp.exp):
            total.append(factor.args[0])
        elif isinstance(factor, sp.Pow):
            total.append(factor.exp * sp.log(factor.base, evaluate=False))
        else:
            total.append(sp.log(factor, evaluate=False))
    return sp.Add(*total)
