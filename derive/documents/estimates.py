r"""Estimates inside expected values: there ``\hat\beta`` is the function of the sample that the text says it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.information import Expectation, Variance
from derive.core.trees import rebuild
from derive.core.vectors import Vector, VectorMean, is_matrix
from derive.documents.letters import declared, undecorated


def name_of(letter: Any) -> str:
    """The name of a vector or a number."""
    return str(letter.args[0].label) if isinstance(letter, Vector) else str(getattr(letter, "name", ""))


def is_estimate(letter: Any, facts: Facts) -> bool:
    """Has it the mark of an estimate, and no declaration of its own?"""
    name = name_of(letter)
    return undecorated(name) is not None and declared(name, facts) is None


def in_means(value: Any, estimates: Mapping[str, Any], facts: Facts) -> Any:
    """The value where estimates inside expected values over vectors are what the text says they are.

    One that it says nothing of stays a letter of its own: its expected value is not that of the parameter.
    """
    if not isinstance(value, sp.Basic) or not value.args or not value.has(VectorMean, Expectation, Variance):
        return value
    if isinstance(value, VectorMean | Expectation | Variance) and over_vectors(value.args[1]):
        letters = [v for v in value.args[0].atoms(Vector, sp.Symbol) if is_estimate(v, facts)]
        known = {v: estimates.get(name_of(v), apart(v)) for v in letters}
        expr = value.args[0].xreplace(known) if known else value.args[0]
        return value.func(in_means(expr, estimates, facts), *value.args[1:])
    return rebuild(value, tuple(in_means(a, estimates, facts) for a in value.args))


def over_vectors(variable: Any) -> bool:
    """Is it a vector, or a family of vectors?"""
    return is_matrix(variable) or isinstance(variable, sp.IndexedBase)


def apart(letter: Any) -> Any:
    """The letter under a name that is no parameter's with a mark."""
    if isinstance(letter, Vector):
        return Vector(sp.IndexedBase(f"{letter.args[0].label} ", real=True), letter.args[1])
    return sp.Symbol(f"{letter.name} ", **letter.assumptions0)
