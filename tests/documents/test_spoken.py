"""What the words of a document say: laws, suppositions, commands of the writer's own."""

from __future__ import annotations

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.report import FileReport
from derive.documents.source import source_of
from derive.said.spoken import laws_said


def report(text: str, name: str = "page.md") -> FileReport:
    return checked(source_of(name, text), Facts(), 60.0)


def verdicts(text: str, name: str = "page.md") -> list[str]:
    return [entry.verdict.value for entry in report(text, name).entries]


SAID = (
    (r"X \sim N(\mu,\sigma^2)", [r"X ~ normal(\mu,\sigma^2)"]),
    (r"X \sim N(\mu,\sigma)", []),
    (r"X \sim \mathrm{Gamma}(a, b)", []),
    (r"x_1, \dots, x_n \overset{iid}{\sim} \mathcal{N}(0, 1)", ["x_i ~ normal(0, 1), i = 1..n"]),
    (r"Y_j \sim \text{Poisson}(\lambda)", [r"Y_j ~ poisson(\lambda), j = 1..m"]),
    (r"z \sim \mathcal{N}(\mathbf{0}, \mathbf{I})", []),
)


@pytest.mark.parametrize(("formula", "wanted"), SAID, ids=[f for f, _ in SAID])
def test_laws_that_the_text_names(formula: str, wanted: list[str]) -> None:
    assert list(laws_said(formula, r"$\sum_{j=1}^m Y_j$")) == wanted


def test_a_law_in_the_text_is_context_and_is_reported() -> None:
    (entry,) = report("设 $X\\sim N(\\mu,\\sigma^2)$，则\n\n$$E[X^2] = \\mu^2+\\sigma^2$$").entries
    assert entry.verdict.value == "proved"
    assert [remark.key for remark in entry.remarks] == ["remark_from_text"]


def test_a_line_of_context_goes_before_the_text() -> None:
    text = "<!-- given: X ~ poisson(\\lambda) -->\nLet $X \\sim N(\\mu, \\sigma^2)$.\n\n$$E[X] = \\lambda$$"
    assert verdicts(text) == ["proved"]


FAMILY = "<!-- given: \\theta \\in \\mathbb{R}^d -->\n<!-- given: p(x \\mid \\theta) pdf -->\n\n"
OPERATORS = (
    ("Let $H$ be the Hessian.", r"H_{\log p(x \mid \theta)} = \nabla^2 \log p(x \mid \theta)", ["proved"]),
    ("The Hessian $H$ is symmetric.", r"H_{\log p(x \mid \theta)} = -\nabla^2 \log p(x \mid \theta)", ["refuted"]),
    ("海森矩阵 $H$。", r"H_{p(x \mid \theta)} = \nabla^2 p(x \mid \theta)", ["proved"]),
    ("", r"\int H_{p(x \mid \theta)} dx = 0", []),
    ("$J$ is the Jacobian.", r"J(\nabla p(x \mid \theta)) = \nabla^2 p(x \mid \theta)", ["proved"]),
)


@pytest.mark.parametrize(("sentence", "formula", "wanted"), OPERATORS)
def test_what_the_text_calls_the_hessian(sentence: str, formula: str, wanted: list[str]) -> None:
    assert verdicts(f"{FAMILY}{sentence}\n\n$${formula}$$\n") == wanted


MATRICES = (
    # A matrix that has a name is read as one; under another heading the name may be given again.
    (r"$$F = \int \nabla_\theta p(x \mid \theta) \nabla_\theta p(x \mid \theta)^T dx$$ and $$F^T = F$$", ["proved"]),
    (
        r"$$F = \theta\theta^T$$ so $$\operatorname{tr}(F) = \theta^T\theta$$"
        "\n\n# Again\n\n"
        r"$$F = 2\theta\theta^T$$ so $$\operatorname{tr}(F) = 2\theta^T\theta$$"
        r" not $$\operatorname{tr}(F) = \theta^T\theta$$",
        ["proved", "proved", "refuted"],
    ),
    (r"$$\mathbb{E}_{p(x \mid \theta_0)}[\log p(x \mid \theta)] = 0$$", ["unread"]),
)


@pytest.mark.parametrize(("text", "wanted"), MATRICES)
def test_names_of_matrices(text: str, wanted: list[str]) -> None:
    assert verdicts(FAMILY + text) == wanted


INLINE = (
    ("Here $n=10$ and $p=1/2$.", []),
    ("If $p(1-p) = 1/4$, stop.", []),
    ("Note that $(1-p)^2 = 1 - 2p + p^2$.", ["proved"]),
    ("Note that $(1-p)^2 = 1 - 2p - p^2$.", ["refuted"]),
    ("The sum $S = p + p^2$ is short.", []),
    ("Solving $2p + 3 = p^2$ is easy.", []),
)


@pytest.mark.parametrize(("sentence", "wanted"), INLINE, ids=[s for s, _ in INLINE])
def test_formulas_inside_sentences(sentence: str, wanted: list[str]) -> None:
    assert verdicts(f"<!-- given: 0 < p < 1 -->\n\n{sentence}\n") == wanted


