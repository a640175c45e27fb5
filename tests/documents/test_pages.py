"""The documents with their context: true lines hold, the real mistakes are found and nothing else is refuted."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.opening import opened
from derive.documents.report import FileReport

PAGES = Path(__file__).parent / "pages"
MOST_LINES_OF_CONTEXT = 10


def report(name: str) -> FileReport:
    return checked(opened(PAGES / f"{name}.md"), Facts(), 300.0)


@pytest.mark.parametrize("name", ["000", "002", "004"])
def test_context_is_short(name: str) -> None:
    assert (PAGES / f"{name}.md").read_text(encoding="utf-8").count("given:") <= MOST_LINES_OF_CONTEXT


@pytest.mark.parametrize("name", ["000", "002"])
def test_true_pages_have_no_mistake(name: str) -> None:
    assert not report(name).refuted


def test_the_gaussian_density_without_its_sign_is_found_and_explained() -> None:
    entries = report("004").entries
    (wrong,) = [entry for entry in entries if entry.verdict.value == "refuted"]
    assert wrong.source.startswith(r"N(\mu, \sigma)=")
    assert [remark.key for remark in wrong.remarks] == ["slip_sign"]
    settled = [entry for entry in entries if entry.verdict.value in ("proved", "tested")]
    assert len(settled) >= 45
    unread = [entry for entry in entries if entry.verdict.value == "unread"]
    assert any(r"h_{\theta}" in entry.source for entry in unread), "the misplaced bracket"
