"""What can be judged, and what a judgement says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import sympy as sp

from derive.core.facts import Facts
from derive.core.relation import Relation
from derive.core.statement import Side


class Outcome(StrEnum):
    """The closed vocabulary of verdicts."""

    PROVED = "proved"
    TESTED = "tested"
    REFUTED = "refuted"
    UNKNOWN = "unknown"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Claim:
    """``left relation right`` under facts.

    Args:
        left, right: both expressions, or both statements (then the relation is an equivalence).
        unknowns: the letters that an equivalence of statements solves for; for relations that forgive a constant or a
            factor, the letters that it must be free of.
    """

    left: Side
    relation: Relation
    right: Side
    facts: Facts
    unknowns: tuple[sp.Basic, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A point at which the two sides differ: letters with their values, and the two values."""

    point: tuple[tuple[str, str], ...]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of a claim.

    Args:
        outcome: proved, tested, refuted, unknown or unread.
        how: a short name of the rung that decided (``same``, ``normal_form``, ``sign``, ``solutions``, ``numbers``, …).
        witness: for a refutation, where the sides differ.
    """

    outcome: Outcome
    how: str
    witness: Witness | None = None

    @property
    def holds(self) -> bool:
        """Proved or tested."""
        return self.outcome in (Outcome.PROVED, Outcome.TESTED)
