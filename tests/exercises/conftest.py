"""A sheet with every kind of problem, in every form that a platform takes, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from derive.api.problems import Deriver
from derive.exercises.sheet_file import sheet_of
from derive.exercises.variants import variant
from derive.writing.platforms.item import items_of

TITLE = r"</question><script>alert(1)</script> & ]]> \(x\) // Week 3/"
SHEET = f"""
title = '{TITLE}'
shuffle = true
[[problems]]
kind = "derive"
distribution = ["poisson", "geometric"]
points = 7
[[problems]]
kind = "fill-in"
derivation = "kl"
distribution = "exponential"
other = "exponential"
points = 4
[[problems]]
kind = "order"
distribution = "geometric"
points = 3
[[problems]]
kind = "find-error"
distribution = "geometric"
points = 6
[[problems]]
kind = "name-law"
distribution = ["geometric", "poisson"]
points = 2
[[problems]]
kind = "compute"
distribution = "poisson"
points = 4
[[problems]]
kind = "compute"
distribution = "normal"
points = 5
[[problems]]
kind = "compute"
distribution = "normal"
points = 1
[[problems]]
kind = "which-distribution"
model = ["linear-regression", "poisson-regression"]
points = 3
[[problems]]
kind = "which-distribution"
model = ["laplace-regression", "logistic-regression"]
difficulty = "hard"
points = 3
[[problems]]
kind = "name-law"
distribution = ["geometric", "poisson"]
difficulty = "hard"
points = 2
[[problems]]
kind = "maximum"
distribution = ["poisson", "exponential"]
points = 5
[[problems]]
kind = "compute"
derivation = "entropy"
distribution = "bernoulli(p)"
points = 2
"""


@dataclass(frozen=True)
class Set:
    """A set of variants, and the same as a platform takes it."""

    language: str
    sheet: Any
    variants: tuple[Any, ...]
    items: tuple[Any, ...]

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Every item with its problem."""
        problems = [problem for one in self.variants for problem in one.problems]
        return list(zip(self.items, problems, strict=True))


@pytest.fixture(scope="session")
def variants() -> tuple[Any, ...]:
    sheet, deriver = sheet_of(SHEET), Deriver()
    return tuple(variant(sheet, 5, number, deriver) for number in (1, 2))


@pytest.fixture(scope="session", params=["en", "zh"])
def made(variants: tuple[Any, ...], request: pytest.FixtureRequest) -> Set:
    items = tuple(item for one in variants for item in items_of(one, request.param))
    return Set(request.param, variants[0].sheet, variants, items)
