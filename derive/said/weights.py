r"""Weights that nobody declares: a family of which the text says ``\sum_k \pi_k = 1``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.core.facts import Facts
from derive.reading.names import names_of, spelling
from derive.said.spoken import ranges, understood

_INDEX = r"(?:\{\s*(?:[a-z])\s*\}|[a-z])"
_SUM = re.compile(
    r"\\sum(?:\\limits)?\s*_\s*(?:\{\s*(?P<braced>[a-z])\s*(?:=\s*1\s*)?\}|(?P<plain>[a-z]))"
    r"(?:\s*\^\s*(?:\{\s*(?P<size>[A-Za-z]|\d+)\s*\}|(?P<bare>[A-Za-z]|\d)))?"
    r"\s*(?P<name>\\?[A-Za-z]+)\s*_\s*(?:\{\s*(?P<first>[a-z])\s*\}|(?P<second>[a-z]))\s*&?\s*=\s*1(?![\d./])"
)
# Coefficients that add up to one may be negative.
_POSITIVE = re.compile(
    r"probab|mixture|mixing|simplex|proportion|categor|multinom|weight|权|概率|混合|占比|分类", re.IGNORECASE
)
_NEGATIVE = re.compile(r"\b(?:may|can|could) be negative|可[以能]?为负", re.IGNORECASE)
# The value after a step, no power.
_UPDATED = r"\s*(?:\*|\\star|\{\s*(?:\*|\(|new|old|t\b|\\star|\\(?:text|mathrm|rm|text\w\w)\b))"


def weights_said(text: str, facts: Facts) -> Iterator[tuple[str, str, int]]:
    r"""The two ``given:`` lines that each such sum amounts to, with its place.

    Not of a family that is declared, that a formula before it says the entries of, that is an exponent (one of
    several zeros and a one), or that the text puts into a set of its own.

    >>> list(weights_said(r"where $\sum_{k=1}^{K} \pi_k = 1$.", Facts()))
    [('\\pi_k > 0, k = 1..K', '\\sum_{k=1}^{K} \\pi_k = 1', 7)]
    >>> list(weights_said(r"$w_k = v_k / \sum_j v_j$, so $\sum_{k=1}^{K} w_k = 1$.", Facts()))
    []
    """
    if _NEGATIVE.search(text):
        return
    reach = dict(ranges(text))
    seen: set[str] = set()
    for found in _SUM.finditer(text):
        name, index = found["name"], found["first"] or found["second"]
        size = found["size"] or found["bare"] or reach.get(index)
        if index != (found["braced"] or found["plain"]) or size is None or name in seen:
            continue
        seen.add(name)
        logarithm = rf"\\(?:log|ln)\s*(?:\\left)?[({{]?\s*{re.escape(name)}\s*_"
        positive = rf"{re.escape(name)}\s*_\s*{_INDEX}\s*(?:>|\\geq?)"
        if name != r"\pi" and not _POSITIVE.search(text) and not re.search(f"{logarithm}|{positive}", text):
            continue
        entry = rf"{re.escape(name)}\s*_\s*{_INDEX}"
        said = re.search(rf"(?<![A-Za-z\\]){entry}\s*&?\s*(?::?=|\\(?:leftarrow|gets|propto)(?![A-Za-z]))", text)
        binary = re.search(rf"\^\s*\{{?\s*{entry}|{entry}\s*(?:\\in(?![A-Za-z])|\^(?!{_UPDATED}))", text)
        if binary or (said is not None and said.start() < found.start()) or names_of(facts).knows(spelling(name)):
            continue
        total = rf"\sum_{{{index}=1}}^{{{size}}} {name}_{index} = 1"
        yield f"{name}_{index} > 0, {index} = 1..{size}", total, found.start()


def with_weights(facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """The facts with these families on the simplex, and what was taken from the text."""
    taken: list[tuple[str, int]] = []
    for positive, total, at in weights_said(text, facts):
        family = understood(positive, facts)
        made = None if family is None else understood(total, family)
        if made is not None:
            facts = made
            taken += [(positive, at), (total, at)]
    return facts, taken
