"""How long a derivation takes: derived, judged and printed, warm; and from a cold start against ``import sympy``."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import Any

import pytest

import derive
from derive.writing.latex import latex


@pytest.mark.parametrize("name", ["bernoulli", "normal", "poisson", "categorical"])
def test_warm(benchmark: Any, name: str) -> None:
    """Aims: Bernoulli 60 ms, Normal 150 ms."""
    benchmark(lambda: derive.mle(name).text("md"))


def test_divergence_of_normals_warm(benchmark: Any) -> None:
    """Aim: 200 ms, derived, judged and printed."""
    benchmark(lambda: derive.kl("normal", "normal").text("md"))


PAIRS = """normal normal|gamma gamma|beta beta|exponential exponential|laplace laplace|gumbel gumbel|weibull weibull
pareto pareto|uniform uniform|lognormal lognormal|inverse-gamma inverse-gamma|inverse-gaussian inverse-gaussian
geometric geometric|poisson poisson|bernoulli bernoulli|rayleigh rayleigh|categorical categorical|beta exponential
beta gamma|beta normal|beta uniform|exponential gamma|exponential gumbel|exponential normal|exponential laplace
gamma exponential|gamma gumbel|gamma normal|gumbel normal|laplace normal|normal gumbel|normal laplace
pareto exponential|pareto gamma|pareto normal|uniform beta|uniform exponential|uniform gamma|uniform gumbel
uniform normal|uniform laplace|uniform pareto|bernoulli poisson|weibull gamma|chi-squared gamma"""


def test_table_of_divergences(capsys: Any) -> None:
    """Prints every pair with its result and its time, derived and judged. Aim: a minute on two cores."""
    rows = []
    begin = time.perf_counter()
    for pair in PAIRS.replace("\n", "|").split("|"):
        start = time.perf_counter()
        result = derive.kl(*pair.split())
        rows.append((pair, latex(result.value), time.perf_counter() - start))
    with capsys.disabled():
        print()
        for pair, value, seconds in rows:
            print(f"{seconds:6.2f} s  {pair:<32} {value}")
        print(f"{time.perf_counter() - begin:6.1f} s in all")


@pytest.mark.parametrize(
    "model",
    ["linear-regression", "logistic-regression", "softmax-regression", "poisson-regression", "laplace-regression"],
)
def test_warm_losses(benchmark: Any, model: str) -> None:
    """Aim: 300 ms each."""
    benchmark(lambda: derive.loss(model).text("md"))


def test_cold_start_against_sympy(capsys: Any) -> None:
    """Aim: at most twice the import of SymPy."""

    def seconds(*arguments: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        return time.perf_counter() - start

    pairs = [(seconds("-m", "derive", "mle", "bernoulli"), seconds("-c", "import sympy")) for _ in range(7)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    with capsys.disabled():
        print(f"\nderive mle bernoulli {ours:.3f} s, import sympy {theirs:.3f} s, ratio {ours / theirs:.2f}")
