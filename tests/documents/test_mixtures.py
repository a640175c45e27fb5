r"""Mixtures of normal vectors: families Σ_k and μ_k, responsibilities, derivatives by a matrix, equations in one."""

from __future__ import annotations

import pytest
import sympy as sp

from derive.core.facts import Facts
from derive.core.meanings import meaning
from derive.documents.check import checked
from derive.documents.source import decoded
from derive.said.context import with_context
from derive.said.spoken import families_said, members

GIVEN = [
    r"x_t \in \mathbb{R}^d",
    r"\mu_i \in \mathbb{R}^d",
    r"\Sigma_i symmetric positive definite d x d",
    r"p(x|\mu,\Sigma) ~ multivariate-normal(\mu, \Sigma)",
    r"\alpha_i > 0",
    r"\ell := \sum_{t=1}^N\ln\sum_{l=1}^K \alpha_l p(x_t|\mu_l,\Sigma_l)",
    r"\gamma_{ti} := \frac{\alpha_i p(x_t|\mu_i,\Sigma_i)}{\sum_{l=1}^K\alpha_l p(x_t|\mu_l,\Sigma_l)}",
]
SAID = r"With $\sum_{i=1}^K \alpha_i = 1$:"
OUTER = r"(x_t-\mu_i)(x_t-\mu_i)^T"
DENSITY = r"\frac{\partial}{\partial\Sigma_i} \ln p(x_t|\mu_i,\Sigma_i)"
WEIGHTED = r"\frac{\partial \ell}{\partial\Sigma_i} = \sum_{t=1}^N\gamma_{ti}\left["
SCORE = rf"-\frac12\Sigma_i^{{-1}}+\frac12\Sigma_i^{{-1}}{OUTER}\Sigma_i^{{-1}}"
ZERO = rf"\frac{{\partial \ell}}{{\partial\Sigma_i}} = \sum_{{t=1}}^N\gamma_{{ti}}\left[{SCORE}\right] = 0"
LINES = [
    ([rf"{DENSITY} = {SCORE}"], ["tested"]),
    ([rf"{DENSITY} = {SCORE.replace('-', '', 1)}"], ["refuted"]),
    ([rf"{DENSITY} = -\Sigma_i^{{-1}}+\Sigma_i^{{-1}}{OUTER}\Sigma_i^{{-1}}"], ["refuted"]),
    ([rf"\Sigma_i = \frac{{\sum_{{t=1}}^N\gamma_{{ti}}{OUTER}}}{{\sum_{{t=1}}^N\gamma_{{ti}}}}"], ["tested"]),
    ([rf"\Sigma_i = -\frac{{\sum_{{t=1}}^N\gamma_{{ti}}{OUTER}}}{{\sum_{{t=1}}^N\gamma_{{ti}}}}"], ["refuted"]),
    ([rf"\Sigma_i = \frac{{\sum_{{t=1}}^N\gamma_{{ti}}{OUTER}}}{{N}}"], ["refuted"]),
]


@pytest.mark.parametrize(("lines", "wanted"), LINES, ids=[str(k) for k in range(len(LINES))])
def test_lines_about_covariance_matrices(lines: list[str], wanted: list[str]) -> None:
    first = [ZERO] if lines[0].startswith(r"\Sigma_i") else []
    text = "\n".join(f"<!-- given: {g} -->" for g in GIVEN)
    text += f"\n\n{SAID}\n\n" + "\n\n".join(f"$$\n{line}\n$$" for line in (*first, *lines)) + "\n"
    report = checked(decoded("a.md", text.encode()), Facts(), 1_000)
    found = [entry.verdict.value for entry in report.entries][-len(wanted) :]
    assert found == wanted


def test_the_sums_of_the_text_say_how_many_members_a_family_has() -> None:
    facts, errors = with_context(Facts(), GIVEN, SAID + GIVEN[5] + GIVEN[6])
    assert not errors
    assert {str(base): tuple(map(str, shape)) for base, shape in facts.shapes.items()}[r"\Sigma"] == ("K", "d", "d")
    assert {str(i): str(n) for i, n in facts.indices.items()} == {"t": "N", "i": "K"}


def test_the_members_of_a_declared_matrix() -> None:
    given = [r"\mu \in \mathbb{R}^d", r"\sum symmetric positive definite d x d"]
    text = r"$\sum_{k=1}^K\pi_k N(y|\mu_k,\sum_k)$ and $\sum_j \pi_j$"
    facts, _ = with_context(Facts(), given, text)
    assert members(r"\sum", text) == {"k"}
    assert list(families_said(text, facts)) == [
        r"\sum_k symmetric positive definite d x d, k = 1..K",
        r"\mu_k \in \mathbb{R}^d, k = 1..K",
    ]
    assert not list(families_said(r"$\sum_{k=1}^K \sum_j a_{kj}$", facts))


def test_what_is_put_into_a_definition_is_not_caught_by_its_sum() -> None:
    i, j, k = sp.symbols("i j k", integer=True, positive=True)
    x, p = sp.IndexedBase("x", real=True), sp.IndexedBase("p", real=True)
    size = sp.Symbol("K", integer=True, positive=True)
    share = x[i, j] / sp.Sum(x[i, k], (k, 1, size))
    facts = Facts(definitions={p: sp.Lambda((i, j), share)})
    made = meaning(p[k, j], facts)
    assert made.free_symbols >= {k} and made.subs(size, 2).doit() == x[k, j] / (x[k, 1] + x[k, 2])


def test_other_letters_in_the_places_of_a_law_s_parameters() -> None:
    given = [r"p(x|\mu,\sigma) ~ normal(\mu, \sigma^2)", r"m \in \mathbb{R}", r"s > 0"]
    text = "\n".join(f"<!-- given: {g} -->" for g in given)
    right, wrong = (rf"p(x|m,s) = \frac{{1}}{{\sqrt{{2\pi}}s}}e^{{-\frac{{(x-{c})^2}}{{2s^2}}}}" for c in ("m", r"\mu"))
    for line, wanted in ((right, "proved"), (wrong, "refuted")):
        report = checked(decoded("a.md", f"{text}\n\n$$\n{line}\n$$\n".encode()), Facts(), 1_000)
        assert [entry.verdict.value for entry in report.entries] == [wanted], line
