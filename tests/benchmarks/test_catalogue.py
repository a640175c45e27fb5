"""How long each family of the catalogue takes, derived, judged and printed in one process."""

from __future__ import annotations

import statistics
import time
from typing import Any

import derive
from derive.distributions.book import DISTRIBUTIONS


def test_catalogue(capsys: Any) -> None:
    derive.mle("bernoulli").text("md")
    seconds: dict[str, float] = {}
    for d in DISTRIBUTIONS:
        start = time.perf_counter()
        derive.mle(d).text("md")
        seconds[d.id] = time.perf_counter() - start
    with capsys.disabled():
        print()
        for name, took in sorted(seconds.items(), key=lambda item: item[1]):
            print(f"{name:24} {1000 * took:8.0f} ms")
        times = seconds.values()
        print(f"{len(times)} families: median {1000 * statistics.median(times):.0f} ms, most {max(times):.2f} s")
    assert len(seconds) == len(DISTRIBUTIONS)
