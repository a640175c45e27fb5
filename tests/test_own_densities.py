"""Densities that no catalogue declares: the estimate against the textbook's closed form, or an honest refusal."""

from __future__ import annotations

import math
from typing import Any

import pytest
import sympy as sp

import derive
from derive.core.errors import InputError, NoDerivation

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


MAXIMUM = 2.3
POSITIVE = [0.5, 1.2, 2.3, 0.8, 1.7]
SIGNED = [0.1, -0.5, 0.7]
WRITTEN: list[tuple[str, list[str], str, list[float], list[float] | None]] = [
    # Brackets that are positive on the support although no factor says so.
    (r"2\nu(1-x)(2x-x^2)^{\nu-1}", [r"\nu>0"], "0<x<1", DATA, [-3 / sum(math.log(2 * v - v * v) for v in DATA)]),
    (
        r"\frac{1}{2}\theta(1-|x|)^{\theta-1}",
        [r"\theta>0"],
        "|x|<1",
        SIGNED,
        [-3 / sum(math.log(1 - abs(v)) for v in SIGNED)],
    ),
    # Supports that move: at the end, inside, or without a maximum.
    (r"\frac{1}{2\theta}", [r"\theta>0"], r"-\theta<x<\theta", SIGNED, [0.7]),
    (r"\frac{1}{2\theta}\mathbb{1}\{|x|\le\theta\}", [r"\theta>0"], "", SIGNED, [0.7]),
    (r"\frac{2x}{\theta^2}", [r"\theta>0"], r"0<x<\theta", POSITIVE, [MAXIMUM]),
    (r"\frac{2(\theta-x)}{\theta^2}", [r"\theta>0"], r"0<x<\theta", POSITIVE, [3.1550626995971]),
    (r"1-|x-\theta|", [r"\theta\in\mathbb{R}"], r"\theta-1<x<\theta+1", [0.1, 0.2, 0.7], [0.2]),
    (r"\frac{2}{\pi r^2}\sqrt{r^2-x^2}", ["r>0"], "|x|<r", [-1.2, 0.4, 0.9, 2.5, -0.3], [2.7576533934365]),
    (
        r"\frac{x-\mu}{\sigma^2}e^{-\frac{(x-\mu)^2}{2\sigma^2}}",
        [r"\sigma>0", r"\mu\in\mathbb{R}"],
        r"x>\mu",
        POSITIVE,
        [0.9201951876617, 0.1679583193223],
    ),
    (r"\frac{1}{\pi\sqrt{x(\theta-x)}}", [r"\theta>0"], r"0<x<\theta", POSITIVE, None),
    (r"\frac{1}{\pi\sqrt{\theta^2-x^2}}", [r"\theta>0"], r"|x|<\theta", SIGNED, None),
    # A score with fractions inside brackets; digits that must be rounded once only; two maxima of one height.
    (
        r"(x+1)\left(\frac{2}{2+m}\right)^2\left(\frac{m}{2+m}\right)^x",
        ["m>0"],
        r"x=0,1,2,\dots",
        [1, 2, 5],
        [8 / 3],
    ),
    (
        r"\frac{\Gamma(\phi)}{\Gamma(\mu\phi)\Gamma((1-\mu)\phi)}x^{\mu\phi-1}(1-x)^{(1-\mu)\phi-1}",
        [r"0<\mu<1", r"\phi>0"],
        "0<x<1",
        [0.1, 0.2, 0.5],
        [0.26834882147, 6.89745491848],
    ),
    (
        r"\frac{1}{\sqrt{2\pi}}e^{-(x-\mu^2)^2/2}",
        [r"\mu\in\mathbb{R}"],
        r"x\in\mathbb{R}",
        [1, 0, 0.5],
        [math.sqrt(0.5)],
    ),
    # Ends of the parameter's domain that belong to it.
    (r"p^x(1-p)^{1-x}", [r"0<p\le 1/2"], r"x\in\{0,1\}", [1, 1, 0, 1], [0.5]),
    (r"p(1-p)^{x-1}", [r"0<p\le 1"], r"x=1,2,\dots", [1, 1, 1], [1]),
    (r"\frac{\lambda^x e^{-\lambda}}{x!}", [r"\lambda\ge 3"], r"x=0,1,\dots", [1, 2, 0], [3]),
    (r"\frac{1}{\theta}", [r"\theta\ge 1"], r"0<x<\theta", [0.2, 0.5], [1]),
    (r"\frac{1+\theta x}{2}", [r"-1\le\theta\le 1"], "|x|<1", [0.1, 0.5, 0.7], [1]),
    # Lists of integers without braces.
    (r"\frac{\lambda^x}{x!(e^\lambda-1)}", [r"\lambda>0"], r"x=1,2,\ldots", [1, 3, 2, 1], [1.2472216500012]),
]


