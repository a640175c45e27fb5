r"""Samples of which the text says only mean and variance: "i.i.d. with mean $\mu$ and variance $\sigma^2$"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.core.facts import Facts
from derive.reading.names import names_of, spelling
from derive.said.spoken import laws_said, ranges, understood

_LETTER = r"\\?[A-Za-z]+"
_LISTED = (
    rf"(?P<name>{_LETTER})\s*_\s*\{{?1\}}?\s*,(?:\s*(?P=name)\s*_\s*\{{?2\}}?\s*,)?\s*\\[lc]?dots[a-z]?\s*,\s*"
    r"(?P=name)\s*_\s*\{?(?P<size>[A-Za-z])\}?"
)
_BRACED = (
    rf"\\\{{\s*(?P<braced>{_LETTER})\s*_\s*\{{?[a-z]\}}?\s*\\\}}"
    rf"\s*_\s*\{{?[a-z]\s*=\s*1\}}?\s*\^\s*\{{?(?P<end>[A-Za-z])\}}?"
)
_SAMPLE = re.compile(rf"(?:\$|\\\()\s*(?:{_LISTED}|{_BRACED})\s*(?:\$|\\\))")
_VALUE = r"\s*(?:\$|\\\()\s*(?P<{}>[^$()]{{1,40}}?)\s*(?:\$|\\\))"
_BE = r"(?:\s*(?:value|of|equal to|is|are|为|是))*"
_BETWEEN = r"[^$.;。；]{0,30}?"
_MOMENTS = re.compile(
    r"(?<!sample )(?<!empirical )(?<!样本)"
    rf"(?:mean|expectation|expected|均值|期望){_BE}{_VALUE.format('mean')}{_BETWEEN}(?:variance|方差){_BE}"
    rf"{_VALUE.format('variance')}"
)
_INDEPENDENT = re.compile(r"i\.?\s*i\.?\s*d|independent(?!\s+variable)|独立", re.IGNORECASE)
_NORMAL = re.compile(r"normal|gauss|正态|高斯", re.IGNORECASE)
# Another law, or one that is denied.
_OTHER = re.compile(
    r"poisson|exponential|gamma|bernoulli|binomial|uniform|beta|laplace|geometric|finite population|without replacement"
    r"|correlat|conditional|\b(?:not|no|need|any|weak)\b|泊松|指数|伯努利|二项|均匀|几何|无放回|相关|不|任意",
    re.IGNORECASE,
)
FARTHEST = 160


def moments_said(text: str, facts: Facts) -> Iterator[tuple[str, int]]:
    r"""The ``given:`` lines that such sentences amount to, with their places.

    >>> text = r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and finite variance $\sigma^2$."
    >>> list(moments_said(text, Facts()))
    [('X_i ~ (\\mu, \\sigma^2), i = 1..n', 4)]
    >>> list(moments_said(r"$X_1, \dots, X_n$ are correlated, with mean $\mu$ and variance $\sigma^2$.", Facts()))
    []
    """
    lawful = {spelling(line.split(" ~ ")[0].split("_")[0]) for line in laws_said(text, text)}
    said_of: dict[str, list[tuple[str, int]]] = {}
    for found in _MOMENTS.finditer(text):
        start = max(0, found.start() - FARTHEST)
        above = text.rfind("\n\n", start, found.start())
        start = start if above < 0 else above
        sample = next(reversed(list(_SAMPLE.finditer(text, start, found.start()))), None)
        if sample is None:
            continue
        words = re.sub(r"\$[^$]*\$", " ", text[sample.end() : found.start()])
        before = text[start : sample.start()].rpartition(". ")[2]
        behind = text[found.end() : found.end() + 60].partition("\n\n")[0]
        said = f"{before} {words} {re.split(r'[.。]', behind)[0]}"
        name, size = sample["name"] or sample["braced"], sample["size"] or sample["end"]
        if names_of(facts).knows(spelling(name)) or spelling(name) in lawful:
            continue
        law = "normal" if _NORMAL.search(said) else ""
        index = next((i for i, end in ranges(text) if end == size), "i")
        line = f"{name}_{index} ~ {law}({found['mean']}, {found['variance']}), {index} = 1..{size}"
        other = _OTHER.search(said) or not _INDEPENDENT.search(said)
        said_of.setdefault(name, []).append(("" if other else line, sample.start()))
    for lines in said_of.values():
        # Of two samples with one letter neither is meant everywhere.
        if len({line for line, _ in lines}) == 1 and lines[0][0]:
            yield lines[0]


def with_moments(facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """The facts with these laws, and what was taken from the text."""
    taken: list[tuple[str, int]] = []
    for line, at in moments_said(text, facts):
        made = understood(line, facts)
        if made is not None:
            facts = made
            taken.append((line, at))
    return facts, taken
