"""Letters that are declared and then defined by others: what was declared of them is a condition."""

from __future__ import annotations

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of

HOLDS = ("proved", "tested")
LAST = r"""<!-- given: q_k > 0, k = 1..K -->
<!-- given: q_K := 1 - \sum_{k=1}^{K-1} q_k -->
"""
FIRST = r"""<!-- given: q_k > 0, k = 1..K -->
<!-- given: q_1 := 1 - \sum_{k=2}^{K} q_k -->
"""
TWO = r"""<!-- given: a > 0 -->
<!-- given: b > 0 -->
<!-- given: b := 1 - a -->
"""
FREE = r"""<!-- given: q_k \in \mathbb{R}, k = 1..K -->
<!-- given: q_K := -\sum_{k=1}^{K-1} q_k -->
"""
SAID = r"""<!-- given: q_k > 0, k = 1..K -->

The weights fill the whole, hence

$$q_K = 1 - \sum_{k=1}^{K-1} q_k$$
"""
OTHERS = r"""<!-- given: q_k > 0, k = 1..K -->

$$q_j = 1 - \sum_{k \neq j} q_k$$
"""
ONES = r"""<!-- given: \sum_{k=1}^K q_k = 1 -->
<!-- given: q_k > 0, k = 1..K -->
"""

LINES = [
    (LAST, r"\log q_K = \log\left(1 - \sum_{k=1}^{K-1} q_k\right)", HOLDS),
    (LAST, r"\sum_{k=1}^{K-1} \log\frac{q_k}{q_K} = \sum_{k=1}^{K-1}\log q_k - (K-1)\log q_K", HOLDS),
    (LAST, r"\sum_{k=1}^{K} q_k = 1", HOLDS),
    (LAST, r"q_1 < 2", HOLDS),
    (LAST, r"\log q_K = \log\left(1 + \sum_{k=1}^{K-1} q_k\right)", ("refuted",)),
    (LAST, r"\log q_1 = \log\left(1 - \sum_{k=1}^{K-1} q_k\right)", ("refuted",)),
    (FIRST, r"-\log q_1 = -\log\left(1 - \sum_{k=2}^{K} q_k\right)", HOLDS),
    (FIRST, r"-\log q_1 = -\log\left(1 - \sum_{k=1}^{K} q_k\right)", ("refuted", "unknown")),
    (TWO, r"\log\frac{a}{b} = \log a - \log(1-a)", HOLDS),
    (TWO, r"a \log b = \log(1+a)^a", ("refuted",)),
    (TWO, r"a < 1", HOLDS),
    (FREE, r"e^{q_K} = \prod_{k=1}^{K-1} e^{-q_k}", HOLDS),
    (FREE, r"e^{q_K} = \prod_{k=1}^{K-1} e^{q_k}", ("refuted",)),
    (SAID, r"\log(1 - q_K) = \log \sum_{k=1}^{K-1} q_k", HOLDS),
    (SAID, r"\log q_K = \log\left(1 - \sum_{k=1}^{K-1} q_k\right)", HOLDS),
    (SAID, r"\log q_1 = \log\left(1 - \sum_{k=1}^{K-1} q_k\right)", ("refuted",)),
    (OTHERS, r"\log(1 - q_1) = \log \sum_{k=2}^{K} q_k", HOLDS),
    (OTHERS, r"\log(1 - q_1) = \log \sum_{k=1}^{K-1} q_k", ("refuted",)),
    # An end of a sum that is no letter.
    (ONES, r"q_K = 1 - \sum_{j=1}^{K-1} q_j", HOLDS),
    (ONES, r"q_k = 1 - \sum_{j=1}^{K-1} q_j", ("refuted",)),
    (ONES, r"q_K = \sum_{j=1}^{K-1} q_j", ("refuted",)),
]


@pytest.mark.parametrize(("context", "line", "expected"), LINES, ids=lambda part: part[:60] if len(part) > 9 else "")
def test_lines(context: str, line: str, expected: tuple[str, ...]) -> None:
    report = checked(source_of("notes.md", f"{context}\n$$\n{line}\n$$\n"), Facts(), 60.0)
    if "\\sum_{k=1}^{K} q_k = 1" in line:
        # The context has said so: it is no claim, or one that holds.
        assert all(entry.verdict.value in expected for entry in report.entries)
        return
    assert report.entries, line
    last = report.entries[-1]
    assert last.verdict.value in expected, (line, last.verdict, last.witness)
