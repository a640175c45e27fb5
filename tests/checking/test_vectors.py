"""Claims about vectors and matrices: proved by entries, refuted at random matrices; and their print."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derive.checking.judge import judge
from derive.core.claim import Claim
from derive.core.domains import NATURALS, REALS, OneHot
from derive.core.facts import Facts
from derive.core.nodes import Sigmoid
from derive.core.relation import EQUAL
from derive.core.trees import mentions, substitute
from derive.core.vectors import (
    AbsoluteNorm,
    Diagonal,
    Dot,
    Elementwise,
    Gradient,
    Hessian,
    MatrixOf,
    Rank,
    Softmax,
    SquaredNorm,
    Vector,
    VectorAt,
    VectorSum,
)
from derive.writing.latex import latex

i, j, k, N, d, K = sp.symbols("i j k N d K", integer=True, positive=True)
z = sp.Symbol("z", real=True)
xs, ys, ws, ss = (sp.IndexedBase(name, real=True) for name in "xyws")
labels = sp.IndexedBase("y")
w, x, X, y = Vector(ws, d), VectorAt(xs, i, d), MatrixOf(xs, N, d, "X"), Vector(ys, N)
w_k, w_j, W = VectorAt(ws, k, d), VectorAt(ws, j, d), MatrixOf(ws, K, d, "W")
score = Sigmoid(Dot(w, x))
SIZES = {N: NATURALS, d: NATURALS, K: NATURALS}
FACTS = Facts(
    {xs: REALS, ys: REALS, ws: REALS, **SIZES},
    {xs: (N, d), ys: (N,), ws: (d,)},
    {i: N},
    {ss: sp.Lambda(i, score * (1 - score))},
)
MANY = Facts({xs: REALS, labels: OneHot(K), ws: REALS, **SIZES}, {xs: (N, d), labels: (N, K), ws: (K, d)}, {i: N, k: K})
OVER, CLASSES = (i, 1, N), (k, 1, K)
squares = sp.Sum((ys[i] - Dot(w, x)) ** 2, OVER)
logistic = sp.Sum(sp.log(1 + sp.exp(Dot(w, x))) - ys[i] * Dot(w, x), OVER)
Z = sp.Sum(sp.exp(Dot(w_j, x)), (j, 1, K))
softmax = sp.Sum(sp.log(Z) - sp.Sum(labels[i, k] * Dot(w_k, x), CLASSES), OVER)
share = sp.exp(Dot(w_k, x)) / Z
sigmoid_of = sp.Lambda(z, Sigmoid(z))

TRUE: list[tuple[Any, Any, Facts]] = [
    (squares, SquaredNorm(X * w - y), FACTS),
    (Gradient(squares, w), VectorSum(-2 * (ys[i] - Dot(w, x)) * x, OVER), FACTS),
    (Gradient(squares, w), 2 * X.T * (X * w - y), FACTS),
    (Hessian(squares, w), 2 * X.T * X, FACTS),
    (Gradient(logistic, w), X.T * (Elementwise(sigmoid_of, X * w) - y), FACTS),
    (Gradient(logistic, w), VectorSum((score - ys[i]) * x, OVER), FACTS),
    (Hessian(logistic, w), X.T * Diagonal(Vector(ss, N)) * X, FACTS),
    (Gradient(softmax, w_k), VectorSum((share - labels[i, k]) * x, OVER), MANY),
    (Gradient(Dot(w, X.T * X * w), w), 2 * X.T * X * w, FACTS),
    (Dot(w, X.T * X * w), SquaredNorm(X * w), FACTS),
    (sp.Trace(X.T * X), sp.Sum(SquaredNorm(x), OVER), FACTS),
    (SquaredNorm(w), sp.Sum(ws[j] ** 2, (j, 1, d)), FACTS),
    (AbsoluteNorm(w), sp.Sum(sp.Abs(ws[j]), (j, 1, d)), FACTS),
    (W * x, W * x + 0 * W * x, MANY),
    (Dot(Softmax(W * x), Softmax(W * x)), sp.Sum(share**2, CLASSES), MANY),
    (sp.Identity(d) * w, w, FACTS),
]
FALSE: list[tuple[Any, Any, Facts]] = [
    (Gradient(squares, w), X.T * (X * w - y), FACTS),
    (Hessian(squares, w), X.T * X, FACTS),
    (Gradient(logistic, w), X.T * (y - Elementwise(sigmoid_of, X * w)), FACTS),
    (Gradient(softmax, w_k), VectorSum((labels[i, k] - share) * x, OVER), MANY),
    (X.T * X * w, X.T * y, FACTS),
    (SquaredNorm(w), AbsoluteNorm(w), FACTS),
]
BY_NUMBERS: list[tuple[Any, Any, Facts]] = [
    ((X.T * X).I * (X.T * X) * w, w, FACTS),
    (sp.Determinant(X.T * X), sp.Determinant((X.T * X).T), FACTS),
    (Rank(X.T * X), Rank(X), FACTS),
]
PRINTED = [
    (squares, r"\sum_{i=1}^{N} (y_i-w^Tx_i)^2"),
    (X.T * (X * w - y), "X^T(Xw-y)"),
    ((X.T * X).I * X.T * y, "(X^TX)^{-1}X^Ty"),
    (SquaredNorm(X * w - y), r"\|Xw-y\|^2"),
    (AbsoluteNorm(w), r"\|w\|_1"),
    (VectorSum((score - ys[i]) * x, OVER), r"\sum_{i=1}^{N} \left(\sigma(w^Tx_i)-y_i\right) x_i"),
    (X.T * (Elementwise(sigmoid_of, X * w) - y), r"X^T\left(\sigma(Xw)-y\right)"),
    (Gradient(sp.Function("L")(ws), w), r"\nabla_w L(w)"),
    (Hessian(sp.Function("L")(ws), w), r"\nabla_w^2 L(w)"),
    (Rank(X), r"\operatorname{rank} X"),
    (Softmax(W * x), r"\operatorname{softmax}(Wx_i)"),
    (Dot(w, X.T * X * w), "w^TX^TXw"),
    (-2 * X.T * y, "-2X^Ty"),
]


@pytest.mark.parametrize(("left", "right", "facts"), TRUE)
def test_proved(left: Any, right: Any, facts: Facts) -> None:
    assert judge(Claim(left, EQUAL, right, facts)).outcome.value == "proved"


@pytest.mark.parametrize(("left", "right", "facts"), FALSE)
def test_refuted(left: Any, right: Any, facts: Facts) -> None:
    found = judge(Claim(left, EQUAL, right, facts))
    assert found.outcome.value == "refuted"
    assert found.witness is not None and found.witness.left != found.witness.right


@pytest.mark.parametrize(("left", "right", "facts"), BY_NUMBERS)
def test_tested_by_numbers(left: Any, right: Any, facts: Facts) -> None:
    assert judge(Claim(left, EQUAL, right, facts)).holds


@pytest.mark.parametrize(
    ("left", "right"),
    [(X * w, w), (X * w, y.T), (Dot(w, w), w), (X * y, y)],
    ids=["lengths", "row", "kinds", "product"],
)
def test_shapes_that_do_not_match_are_never_true(left: Any, right: Any) -> None:
    assert not judge(Claim(left, EQUAL, right, FACTS)).holds


@pytest.mark.parametrize(("expr", "printed"), PRINTED)
def test_printed(expr: Any, printed: str) -> None:
    assert latex(expr) == printed


def test_the_index_of_a_sum_of_vectors_is_bound() -> None:
    total = VectorSum(ys[i] * x, OVER)
    assert not mentions(total, i)
    assert substitute(total, {i: j}) == total
    assert substitute(total, {N: K}) == VectorSum(ys[i] * x, (i, 1, K))
