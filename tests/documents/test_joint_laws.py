r"""One law behind p(x, z), p(x) and p(z | x): lines as textbooks have them, true and wrong."""

from __future__ import annotations

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of

PAIR = [r"p(x, y) pmf on \mathcal{X} \times \mathcal{Y}"]
CAPITALS = [r"P(A, B) pmf on \mathcal{A} \times \mathcal{B}"]
TWO = ["p(x, y) pmf", "q(x, y) pmf"]
THREE = ["p(x, y, z) pmf"]
LATENT = ["p(x, z) pdf", "q(z) pdf"]
ENCODER = ["p(x, z) pdf", "q(z | x) pdf"]
CLASSES = [r"z \in \{1, \dots, 3\}", "p(x, z) pdf"]
SAMPLE = [r"x_i \in \mathbb{R}, i = 1..n", *LATENT]
MODEL = [r"P(x, z; \theta) pmf", r"\theta \in \mathbb{R}^d"]
BOUND = r"\int q(z) \log\frac{p(x, z)}{q(z)} dz"

TRUE = [
    (PAIR, r"\sum_x p(x|y) = 1"),
    (PAIR, r"p(y|x) = \frac{p(x|y)p(y)}{\sum_{y'} p(x|y')p(y')}"),
    (PAIR, r"p(y|x) \propto p(x|y) p(y)"),
    (PAIR, r"\log p(x,y) = \log p(x) + \log p(y|x)"),
    (PAIR, r"H(Y|X) = \sum_x p(x) H(Y|X=x)"),
    (PAIR, r"I(X;Y) = \sum_x p(x) \sum_y p(y|x) \log \frac{p(y|x)}{p(y)}"),
    (PAIR, r"I(X;Y) = D_{KL}(p(x,y)\|p(x)p(y))"),
    (PAIR, r"I(X;Y) \ge 0"),
    (PAIR, r"H(X|Y) \le H(X)"),
    (PAIR, r"p(x|y) \ge p(x,y)"),
    (CAPITALS, r"P(A=a|B=b) = \frac{P(B=b|A=a)P(A=a)}{P(B=b)}"),
    (CAPITALS, r"H(A|B) = \sum_{b \in \mathcal{B}} P(B=b) H(A|B=b)"),
    (CAPITALS, r"\frac{P(A=1|b)}{P(A=2|b)} = \frac{P(b|A=1)P(A=1)}{P(b|A=2)P(A=2)}"),
    (TWO, r"D_{KL}(p(x,y)\|q(x,y)) = D_{KL}(p(x)\|q(x)) + E_{p(x)}[D_{KL}(p(y|x)\|q(y|x))]"),
    (TWO, r"D_{KL}(p(x,y)\|q(x,y)) \ge D_{KL}(p(x)\|q(x))"),
    (THREE, r"H(X,Y,Z) = H(X) + H(Y|X) + H(Z|X,Y)"),
    (THREE, r"I(X,Y;Z) = I(X;Z) + I(Y;Z|X)"),
    (THREE, r"p(x|z) = \sum_y p(x|y,z)p(y|z)"),
    (LATENT, r"p(x) = \int p(x|z)p(z) dz"),
    (LATENT, rf"\log p(x) = {BOUND} + D_{{KL}}(q(z)\|p(z|x))"),
    (LATENT, rf"{BOUND} = E_{{q(z)}}[\log p(x|z)] - D_{{KL}}(q(z)\|p(z))"),
    (LATENT, rf"\log p(x) \ge {BOUND}"),
    (LATENT, r"E[E[X|Z]] = E[X]"),
    (ENCODER, r"\log p(x) \ge E_{q(z|x)}[\log p(x,z) - \log q(z|x)]"),
    (CLASSES, r"p(x) = \sum_{z=1}^3 p(x|z)p(z)"),
    (SAMPLE, r"\sum_{i=1}^n \log p(x_i) \ge \sum_{i=1}^n \int q(z) \log\frac{p(x_i, z)}{q(z)} dz"),
    (MODEL, r"\log P(x;\theta) = \log P(x,z;\theta) - \log P(z|x;\theta)"),
    (MODEL, r"\log P(x;\theta) = \sum_z P(z|x;\theta^{(t)}) \log \frac{P(x,z;\theta)}{P(z|x;\theta)}"),
    (MODEL, r"\nabla_\theta \log P(x;\theta) = \sum_z P(z|x;\theta) \nabla_\theta \log P(x,z;\theta)"),
]
WRONG = [
    (PAIR, r"\sum_x p(y|x) = 1"),
    (PAIR, r"p(y|x) = \frac{p(x|y)p(x)}{p(y)}"),
    (PAIR, r"p(y|x) \propto p(x|y)"),
    (PAIR, r"\log p(x,y) = \log p(x) + \log p(y)"),
    (PAIR, r"H(Y|X) = \sum_x p(x) H(Y)"),
    (PAIR, r"I(X;Y) = H(X) - H(Y|X)"),
    (PAIR, r"I(X;Y) = D_{KL}(p(x)p(y)\|p(x,y))"),
    (PAIR, r"H(X|Y) \ge H(X)"),
    (CAPITALS, r"H(A|B=b) \le H(A)"),
    (CAPITALS, r"H(A|B) = \sum_{b \in \mathcal{B}} P(B=b) \sum_A H(A|B=b)"),
    (TWO, r"D_{KL}(p(x,y)\|q(x,y)) = D_{KL}(p(x)\|q(x)) + D_{KL}(p(y)\|q(y))"),
    (THREE, r"I(X;Y|Z) \le I(X;Y)"),
    (THREE, r"p(x|z) = \sum_y p(x|y,z)p(y)"),
    (LATENT, r"p(x) = \int p(z|x)p(z) dz"),
    (LATENT, r"H(X) \ge 0"),
    (LATENT, r"p(x) \le 1"),
    (LATENT, rf"\log p(x) = {BOUND} - D_{{KL}}(q(z)\|p(z|x))"),
    (LATENT, rf"\log p(x) \le {BOUND}"),
    (ENCODER, r"\int q(z|x) dx = 1"),
    (CLASSES, r"p(x) = \sum_{z=1}^3 p(x|z)"),
    (MODEL, r"\log P(x;\theta) = \log P(x,z;\theta) + \log P(z|x;\theta)"),
    (MODEL, r"\log P(x;\theta) = \sum_z P(z|x;\theta^{(t)}) \log P(x,z;\theta)"),
]
# What nothing decides: how many classes there are; whether words say which law it is.
OPEN = [
    (PAIR, r"\sum_y p(x|y)p(y) = a + b"),
    (CAPITALS, r"P(A=1) + P(A=2) = 1"),
]


