"""A rule: one node in, what may stand there instead out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from derive.core.facts import Facts


@dataclass(frozen=True, slots=True)
class Rule:
    """A named law.

    Args:
        id: the conclusion, and the key of its sentence in every language.
        chapter: the part of mathematics it belongs to.
        apply: what may stand in the place of a node under these facts, or None where the law does not apply.
    """

    id: str
    chapter: str
    apply: Callable[[Any, Facts], Any | None]

    @property
    def statement(self) -> str:
        """The law in mathematics."""
        return (self.apply.__doc__ or "").strip()


def rule(chapter: str) -> Callable[[Callable[[Any, Facts], Any | None]], Rule]:
    """Make a rule of a function; the function's name is the rule's id."""

    def made(apply: Callable[[Any, Facts], Any | None]) -> Rule:
        return Rule(apply.__name__, chapter, apply)

    return made
