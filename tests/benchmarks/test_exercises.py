"""How long a set of sheets takes: `pytest tests/benchmarks/test_exercises.py -q -s`."""

from __future__ import annotations

import time

from derive.api import exercises
from derive.writing.templates import templates_folder

VARIANTS = 100


def test_a_hundred_variants_of_five_problems() -> None:
    began = time.perf_counter()
    files = exercises(templates_folder() / "sheet.toml", variants=VARIANTS, seed=7, form="tex")
    took = time.perf_counter() - began
    print(f"\n{VARIANTS} variants of a sheet of five problems, in TeX: {took:.1f} s (aim: 60 s on two cores)")
    assert len(files) == 2 * VARIANTS + 2
