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
GIVEN = r"""<!-- given: y_j ~ poisson(\lambda), j = 1..m -->
<!-- given: c > 0 -->
<!-- given: p(\lambda) := c e^{-c\lambda} -->
"""
WRITTEN = r"""<!-- given: y_j ~ poisson(\lambda), j = 1..m -->
<!-- given: c > 0 -->

$$p(\lambda) = c e^{-c\lambda}$$
"""
ONE = r"""<!-- given: k ~ binomial(n, \theta) -->
<!-- given: a > 0, b > 0 -->

$$p(\theta) = \frac{\theta^{a-1}(1-\theta)^{b-1}}{B(a,b)}$$
"""
THREE = (
    NORMAL
    + r"""<!-- given: m ~ normal(0, 1) -->
"""
)
BARS = r"""
With $p(x \mid \rho)$ and $p(\rho)$:
"""
OPEN = r"""<!-- given: x ~ exponential(\rho) -->
<!-- given: v > 0 -->

$$p(\rho) = \frac{2}{v} e^{-2\rho/v}$$
"""
SEVERAL = r"""The sample has the likelihood $p(y_j \mid \rho)$.

<!-- given: y_j ~ exponential(\rho), j = 1..m -->

$$p(\rho) = 3 e^{-3\rho}$$
"""
# Without any law of the context.
BARE = r"""<!-- given: x > 0 -->
<!-- given: \rho > 0 -->

$$p(x \mid \rho) = \rho e^{-\rho x}$$

$$p(\rho) = 2 e^{-2\rho}$$

$$p(x, \rho) = p(x \mid \rho) p(\rho)$$
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
    (GIVEN, r"p(\lambda \mid y_1,\dots,y_m) \propto p(\lambda) \prod_{j=1}^m p(y_j \mid \lambda)", HOLDS),
    (GIVEN, r"p(\lambda \mid y_1,\dots,y_m) \propto \lambda^{\sum_j y_j} e^{-(m+c)\lambda}", HOLDS),
    (GIVEN, r"p(\lambda \mid y_1,\dots,y_m) \propto e^{-c\lambda}", ("unknown", "refuted")),
    (GIVEN, r"p(\lambda \mid y_1,\dots,y_m) = p(\lambda)", ("unknown", "refuted")),
    (GIVEN, r"p(\lambda \mid D) \propto e^{-c\lambda}", ("unknown",)),
    (GIVEN, r"\log p(\lambda) = \log c - c\lambda", HOLDS),
    (WRITTEN, r"p(\lambda \mid y_1,\dots,y_m) \propto p(\lambda) \prod_{j=1}^m p(y_j \mid \lambda)", HOLDS),
    (WRITTEN, r"p(\lambda \mid y_1,\dots,y_m) \propto \lambda^{\sum_j y_j} e^{-(m+c)\lambda}", HOLDS),
    (WRITTEN, r"p(\lambda \mid y_1,\dots,y_m) \propto e^{-c\lambda}", ("unknown", "refuted")),
    (WRITTEN, r"p(\lambda \mid y_1,\dots,y_m) = p(\lambda)", ("unknown", "refuted")),
    (WRITTEN, r"p(\lambda \mid D) \propto e^{-c\lambda}", ("unknown",)),
    (WRITTEN, r"\log p(\lambda) = \log c - c\lambda", HOLDS),
    (ONE, r"p(k \mid \theta) = \binom{n}{k} \theta^k (1-\theta)^{n-k}", HOLDS),
    (ONE, r"p(\theta \mid k) \propto \theta^{k+a-1} (1-\theta)^{n-k+b-1}", HOLDS),
    (ONE, r"p(\theta \mid k) \propto \theta^{k+a} (1-\theta)^{n-k+b-1}", ("refuted",)),
    (ONE, r"p(\theta \mid k) = \frac{p(k \mid \theta) p(\theta)}{p(k)}", HOLDS),
    (ONE, r"p(\theta \mid k) = p(k \mid \theta) p(\theta)", ("refuted",)),
    (ONE, r"p(k) = \binom{n}{k} \frac{B(a+k, b+n-k)}{B(a,b)}", HOLDS),
    (ONE, r"p(k) = \binom{n}{k} \theta^k (1-\theta)^{n-k}", ("refuted",)),
    (OPEN, r"p(x, \rho) = p(x \mid \rho) p(\rho)", HOLDS),
    (OPEN, r"p(\rho, x) = p(x \mid \rho) p(\rho)", HOLDS),
    (OPEN + BARS, r"p(x, \rho) = \frac{2}{v} \rho^2 e^{-\rho x - 2\rho/v} \cdot \frac{1}{\rho}", HOLDS),
    (OPEN, r"p(x, \rho) + p(x \mid \rho) - p(x \mid \rho) = p(x \mid \rho)", ("refuted",)),
    (OPEN, r"p(\rho) p(x \mid \rho) - p(x, \rho) = 0 \cdot p(x \mid \rho)", HOLDS),
    (OPEN, r"p(\rho \mid x) p(x) - p(x, \rho) = 0 \cdot p(x \mid \rho)", HOLDS),
    (OPEN, r"\log p(x, \rho) = \log p(x \mid \rho) - \frac{2\rho}{v}", ("refuted",)),
    (SEVERAL, r"p(y_1, \dots, y_m, \rho) = p(\rho) \prod_{j=1}^m p(y_j \mid \rho)", HOLDS),
    (SEVERAL, r"p(\rho, y_1, \dots, y_m) = 3 e^{-3\rho} \rho^m e^{-\rho\sum_j y_j}", HOLDS),
    (SEVERAL, r"p(\rho, y_1, \dots, y_m) = \rho^m e^{-\rho\sum_j y_j}", ("refuted",)),
    (SEVERAL, r"p(y_1, \dots, y_m, \rho) = \prod_{j=1}^m p(y_j \mid \rho)", ("refuted", "unknown")),
    (BARE, r"p(\rho \mid x) = \frac{p(x \mid \rho) p(\rho)}{p(x)}", ("proved", "tested", "unknown")),
    (BARE, r"\log p(x \mid \rho) = \log\rho - \rho x", HOLDS),
    (BARE, r"\log p(x \mid \rho) + \log p(\rho) = \log\rho - \rho x + \log 2 - 2\rho", HOLDS),
    (BARE, r"\log p(x \mid \rho) + \log p(\rho) = \log\rho - \rho x - 2\rho", ("refuted",)),
    (BARE, r"p(x, \rho) = 2 \rho e^{-\rho x - 2\rho}", HOLDS),
    (BARE, r"p(x, \rho) = \rho e^{-\rho x - 2\rho}", ("refuted",)),
    (BARE, r"p(x \mid \rho) = 2 \rho e^{-\rho x - 2\rho}", ("refuted",)),
    (THREE, r"p(m \mid x) \propto e^{-\frac{m^2}{2}}", ("unknown", "refuted")),
    (THREE, r"p(m \mid \mu) \propto e^{-\frac{(\mu-m)^2}{2v} - \frac{m^2}{2}}", HOLDS),
]


@pytest.mark.parametrize(
    ("head", "line", "wanted"), LINES, ids=[f"{k}: {line}" for k, (_, line, _) in enumerate(LINES)]
)
def test_letters_with_laws(head: str, line: str, wanted: tuple[str, ...]) -> None:
    report = checked(source_of("page.md", f"{head}\n$${line}$$\n"), Facts(), 60.0)
    entries = [entry for entry in report.entries if entry.line > head.count("\n")]
    assert [entry.verdict.value for entry in entries if entry.verdict.value not in wanted] == []
    assert entries
