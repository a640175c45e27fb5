"""What an answer can reach: values, solutions, equations, signs; and the key that is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from derive.core.facts import Facts
from derive.documents.course import Course
from derive.exercises.argument import Argument
from derive.marking.setting import Show
from derive.reading.chains import lines
from derive.reading.reader import Reader

Forgiven = frozenset[str]


NOTHING: Forgiven = frozenset()


FACTOR: Forgiven = frozenset({"factor"})


SIGNED: Forgiven = frozenset({"factor", "sign"})


SCALE: Forgiven = frozenset({"factor", "constant", "sign"})


@dataclass(frozen=True, slots=True)
class Value:
    """A formula, to be stated in any form that is equal.

    Args:
        expr: as the reader reads the key.
        forgiven: ``factor``, ``constant`` and ``sign``: what may be different.
        opened: may no product stand in it?
        closed: may no sum, integral or expected value stand in it?
        at_estimate: may it be said of the estimates, these put in?
        named: must it be said of something that has a name, or be compared with zero?
    """

    expr: Any
    forgiven: Forgiven = NOTHING
    opened: bool = False
    closed: bool = False
    at_estimate: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Solution:
    """``letter = expr``: a letter solved for, with a hat or without."""

    letter: Any
    exprs: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation in ``letter`` with the same solutions, not solved yet."""

    left: Any
    right: Any
    letter: Any


@dataclass(frozen=True, slots=True)
class Unclosed:
    """The quantity as a sum, an integral or an expected value, equal to ``expr``."""

    expr: Any


@dataclass(frozen=True, slots=True)
class Moment:
    """An expected value with what it is."""

    left: Any
    right: Any


@dataclass(frozen=True, slots=True)
class Positive:
    """``expr > 0``, up to a positive factor."""

    expr: Any


Goal = Value | Solution | Equation | Unclosed | Moment | Positive


@dataclass(frozen=True, slots=True)
class Group:
    """Goals any one of which will do.

    Args:
        spelled: lines of the key itself; to copy one is to state it.
        weight: among the groups of its part.
    """

    goals: tuple[Goal, ...]
    spelled: tuple[str, ...] = ()
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Milestone:
    """What one part of the marking scheme asks for.

    Args:
        key: of the section of the derivation.
        role: ``way`` leads to the result, ``result`` is it, ``after`` stands behind it.
        implied: the milestone that another one, further on, states too.
    """

    key: str
    role: str
    groups: tuple[Group, ...]
    implied: str = ""


@dataclass(slots=True)
class Key:
    """A key's derivation as the reader of answers reads it.

    Args:
        parameters: what is estimated, as the reader knows it.
        solved: their estimates, in the data alone.
    """

    argument: Argument
    facts: Facts
    show: Show
    parameters: tuple[Any, ...] = ()
    solved: dict[Any, Any] = field(default_factory=dict)

    def read(self, side: Any) -> Any:
        """An expression of the derivation in the reader's letters; None where it cannot be read."""
        return read_value(self.show(side), self.facts)


def read_value(text: str, facts: Facts) -> Any:
    """The meaning of a formula under the facts; None where it cannot be read."""
    chains = lines(Reader(facts), text)
    if len(chains) != 1 or len(chains[0].sides) != 1 or chains[0].sides[0].value is None:
        return None
    course = Course(facts, lambda finding: None)
    return course.meaning(chains[0].sides[0].value)
