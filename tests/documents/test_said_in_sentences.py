r"""What sentences say in the place of context: sets, supports, moments, named laws, what is held, closing names."""

from __future__ import annotations

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of
from derive.said.moments import moments_said
from derive.said.named_densities import with_densities_named
from derive.said.sets import sets_said
from derive.said.weights import weights_said

SETS = (
    (
        r"with $\mathbf{a}_j \in \mathbb{R}^m$ and $\sum_{j=1}^M \mathbf{a}_j$",
        [r"\mathbf{a}_j \in \mathbb{R}^m, j = 1..M"],
    ),
    (r"labels $t_j\in\{0,1\}$, $\prod_{j=1}^M t_j$", [r"t_j \in \{0,1\}, j = 1..M"]),
    (r"where $\mathbf{u} \in \mathbb{R}^m$ is any vector", [r"\mathbf{u} \in \mathbb{R}^m"]),
    (r"a unit vector $\mathbf{u} \in \mathbb{R}^m$", []),
    (r"a symmetric $A \in \mathbb{R}^{m \times m}$", []),
    (r"If $t_j > 0$, then $\sum_{j=1}^M t_j$ is positive.", []),
    (r"With $\mathbf{u} \in \mathbb{R}^m$, where $\mathbf{u} = A\mathbf{v}$,", []),
    (r"Let $t_1, \dots, t_M > 0$.", ["t_i > 0, i = 1..M"]),
    (r"$\tau_j > 0$ here and $\tau_j \in \mathbb{R}$ there, $\sum_{j=1}^M \tau_j$", []),
    (
        r"counts $c_j \mid \mathbf{a}_j \sim \text{Poisson}(\rho_j)$, $\sum_{j=1}^M c_j$",
        [r"c_j \in \{0, 1, 2, \dots\}, j = 1..M"],
    ),
    (r"$W_1,\dots,W_M \sim \mathcal{N}(0, 1)$ and all $w_j \ge 0$ in $\sum_{j=1}^M w_j$", []),
)


@pytest.mark.parametrize(("text", "wanted"), SETS, ids=[text for text, _ in SETS])
def test_sets_that_a_sentence_puts_letters_into(text: str, wanted: list[str]) -> None:
    assert [line for line, _ in sets_said(text, Facts())] == wanted


SAMPLES = (
    (r"Let $Z_1,\dots,Z_m$ be independent with mean $a$ and variance $b^2$.", ["Z_i ~ (a, b^2), i = 1..m"]),
    (r"设 $Z_1,\dots,Z_m$ 独立同分布，均值为 $a$，方差为 $b^2$。", ["Z_i ~ (a, b^2), i = 1..m"]),
    (r"Let $Z_1,\dots,Z_m$ be i.i.d. normal with mean $a$ and variance $b^2$.", ["Z_i ~ normal(a, b^2), i = 1..m"]),
    (r"Let $Z_1,\dots,Z_m$ have mean $a$ and variance $b^2$.", []),
    (r"Let $Z_1,\dots,Z_m$ be independent Poisson with mean $a$ and variance $a$.", []),
)


@pytest.mark.parametrize(("text", "wanted"), SAMPLES, ids=[text for text, _ in SAMPLES])
def test_samples_with_a_mean_and_a_variance(text: str, wanted: list[str]) -> None:
    assert [line for line, _ in moments_said(text, Facts())] == wanted


def test_what_does_not_add_up_to_one_is_no_density() -> None:
    for factor, count in (("3", 1), ("2", 0)):
        text = rf"Let $p(t) = {factor} e^{{-3t}}$ for $t \ge 0$, and $H(p)$ its entropy."
        assert len(with_densities_named(Facts(), text)[1]) == count


def test_the_new_value_of_a_weight_is_no_power() -> None:
    assert list(weights_said(r"weights with $\sum_{j=1}^{M} v_j = 1$ and $v_j^{\text{new}}$", Facts()))
    assert not list(weights_said(r"weights with $\sum_{j=1}^{M} v_j = 1$ and $v_j^{2} = v_j$", Facts()))


