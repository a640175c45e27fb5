"""Notation of real pages, judged: derivatives with strokes, combinations, divergences, signs of other keyboards."""

from __future__ import annotations

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of

HEAD = r"""<!-- given: \mu \in \mathbb{R} -->
<!-- given: \sigma > 0 -->
<!-- given: X ~ normal(\mu, \sigma^2) -->
<!-- given: p(k), q(k) pmf on \mathcal{K} -->
<!-- given: n \in \{1,2,\dots\} -->
<!-- given: f(t) := t^3 -->

"""
TRUE = [
    r"$$D(p \| q) \geq 0$$",
    r"$$D[p\|q] = \sum_k p(k) \log\frac{p(k)}{q(k)}$$",
    r"$$-D(p || q) = \sum_k p(k) \log\frac{q(k)}{p(k)}$$",
    r"$$f^{'}(t) = 3t^2$$",
    r"$$f^{''}(2) = 12$$",
    r"$$f^{\prime\prime}(t) = 6t$$",
    r"$$f^{(3)}(0) = 6$$",
    r"$$\sum_{k=0}^n C_n^k = 2^n$$",
    r"$$\sum_{k=0}^n \mathrm{C}^k_n = 2^n$$",
    r"$$\mathbb{V}ar(X) = \sigma^2$$",
    r"$$\mathbb{D}[X] = \sigma^2$$",
    "```math\n\\mu + \\mu = 2\\mu\n```",
    r"$$\because \mu + \mu = 2\mu$$",
    r"$$\mu + \mu = 2\mu \quad \blacksquare$$",
    r"$$\mu + \mu = 2\mu \qquad\Box$$",
    r"$$\mu + \mu = 2\mu \qed$$",
    r"$$\begin{aligned} (\mu+1)^2 &= \mu^2 + 2\mu \\ &\mathrel{\phantom{=}} + 1 \end{aligned}$$",
    "$$2（μ + 1）＝ 2μ ＋ 2；$$",
    "取 $u(k)=\\frac{1}{|\\mathcal{K}|}$ 为均匀分布，则\n\n$$D(p \\| u) = \\log |\\mathcal{K}| - H(p)$$",
    "Take $g(t) = t^2 + t$.\n\n$$g'(1) = 3$$",
]
FALSE = [
    r"$$D(p \| q) = H(q) - H(p)$$",
    r"$$f''(2) = 13$$",
    r"$$f^{(2)}(t) = 6t^2$$",
    r"$$\sum_{k=0}^n C_n^k = 2^{n+1}$$",
    r"$$\mathbb{D}[X] = \sigma$$",
]
NOT_SAID = ["If $g(t) = t^2 + t$, fine.\n\n$$g'(1) = 3$$"]


def verdicts(text: str) -> set[str]:
    return {entry.verdict.value for entry in checked(source_of("page.md", HEAD + text + "\n"), Facts(), 60.0).entries}


@pytest.mark.parametrize("text", TRUE)
def test_true(text: str) -> None:
    found = verdicts(text)
    assert found and found <= {"proved", "tested"}


@pytest.mark.parametrize("text", FALSE)
def test_false(text: str) -> None:
    assert verdicts(text) == {"refuted"}


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_only_supposed_names_nothing(text: str) -> None:
    assert not verdicts(text) & {"proved", "tested", "refuted"}