COMMANDS = (
    ("\\newcommand{\\E}{\\mathbb{E}}\n% given: X ~ poisson(\\lambda)\n\\[ \\E[X] = \\lambda \\]", ["proved"]),
    ("\\def\\half{\\frac12}\n% given: p > 0\n\\[ \\half p + \\half p = p \\]", ["proved"]),
    ("\\newcommand{\\sq}[1]{(#1)^2}\n% given: p > 0\n\\[ \\sq{p+1} = p^2 + 2p + 1 \\]", ["proved"]),
    ("\\DeclareMathOperator{\\Var}{Var}\n% given: X ~ poisson(\\lambda)\n\\[ \\Var(X) = \\lambda \\]", ["tested"]),
    (
        "% given: p > 0\n\\begin{align}\n p &= p + 1 - 1 \\\\\n\\intertext{so, with $q$,} &= p\n\\end{align}",
        ["proved"] * 2,
    ),
    ("% given: p > 0\n\\newcommand{\\loop}{\\loop}\n\\[ p = p \\]", ["proved"]),
)


@pytest.mark.parametrize(
    ("text", "wanted"), COMMANDS, ids=[t.split("\n")[0][:24] + str(k) for k, (t, _) in enumerate(COMMANDS)]
)
def test_commands_of_the_writer(text: str, wanted: list[str]) -> None:
    assert verdicts(text, "notes.tex") == wanted


ZEROS = (
    (r"$$\sum_{i=1}^n (x_i - \bar x) = 0$$", ["proved"]),
    (r"$$E\left[\sum_{i=1}^n (x_i-\mu)^2\right] = 0$$", ["refuted"]),
    (r"$$\frac{\partial}{\partial\mu}\sum_{i=1}^n (x_i-\mu)^2 = -2\sum_{i=1}^n (x_i-\mu) = 0$$", ["proved"]),
    (r"$$\frac{1}{\sigma^2}\sum_{i=1}^n (x_i-\mu) = 0$$" + "\n\n" + r"$$\sum_{i=1}^n x_i + n\mu = 0$$", ["refuted"]),
    (r"$$\frac{1}{\sigma^2}\sum_{i=1}^n (x_i-\mu) = 0$$" + "\n\n" + r"$$\sum_{i=1}^n x_i - n\mu = 0$$", ["proved"]),
)


@pytest.mark.parametrize(("text", "wanted"), ZEROS, ids=[str(k) for k in range(len(ZEROS))])
def test_zero_is_a_demand_an_equation_or_a_claim(text: str, wanted: list[str]) -> None:
    given = "<!-- given: x_i ~ normal(\\mu, \\sigma^2), i = 1..n -->\n<!-- given: \\sigma > 0 -->\n\n"
    assert verdicts(given + text) == wanted


POISSON = "<!-- given: x_i ~ poisson(\\lambda), i = 1..N -->\n"
AMBIGUOUS = (
    (r"$$\sum_i \log f(x_i; \lambda) = \log\lambda\sum_i x_i - N\lambda - \sum_i \log x_i!$$", "proved"),
    (r"$$\log\lambda\sum_i x_i = \log\lambda + \log\sum_i x_i$$", "proved"),
    (r"$$N \log \lambda \cdot 2 = 2 N \log \lambda$$", "proved"),
)


@pytest.mark.parametrize(("display", "wanted"), AMBIGUOUS, ids=[d for d, _ in AMBIGUOUS])
def test_an_argument_that_could_end_at_two_places_is_read_as_only_one_of_them_is_true(
    display: str, wanted: str
) -> None:
    (entry,) = report(POISSON + display).entries
    assert entry.verdict.value == wanted


def test_neither_reading_true_is_no_guess() -> None:
    assert verdicts(POISSON + r"$$\log\lambda\sum_i x_i = \lambda$$") in (["unread"], ["refuted"])


def test_a_letter_that_is_explained_later_is_no_mistake() -> None:
    text = r"""$$\frac{\partial}{\partial \lambda} \sum_i \log f(x_i; \lambda) = \frac{1}{\lambda}\sum_i x_i - N = 0$$

$$\hat\lambda = \frac{T}{N}$$

with $T = \sum_i x_i$."""
    assert "refuted" not in verdicts(POISSON + text)


CURVED = (
    (
        r"$$\frac{\partial^2}{\partial\lambda^2} \sum_i \log f(x_i; \lambda) = -\frac{1}{\lambda^2}\sum_i x_i < 0$$",
        True,
    ),
    (
        r"$$\frac{\partial^2}{\partial\lambda^2} \sum_i \log f(x_i; \lambda) = -\frac{1}{\lambda^2}\sum_i x_i > 0$$",
        False,
    ),
)


@pytest.mark.parametrize(("display", "holds"), CURVED, ids=[d for d, _ in CURVED])
def test_a_curvature_may_vanish_for_special_data(display: str, holds: bool) -> None:
    last = report(POISSON + display).entries[-1]
    assert last.verdict.value == ("tested" if holds else "refuted")
    assert any(remark.key == "remark_equality" for remark in last.remarks) == holds
