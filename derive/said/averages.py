r"""What the text says ``\bar{x}`` is: the mean of its sample, in words or by its formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from derive.core.facts import Facts
from derive.reading.names import names_of, spelling
from derive.said.spoken import understood

_BAR = r"\\(?:bar|overline)\s*(?:\{\s*(?P<braced>[A-Za-z])\s*\}|\s(?P<plain>[A-Za-z]))(?:_\{?n\}?)?"
_WORDS = r"(?:sample|empirical|arithmetic)\s+(?:mean|average)|average of the|样本均值|样本平均|平均值"
_SAID = re.compile(
    rf"\$\s*{_BAR}\s*\$\s*(?:is|denotes|stands for|be|being|for|as|表示|为|是)[^.$。]{{0,30}}?(?:{_WORDS})"
    rf"|(?:{_WORDS})[^.$。]{{0,20}}?\$\s*{_BAR.replace('braced', 'other').replace('plain', 'single')}\s*[$=]",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    rf"{_BAR}\s*&?\s*(?::=|=|\\equiv|\\triangleq)\s*(?:\\[dt]?frac\s*\{{?1\}}?\s*(?:\{{(?P<size>[A-Za-z])\}}|(?P<bare>[A-Za-z]))"
    r"|(?P<up>[A-Za-z])\^\{-1\})\s*(?:\\displaystyle\s*)?\\sum(?:\\limits)?\s*(?:_\{?\s*(?P<index>[a-z])\s*(?:=\s*1)?\s*\}?)?"
    r"\s*(?:\^\s*\{?\s*[A-Za-z]\s*\}?)?\s*(?P<entry>[A-Za-z])_\{?(?P<at>[a-z])\}?\s*(?=[$.,;&\\)\]\n]|\Z)"
)


def averages_said(text: str, facts: Facts) -> Iterator[tuple[str, int]]:
    r"""The ``given:`` lines for the means of declared samples.

    >>> from derive.reading.given import given
    >>> list(averages_said(r"where $\bar{x}$ is the sample mean.", given(r"x_i > 0, i = 1..n", Facts())))
    [('\\bar{x} := \\frac{1}{n} \\sum_{i=1}^{n} x_i', 6)]
    """
    done: set[str] = set()
    for found in (*_FORMULA.finditer(text), *_SAID.finditer(text)):
        groups = found.groupdict()
        letter = next((groups[k] for k in ("braced", "plain", "other", "single") if groups.get(k)), "")
        name = rf"\bar{{{letter}}}"
        sample = sample_of(letter, facts)
        if not letter or name in done or sample is None or names_of(facts).knows(spelling(name)):
            continue
        base, index, size = sample
        entry = groups.get("entry")
        sizes = (groups.get("size") or groups.get("bare") or groups.get("up")) if entry else size
        if entry and (
            entry.lower() != letter.lower() or sizes != size or groups["at"] != (groups["index"] or groups["at"])
        ):
            continue
        done.add(name)
        yield rf"{name} := \frac{{1}}{{{size}}} \sum_{{{index}=1}}^{{{size}}} {base}_{index}", found.start()


def sample_of(letter: str, facts: Facts) -> tuple[str, str, str] | None:
    """Letter, index and size of the declared sample of numbers that is written with a letter, small or capital."""
    for name in dict.fromkeys((letter, letter.upper(), letter.lower())):
        shape: Any = next((s for b, s in facts.shapes.items() if str(b.label) == name), None)
        if shape is None or len(shape) != 1 or name in facts.matrices or name + "_" in facts.matrices:
            continue
        index = next((i for i, n in facts.indices.items() if n == shape[0]), None)
        if index is not None and shape[0].is_Symbol:
            return name, str(index), str(shape[0])
    return None


def with_averages_said(facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """The facts with these means, and what was taken from the text."""
    taken: list[tuple[str, int]] = []
    for said, at in averages_said(text, facts):
        made = understood(said, facts)
        if made is not None:
            facts = made
            taken.append((said, at))
    return facts, taken
