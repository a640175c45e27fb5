"""Sentences about relations in one markup: words made harmless, formulas set, the rest shown as source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

import sympy as sp

from derive.core.phrase import Phrase
from derive.reading.written import written
from derive.writing.latex import latex
from derive.writing.words import harmless, say

# Holes of these names hold words when they hold a string; those of SOURCES a line of the document.
WORDS = frozenset(("words", "function", "file", "count", "reason", "verdict", "message", "mark", "word"))
SOURCES = frozenset(("given",))
_HOLE = re.compile("\ue000(\\d+)\ue001")


class Pen(Protocol):
    """How one markup writes."""

    def words(self, text: str) -> str:
        """Plain words without control characters, the markup's special ones made harmless."""

    def inline(self, latex: str) -> str:
        """A formula in a sentence."""

    def code(self, text: str) -> str:
        """A piece of source in a sentence."""

    def line(self, number: int, address: str) -> str:
        """The number of a line, leading to its place in the report if it has one."""


class Voice:
    """Says phrases in one language with one pen.

    Args:
        addresses: where in the report the lines are.
    """

    def __init__(self, language: str, pen: Pen) -> None:
        self.language, self.pen = language, pen
        self.addresses: Mapping[int, str] = {}

    def say(self, phrase: Phrase) -> str:
        """The sentence."""
        pieces: list[str] = []
        held: dict[Any, str] = {}

        def show(side: Any) -> str:
            pieces.append(held[side] if side in held else self.pen.inline(latex(side)))
            return f"\ue000{len(pieces) - 1}\ue001"

        def stand_in(text: str) -> sp.Dummy:
            made = sp.Dummy()
            held[made] = text
            return made

        def prepared(one: Phrase) -> Phrase:
            return Phrase(one.key, {hole: slot(hole, value) for hole, value in one.slots.items()})

        def slot(hole: str, value: Any) -> Any:
            if isinstance(value, Phrase):
                return prepared(value)
            if hole == "line" and isinstance(value, int):
                return stand_in(self.pen.line(value, self.addresses.get(value, "")))
            if isinstance(value, Written):
                return stand_in(value.text)
            if not isinstance(value, str) or hole in WORDS:
                return value
            return stand_in(self.pen.code(harmless(value)) if hole in SOURCES else self.formula(harmless(value)))

        text = say(prepared(phrase), self.language, show)
        return _HOLE.sub(lambda found: pieces[int(found[1])], self.pen.words(text))

    def formula(self, text: str) -> str:
        """A formula or a part of one."""
        return self.pen.inline(written(text, 0, len(text)))


class Written:
    """Something that is written in the markup already."""

    def __init__(self, text: str) -> None:
        self.text = text
