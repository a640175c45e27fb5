r"""Vectors and matrices whose entries are indexed letters, and the few operations that SymPy lacks or gets wrong.

A vector letter wraps the ``IndexedBase`` of its entries, which has its shape and domain in ``Facts`` like any other
data: w = ``Vector(w, d)`` has the entries ``w[j]``, the datum x_i = ``VectorAt(x, i, d)`` the entries ``x[i, j]``, and
the matrix of rows x_i^T is ``MatrixOf(x, N, d, "X")``. Sums, products, transposes and inverses are SymPy's ``MatAdd``,
``MatMul``, ``Transpose`` and ``Inverse``; all of them are columns or matrices of real numbers.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixExpr

from derive.core.nodes import OverData, named_function

ONE = sp.Integer(1)


class Vector(MatrixExpr):
    """The column (v_1, …, v_n) of the entries of ``base``; args ``(base, size)``."""

    def __new__(cls, base: Any, size: Any) -> Vector:
        made: Vector = sp.Basic.__new__(cls, base, sp.sympify(size))
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return (self.args[1], ONE)


class VectorAt(MatrixExpr):
    """The column (x_{i1}, …, x_{in}): the i-th vector of a family; args ``(base, index, size)``."""

    def __new__(cls, base: Any, index: Any, size: Any) -> VectorAt:
        made: VectorAt = sp.Basic.__new__(cls, base, sp.sympify(index), sp.sympify(size))
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return (self.args[2], ONE)


class MatrixOf(MatrixExpr):
    """The matrix of the entries ``base[i, j]``, printed under its own name; args ``(base, rows, columns, name)``."""

    def __new__(cls, base: Any, rows: Any, columns: Any, name: Any = None) -> MatrixOf:
        name = base.label if name is None else sp.Symbol(name) if isinstance(name, str) else name
        made: MatrixOf = sp.Basic.__new__(cls, base, sp.sympify(rows), sp.sympify(columns), name)
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return (self.args[1], self.args[2])


class MatrixAt(MatrixExpr):
    """The k-th matrix of a family, with the entries ``base[k, i, j]``; args ``(base, index, rows, columns)``."""

    def __new__(cls, base: Any, index: Any, rows: Any, columns: Any) -> MatrixAt:
        made: MatrixAt = sp.Basic.__new__(cls, base, sp.sympify(index), sp.sympify(rows), sp.sympify(columns))
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return (self.args[2], self.args[3])


class OverALetter(MatrixExpr):
    """Vectors or matrices gathered over a letter; args ``(function, (letter, low, high))``."""

    def __new__(cls, function: Any, limits: Any) -> Any:
        return sp.Basic.__new__(cls, function, sp.Tuple(*limits))

    @property
    def function(self) -> Any:
        return self.args[0]

    @property
    def limits(self) -> tuple[Any, ...]:
        """As of a ``Sum`` or an ``Integral``: one triple."""
        return (self.args[1],)

    @property
    def shape(self) -> tuple[Any, Any]:
        return self.args[0].shape  # type: ignore[no-any-return]

    @property
    def bound_symbols(self) -> list[Any]:
        return [self.args[1][0]]

    @property
    def free_symbols(self) -> set[Any]:
        letter, low, high = self.args[1]
        free: set[Any] = (self.args[0].free_symbols - {letter}) | low.free_symbols | high.free_symbols
        return free


class VectorSum(OverALetter):
    """Σ_i of vectors or matrices; args ``(function, (i, 1, N))``."""


class VectorIntegral(OverALetter):
    """∫ of a vector or a matrix, entry by entry; args ``(function, (x, a, b))``, written like an ``Integral``'s."""


class WithALetter(MatrixExpr):
    """A vector or a matrix with a letter in it that is bound; args ``(expr, letter, …)``."""

    @property
    def shape(self) -> tuple[Any, Any]:
        return self.args[0].shape  # type: ignore[no-any-return]

    @property
    def bound_symbols(self) -> list[Any]:
        return [self.args[1]]


class VectorMean(WithALetter):
    """E_law of a vector or a matrix, entry by entry; args ``(expr, variable, law)``, as of an ``Expectation``."""

    def __new__(cls, expr: Any, variable: Any, law: Any) -> VectorMean:
        made: VectorMean = sp.Basic.__new__(cls, expr, variable, law)
        return made

    @property
    def free_symbols(self) -> set[Any]:
        free: set[Any] = (self.args[0].free_symbols - {self.args[1]}) | self.args[2].free_symbols
        return free


class Elementwise(MatrixExpr):
    """A scalar function applied to each entry; args ``(Lambda, matrix)``."""

    def __new__(cls, function: Any, matrix: Any) -> Elementwise:
        made: Elementwise = sp.Basic.__new__(cls, function, matrix)
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return self.args[1].shape  # type: ignore[no-any-return]


class Softmax(MatrixExpr):
    """softmax(v), with the entries e^{v_k} / Σ_j e^{v_j}; args ``(v,)``."""

    def __new__(cls, vector: Any) -> Softmax:
        made: Softmax = sp.Basic.__new__(cls, vector)
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return self.args[0].shape  # type: ignore[no-any-return]


class Diagonal(MatrixExpr):
    """The square matrix with a vector on its diagonal and zeros elsewhere; args ``(vector,)``."""

    def __new__(cls, vector: Any) -> Diagonal:
        made: Diagonal = sp.Basic.__new__(cls, vector)
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return (self.args[0].shape[0], self.args[0].shape[0])


