"""Posteriors and evidences of whole samples: what is right is confirmed, and what is wrong is refuted."""

from __future__ import annotations

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of

HOLDS = ("proved", "tested")
COUNTS = r"""<!-- given: y_j ~ poisson(r), j = 1..m -->
<!-- given: r ~ gamma(a, b) -->
"""
OWN = r"""<!-- given: y_j ~ exponential(r), j = 1..m -->
<!-- given: c > 0 -->

$$p(r) = c e^{-c r}$$
"""
MEAN = r"""<!-- given: y_j ~ normal(u, 1), j = 1..m -->
<!-- given: u ~ normal(0, 1) -->
"""
SEVERAL = r"""<!-- given: y_j ~ normal(u, t), j = 1..m -->
<!-- given: u ~ normal(0, 1) -->
<!-- given: t ~ gamma(2, 1) -->
"""
DATA = r"y_1,\dots,y_m"

LINES = [
    (COUNTS, rf"p(r \mid {DATA}) \propto r^{{a-1+\sum_j y_j}} e^{{-(b+m)r}}", HOLDS),
    (COUNTS, rf"p(r \mid {DATA}) \propto r^{{a+\sum_j y_j}} e^{{-(b+m)r}}", ("refuted",)),
    (COUNTS, rf"p(r \mid {DATA}) \propto r^{{a-1+\sum_j y_j}} e^{{-(b+1)r}}", ("refuted",)),
    (COUNTS, rf"p(r \mid {DATA}) = \text{{Gamma}}(r \mid a + \sum_j y_j, b + m)", HOLDS),
    (COUNTS, rf"p(r \mid {DATA}) = \text{{Gamma}}(r \mid a + \sum_j y_j, b)", ("refuted",)),
    (COUNTS, rf"p(r \mid {DATA}) = \frac{{\prod_j p(y_j \mid r)\, p(r)}}{{p({DATA})}}", HOLDS),
    (COUNTS, rf"p(r \mid {DATA}) = \prod_j p(y_j \mid r) \cdot p(r)", ("refuted",)),
    (COUNTS, rf"p(r \mid {DATA}) \propto \prod_j p(y_j \mid r)\, p(r)", HOLDS),
    (COUNTS, rf"p(r \mid {DATA}) \propto \prod_j p(y_j \mid r)", ("refuted",)),
    (COUNTS, rf"\log p(r \mid {DATA}) = (a-1+\sum_j y_j)\log r - (b+m)r + \text{{const}}", HOLDS),
    (COUNTS, rf"\log p(r \mid {DATA}) = (a-1+\sum_j y_j)\log r - b r + \text{{const}}", ("refuted",)),
    (COUNTS, rf"p({DATA}, r) = \prod_j p(y_j \mid r)\, p(r)", HOLDS),
    (COUNTS, rf"r \mid {DATA} \sim \text{{Gamma}}(a + \sum_j y_j, b + m)", HOLDS),
    (COUNTS, rf"r \mid {DATA} \sim \text{{Gamma}}(a + \sum_j y_j, b + 1)", ("refuted",)),
    (COUNTS, rf"r \mid {DATA} \sim \mathrm{{Gamma}}\left(a + \sum_j y_j, \frac{{1}}{{b + m}}\right)", HOLDS),
    (MEAN, rf"u | {DATA} \sim \mathcal{{N}}\left(\frac{{\sum_j y_j}}{{m+1}}, \frac{{1}}{{m+1}}\right)", HOLDS),
    (MEAN, rf"u | {DATA} \sim \mathcal{{N}}\left(\frac{{\sum_j y_j}}{{m}}, \frac{{1}}{{m+1}}\right)", ("refuted",)),
    (OWN, rf"r \mid {DATA} \sim \text{{Gamma}}(m+1, c+\sum_j y_j)", HOLDS),
    (OWN, rf"p(r \mid {DATA}) \propto r^m e^{{-r(c+\sum_j y_j)}}", HOLDS),
    (OWN, rf"p(r \mid {DATA}) \propto r^{{m+1}} e^{{-r(c+\sum_j y_j)}}", ("refuted",)),
    (OWN, rf"p(r \mid {DATA}) = \text{{Gamma}}(r \mid m+1, c+\sum_j y_j)", HOLDS),
    (OWN, rf"p(r \mid {DATA}) = \text{{Gamma}}(r \mid m, c+\sum_j y_j)", ("refuted",)),
    # Of two letters with laws nothing is known but their common density.
    (SEVERAL, rf"p(u \mid {DATA}) \propto e^{{-u^2/2}}", ("unknown",)),
]


@pytest.mark.parametrize(("context", "line", "expected"), LINES, ids=[f"{k}: {t[1]}" for k, t in enumerate(LINES)])
def test_lines(context: str, line: str, expected: tuple[str, ...]) -> None:
    report = checked(source_of("notes.md", f"{context}\n$$\n{line}\n$$\n"), Facts(), 60.0)
    (entry,) = [entry for entry in report.entries if entry.line > context.count("\n")]
    assert entry.verdict.value in expected, (entry.verdict, entry.because, entry.witness)
