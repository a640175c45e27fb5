"""Lines of context that stand together: what one of them needs may be said by the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.reading.given import given, ranges_of
from derive.said.spoken import ranges

_MEMBER = re.compile(
    r"\s*(?:given:)?\s*(?:\\(?:boldsymbol|mathbf|bm|vec)\s*)?\{?\s*(?:\\[A-Za-z]+|[A-Za-z])\s*\}?"
    r"\s*_\s*\{?\s*(?P<index>[a-z])\s*\}?\s*(?:\\in\s*\\mathbb|symmetric|positive|>)"
)
_ONE_HOT = re.compile(
    r"(?P<family>.*?_\s*\{\s*(?P<index>[a-z])\s*,?\s*[a-z]\s*\})(?P<over>\s+one-?hot\s+over\s.*)", re.DOTALL
)
_RANGED = re.compile(r",\s*[A-Za-z]\s*=\s*\d+\s*(?:\.\.|,?\s*\\l?dots)")
_FOLLOWS = re.compile(r"~|\\sim(?![A-Za-z])")
# p(x | θ) is a family in θ where θ is declared.
_CONDITIONAL = re.compile(r"\([^()]*(?:\||;|\\mid|\\vert)[^()]*\)\s*,?.*\bp[dm]f\b")


def with_context(facts: Facts, lines: Sequence[str], text: str = "") -> tuple[Facts, dict[int, InputError]]:
    """The facts with all the lines, and the errors of those that cannot be understood, by their place.

    Ranges of indices come first, then letters, then laws, then abbreviations; within a kind the order is the writer's.

    Args:
        text: the document, whose sums say how far an index runs where the line that declares a family does not.
    """
    lines = [with_vectors(with_range(line, text), lines, text) for line in lines]
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


def with_range(line: str, text: str) -> str:
    r"""A family declared without its range, with the one that all sums of the text over its index have.

    >>> with_range(r"\mu_i \in \mathbb{R}^d", r"\sum_{i=1}^K \mu_i")
    '\\mu_i \\in \\mathbb{R}^d, i = 1..K'
    """
    found = _MEMBER.match(line)
    if found is None or kind(line) or _RANGED.search(line):
        return line
    sizes = {size for index, size in ranges(text) if index == found["index"]}
    return f"{line.rstrip().rstrip('.')}, {found['index']} = 1..{sizes.pop()}" if len(sizes) == 1 else line


def with_vectors(line: str, lines: Sequence[str], text: str) -> str:
    r"""One-hot vectors of which no line says how many there are, with the range of all sums of the text over them.

    >>> with_vectors(r"x_{n,k} one-hot over k = 1..K", [], r"\prod_{n=1}^N \prod_{k=1}^K")
    'x_{n,k}, n = 1..N one-hot over k = 1..K'
    """
    found = _ONE_HOT.match(line)
    if found is None or any(re.search(rf",\s*{found['index']}\s*=", other) for other in lines):
        return line
    sizes = {size for index, size in ranges(text) if index == found["index"]}
    return f"{found['family']}, {found['index']} = 1..{sizes.pop()}{found['over']}" if len(sizes) == 1 else line


def forgets(line: str) -> bool:
    """``nothing`` is given: what comes next begins without the context of what stands before."""
    return line.strip().rstrip(".") == "nothing"


def kind(line: str) -> int:
    """0 for letters, 1 for laws, 2 for abbreviations."""
    if ":=" in line:
        return 2
    return 1 if _FOLLOWS.search(line) or _CONDITIONAL.search(line) else 0
