"""What the prose says of letters and samples is context; what it only supposes, or says otherwise elsewhere, is not."""

from __future__ import annotations

import pytest

from derive.core.facts import Facts
from derive.core.trees import substitute
from derive.documents.check import checked
from derive.documents.source import source_of
from derive.reading.given import given
from derive.said.averages import averages_said
from derive.said.densities import with_densities_said
from derive.said.domains import domains_said

DOMAINS = (
    (r"where $\beta > 0$ is the rate.", [r"\beta > 0"]),
    (r"其中 $\alpha>0$，$\beta>0$ 未知。", [r"\alpha>0", r"\beta>0"]),
    (r"with parameters $\alpha, \beta > 0$.", [r"\alpha > 0", r"\beta > 0"]),
    (r"where $p \in (0,1)$ is unknown.", [r"p \in (0,1)"]),
    (r"If $\beta > 0$, it is concave.", []),
    (r"当参数 $\beta>0$ 时，", []),
    (r"The estimate is positive, since $\beta > 0$.", []),
    (r"where $\beta > 0$. In the case $\beta < 0$ it diverges.", []),
    (r"where $\beta > 0$. The bound holds for $\beta \ge 1$.", []),
    (r"where $\beta > 0$, for example $\beta = 2$.", [r"\beta > 0"]),
    (r"where $\beta > 0$ and then $\beta = -1$ is tried.", []),
    (r"where $x_i > 0$ and $y > 0$ with $y_1 = 2$.", []),
)


@pytest.mark.parametrize(("text", "wanted"), DOMAINS, ids=[t for t, _ in DOMAINS])
def test_domains(text: str, wanted: list[str]) -> None:
    assert [said for said, _ in domains_said(text, Facts())] == wanted


DENSITIES = (
    (
        r"Let $X_1,\dots,X_n$ be i.i.d. with density $f(x) = 2x$ for $0 < x < 1$.",
        ["X_i ~ density(2x, 0 < x < 1), i = 1..n"],
    ),
    # No density: it adds up to two.
    (r"Let $X_1,\dots,X_n$ be i.i.d. with density $f(x) = 4x$ for $0 < x < 1$.", []),
    # Nothing says where it lives.
    (r"Let $X_1,\dots,X_n$ be i.i.d. with density $f(x) = 2x$.", []),
    # A sample of another letter; none at all; a prior.
    (r"Let $Y_1,\dots,Y_n$ be i.i.d. with density $f(x) = 2x$ for $0 < x < 1$.", []),
    (r"The density is $f(x) = 2x$ for $0 < x < 1$.", []),
    (r"Let $X_1,\dots,X_n$ be independent with prior density $p(x) = 2x$ for $0 < x < 1$.", []),
    # Two models.
    (
        r"Let $X_1,\dots,X_n$ be i.i.d. with density $f(x) = 2x$ for $0 < x < 1$, "
        r"or with density $f(x) = 3x^2$ for $0 < x < 1$.",
        [],
    ),
    # The law that is named is heard elsewhere.
    (r"Let $X_1,\dots,X_n \sim \mathrm{Uniform}(0, 1)$ be i.i.d. with density $f(x) = 2x$ for $0 < x < 1$.", []),
)


@pytest.mark.parametrize(("text", "wanted"), DENSITIES, ids=[t for t, _ in DENSITIES])
def test_densities(text: str, wanted: list[str]) -> None:
    assert [said for said, _ in with_densities_said(Facts(), text)[1]] == wanted


def test_a_line_of_context_about_the_sample_goes_before_the_density() -> None:
    facts = given("X_i > 0, i = 1..n", Facts())
    assert with_densities_said(facts, DENSITIES[0][0]) == (facts, [])


AVERAGES = (
    (r"where $\bar{x}$ is the sample mean", 1),
    (r"其中样本均值 $\bar{x}=\frac{1}{n}\sum_{i=1}^n x_i$", 1),
    (r"with $\bar x = \frac1n \sum_{i=1}^n x_i$.", 1),
    (r"with $\bar x = \frac1m \sum_{i=1}^n x_i$.", 0),
    (r"with $\bar x = \frac1n \sum_{i=1}^n x_i^2$.", 0),
    (r"so $\hat\mu = \bar{x}$.", 0),
    (r"where $\bar{z}$ is the sample mean", 0),
)


