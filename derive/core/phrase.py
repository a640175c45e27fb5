"""Words by name: the sentence itself lives with its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence's key and what fills its holes.

    Args:
        key: the entry in a file of words.
        slots: expressions, statements, numbers, phrases or plain names, by the name of the hole.
    """

    key: str
    slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in several languages, with what to write where a language has none."""

    by_language: Mapping[str, str]
    default: str

    def in_language(self, language: str) -> str:
        """The name as this language writes it."""
        return self.by_language.get(language, self.default)
