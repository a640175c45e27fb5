"""How formulas and sentences are said where LaTeX stands without a markup: in JSON, labels and titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Side
from derive.writing.latex import latex
from derive.writing.words import say


@dataclass(frozen=True, slots=True)
class Voice:
    """One notation and one language.

    Args:
        words: sentences to take instead of the language's own file.
    """

    notation: Notation
    language: str
    words: Mapping[str, str] | None = None

    def show(self, side: Side) -> str:
        """LaTeX without delimiters."""
        return latex(side, self.notation)

    def said(self, phrase: Phrase) -> str:
        """A sentence, its mathematics between dollars."""
        return say(phrase, self.language, lambda side: f"${self.show(side)}$", self.words)
