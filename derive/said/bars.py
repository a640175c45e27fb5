r"""Which densities the text writes with a bar: next to ``p(x \mid \lambda)``, ``p(x, \lambda)`` is another function."""

from __future__ import annotations

import re

from derive.reading.names import spelling

_HEAD = re.compile(
    r"(?<![A-Za-z\\_}])(?P<head>[pPqQf]|\\Pr)\s*(?:\\left|\\[bB]igg?l?)?\s*\("
    r"(?P<inside>[^()$]{1,80}?)(?:\\right|\\[bB]igg?r?)?\)"
)
_BAR = re.compile(r"\||;|\\mid(?![A-Za-z])|\\vert(?![A-Za-z])")
_ARGUMENT = re.compile(r"\s*(?P<letter>\\[A-Za-z]+|[A-Za-z])\s*(?:_\s*(?:\{\s*\w+\s*\}|\w))?\s*(?:=[^=]*)?\Z")


def conditionals_said(text: str) -> frozenset[tuple[str, str, str]]:
    r"""(p, x, λ) for ``p(x \mid \lambda)``, and (p, λ, "") for ``p(\lambda)``.

    >>> sorted(conditionals_said(r"$p(x, t) = p(x \mid t) p(t)$"))
    [('p', 't', ''), ('p', 'x', 't')]
    """
    made: set[tuple[str, str, str]] = set()
    for found in _HEAD.finditer(text):
        sides = [letters(side) for side in _BAR.split(found["inside"])]
        head = found["head"]
        if len(sides) == 1 and len(sides[0]) == 1 and "," not in found["inside"]:
            made |= {(head, one, "") for one in sides[0]}
        elif len(sides) == 2:
            made |= {(head, shown, behind) for shown in sides[0] for behind in sides[1]}
    return frozenset(made)


def letters(side: str) -> set[str]:
    """The letters between commas, those of entries included."""
    found = (_ARGUMENT.match(part) for part in side.split(","))
    return {spelling(one["letter"]) for one in found if one is not None}
