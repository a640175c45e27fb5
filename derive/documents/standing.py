"""Formulas between single dollars that stand on a line of their own: they are lines of the derivation."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"[ \t>]*(?P<mark>[-*+]|\d+[.)]|\(?[a-zivx\d]{1,4}\)|\\item(?:\s*\[[^\]\n]*\])?)?"
    r"[ \t]*(?:\*\*|__|\\noindent)?[ \t]*"
)
_AFTER = re.compile(
    r"[ \t]*(?:\*\*|__)?[ \t]*[.,;:。，；：]?[ \t]*(?:\\\\(?:\[[^\]\n]*\])?|<br\s*/?>|\\newline)?[ \t]*"
)
_APART = re.compile(
    r"[ \t>]*(?:<[^>\n]*>|\\(?:begin|end|item|par|medskip|smallskip|bigskip|noindent|section|subsection|paragraph)\b.*"
    r"|#.*|[-*+][ \t].*|\d+[.)][ \t].*|```.*|%.*)?[ \t]*"
)
_FORMULA = re.compile(
    r"[ \t>]*(?:[-*+][ \t]|\d+[.)][ \t]|\\item)?[ \t]*(?:\$[^$\n]+\$|\\\(.+\\\))[ \t]*[.,;。，；]?[ \t\\]*"
)


def stands(text: str, start: int, end: int) -> bool:
    r"""Does what stands from start to end, delimiters included, have its line, and its paragraph, for itself?

    >>> page = "First\n\n$a = b$\n\n$= c$,\n\nwhere $d = e$\n$f = g$ holds"
    >>> [stands(page, page.index(f), page.index(f) + len(f)) for f in ("$a = b$", "$= c$", "$d = e$", "$f = g$")]
    [True, True, False, False]
    """
    head = text.rfind("\n", 0, start) + 1
    tail = text.find("\n", end)
    tail = len(text) if tail < 0 else tail
    before = _BEFORE.fullmatch(text, head, start)
    if before is None or _AFTER.fullmatch(text, end, tail) is None:
        return False
    above = text[text.rfind("\n", 0, max(head - 1, 0)) + 1 : max(head - 1, 0)]
    stop = text.find("\n", tail + 1)
    below = text[tail + 1 : len(text) if stop < 0 else stop]
    return (before["mark"] is not None or apart(above)) and apart(below)


def apart(line: str) -> bool:
    """An empty line, one of markup, or another formula on a line of its own."""
    return _APART.fullmatch(line) is not None or _FORMULA.fullmatch(line) is not None
