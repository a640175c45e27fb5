"""Letters with laws of their own: posterior, evidence and joint density."""

from __future__ import annotations

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of

NORMAL = r"""<!-- given: x ~ normal(\mu, s^2) -->
<!-- given: \mu ~ normal(m, v) -->
"""
BETA = r"""<!-- given: k ~ binomial(n, \theta) -->
<!-- given: \theta ~ beta(a, b) -->
"""
TWO = r"""<!-- given: x_i ~ normal(\mu, \tau), i = 1..n -->
<!-- given: \mu ~ normal(m, v) -->
<!-- given: \tau ~ gamma(a, b) -->
"""
HOLDS = ("proved", "tested")

LINES = [
    (NORMAL, r"p(\mu \mid x) = \frac{p(x \mid \mu) p(\mu)}{p(x)}", HOLDS),
    (NORMAL, r"p(\mu \mid x) \propto p(x \mid \mu) p(\mu)", HOLDS),
    (NORMAL, r"p(\mu \mid x) \propto p(x \mid \mu)", ("refuted",)),
    (NORMAL, r"p(\mu \mid x) = p(x \mid \mu) p(\mu)", ("refuted",)),
    (NORMAL, r"p(\mu \mid x) \propto e^{-\frac12\mu^2(\frac1{s^2}+\frac1v) + \mu(\frac{x}{s^2}+\frac{m}{v})}", HOLDS),
    (NORMAL, r"p(\mu \mid D) \propto e^{-\frac{(\mu-m)^2}{2v}}", ("unknown",)),
    (NORMAL, r"p(x, \mu) = p(\mu \mid x) p(x)", HOLDS),
    (NORMAL, r"p(\mu, x) = p(x \mid \mu) p(\mu)", HOLDS),
    (NORMAL, r"p(x) = \int p(x \mid \mu) p(\mu) d\mu", HOLDS),
    (NORMAL, r"p(x) = \frac{1}{\sqrt{2\pi(s^2+v)}} e^{-\frac{(x-m)^2}{2(s^2+v)}}", HOLDS),
    (NORMAL, r"p(x) = \frac{1}{\sqrt{2\pi s^2}} e^{-\frac{(x-m)^2}{2s^2}}", ("refuted",)),
    (BETA, r"p(\theta \mid k) \propto \theta^{k+a-1} (1-\theta)^{n-k+b-1}", HOLDS),
    (BETA, r"p(\theta \mid k) \propto \theta^{k+a} (1-\theta)^{n-k+b-1}", ("refuted",)),
    (BETA, r"p(k) = \binom{n}{k} \frac{B(a+k, b+n-k)}{B(a,b)}", HOLDS),
    (BETA, r"\int_0^1 \theta p(\theta \mid k) d\theta = \frac{a+k}{a+b+n}", HOLDS),
    (BETA, r"\int_0^1 \theta p(\theta \mid k) d\theta = \frac{a+k}{a+b+k}", ("refuted",)),
    (
        BETA,
        r"\frac{\partial}{\partial\theta} \log p(\theta \mid k) = \frac{k+a-1}{\theta} - \frac{n-k+b-1}{1-\theta}",
        HOLDS,
    ),
    (TWO, r"p(\mu \mid x_1,\dots,x_n) \propto p(\mu) \prod_i e^{-\frac{1}{2\tau}(x_i-\mu)^2}", ("unknown",)),
]


@pytest.mark.parametrize(("head", "line", "wanted"), LINES, ids=[line for _, line, _ in LINES])
def test_letters_with_laws(head: str, line: str, wanted: tuple[str, ...]) -> None:
    report = checked(source_of("page.md", f"{head}\n$${line}$$\n"), Facts(), 60.0)
    assert [entry.verdict.value for entry in report.entries if entry.verdict.value not in wanted] == []
    assert report.entries
