"""How long a derivation takes: derived, judged and printed, warm; and from a cold start against ``import sympy``."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import Any

import pytest

import derive


@pytest.mark.parametrize("name", ["bernoulli", "normal", "poisson", "categorical"])
def test_warm(benchmark: Any, name: str) -> None:
    """Aims: Bernoulli 60 ms, Normal 150 ms."""
    benchmark(lambda: derive.mle(name).text("md"))


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
