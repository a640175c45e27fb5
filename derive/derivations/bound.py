"""What a support that moves says of a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from derive.core.nodes import Largest, Smallest
from derive.core.relation import AT_LEAST, AT_MOST, GREATER, LESS, Relation
from derive.core.statement import Statement


@dataclass(frozen=True, slots=True)
class Bound:
    """What the support says of a parameter: it is at least, or at most, something of the data.

    Args:
        strict: the support's end does not belong to it.
    """

    letter: Any
    relation: Relation
    value: Any
    strict: bool

    @property
    def statement(self) -> Statement:
        """The bound as a statement."""
        strict = {AT_LEAST: GREATER, AT_MOST: LESS}
        return Statement(self.letter, strict[self.relation] if self.strict else self.relation, self.value)

    def at(self, smallest: Any, largest: Any) -> Any:
        """The bound for a sample with these extreme values."""
        return self.value.replace(Smallest, lambda *_: smallest).replace(Largest, lambda *_: largest)
