"""The verb ``mark``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from derive.api.problems import Deriver
from derive.core.errors import InputError
from derive.documents.opening import sources
from derive.marking.answers import Handed, handed_in
from derive.marking.key import KeyFile, key_in
from derive.marking.mark import Marker
from derive.marking.marks import StudentMarks
from derive.results.marking import MarkResult

_MARKERS: dict[int, Marker] = {}
"""Each process works out the key once."""


def mark(
    key: str | Path,
    *answers: str | Path,
    variant: int = 1,
    seconds: float = 120.0,
    jobs: int = 1,
    advance: Callable[[], object] = lambda: None,
) -> MarkResult:
    """The marks of students' answers against the key of a sheet.

    Args:
        key: the ``exercises.json`` that ``derive exercises`` has written.
        answers: Markdown or LaTeX files, one for each student, or folders of them.
        variant: of the files that name none in a comment ``<!-- variant: 3 -->``.
        seconds: at most for each student; what is not reached is left to a person.
        jobs: how many students are marked at once.
        advance: told of every student.

    Raises:
        InputError: the key or an answer cannot be read, or there is no such variant.
    """
    if not answers:
        raise InputError("there are no answers", "name files, or a folder of them")
    known = key_in(Path(key))
    handed = handed_in(sources(map(str, answers)))
    wrong = next((h for h in handed if (h.variant or variant) not in known.variants), None)
    if wrong is not None:
        number = variant if wrong.variant is None else wrong.variant
        listed = ", ".join(map(str, sorted(known.variants)[:20]))
        raise InputError(f"{wrong.source.name}: the key has no variant {number}", f"it has {listed}")
    made: list[StudentMarks] = []
    for one in marked(known, handed, variant, seconds, jobs):
        made.append(one)
        advance()
    return MarkResult(known.title, tuple(made))


def marked(key: KeyFile, handed: Sequence[Handed], variant: int, seconds: float, jobs: int) -> Iterator[StudentMarks]:
    """One after the other, or on several cores, in order."""
    if jobs == 1 or len(handed) < 2:
        marker = Marker(key, Deriver(), seconds)
        yield from (marker.student(one, variant) for one in handed)
        return
    with ProcessPoolExecutor(min(jobs, len(handed)), initializer=begin, initargs=(key, seconds)) as pool:
        yield from pool.map(partial(by_process, variant), handed)


def begin(key: KeyFile, seconds: float) -> None:
    """A process begins."""
    _MARKERS[0] = Marker(key, Deriver(), seconds)


def by_process(variant: int, handed: Handed) -> StudentMarks:
    """One student, in a process of its own."""
    return _MARKERS[0].student(handed, variant)
