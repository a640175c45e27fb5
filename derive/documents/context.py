"""Lines of context that stand together: what one of them needs may be said by the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.reading.given import given, ranges_of

_FOLLOWS = re.compile(r"~|\\sim(?![A-Za-z])")
# p(x | θ) is a family in θ where θ is declared.
_CONDITIONAL = re.compile(r"\([^()]*(?:\||;|\\mid|\\vert)[^()]*\)\s*,?.*\bp[dm]f\b")


def with_context(facts: Facts, lines: Sequence[str]) -> tuple[Facts, dict[int, InputError]]:
    """The facts with all the lines, and the errors of those that cannot be understood, by their place.

    Ranges of indices come first, then letters, then laws, then abbreviations; within a kind the order is the writer's.
    """
    for line in lines:
        facts = ranges_of(line, facts)
    waiting = sorted(range(len(lines)), key=lambda k: (kind(lines[k]), k))
    errors: dict[int, InputError] = {}
    while waiting:
        errors = {}
        for place in waiting:
            try:
                facts = given(lines[place], facts)
            except InputError as error:
                errors[place] = error
        if len(errors) == len(waiting):
            break
        waiting = [place for place in waiting if place in errors]
    return facts, errors


def kind(line: str) -> int:
    """0 for letters, 1 for laws, 2 for abbreviations."""
    if ":=" in line:
        return 2
    return 1 if _FOLLOWS.search(line) or _CONDITIONAL.search(line) else 0