class Gradient(MatrixExpr):
    """∇_v f, the column of the ∂f/∂v_j, or the matrix of the ∂f/∂v_ij; args ``(f, v)`` with v a letter."""

    def __new__(cls, expr: Any, vector: Any) -> Gradient:
        made: Gradient = sp.Basic.__new__(cls, sp.sympify(expr), vector)
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return self.args[1].shape  # type: ignore[no-any-return]


class Hessian(MatrixExpr):
    """∇²_v f, the matrix of the ∂²f/∂v_j ∂v_k; args ``(f, v)`` with v a ``Vector`` or ``VectorAt``."""

    def __new__(cls, expr: Any, vector: Any) -> Hessian:
        made: Hessian = sp.Basic.__new__(cls, sp.sympify(expr), vector)
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return (self.args[1].shape[0], self.args[1].shape[0])


class Jacobian(MatrixExpr):
    """∂f/∂v^T, the matrix of the ∂f_i/∂v_j; args ``(f, v)`` with f a column and v a ``Vector`` or ``VectorAt``."""

    def __new__(cls, column: Any, vector: Any) -> Jacobian:
        made: Jacobian = sp.Basic.__new__(cls, column, vector)
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        return (self.args[0].shape[0], self.args[1].shape[0])


class EvaluatedAt(WithALetter):
    """A vector or matrix where a letter has a value; args ``(expr, letter, value)``. What is derived is so before."""

    def __new__(cls, expr: Any, letter: Any, value: Any) -> EvaluatedAt:
        made: EvaluatedAt = sp.Basic.__new__(cls, expr, letter, value)
        return made

    @property
    def free_symbols(self) -> set[Any]:
        own = {self.args[1].args[0], self.args[1].args[0].label}
        free: set[Any] = (self.args[0].free_symbols - own) | self.args[2].free_symbols
        return free


class _Scalar(sp.Expr):
    """A real number made of vectors."""

    is_commutative = True
    is_extended_real = True

    def __new__(cls, *args: Any) -> Any:
        return sp.Expr.__new__(cls, *args)


class Dot(_Scalar):
    """a^T b; args ``(a, b)``, columns of one length. The quadratic form v^T A v is ``Dot(v, A * v)``."""


class SquaredNorm(_Scalar):
    """‖v‖² = v^T v."""

    is_extended_nonnegative = True


class AbsoluteNorm(_Scalar):
    """‖v‖_1 = Σ_j |v_j|."""

    is_extended_nonnegative = True


class Rank(_Scalar):
    """The rank of a matrix."""

    is_integer = True


VECTOR_LETTERS = (Vector, VectorAt, MatrixOf, MatrixAt)
SCALARS_OF_VECTORS = (Dot, SquaredNorm, AbsoluteNorm, sp.Trace)
BINDERS = (sp.Sum, sp.Product, sp.Integral, OverData, VectorSum, VectorIntegral)


def is_matrix(expr: Any) -> bool:
    """Is it a vector or a matrix?"""
    return isinstance(expr, MatrixExpr)


@lru_cache(maxsize=1024)
def _of_vectors(name: str) -> Any:
    return sp.Function(name, commutative=True)


def function_at(name: str, *args: Any) -> Any:
    """An undefined function; one of vectors is a number all the same."""
    return (_of_vectors if any(map(is_matrix, args)) else named_function)(name)(*args)


def component(vector: Any, index: Any) -> Any:
    """The entry of a vector letter.

    >>> i, j, d = sp.symbols("i j d", integer=True, positive=True)
    >>> component(VectorAt(sp.IndexedBase("x"), i, d), j)
    x[i, j]
    """
    if isinstance(vector, VectorAt):
        return vector.args[0][vector.args[1], index]
    return vector.args[0][index]


def cell(letter: Any, row: Any, column: Any) -> Any:
    """The entry of a vector or a matrix letter.

    >>> i, j, d = sp.symbols("i j d", integer=True, positive=True)
    >>> cell(MatrixOf(sp.IndexedBase("A"), d, d), i, j), cell(Vector(sp.IndexedBase("v"), d), i, 1)
    (A[i, j], v[i])
    """
    if isinstance(letter, MatrixOf):
        return letter.args[0][row, column]
    return letter.args[0][letter.args[1], row, column] if isinstance(letter, MatrixAt) else component(letter, row)


def times(*factors: Any) -> Any:
    """The product of numbers and matrices as it stands.

    SymPy's ``*`` would evaluate the sums and derivatives inside.

    >>> times(2, times(sp.Symbol("c"), Vector(sp.IndexedBase("w"), sp.Symbol("d")))).args
    (2*c, Vector(w, d))
    """
    flat = [part for f in factors for part in (f.args if isinstance(f, sp.MatMul) else (f,))]
    number = sp.Mul(*(f for f in flat if not is_matrix(f)))
    matrices = [f for f in flat if is_matrix(f)]
    kept = ([] if number == 1 else [number]) + matrices
    return kept[0] if len(kept) == 1 else sp.MatMul(*kept)


def plus(*terms: Any) -> Any:
    """The sum of matrices as it stands."""
    flat = [part for t in terms for part in (t.args if isinstance(t, sp.MatAdd) else (t,))]
    return flat[0] if len(flat) == 1 else sp.MatAdd(*flat)
