"""How many lines a second are checked, warm, on one core and on two."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from derive.documents.check import check_all
from derive.documents.opening import opened
from derive.documents.report import counted

PAGES = sorted((Path(__file__).parent.parent / "documents" / "pages").glob("*.md"))


def rate(jobs: int) -> float:
    """Relations a second over the documents, several copies of each."""
    sources = [opened(page) for page in PAGES] * (2 * jobs)
    start = time.perf_counter()
    reports = check_all(sources, (), jobs, 600.0)
    return sum(counted(reports).values()) / (time.perf_counter() - start)


def test_lines_a_second(capsys: Any) -> None:
    """Aims: 50 lines a second on one core, twice that on two."""
    check_all([opened(page) for page in PAGES], (), 1, 600.0)
    one, two = rate(1), rate(2)
    with capsys.disabled():
        print(f"\nchecked: {one:.0f} lines a second on one core, {two:.0f} on two")