@pytest.mark.parametrize(("text", "count"), AVERAGES, ids=[t for t, _ in AVERAGES])
def test_averages(text: str, count: int) -> None:
    lines = [said for said, _ in averages_said(text, given("x_i > 0, i = 1..n", Facts()))]
    assert lines == [r"\bar{x} := \frac{1}{n} \sum_{i=1}^{n} x_i"] * count


def verdicts(text: str) -> list[str]:
    return [e.verdict.value for e in checked(source_of("page.md", text), Facts(), 60.0).entries]


NOT_A_SAMPLE = (
    # A mean that nobody explains refutes nothing.
    "<!-- given: x_i ~ poisson(\\lambda), i = 1..n -->\n\n"
    "$$\\ell(\\lambda) = \\sum_{i=1}^n (x_i\\ln\\lambda - \\lambda)$$\n\n"
    "$$\\hat\\lambda = \\frac1n\\sum_{i=1}^n x_i = \\bar{x}$$\n\n$$\\hat\\lambda_{MLE} = \\bar{x}$$",
    # What Z_i follows is not said; M is one of them all the same.
    "Let $M = \\max_i Z_i$.\n\n$$\\mathbb{E}[M] = 2$$\n\n$$\\operatorname{Var}(M) = 1$$",
    # The values and the variables in one formula.
    "Let $X_1,\\dots,X_n$ be i.i.d. with density $f(x) = 2x$ for $0 < x < 1$.\n\n$$F(x_i) = P(X_i \\le x_i) = x_i^2$$",
)


NOT_SAID = (
    # Of something else, or denied.
    "In contrast to chapter 1, where $a>0$, here $a$ may have any sign.\n\n$$\\sqrt{a^2}=a$$",
    "The previous post had parameters $a>0$ and $b>0$. Now $a$ is any real number.\n\n$$\\sqrt{a^2}=a$$",
    "Unlike the mixture, where $\\sum_{k=1}^K \\pi_k = 1$, these are free.\n\n$$\\sum_{k=1}^K 3\\pi_k = 3$$",
    # Coefficients may be negative.
    "Let $\\sum_{i=1}^n c_i = 1$ and $T=\\sum_{i=1}^n c_i X_i$.\n\n$$\\sum_{i=1}^n |c_i| = 1$$",
    # Dependent.
    "Let $X_1,\\dots,X_n\\sim N(\\mu,\\sigma^2)$ be identically distributed but not independent.\n\n"
    "$$\\operatorname{Var}\\left(\\frac1n\\sum_{i=1}^n X_i\\right)=\\frac{\\sigma^2}{n}$$",
    "设 $X_1,\\dots,X_n\\sim N(\\mu,\\sigma^2)$，但它们不独立。\n\n"
    "$$\\operatorname{Var}\\left(\\frac1n\\sum_{i=1}^n X_i\\right)=\\frac{\\sigma^2}{n}$$",
    # What is computed from the sample is no parameter.
    "Let $X_1,\\dots,X_n$ be independent with sample mean $\\bar X$ and sample variance $S^2$.\n\n"
    "$$\\mathbb{E}[X_1]=\\bar X$$",
    # Two samples.
    "Let $X_1,\\dots,X_n$ be i.i.d. with mean $\\mu$ and variance $\\sigma^2$.\n\n"
    "Now let $X_1,\\dots,X_n$ be i.i.d. with mean $2\\mu$ and variance $\\sigma^2$.\n\n$$\\mathbb{E}[X_1]=\\mu$$",
)


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_said_of_something_else_proves_nothing(text: str) -> None:
    assert set(verdicts(text)[-1:]) <= {"unknown", "refuted", "unread"}


@pytest.mark.parametrize("text", NOT_A_SAMPLE)
def test_doubt_stays_doubt(text: str) -> None:
    assert "refuted" not in verdicts(text)


def test_a_value_is_put_into_a_derivative_after_it_is_taken() -> None:
    import sympy as sp

    from derive.core.nodes import At, Partial

    a, b = sp.symbols("a b", positive=True)
    curvature = Partial(sp.log(a) * b, a, 2)
    assert substitute(curvature, {a: sp.Integer(2)}) == At(curvature, a, sp.Integer(2))
    assert substitute(curvature, {a: sp.Integer(2), b: a}) == At(Partial(sp.log(a) * a, a, 2), a, sp.Integer(2))
    assert substitute(At(curvature, a, b), {a: sp.Integer(2), b: sp.Integer(3)}) == At(
        Partial(sp.log(a) * 3, a, 2), a, sp.Integer(3)
    )
