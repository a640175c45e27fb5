"""Fits against closed formulas and SciPy; data that have no minimum or cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog, minimize

import derive
from derive.data.table import read_table
from derive.derivations.loss.argument import loss_of
from derive.derivations.loss.fit import Fit, fitted
from derive.reading.models import model_named
from derive.writing.code import numpy_code

RANDOM = np.random.default_rng(7)
X = RANDOM.normal(size=(40, 3))
W = np.array([0.5, -1.0, 0.25])
NOISE = RANDOM.normal(size=40)


def written(folder: Path, responses: Any, inputs: Any = X) -> Path:
    """A CSV file with the columns a, b, c and y."""
    lines = [",".join([*"abcdefg"[: inputs.shape[1]], "y"])]
    lines += [",".join([*(repr(float(v)) for v in row), str(y)]) for row, y in zip(inputs, responses, strict=True)]
    file = folder / "data.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def fit(model: str, file: Path, response: str = "y", **options: Any) -> Fit:
    return fitted(loss_of(model_named(model)), read_table(str(file), response, **options))


def smooth(model: str) -> tuple[Any, Any]:
    space: dict[str, Any] = {}
    exec(numpy_code(loss_of(model_named(model))), space)  # the engine's own code
    return space["loss"], space["gradient"]


RESPONSES = {
    "logistic-regression": (RANDOM.random(40) < 1 / (1 + np.exp(-X @ W))).astype(int),
    "poisson-regression": RANDOM.poisson(np.exp(X @ W)),
    r"exponential(\exp(w^T x))": RANDOM.exponential(np.exp(-X @ W)),
    r"geometric-failures(\sigma(w^T x))": RANDOM.geometric(1 / (1 + np.exp(-X @ W))) - 1,
}


@pytest.mark.parametrize("model", RESPONSES)
def test_newton_against_scipy(model: str, tmp_path: Path) -> None:
    y = RESPONSES[model]
    found = fit(model, written(tmp_path, y))
    loss, gradient = smooth(model)
    best = minimize(loss, np.zeros(3), (X, y), jac=gradient, method="BFGS", options={"gtol": 1e-11})
    assert found.outcome == "newton" and 0 < found.iterations < 20
    assert np.abs(np.array(found.weights[0]) - best.x).max() < 1e-8
    assert found.loss == pytest.approx(best.fun, rel=1e-12)
    assert found.slope < 1e-8


def test_least_squares_against_the_closed_formula(tmp_path: Path) -> None:
    y = X @ W + NOISE
    found = fit("linear-regression", written(tmp_path, y))
    exact = np.linalg.solve(X.T @ X, X.T @ y)
    assert np.abs(np.array(found.weights[0]) - exact).max() < 1e-12
    (variance,) = found.constants.values()
    assert variance == pytest.approx(np.mean((y - X @ exact) ** 2), rel=1e-12)


def test_least_absolute_deviations_against_linear_programming(tmp_path: Path) -> None:
    y = X @ W + NOISE
    found = fit("laplace-regression", written(tmp_path, y))
    eye = np.eye(40)
    best = linprog(
        np.r_[np.zeros(3), np.ones(40)],
        A_ub=np.block([[X, -eye], [-X, -eye]]),
        b_ub=np.r_[y, -y],
        bounds=[(None, None)] * 3 + [(0, None)] * 40,
    )
    assert found.loss == pytest.approx(best.fun, rel=1e-9)


def test_softmax_against_scipy(tmp_path: Path) -> None:
    labels = np.argmax(X @ RANDOM.normal(size=(3, 3)) + RANDOM.gumbel(size=(40, 3)), axis=1)
    found = fit("softmax-regression", written(tmp_path, labels))
    loss, gradient = smooth("softmax-regression")
    hot = np.eye(3)[labels]

    def full(v: Any) -> Any:
        return np.vstack([v.reshape(2, 3), np.zeros(3)])

    best = minimize(
        lambda v: loss(full(v), X, hot),
        np.zeros(6),
        jac=lambda v: gradient(full(v), X, hot)[:2].ravel(),
        method="BFGS",
        options={"gtol": 1e-11},
    )
    assert np.abs(np.array(found.weights)[:2].ravel() - best.x).max() < 1e-8


def test_ridge_against_the_closed_formula(tmp_path: Path) -> None:
    y = X @ W + NOISE
    found = derive.loss("normal(w^T x, 1)", prior="normal(0, 2)", data=str(written(tmp_path, y)), response="y")
    exact = np.linalg.solve(X.T @ X + 0.5 * np.eye(3), X.T @ y)
    assert np.abs(np.array(found.derivation.fit.weights[0]) - exact).max() < 1e-12


SEPARABLE = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0]])


@pytest.mark.parametrize("model", ["logistic-regression", "softmax-regression"])
def test_separable_data_are_recognised(model: str, tmp_path: Path) -> None:
    file = written(tmp_path, [0, 0, 1, 1], SEPARABLE)
    found = fit(model, file, intercept=True)
    assert found.outcome == "separated" and found.weights == ()


def test_a_prior_makes_separable_data_harmless(tmp_path: Path) -> None:
    file = str(written(tmp_path, [0, 0, 1, 1], SEPARABLE))
    found = derive.loss("logistic-regression", prior="normal(0, 2)", data=file, response="y", intercept=True)
    assert found.derivation.fit.outcome == "newton"
    assert "separable" not in found.text("md")[-2000:] or found.derivation.fit.slope < 1e-8


def test_counts_of_zero_have_no_minimum(tmp_path: Path) -> None:
    found = fit("poisson-regression", written(tmp_path, [0] * 4, SEPARABLE))
    assert found.outcome == "unbounded" and found.weights == ()


def test_collinear_columns_are_named(tmp_path: Path) -> None:
    inputs = np.column_stack([X, X[:, 0] - 2 * X[:, 2]])
    with pytest.raises(derive.InputError, match=r"column d is a linear combination of a, c"):
        fit("linear-regression", written(tmp_path, NOISE, inputs))


BAD = [
    ("logistic-regression", "a,y\n1,0\n2,2\n3,1\n", "y", "row 3, column y: 2 is not 0 or 1"),
    ("logistic-regression", "a,y\n1,0\n2,0.5\n3,1\n", "y", "row 3, column y: 0.5 is not 0 or 1"),
    ("poisson-regression", "a,y\n1,0\n2,-1\n", "y", "row 3, column y: -1"),
    ("linear-regression", "a,y\n1,0\n2,\n", "y", "row 3, column y: the value is missing"),
    ("linear-regression", "a,y\n1,0\nNaN,1\n", "y", "row 3, column a: the value is missing"),
    ("linear-regression", "a,y\n1,0\ntwo,1\n", "y", "row 3, column a: 'two' is not a number"),
    ("linear-regression", "a,y\n1,0\n2,1,4\n", "y", "row 3: 3 values for 2 columns"),
    ("linear-regression", "a,y\n1,0\n", "z", "no column 'z'"),
    ("linear-regression", "a,a,y\n1,0,1\n", "y", "share one name"),
    ("linear-regression", "", "y", "empty"),
    ("linear-regression", "a,y\n", "y", "no observations"),
    ("linear-regression", "y\n1\n", "y", "no column of inputs"),
    ("linear-regression", "a,b,y\n1,2,3\n", "y", "do not determine 2 weights"),
    ("softmax-regression", "a,p,q\n1,1,0\n2,1,1\n", "p,q", r"row 3: (1, 1) is not one-hot"),
    ("softmax-regression", "a,y\n1,0\n2,0\n", "y", "all observations are in the class"),
    (r"negative-binomial(r, \sigma(w^T x))", "a,y\n1,0\n2,3\n", "y", "r has no number"),
]


@pytest.mark.parametrize(("model", "text", "response", "says"), BAD)
def test_bad_tables_are_refused(model: str, text: str, response: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(derive.InputError) as error:
        fit(model, file, response)
    assert says in str(error.value)


def test_the_response_must_be_named(tmp_path: Path) -> None:
    with pytest.raises(derive.InputError, match="--response"):
        derive.loss("linear-regression", data=str(written(tmp_path, NOISE)))
