"""Sums, products and quotients of numbers, vectors and matrices: shapes are minded."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.errors import InputError
from derive.reading import numbers
from derive.reading.scope import Scope


def is_matrix(value: Any) -> bool:
    """Is it a vector or a matrix?"""
    return bool(getattr(value, "is_Matrix", False))


def negative(value: Any) -> Any:
    """−value."""
    return sp.Integer(-1) * value


def total(scope: Scope, parts: list[Any], at: int) -> Any:
    """The sum of the parts."""
    if not any(is_matrix(p) for p in parts):
        return sp.Add(*parts)
    raise scope.refuse("a number cannot be added to a vector", at)


def product(scope: Scope, factors: list[Any], at: int) -> Any:
    """The product of the factors, in their order."""
    try:
        return numbers.product(factors)
    except InputError as error:
        raise scope.refuse(error.message, at) from None


def quotient(scope: Scope, over: Any, under: Any, at: int) -> Any:
    """over / under."""
    try:
        return numbers.quotient(over, under)
    except InputError as error:
        raise scope.refuse(error.message, at) from None


def dotted(a: Any, b: Any) -> bool:
    r"""Does ``a \cdot b`` mean the scalar product?"""
    return is_matrix(a) and is_matrix(b)


def dot(a: Any, b: Any) -> Any:
    """a^T b."""
    return a.T * b