def verdicts(given: list[str], *body: str) -> list[str]:
    text = "\n\n".join([*(f"<!-- given: {line} -->" for line in given), *body])
    return [entry.verdict.value for entry in checked(source_of("a.md", text), Facts(), 120.0).entries]


@pytest.mark.parametrize(("given", "line"), TRUE)
def test_true_lines_hold(given: list[str], line: str) -> None:
    found = verdicts(given, f"$${line}$$")
    assert found and set(found) <= {"proved", "tested"}


@pytest.mark.parametrize(("given", "line"), WRONG)
def test_wrong_lines_are_refuted(given: list[str], line: str) -> None:
    assert verdicts(given, f"$${line}$$") == ["refuted"]


@pytest.mark.parametrize(("given", "line"), OPEN)
def test_what_nothing_decides_is_open(given: list[str], line: str) -> None:
    assert verdicts(given, f"$${line}$$") == ["unknown"]


def test_independence_is_taken_up_once_it_is_stated() -> None:
    claim = "$$H(X,Y) = H(X) + H(Y)$$"
    assert verdicts(PAIR, claim, "$$p(x,y) = p(x)p(y)$$", claim) == ["refuted", "proved"]


def test_a_markov_chain_processes_no_information_into_being() -> None:
    chain, claim = "$$p(x,y,z) = p(x)p(y|x)p(z|y)$$", r"$$I(X;Z) \le I(X;Y)$$"
    assert verdicts(THREE, claim) == ["refuted"]
    assert verdicts(THREE, chain, claim, "$$p(z|x,y) = p(z|y)$$") == ["tested", "proved"]


def test_the_text_itself_shows_a_joint_law() -> None:
    wrong = r"$$\log p(x) = \sum_z q(z) \log \frac{p(x,z)}{p(z)}$$"
    true = r"$$\log p(x) = \sum_z q(z) \log \frac{p(x,z)}{q(z)} + \sum_z q(z) \log \frac{q(z)}{p(z|x)}$$"
    assert verdicts([], wrong, true) == ["refuted", "proved"]


def test_a_formula_of_the_joint_law_gives_its_parts() -> None:
    given = [r"y \in \{0, 1\}", r"z \in \{0, 1\}", r"0 < \alpha < 1", "0 < r < 1", "0 < s < 1"]
    law = r"$$p(y, z|\theta) = (\alpha r^y (1-r)^{1-y})^z ((1-\alpha) s^y (1-s)^{1-y})^{1-z}$$"
    true = r"$$p(z=1|y,\theta) = \frac{\alpha r^y (1-r)^{1-y}}{\alpha r^y (1-r)^{1-y} + (1-\alpha) s^y (1-s)^{1-y}}$$"
    wrong = r"$$p(y|\theta) = r^y (1-r)^{1-y} + s^y (1-s)^{1-y}$$"
    assert verdicts(given, law, true, wrong) == ["proved", "refuted"]


def test_weights_that_add_up_to_one_make_jensen_true() -> None:
    given = [r"x_i \in \mathcal{X}, i = 1..n", r"p(x, z) pmf on \mathcal{X} \times \mathcal{Z}", "w_{ij} > 0"]
    line = r"$$\sum_{i=1}^n \log p(x_i) \ge \sum_{i=1}^n \sum_{j=1}^k w_{ij} \log\frac{p(x_i, z_j)}{w_{ij}}$$"
    assert verdicts(given, r"$$\sum_{j=1}^k w_{ij} = 1$$", line) == ["tested"]
    assert verdicts(given, r"$$\sum_{j=1}^k w_{ij} = 1$$", line.replace(r"\ge", r"\le")) == ["refuted"]
