"""Five hundred variants of every kind of problem, checked again, numbers by SciPy: `pytest tests/sweep`."""

from __future__ import annotations

from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from derive.exercises.chance import Dice
from derive.exercises.checks import faults
from derive.exercises.problem import KINDS, Kind
from derive.exercises.variants import problem
from derive.exercises.wanted import DIFFICULTIES, Wanted

COUNT = 500


def battery(name: str) -> Any:
    file = Path(__file__).parent.parent / "exercises" / f"{name}.py"
    spec = spec_from_file_location(f"{name}_battery", file)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RECOMPUTED, MADE = battery("test_recomputed"), battery("test_kinds")


@pytest.mark.parametrize("kind", KINDS)
def test_all_variants_are_what_they_say(kind: Kind) -> None:
    wrong: Counter[str] = Counter()
    cases = [(verb, subjects) for verb, many in MADE.MAKEABLE[kind] for subjects in many]
    for seed in range(COUNT):
        verb, subjects = cases[seed % len(cases)]
        difficulty = DIFFICULTIES[seed // len(cases) % len(DIFFICULTIES)]
        wanted = Wanted(kind, verb, (subjects,), difficulty=difficulty, points=5)
        wrong.update(faults(problem(wanted, Dice(f"sweep {seed}"), MADE.DERIVER), 5))
    assert wrong == {}


def test_estimates_again() -> None:
    for seed in range(1000, 1000 + COUNT):
        RECOMPUTED.test_an_estimate_is_the_maximum_of_scipys_likelihood(seed)


@pytest.mark.parametrize("wanted", RECOMPUTED.QUANTITIES, ids=lambda w: w.verb)
def test_quantities_again(wanted: Wanted) -> None:
    for seed in range(1000, 1000 + COUNT):
        RECOMPUTED.test_a_quantity_is_what_scipy_integrates(wanted, seed)
