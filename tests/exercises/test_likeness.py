"""Families that hold one another: no wrong choice beside a right one may be right too."""

from __future__ import annotations

import pytest

from derive.distributions import book
from derive.exercises.kinds.which_distribution import FAMILIES
from derive.exercises.likeness import covers
from derive.reading.sources import distribution_of

HELD = {
    "exponential": {"gamma"},
    "exponential-scale": {"exponential", "gamma"},
    "erlang": {"gamma"},
    "gamma-scale": {"gamma"},
    "chi-squared": {"gamma"},
    "geometric-failures": {"geometric"},
    "normal-sd": {"normal"},
    "bernoulli": {"categorical"},
    "binomial": {"categorical"},
}
APART = (
    "normal",
    "laplace",
    "poisson",
    "geometric",
    "gamma",
    "half-normal",
    "negative-binomial",
    "weibull",
    "pareto",
    "uniform",
    "lognormal",
    "categorical",
)


@pytest.mark.parametrize("name", [*HELD, *APART])
def test_which_families_hold_a_family(name: str) -> None:
    right = book.named(name)
    found = {other for other in FAMILIES if other != name and covers(book.named(other), right)}
    assert found == HELD.get(name, set())


def test_letters_do_not_matter() -> None:
    assert covers(book.named("gamma"), distribution_of("exponential(a)"))
