"""Entropies and divergences of laws of vectors, against SciPy and against sums over all vectors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.stats import dirichlet, multinomial

import derive

HALVES = ([0.2, 0.3, 0.5], [0.1, 0.1, 0.8])
SHAPES = ([2.0, 0.5, 1.0, 3.5], [0.3, 4.0, 1.5, 1.0])
CLOSED = [
    ("entropy", ("categorical",)),
    ("entropy", ("dirichlet",)),
    ("kl", ("categorical", "categorical")),
    ("kl", ("multinomial", "multinomial")),
    ("kl", ("dirichlet", "dirichlet")),
    ("cross_entropy", ("categorical", "categorical")),
    ("cross_entropy", ("dirichlet", "dirichlet")),
]


def text(values: list[float]) -> str:
    return f"({', '.join(map(str, values))})"


@pytest.mark.parametrize(("verb", "laws"), CLOSED)
def test_closed_forms_of_any_size(verb: str, laws: tuple[str, ...]) -> None:
    found = getattr(derive, verb)(*laws)
    assert found.finite and found.closed
    assert all(step.verdict and step.verdict.holds for step in found.steps)


@pytest.mark.parametrize("shape", [*SHAPES, [0.1, 30.0], [5.0, 5.0, 0.01]])
def test_entropy_of_a_dirichlet(shape: list[float]) -> None:
    found = derive.entropy("dirichlet", at=f"alpha={text(shape)}")
    assert math.isclose(found.number, float(dirichlet(shape).entropy()), rel_tol=1e-10)


def test_divergence_of_two_dirichlets() -> None:
    from scipy.special import gammaln, psi

    a, b = map(np.array, SHAPES)
    found = derive.kl("dirichlet", "dirichlet", at=f"alpha_1={text(SHAPES[0])}, alpha_2={text(SHAPES[1])}")
    expected = gammaln(a.sum()) - gammaln(a).sum() - gammaln(b.sum()) + gammaln(b).sum()
    expected += ((a - b) * (psi(a) - psi(a.sum()))).sum()
    assert math.isclose(found.number, expected, rel_tol=1e-10)


@pytest.mark.parametrize("n", [1, 3, 40])
def test_entropy_of_a_multinomial_is_left_as_a_sum(n: int) -> None:
    found = derive.entropy("multinomial", at=f"n={n}, pi={text(HALVES[0])}")
    assert not found.closed
    assert math.isclose(found.number, float(multinomial(n, HALVES[0]).entropy()), rel_tol=1e-9)


def test_divergence_of_two_multinomials() -> None:
    found = derive.kl("multinomial", "multinomial", at=f"n=7, pi_1={text(HALVES[0])}, pi_2={text(HALVES[1])}")
    expected = 7 * sum(a * math.log(a / b) for a, b in zip(*HALVES, strict=True))
    assert math.isclose(found.number, expected, rel_tol=1e-10)


def test_multinomials_of_other_totals_never_meet() -> None:
    found = derive.kl("multinomial(2, 3, pi)", "multinomial(3, 3, rho)")
    assert not found.finite and found.derivation.because is not None


BAD: list[tuple[str, tuple[str, ...], dict[str, Any], str]] = [
    ("kl", ("categorical", "multinomial"), {}, "add up to 1"),
    ("kl", ("dirichlet", "categorical"), {}, "cannot be compared"),
    ("kl", ("dirichlet", "normal"), {}, "cannot be compared"),
    ("kl", ("dirichlet", "dirichlet"), {"at": "alpha_1=(1, 2), alpha_2=(3, 4, 5)"}, "2 positive numbers"),
    ("entropy", ("dirichlet",), {"at": "alpha=(2, -1)"}, "outside its domain"),
    ("entropy", ("dirichlet",), {"at": "alpha=2"}, "several numbers in brackets"),
    ("entropy", ("multinomial",), {"at": "n=3, pi=(0.5, 0.6)"}, "the sum one"),
    ("entropy", ("multinomial",), {"at": "pi=(0.5, 0.5)"}, "n has no value"),
]


@pytest.mark.parametrize(("verb", "laws", "options", "message"), BAD)
def test_vectors_that_do_not_fit_are_refused(
    verb: str, laws: tuple[str, ...], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(derive.InputError, match=message):
        getattr(derive, verb)(*laws, **options)


ONE_HOT = [(("p", "q"), r"-\log q(c)"), (("categorical", "categorical"), r"-\log \pi_{2,c}")]


@pytest.mark.parametrize(("laws", "expected"), ONE_HOT)
def test_one_hot_labels_leave_the_true_class(laws: tuple[str, str], expected: str) -> None:
    found = derive.cross_entropy(*laws)
    assert expected in found.text("md")
    assert all(step.verdict and step.verdict.holds for step in found.chains[-1].steps)
