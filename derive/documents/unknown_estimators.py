r"""Expected values of estimators of which the text gives no formula: linear, and ``E[\hat\theta]`` is a number."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.sample_functionals import OverTheSample, SampleExpectation, SampleVariance
from derive.documents.letters import name_of, undecorated
from derive.documents.named_statistics import is_drawn


def linear(e: Any, unknown: set[Any], facts: Facts) -> Any:
    """E of a polynomial in such estimators term by term, E[T²] as Var(T) + (E[T])²; other functionals as they are.

    What stands inside an expected value is no longer random, nor is the parameter that an estimator is named after.
    """
    if not isinstance(e, SampleExpectation | SampleVariance) or is_drawn(e.args[0], facts):
        return e
    (expr,) = e.args
    named = {undecorated(name_of(s)) for s in unknown}
    random = {s for s in unknown if name_of(s) not in named}
    numbers = {f: sp.Dummy(real=True) for f in expr.atoms(OverTheSample)}
    flat = expr.xreplace(numbers)
    if not flat.is_polynomial(*random):
        return e
    if isinstance(e, SampleVariance) and (flat.is_Pow or flat.is_Symbol):
        # A power that the estimator itself is written as.
        return e
    back = {d: f for f, d in numbers.items()}
    mean = by_terms(flat, random, back)
    return mean if isinstance(e, SampleExpectation) else by_terms(flat**2, random, back) - mean**2


def by_terms(flat: Any, random: set[Any], back: dict[Any, Any]) -> Any:
    """Σ of a number times E of a product of estimators."""
    made = []
    for term in sp.Add.make_args(sp.expand(flat)):
        drawn = [f for f in sp.Mul.make_args(term) if f.free_symbols & random]
        number = sp.Mul(*(f for f in sp.Mul.make_args(term) if f not in drawn)).xreplace(back)
        made.append(number * mean_of(sp.Mul(*drawn)) if drawn else number)
    return sp.Add(*made)


def mean_of(product: Any) -> Any:
    """E[T²] as Var(T) + (E[T])²; of other products as it is."""
    if product.is_Pow and product.exp == 2 and product.base.is_Symbol:
        return SampleVariance(product.base) + SampleExpectation(product.base) ** 2
    return SampleExpectation(product)
