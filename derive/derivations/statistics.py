"""A logarithm of densities as coefficients times statistics of the observation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.trees import factors, mentions, split_factor, terms
from derive.rules.logarithms import LOGARITHMS
from derive.strategies import exhaust


@dataclass(frozen=True, slots=True)
class Combination:
    """``constant + Σ coefficient · statistic``, no statistic twice."""

    constant: Any
    parts: tuple[tuple[Any, Any], ...]

    @property
    def expr(self) -> Any:
        """The combination as one expression, nothing multiplied out."""
        return sp.Add(self.constant, *(c * t for c, t in self.parts))


def opened_log(density: Any, facts: Facts) -> Any:
    """log of the density, taken apart by the laws of the logarithm."""
    steps = exhaust(LOGARITHMS, sp.log(density, evaluate=False), facts)
    return steps[-1].after if steps else sp.log(density)


def combination(expr: Any, variable: Any) -> Combination:
    """The terms gathered by what in them depends on the variable.

    Squares such as (x − μ)² and (log x − μ)² stay whole; other products of sums are multiplied out.
    """
    constant: Any = sp.Integer(0)
    found: dict[Any, Any] = {}
    waiting = list(terms(expr))
    while waiting:
        term = waiting.pop(0)
        if not mentions(term, variable):
            constant += term
            continue
        free, bound = split_factor(term, variable)
        if not is_statistic(bound, variable):
            opened = sp.expand(bound)
            if opened != bound or isinstance(bound, sp.Add):
                waiting = [free * t for t in terms(opened)] + waiting
                continue
        found[bound] = found.get(bound, 0) + free
    parts = tuple((short_sum(c), t) for t, c in found.items() if sp.expand(c) != 0)
    return Combination(constant, parts)


def short_sum(c: Any) -> Any:
    """The coefficient; a difference of equals gone."""
    return sp.Integer(0) if c.is_Add and sp.expand(c) == 0 else c


def is_statistic(bound: Any, variable: Any) -> bool:
    """Is it one thing to be averaged: free of products with sums, or the square of a sum?"""
    if isinstance(bound, sp.Add):
        return False
    if isinstance(bound, sp.Mul):
        return not any(f.has(sp.Add) and not isinstance(f, sp.log | sp.exp) for f in bound.args)
    if isinstance(bound, sp.Pow) and isinstance(bound.base, sp.Add):
        return bool(bound.exp == 2)
    return True


def log_ratio(top: Any, bottom: Any, facts: Facts) -> Any:
    """log(top/bottom) of two factors free of the observation: one logarithm where it is of plain letters."""
    ratio = sp.powsimp(top / bottom)
    if ratio == 1:
        return sp.Integer(0)
    parts = factors(ratio)
    if all(e.is_Number and b != sp.E and (b.is_Symbol or b.is_number or b.is_Mul or b.is_Add) for b, e in parts):
        shared = common_exponent(parts)
        if all(e.is_negative for _, e in parts):
            return -sp.log(1 / ratio, evaluate=False)
        return shared * sp.log(sp.Mul(*(b ** (e / shared) for b, e in parts)), evaluate=False)
    return opened_log(ratio, facts)


def common_exponent(parts: Any) -> Any:
    """The power that all factors share up to sign, 1 where they differ; √(v/w) of two letters σ², τ² stays σ/τ."""
    sizes = {abs(e) for b, e in parts if not b.is_number}
    if len(sizes) != 1 or any(b.is_number for b, _ in parts):
        return sp.Integer(1)
    (size,) = sizes
    squares = all(b.is_Symbol and b.name.endswith("^2") for b, _ in parts) or any(b.is_Mul for b, _ in parts)
    return sp.Integer(1) if squares else size
