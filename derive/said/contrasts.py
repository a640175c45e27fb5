"""Sentences that say of something else what it is, and of the matter in hand that it is not so."""

from __future__ import annotations

import re
from collections.abc import Callable

from derive.core.facts import Facts

Said = Callable[[Facts, str], tuple[Facts, list[tuple[str, int]]]]
"""What a text says, as context: the facts with it, and the lines that it amounts to with their places."""
_CONTRAST = re.compile(
    r"\b(?:unlike|in contrast|contrary to|as opposed to|need not"
    r"|(?:previous|last|earlier|other) (?:post|chapter|section|part|lecture|article))\b"
    r"|不同于|[与和][^。]{0,60}?不同|[上前]一[章节篇讲]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.!?。！？\n]|[.!?](?!\s)|\n(?!\s*\n))+")
_DEPENDENT = re.compile(
    r"\bnot\s+(?:\w+\s+){0,2}independent|\bdependent\b(?!\s+variable)|\bcorrelated\b"
    r"|不(?:是|一定|相互|必)*独立|未必独立|非独立",
    re.IGNORECASE,
)


def without_contrasts(text: str) -> str:
    """The text with blanks for such sentences, each character at its place.

    >>> without_contrasts("Here $a > 0$. Unlike there, $b < 0$.").rstrip()
    'Here $a > 0$.'
    """

    def blank(found: re.Match[str]) -> str:
        said = found.group()
        return re.sub(r"[^\n]", " ", said) if _CONTRAST.search(said) else said

    return _SENTENCE.sub(blank, text) if _CONTRAST.search(text) else text


def heard(way: Said, facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """What is said outside of such sentences, where they say nothing against it."""
    plain = without_contrasts(text)
    made, taken = way(facts, plain)
    if plain != text and taken and not {line for line, _ in taken} <= {line for line, _ in way(facts, text)[1]}:
        return facts, []
    return made, taken


def are_dependent(text: str, start: int, end: int) -> bool:
    """Does the sentence around a formula, or the next one, deny that what it speaks of is independent?

    >>> are_dependent("Let $X_i$ be equally distributed but not independent.", 4, 9)
    True
    """
    sentence = re.split(r"[.!?。！？]\s|\n\s*\n", text[max(0, start - 200) : start])[-1]
    behind = re.split(r"[.!?]\s|[。！？]|\n\s*\n", text[end : end + 200])[0]
    return _DEPENDENT.search(re.sub(r"\$[^$]*\$", " ", sentence + " " + behind)) is not None
