"""What stands between two sides, and what it forgives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Forgives = Literal["nothing", "constant", "factor"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A printed relation and the difference it forgives.

    Args:
        id: name in data formats.
        latex: what is printed.
        forgives: ``nothing``; ``constant``: a term free of the unknowns; ``factor``: a positive factor free of them.
        between: ``expressions`` or ``statements``.
    """

    id: str
    latex: str
    forgives: Forgives = "nothing"
    between: Literal["expressions", "statements"] = "expressions"


EQUAL = Relation("equal", "=")
LESS = Relation("less", "<")
GREATER = Relation("greater", ">")
AT_MOST = Relation("at_most", r"\le")
AT_LEAST = Relation("at_least", r"\ge")
APPROXIMATELY = Relation("approximately", r"\approx")
PROPORTIONAL = Relation("proportional", r"\propto", forgives="factor")
UP_TO_CONSTANT = Relation("up_to_constant", r"\simeq", forgives="constant")
EQUIVALENT = Relation("equivalent", r"\iff", between="statements")

IMPLIES = Relation("implies", r"\implies", between="statements")
UNEQUAL = Relation("unequal", r"\ne")
DEFINED = Relation("defined", ":=")
DISTRIBUTED = Relation("distributed", r"\sim")
MEMBER = Relation("member", r"\in")
TENDS = Relation("tends", r"\to")

RELATIONS = (
    EQUAL,
    LESS,
    GREATER,
    AT_MOST,
    AT_LEAST,
    APPROXIMATELY,
    UP_TO_CONSTANT,
    EQUIVALENT,
    IMPLIES,
    PROPORTIONAL,
    UP_TO_CONSTANT,
    UNEQUAL,
    DEFINED,
    DISTRIBUTED,
    MEMBER,
    TENDS,
)
