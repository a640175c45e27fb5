"""A display that can be read in two ways, and the reading that its own claims decide for."""

from __future__ import annotations

from collections.abc import Callable

from derive.core.claim import Outcome
from derive.documents.clock import SECONDS_A_LINE, TimeUp, limit
from derive.documents.course import Course, Finding
from derive.documents.faults import FAULTS
from derive.reading.chains import ReadChain
from derive.reading.errors import Ambiguous
from derive.reading.scope import Choice

CHOICES: tuple[Choice, ...] = ("ends", "goes on")


def is_ambiguous(chain: ReadChain) -> bool:
    """Could a side mean two things?"""
    return any(isinstance(side.error, Ambiguous) for side in chain.sides)


def chosen(course: Course, read: Callable[[Choice], ReadChain], seconds: float) -> ReadChain | None:
    """The chain in the one reading that makes all it claims true; where each has a mistake, the one with the fewest.

    None where neither tells.

    Args:
        read: the chain, read by this choice.
        seconds: what is left for the document.
    """
    true: list[ReadChain] = []
    wrong: list[tuple[int, ReadChain]] = []
    for choice in CHOICES:
        chain = read(choice)
        findings: list[Finding] = []
        trial = course.tried(findings.append)
        try:
            with limit(max(min(seconds, SECONDS_A_LINE * max(1, len(chain.links))), 0.1)):
                trial.follow(chain)
        except (TimeUp, *FAULTS):
            return None
        if findings and all(finding.settled.holds for finding in findings):
            true.append(chain)
        mistakes = sum(finding.settled.verdict.outcome is Outcome.REFUTED for finding in findings)
        if mistakes:
            wrong.append((mistakes, chain))
    if len(wrong) == len(CHOICES):
        return min(wrong, key=lambda pair: pair[0])[1]
    return true[0] if len(true) == 1 else None