@pytest.mark.parametrize(("density", "parameters", "support", "data", "wanted"), WRITTEN, ids=lambda v: str(v)[:24])
def test_written(
    density: str, parameters: list[str], support: str, data: list[float], wanted: list[float] | None
) -> None:
    mine = derive.Distribution.from_latex(density, parameters, support)
    if wanted is None:
        with pytest.raises(NoDerivation, match="no maximum"):
            derive.mle(mine, data=data)
        return
    result = derive.mle(mine, data=data)
    assert [float(v) for v in result.values.values()] == pytest.approx(wanted, rel=1e-7)
    assert all(step.verdict and step.verdict.holds for step in result.steps)
    for language in ("en", "zh"):
        assert result.text("md", language, "full")


def test_not_unique() -> None:
    mine = derive.Distribution.from_latex(
        r"\frac{1}{\sqrt{2\pi}}e^{-(x-\mu^2)^2/2}", [r"\mu\in\mathbb{R}"], r"x\in\mathbb{R}"
    )
    assert "not unique" in derive.mle(mine, data=[1, 0, 0.5]).text("md", "en")


@pytest.mark.parametrize(
    ("density", "support", "data"),
    [
        (r"\frac{e^{\theta x}}{1+e^\theta}", r"x\in\{0,1\}", [1, 1, 1]),
        (r"\frac{e^{\theta x-e^\theta}}{x!}", r"x=0,1,\dots", [0, 0]),
    ],
)
def test_logarithm_of_nothing(density: str, support: str, data: list[float]) -> None:
    result = derive.mle(derive.Distribution.from_latex(density, [r"\theta\in\mathbb{R}"], support), data=data)
    assert list(result.values.values()) == [None]
    assert result.derivation.estimates[0].conditions
    assert "always exists" not in result.text("md", "en")


REFUSED: list[tuple[str, list[str], str, str]] = [
    (r"\frac{\lambda}{x^2}", [r"\lambda>0"], "x>0", "integrates to infinity"),
    (r"\frac{\lambda}{\sqrt{x}}", [r"\lambda>0"], "x>1", "integrates to infinity"),
    (r"L e^{-L x}", ["L>0"], "x>0", "--notation likelihood="),
    (r"\lambda e^{-\lambda x}", [r"\lambda>0", r"\lambda>1"], "x>0", "declared twice"),
    (r"\frac{1}{b}", [r"a\in\mathbb{R}", "b>0"], "a<x<a+b", "mix the parameters"),
]


@pytest.mark.parametrize(("density", "parameters", "support", "why"), REFUSED)
def test_refused(density: str, parameters: list[str], support: str, why: str) -> None:
    with pytest.raises((InputError, NoDerivation), match=why):
        derive.mle(derive.Distribution.from_latex(density, parameters, support))


EXTREME: list[tuple[str, str, str]] = [
    ("normal", "1e300 -1e300 2", r"6.66667 \cdot 10^{599}"),
    ("normal", "1e-300 2e-300", r"2.5 \cdot 10^{-601}"),
    ("gamma", "1 1 1 1.0000001", r"5.33333 \cdot 10^{14}"),
    ("poisson", "1e300", "10^{300}"),
]


@pytest.mark.parametrize(("name", "data", "wanted"), EXTREME)
def test_extreme(name: str, data: str, wanted: str) -> None:
    assert wanted in derive.mle(name, data=data).text("md", "en")
