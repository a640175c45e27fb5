"""Documents in, reports out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.documents.report import FileReport
from derive.documents.source import Source

Progress = Callable[[str, int, int], None]


def check_all(
    sources: Sequence[Source], given: tuple[str, ...], jobs: int, seconds: float, progress: Progress | None = None
) -> tuple[FileReport, ...]:
    return ()
