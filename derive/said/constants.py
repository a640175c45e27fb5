"""What the text says of its constants: that there are some, and of which letters they are free."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.reading.names import spelling

_SPOKEN = re.compile(r"\bconst|常[数量]", re.IGNORECASE)
_FREE_OF = re.compile(
    r"(?:\bindependent\s+of|\bnot\s+depend(?:ing|ent)?\s+on|n't\s+depend\s+on|\bfree\s+of|不依赖于?|不含|与|和)"
    r"\s*(?:the\s+)?(?:parameters?\s+|参数)?\$(?P<letters>[^$]{1,60})\$",
    re.IGNORECASE,
)
_CONSTANT_IN = (
    re.compile(
        r"\bconst\w*\s+(?:in|with\s+respect\s+to)\s+(?:the\s+)?(?:parameters?\s+)?\$(?P<letters>[^$]{1,60})\$", re.I
    ),
    re.compile(r"关于\s*(?:参数)?\s*\$(?P<letters>[^$]{1,60})\$\s*的?\s*常[数量]"),
)
_ABOUT_A_CONSTANT = re.compile(r"\bconst|常[数量]|\bterms?\b|项|\$\s*[Cc](?:_\{?\w\}?)?\s*\$", re.IGNORECASE)
_BEFORE = 80
_DEFINED = re.compile(r"(?:^|[$,;&\[])\s*(?P<name>[Cc](?:_\{?\w\}?)?)\s*&?\s*(?::?=|\\triangleq|\\equiv)", re.MULTILINE)
_ONE = re.compile(r"\s*(?:\\[A-Za-z]+|[A-Za-z])(?:\s*[_^]\s*(?:\{\s*\w+\s*\}|\w))*\s*\Z")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of its constants.

    Args:
        spoken: does it speak of any?
        letters: of which they are free, if it names the same ones everywhere.
        defined: letters that have a formula somewhere.
    """

    spoken: bool = False
    letters: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()


def constants_said(text: str) -> Said:
    r"""What the text says of constants.

    >>> constants_said(r"where $C$ does not depend on $\mu$")
    Said(spoken=True, letters=frozenset({'\\mu'}), defined=frozenset())
    """
    spoken = _SPOKEN.search(text) is not None
    named: set[frozenset[str]] = set()
    for pattern in (_FREE_OF, *_CONSTANT_IN):
        for found in pattern.finditer(text):
            before = re.split(r"[.。]\s|\n\s*\n", text[max(0, found.start() - _BEFORE) : found.start()])[-1]
            if pattern is _FREE_OF and _ABOUT_A_CONSTANT.search(before) is None:
                continue
            spoken = True
            parts = re.split(r",|\\text\{and\}", found["letters"].strip("()"))
            named.add(frozenset(spelling(p.strip()) for p in parts) if all(map(_ONE.match, parts)) else frozenset())
    defined = frozenset(spelling(found["name"]) for found in _DEFINED.finditer(text))
    return Said(spoken, named.pop() if len(named) == 1 else frozenset(), defined)
