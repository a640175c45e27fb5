"""The verb ``check``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.documents.check import check_all
from derive.documents.opening import sources
from derive.results.check import CheckResult


def check(
    *files: str,
    given: Sequence[str] = (),
    jobs: int = 1,
    seconds: float = 300.0,
    progress: Callable[[str, int, int], None] | None = None,
) -> CheckResult:
    """The verdict on every relation of hand-written derivations.

    Args:
        files: Markdown or LaTeX files, folders, or ``-`` for standard input.
        given: context lines, as in ``<!-- given: … -->``, that hold for every file.
        jobs: how many files are checked at once.
        seconds: at most for each file; what is not reached is ``unknown``.
        progress: told the file, the lines done and all lines.

    Raises:
        InputError: a file cannot be read, or a context line not understood.
    """
    return CheckResult(check_all(sources(files), tuple(given), jobs, seconds, progress))
