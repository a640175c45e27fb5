"""Chains of relations with the places they stand at: what a checker or a page takes up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.facts import Facts
from derive.core.information import OverALaw
from derive.core.nodes import Partial
from derive.core.relation import EQUAL, Relation
from derive.core.vectors import VectorIntegral, VectorMean
from derive.reading.drafts import Draft, drafts
from derive.reading.reader import Reader
from derive.reading.sides import Side, indices, side
from derive.reading.tokens import Source


@dataclass(frozen=True, slots=True)
class Link:
    r"""A relation between two sides.

    Args:
        relation: what it means.
        line, column: where the sign stands.
        demanded: "shall be": the 0 that a derivative is set to, or ``\stackrel{!}{=}``; no identity.
    """

    relation: Relation
    line: int
    column: int
    demanded: bool = False


@dataclass(frozen=True, slots=True)
class ReadChain:
    """Sides with links between: ``links[k]`` joins ``sides[k]`` and ``sides[k + 1]``.

    Args:
        continues: the text began with a sign, so that the first side is that of an earlier display (its value is None).
        conditions: chains that limit this one, such as ``i \\neq j``.
        beside: it stands in a column of its own behind a formula, where people write the law that they have used.
    """

    sides: tuple[Side, ...]
    links: tuple[Link, ...]
    continues: bool = False
    conditions: tuple[ReadChain, ...] = ()
    beside: bool = False


def lines(reader: Reader, text: str, line: int = 1, column: int = 1) -> tuple[ReadChain, ...]:
    """The chains of a display block, each side read or with its error; nothing is raised."""
    source = Source(text, line, column)
    reader.source = source
    return tuple(_chain(reader, source, draft) for draft in drafts(source))


def _chain(reader: Reader, source: Source, draft: Draft) -> ReadChain:
    continues = not draft.sides[0] and draft.error is None
    sides: list[Side] = []
    for k, nodes in enumerate(draft.sides):
        reader.outer = indices(draft.sides[0]) if k else frozenset()
        sides.append(side(reader, source, nodes, draft, sides, first=k == 0 and continues))
        if k == 0 and isinstance(sides[0].value, AppliedUndef) and sides[0].value.args:
            reader.subject = sides[0].value.args[0]
    reader.outer = frozenset()
    reader.subject = None
    links = []
    for k, sign in enumerate(draft.signs):
        line, column = source.place(sign.at)
        demanded = sign.demanded or (sign.relation == EQUAL and _set_to_zero(sides, k))
        links.append(Link(sign.relation, line, column, demanded))
    conditions = tuple(_chain(reader, source, Draft(list(p.sides), list(p.signs))) for p in draft.conditions)
    return ReadChain(tuple(sides), tuple(links), continues, conditions, draft.beside)


def _set_to_zero(sides: list[Side], k: int) -> bool:
    """``= 0`` behind a derivative, or behind what a derivative was found to be."""
    right = sides[k + 1].value
    before = [s.value for s in sides[: k + 1] if s.value is not None]
    return bool(right is not None and right == 0 and any(_is_derivative(v) for v in before))


def _is_derivative(value: Any) -> bool:
    over = (OverALaw, sp.Integral, VectorIntegral, VectorMean)
    return bool(getattr(value, "has", None) and value.has(Partial) and not value.has(*over))


def chains(text: str, facts: Facts, line: int = 1, column: int = 1) -> tuple[ReadChain, ...]:
    """The chains of one display block under the facts."""
    return lines(Reader(facts), text, line, column)


__all__ = ["Link", "ReadChain", "Side", "chains", "lines"]
