"""Sums, products and quotients of numbers, vectors and matrices: shapes are minded."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import sympy as sp

from derive.core.errors import InputError
from derive.core.vectors import AbsoluteNorm, Dot, Elementwise, SquaredNorm, is_matrix
from derive.reading import numbers
from derive.reading.identity import UNSIZED, all_sized, sized
from derive.reading.scope import Scope

MINUS_ONE = sp.Integer(-1)


def negative(value: Any) -> Any:
    """−value."""
    return scaled(MINUS_ONE, value) if is_matrix(value) else -value


def scaled(factor: Any, matrix: Any) -> Any:
    """A number times a matrix."""
    if factor == 1:
        return matrix
    if isinstance(matrix, sp.MatMul):
        first, *others = matrix.args
        if not is_matrix(first):
            product_of_numbers = factor * first
            return sp.MatMul(product_of_numbers, *others) if product_of_numbers != 1 else _chained(list(others))
        return sp.MatMul(factor, *matrix.args)
    return sp.MatMul(factor, matrix)


def total(scope: Scope, parts: list[Any], at: int) -> Any:
    """The sum of the parts.

    Raises:
        Unreadable: numbers and vectors, or different shapes, are added.
    """
    if not any(is_matrix(p) for p in parts):
        return sp.Add(*parts)
    kept = [p for p in parts if p != 0]
    if not all(is_matrix(p) for p in kept):
        raise scope.refuse("a number and a vector cannot be added", at)
    kept = all_sized(kept)
    shapes = {p.shape for p in kept}
    if len(shapes) > 1:
        raise scope.refuse("vectors or matrices of different shapes cannot be added", at)
    return sp.MatAdd(*kept) if len(kept) > 1 else kept[0]


def product(scope: Scope, factors: list[Any], at: int) -> Any:
    """The product of the factors, in their order; a row times a column is a number.

    Raises:
        Unreadable: the shapes do not fit, or a zero divides.
    """
    if not any(is_matrix(f) for f in factors):
        try:
            return numbers.product(factors)
        except InputError as error:
            raise scope.refuse(error.message, at) from None
    scalars: list[Any] = []
    stack: list[Any] = []
    for factor in factors:
        if not is_matrix(factor):
            scalars.append(factor)
            continue
        if stack:
            if factor.shape[0] == UNSIZED:
                factor = sized(factor, stack[-1].shape[1])
            if stack[-1].shape[1] == UNSIZED:
                stack[-1] = sized(stack[-1], factor.shape[0])
        if stack and factor.shape[0] != 1:
            _mind_shapes(scope, stack[-1], factor, at)
        # A row may make a number with the column that comes: A^{-1} (v^T v).
        stack.append(factor)
        row = next((k for k in reversed(range(len(stack))) if stack[k].shape[0] == 1), None)
        if row is not None and factor.shape[1] == 1:
            scalars.append(_contracted(stack[row:]))
            del stack[row:]
    for left, right in pairwise(stack):
        _mind_shapes(scope, left, right, at)
    made = sp.Mul(*scalars)
    return scaled(made, _chained(stack)) if stack else made


def _mind_shapes(scope: Scope, left: Any, right: Any, at: int) -> None:
    if left.shape[1] != right.shape[0]:
        a, b = (" × ".join(map(str, m.shape)) for m in (left, right))
        hint = "a scalar product is written w^T x" if right.shape[1] == 1 and left.shape[1] == 1 else ""
        raise scope.refuse(f"a matrix of {a} cannot be multiplied by one of {b}", at, hint)


def _contracted(factors: list[Any]) -> Any:
    """Row, matrices, column: a number."""
    first, *others = factors
    left = transposed(first)
    if not others:
        return Dot(left, sp.Identity(1)) if left.shape != (1, 1) else left
    return Dot(left, _chained(others))


def _chained(matrices: list[Any]) -> Any:
    flat: list[Any] = []
    scalar: Any = sp.Integer(1)
    for m in matrices:
        for a in m.args if isinstance(m, sp.MatMul) else (m,):
            if is_matrix(a):
                flat.append(a)
            else:
                scalar = scalar * a
    made = flat[0] if len(flat) == 1 else sp.MatMul(*flat)
    return made if scalar == 1 else sp.MatMul(scalar, *flat)


def transposed(value: Any) -> Any:
    """The transpose; twice is none."""
    return value.arg if isinstance(value, sp.Transpose) else sp.Transpose(value)


def quotient(scope: Scope, over: Any, under: Any, at: int) -> Any:
    """over / under.

    Raises:
        Unreadable: it divides by zero, or by a vector.
    """
    if is_matrix(under):
        raise scope.refuse("nothing can be divided by a vector or matrix", at, "write the inverse: A^{-1}")
    if is_matrix(over):
        return scaled(1 / under, over)
    try:
        return numbers.quotient(over, under)
    except InputError as error:
        raise scope.refuse(error.message, at) from None


def dotted(a: Any, b: Any) -> bool:
    r"""Does ``a \cdot b`` mean the scalar product?"""
    return is_matrix(a) and is_matrix(b) and a.shape[1] == 1 and b.shape[1] == 1 and a.shape == b.shape


def dot(a: Any, b: Any) -> Any:
    """a^T b."""
    return Dot(a, b)


def power(matrix: Any, exponent: Any) -> Any:
    """A^{-1}, A^2.

    Raises:
        InputError: a vector, or another exponent.
    """
    if matrix.shape[0] != matrix.shape[1]:
        raise InputError("only a square matrix has powers", "the square of a vector is its norm or its scalar product")
    if exponent.is_Integer and -9 <= exponent <= -1:
        inverse = matrix.arg if isinstance(matrix, sp.Inverse) else sp.Inverse(matrix)
        return inverse if exponent == -1 else sp.MatPow(inverse, -exponent)
    if exponent.is_Integer and 1 <= exponent <= 9:
        return matrix if exponent == 1 else sp.MatPow(matrix, exponent)
    raise InputError("this power of a matrix cannot be read")


def norm(value: Any, order: Any, squared: bool) -> Any:
    """‖v‖, ‖v‖², ‖v‖_1.

    Raises:
        InputError: another norm.
    """
    if not is_matrix(value):
        made = sp.Abs(value)
        return made**2 if squared else made
    if order == 1:
        made = AbsoluteNorm(value)
        return made**2 if squared else made
    if order not in (None, 2):
        raise InputError("only the norms with 1 and 2 are known")
    return SquaredNorm(value) if squared else sp.sqrt(SquaredNorm(value))


def applied(function: Any, value: Any) -> Any:
    """A function of each entry."""
    place = sp.Dummy("t", real=True)
    return Elementwise(sp.Lambda(place, function(place)), value)