MOMENTS = (
    r"Let $Z_1,\dots,Z_m$ be i.i.d. with mean $a$ and variance $b^2$, $\bar Z_m = \frac1m\sum_{i=1}^m Z_i$." + "\n\n"
)
RATES = (
    r"Let $p(t)=\alpha e^{-\alpha t}$ and $q(t)=\beta e^{-\beta t}$ for $t \ge 0$, where $\alpha, \beta > 0$ are rates."
    + "\n\n"
)
WEIGHTED = (
    "<!-- given: x_i > 0, i = 1..n -->\n<!-- given: \\beta_k > 0, k = 1..K -->\n\n"
    "$$r_{ik} = \\frac{\\beta_k e^{-\\beta_k x_i}}{\\sum_{j=1}^K \\beta_j e^{-\\beta_j x_i}}$$\n\n"
    "Treating the weights $r_{ik}$ as constants,\n\n"
    "$$G(\\beta) = \\sum_{i=1}^n\\sum_{k=1}^K r_{ik}(\\ln\\beta_k - \\beta_k x_i)$$\n\n"
)
ZERO = r"\frac{\partial G}{\partial\beta_k} = \sum_{i=1}^n r_{ik}\left(\frac{1}{\beta_k} - x_i\right) = 0"
FORMULAS = (
    (MOMENTS, (r"\mathbb{E}[Z_i^2] = a^2 + b^2",), "proved"),
    (MOMENTS, (r"\mathbb{E}[Z_i^2] = a^2 - b^2",), "refuted"),
    (MOMENTS, (r"\mathrm{Var}(\bar Z_m) = \frac{b^2}{m}",), "proved"),
    (MOMENTS, (r"\mathrm{Var}(\bar Z_m) = \frac{b^2}{m^2}",), "refuted"),
    (MOMENTS, (r"V_m^2 = \frac1m\sum_{i=1}^m (Z_i - \bar Z_m)^2", r"\mathbb{E}[V_m^2] = \frac{m-1}{m}b^2"), "proved"),
    (MOMENTS, (r"V_m^2 = \frac1m\sum_{i=1}^m (Z_i - \bar Z_m)^2", r"\mathbb{E}[V_m^2] = b^2"), "refuted"),
    (MOMENTS, (r"\mathbb{E}[Z_i^4] = 3b^4",), "unknown"),
    ("", (r"\mathrm{Var}(\hat\tau) + (\mathbb{E}[\hat\tau] - \tau)^2 = \mathbb{E}[(\hat\tau - \tau)^2]",), "proved"),
    ("", (r"\mathbb{E}[\hat\tau] = \tau",), "unknown"),
    (RATES, (r"\mathrm{KL}(p\,\|\,q) = \ln\frac{\alpha}{\beta} + \frac{\beta}{\alpha} - 1",), "proved"),
    (RATES, (r"\mathrm{KL}(p\,\|\,q) = \ln\frac{\alpha}{\beta} + \frac{\alpha}{\beta} - 1",), "refuted"),
    (RATES, (r"H(p) = 1 + \ln\alpha",), "refuted"),
    (WEIGHTED, (ZERO,), "proved"),
    (WEIGHTED, (ZERO, r"\beta_k^{\text{new}} = \frac{\sum_{i=1}^n r_{ik}}{\sum_{i=1}^n r_{ik}x_i}"), "proved"),
    (WEIGHTED, (ZERO, r"\beta_k^{\text{new}} = \frac{\sum_{i=1}^n r_{ik}x_i}{\sum_{i=1}^n r_{ik}}"), "refuted"),
    ("<!-- given: a > 0 -->\n\n", (r"a^2 + 2a =: w", r"w + 1 = (a+1)^2"), "proved"),
    ("<!-- given: a > 0 -->\n\n", (r"a^2 + 2a =: w", r"w + 1 = (a-1)^2"), "refuted"),
    (
        "<!-- given: h(u) := \\frac{1}{1+e^{-u}} -->\n<!-- given: a > 0 -->\n<!-- given: u_i := a i -->\n\n",
        (r"h'(u) = h(u)(1-h(u))",),
        "proved",
    ),
)


@pytest.mark.parametrize(("before", "lines", "wanted"), FORMULAS, ids=[lines[-1] for _, lines, _ in FORMULAS])
def test_lines_after_such_sentences(before: str, lines: tuple[str, ...], wanted: str) -> None:
    text = before + "\n\n".join(f"$$\n{line}\n$$" for line in lines) + "\n"
    assert checked(source_of("a.md", text), Facts(), 1_000.0).entries[-1].verdict.value == wanted
