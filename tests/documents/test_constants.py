"""Terms and factors that are only said to be constant: what they may not depend on is the claim."""

from __future__ import annotations

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of

HOLDS = ("proved", "tested")
MEAN = r"""<!-- given: y_j ~ normal(m, 1), j = 1..N -->
"""
TWO = r"""<!-- given: y_j ~ normal(m, v), j = 1..N -->
"""
RATE = r"""<!-- given: y_j ~ poisson(r), j = 1..N -->
<!-- given: r ~ gamma(a, b) -->
"""
ONE = r"""<!-- given: k ~ binomial(n, t) -->
<!-- given: t ~ beta(a, b) -->
"""
CONSTANT = "\nUp to a constant:\n"
NO_M = "\nThe terms $C$ do not depend on $m$:\n"
NO_M_ZH = "\n其中 $C$ 为与 $m$ 无关的常数：\n"
FORMULA = "\nWith a constant\n\n$$C = -\\frac{m^2}{2}$$\n"
SAMPLE = r"\log \prod_{j=1}^N p(y_j \mid m) = "
BOTH = r"\log \prod_{j=1}^N p(y_j \mid m, v) = "
SQUARES = r"\frac{1}{2v} \sum_{j=1}^N (y_j - m)^2"

LINES = [
    (MEAN, SAMPLE + r"-\frac12 \sum_{j=1}^N (y_j-m)^2 + C", HOLDS),
    (MEAN, SAMPLE + r"C - \frac12 \sum_{j=1}^N (y_j-m)^2", HOLDS),
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j - \frac{N m^2}{2} + \text{const}", HOLDS),
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j - \frac{N m^2}{2} + \mathrm{const.}", HOLDS),
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j - \frac{N m^2}{2} + \text{const.}", HOLDS),
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j - \frac{N m^2}{2} + \text{常数}", HOLDS),
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j - \frac{N m^2}{2} + 常数", HOLDS),
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j + \frac{N m^2}{2} + \text{常数}", ("refuted",)),
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j - N m^2 + \text{const}", ("refuted",)),
    (MEAN + CONSTANT, SAMPLE + r"m \sum_{j=1}^N y_j - N m^2 + C", ("refuted",)),
    # Nothing says that C is a constant.
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j - N m^2 + C", ("unknown",)),
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j - N m^2 + A", ("unknown",)),
    (MEAN, SAMPLE + r"m \sum_{j=1}^N y_j - \frac{N m^2}{2} + A", ("unknown",)),
    (MEAN + FORMULA, SAMPLE + r"m \sum_{j=1}^N y_j + C", ("unknown", "refuted")),
    # A constant in m, which the text says or does not.
    (TWO, BOTH + rf"-{SQUARES} - \frac{{N}}{{2}}\log v + \text{{const}}", HOLDS),
    (TWO, BOTH + rf"-{SQUARES} + \text{{const}}", ("unknown",)),
    (TWO + NO_M, BOTH + rf"-{SQUARES} + C", HOLDS),
    (TWO + NO_M_ZH, BOTH + rf"-{SQUARES} + C", HOLDS),
    (TWO + NO_M, BOTH + rf"{SQUARES} + C", ("refuted",)),
    (TWO + NO_M_ZH, BOTH + rf"-2 \cdot {SQUARES} + C", ("refuted",)),
    (TWO, BOTH + rf"-2 \cdot {SQUARES} + \text{{const}}", ("refuted",)),
    # Two constants are two.
    (
        MEAN,
        r"-\frac12 \sum_{j=1}^N (y_j-m)^2 + C = m \sum_{j=1}^N y_j - \frac{N m^2}{2} + C'",
        HOLDS,
    ),
    (MEAN, r"-\frac12 \sum_{j=1}^N (y_j-m)^2 + C = m \sum_{j=1}^N y_j - \frac{N m^2}{2} + C", HOLDS),
    (MEAN, r"-\frac12 \sum_{j=1}^N (y_j-m)^2 + C = m \sum_{j=1}^N y_j + \frac{N m^2}{2} + C", ("refuted", "unknown")),
    # What stands before the bar is what the posterior is a function of.
    (ONE, r"\log p(t \mid k) = (a+k-1)\log t + (b+n-k-1)\log(1-t) + C", HOLDS),
    (ONE + CONSTANT, r"\log p(t \mid k) = (a+k)\log t + (b+n-k-1)\log(1-t) + C", ("refuted",)),
    (ONE, r"p(t \mid k) = C t^{a+k-1} (1-t)^{b+n-k-1}", HOLDS),
    (ONE + CONSTANT, r"p(t \mid k) = C t^{a+k-1} (1-t)^{b+n-k}", ("refuted",)),
    # As a density of k, or as a likelihood?
    (ONE, r"\log p(k \mid t) = k\log t + (n-k)\log(1-t) + \text{const}", ("unknown",)),
    (ONE, r"\log p(k \mid t) + \log p(t) = (a+k-1)\log t + (b+n-k-1)\log(1-t) + \text{const}", HOLDS),
    (RATE, r"\log \prod_{j=1}^N p(y_j \mid r) = \log r \sum_{j=1}^N y_j - N r + \text{const}", HOLDS),
    (RATE, r"\log \prod_{j=1}^N p(y_j \mid r) = \log r \sum_{j=1}^N y_j - r + \text{const}", ("refuted",)),
    # Names for likelihoods.
    (MEAN, r"\log L(m) = -\frac12 \sum_{j=1}^N (y_j-m)^2 + \text{const}", HOLDS),
    (MEAN, r"\ell(m) = \frac12 \sum_{j=1}^N (y_j+m)^2 + \text{const}", ("",)),
    (MEAN, r"\ell(m) = -\frac12 \sum_{j=1}^N (y_j+m)^2 + \text{const}", ("refuted",)),
]


@pytest.mark.parametrize(("context", "line", "expected"), LINES, ids=[f"{k}: {t[1]}" for k, t in enumerate(LINES)])
def test_lines(context: str, line: str, expected: tuple[str, ...]) -> None:
    report = checked(source_of("notes.md", f"{context}\n$$\n{line}\n$$\n"), Facts(), 60.0)
    found = [entry.verdict.value for entry in report.entries if entry.line > context.count("\n")] or [""]
    assert found[-1] in expected, found


def test_a_corrected_line_keeps_its_constant() -> None:
    report = checked(
        source_of("notes.md", f"{MEAN}\n$${SAMPLE}-\\frac12 \\sum_{{j=1}}^N (y_j+m)^2 + \\text{{const}}$$\n"),
        Facts(),
        60.0,
    )
    (entry,) = report.entries
    assert entry.verdict.value == "refuted"
    assert entry.suggestion is not None
    assert {"const", "m"} <= {str(s) for s in entry.suggestion.free_symbols}
