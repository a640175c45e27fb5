"""Densities that no catalogue declares: the estimate against the textbook's closed form, or an honest refusal."""

from __future__ import annotations

import math
from typing import Any

import pytest
import sympy as sp

import derive

x, w, c = sp.symbols("x w c")
HALF = sp.Interval.open(0, sp.oo)
REALS = sp.S.Reals
DATA = [0.2, 0.5, 0.9]
LOGS = [math.log(v) for v in DATA]
SQUARES = sum(v * v for v in DATA)
MEAN = sum(DATA) / 3
MEAN_LOG = sum(LOGS) / 3

DERIVED: list[tuple[str, Any, Any, dict[Any, Any], list[float]]] = [
    ("gamma, shape 3", w**3 * x**2 * sp.exp(-w * x) / 2, HALF, {w: HALF}, [3 / MEAN]),
    ("power function", w * x ** (w - 1), sp.Interval.open(0, 1), {w: HALF}, [-1 / MEAN_LOG]),
    ("half-normal", sp.sqrt(2 / sp.pi) / w * sp.exp(-(x**2) / (2 * w**2)), HALF, {w: HALF}, [math.sqrt(SQUARES / 3)]),
    (
        "Maxwell",
        sp.sqrt(2 / sp.pi) * x**2 / w**3 * sp.exp(-(x**2) / (2 * w**2)),
        HALF,
        {w: HALF},
        [math.sqrt(SQUARES) / 3],
    ),
    ("Weibull, shape 2", 2 * x / w**2 * sp.exp(-((x / w) ** 2)), HALF, {w: HALF}, [math.sqrt(SQUARES / 3)]),
    (
        "normal, standard deviation",
        sp.exp(-((x - c) ** 2) / (2 * w**2)) / (w * sp.sqrt(2 * sp.pi)),
        REALS,
        {c: REALS, w: HALF},
        [MEAN, math.sqrt(SQUARES / 3 - MEAN**2)],
    ),
    (
        "lognormal",
        sp.exp(-((sp.log(x) - c) ** 2) / (2 * w)) / (x * sp.sqrt(2 * sp.pi * w)),
        HALF,
        {c: REALS, w: HALF},
        [MEAN_LOG, sum(v * v for v in LOGS) / 3 - MEAN_LOG**2],
    ),
]


@pytest.mark.parametrize(("name", "density", "support", "parameters", "wanted"), DERIVED, ids=lambda v: str(v)[:16])
def test_derived(name: str, density: Any, support: Any, parameters: Any, wanted: list[float]) -> None:
    mine = derive.distribution(density, variable=x, support=support, parameters=parameters, id=name)
    result = derive.mle(mine, data=DATA)
    assert [float(v) for v in result.values.values()] == pytest.approx(wanted, rel=1e-10)
    assert all(step.verdict and step.verdict.holds for step in result.steps)
    for language in ("en", "zh"):
        assert result.text("md", language, "full")
