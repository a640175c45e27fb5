r"""Letters of which a formula of the text says what they are: ``p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}``."""

from __future__ import annotations

import re

_EQUALS = r"\s*&?\s*(?::?=|\\(?:coloneqq|triangleq|equiv|leftarrow|gets|propto|doteq)(?![A-Za-z]))"
_NUMBER = r"(?!\s*&?\s*-?(?:[\d./]+|\\[td]?frac\s*(?:\d\s*\d|\{\d+\}\s*\{\d+\}))\s*(?:[,$;.)}\\，。；]|$))"
_HEAD = (
    r"(?:(?<=[$&,;\n(:：，])|(?<=\\\[)|(?<=\\\()|(?<=\\\\)|(?<=\\quad)|(?<=aligned\})|(?<=align\})|(?<=align\*\}))"
    r"[ \t]*"
)
_SUPPOSED = re.compile(
    r"\b(?:if|when|whenever|iff|case|example|instance|take|taking|equality|hence|gives?|yields?|solve[sd]?|solving)\b|[若当如例取故得解]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?。！？；;]\s|[。！？；]|\n\s*\n")
FARTHEST = 200


def is_defined(name: str, text: str) -> bool:
    r"""Does the letter, or one of a family, stand at the head of an equation with more than a number behind?

    What a sentence supposes, takes as an example or solves for is no definition.

    >>> is_defined("p", r"where $p_k = e^{z_k} / Z$"), is_defined("p", r"so $q p = r$, and for $p = 2$,")
    (True, False)
    """
    below = r"(?:\s*_\s*(?:\{[^{}]*\}|\w))?"
    for found in re.finditer(rf"{_HEAD}{re.escape(name)}{below}{_EQUALS}{_NUMBER}", text):
        sentence = _SENTENCE.split(text[max(0, found.start() - FARTHEST) : found.start()])[-1]
        if _SUPPOSED.search(sentence) is None:
            return True
    return False
