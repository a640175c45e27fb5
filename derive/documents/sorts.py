"""What kind of quantity a side is, by what is written in it."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.free_letters import bare_letters
from derive.core.information import CrossEntropy, Divergence, Entropy, Expectation, Variance
from derive.core.nodes import Partial
from derive.core.sample_functionals import OverTheSample, SampleExpectation
from derive.core.vectors import Gradient, VectorIntegral, VectorMean

OF_VECTORS = (Gradient, VectorMean, VectorIntegral)


def is_averaged(side: Any) -> bool:
    """Is it a matrix of integrals or expected values?"""
    return isinstance(side, sp.Basic) and side.has(VectorIntegral, VectorMean)


def is_claimed(side: Any) -> bool:
    """Is it a quantity that is what it is? A variance or divergence is 0 in cases that the words beside it name."""
    return bool(side.has(Expectation, SampleExpectation, sp.Integral, VectorMean, VectorIntegral))


def is_named(side: Any) -> bool:
    """Does the side name a quantity with a meaning of its own, so that what is said of it is no equation to solve?"""
    if side is None:
        return False
    named = (AppliedUndef, Partial, Expectation, Variance, OverTheSample, Entropy, CrossEntropy, Divergence)
    return bool(side.has(*named, *OF_VECTORS))


def alone(side: Any) -> set[Any]:
    """The letters that stand by themselves, not as the argument of a function without a formula."""
    hidden = {f: sp.Dummy() for f in side.atoms(AppliedUndef)}
    return bare_letters(side.xreplace(hidden) if hidden else side)


def between_names(side: Any, other: Any, functions: Container[str]) -> bool:
    """Is it a name of the document in terms of other such names, each of which has its formula?

    Then nothing is solved for: the formulas say whether it holds.
    """
    if not isinstance(side, sp.Symbol) or side.name not in functions or not isinstance(other, sp.Expr):
        return False
    letters = other.free_symbols
    return bool(letters) and side not in letters and all(getattr(s, "name", "") in functions for s in letters)
