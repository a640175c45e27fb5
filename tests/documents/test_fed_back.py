"""What the engine prints is a document like any other: checked with the context that the page itself carries."""

from __future__ import annotations

from collections import Counter
from typing import Any

from derive.api import entropy, kl, loss, mle
from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of

PAGES = (
    *(mle(name) for name in ("bernoulli", "normal", "poisson", "uniform", "pareto", "laplace", "categorical")),
    mle("gamma", data="0.5 1.2 2.2 3.1"),
    entropy("p"),
    kl("normal", "normal"),
    loss("linear-regression"),
)


def test_printed_pages_are_proved_or_tested(capsys: Any) -> None:
    """In Markdown and LaTeX, nothing refuted, nothing without a meaning."""
    counts: Counter[str] = Counter()
    for page in PAGES:
        for form, language in (("md", "en"), ("tex", "zh")):
            report = checked(source_of(f"page.{form}", page.text(form, language)), Facts(), 240.0)
            counts.update(entry.verdict.value for entry in report.entries)
            assert not report.refuted, [e.latex for e in report.entries if e.verdict.value == "refuted"]
            assert not report.missing
    with capsys.disabled():
        print(f"\nprinted pages fed back: {dict(counts)}")
    assert counts["proved"] + counts["tested"] >= 0.98 * sum(counts.values())
