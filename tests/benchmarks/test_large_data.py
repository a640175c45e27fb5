"""A million observations in a CSV file: reading them and the estimate, against what NumPy needs to load the file."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import derive
from derive.data import read_data

ROWS = 1_000_000


def seconds(work: Callable[[], Any]) -> float:
    """Processor time, the median of five."""
    taken = []
    for _ in range(5):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


@pytest.mark.parametrize("name", ["normal", "exponential", "poisson"])
def test_against_loadtxt(tmp_path: Path, capsys: Any, name: str) -> None:
    """Aim: reading and estimating within three times the loading; the derivation itself is shown apart."""
    draw = np.random.default_rng(1)
    drawn = {
        "normal": draw.normal(3, 2, ROWS),
        "exponential": draw.exponential(2, ROWS),
        "poisson": draw.poisson(3, ROWS),
    }
    path = tmp_path / "data.csv"
    np.savetxt(path, drawn[name], header="x", comments="", fmt="%d" if name == "poisson" else "%.18e")
    loading = seconds(lambda: np.loadtxt(path, skiprows=1))
    reading = seconds(lambda: read_data(str(path)))
    deriving = seconds(lambda: derive.mle(name, data="1 2 4"))
    everything = seconds(lambda: derive.mle(name, data=str(path)))
    shares = f"ratio {everything / loading:.1f}, without deriving {(everything - deriving) / loading:.1f}"
    with capsys.disabled():
        print(f"\n{name}: numpy.loadtxt {loading:.2f} s, reading {reading:.2f} s, deriving {deriving:.2f} s, ", end="")
        print(f"all {everything:.2f} s; {shares}")
