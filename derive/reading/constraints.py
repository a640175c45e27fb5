r"""Families of numbers that add up to one: ``\sum_{k=1}^{K} \pi_k = 1``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import BINARY, Integers, Interval, OneHot, Simplex
from derive.core.facts import Facts
from derive.reading.building import build
from derive.reading.pieces import pieces
from derive.reading.reader import Reader
from derive.reading.tokens import Source, tokens

_SUM_TO_ONE = re.compile(r"\s*\\sum(?![A-Za-z])(?P<sum>.+?)\s*:?=\s*1\s*\Z", re.DOTALL)


def summed_family(side: Any, facts: Facts) -> Any:
    """The entry π_k of Σ_k π_k over the whole of its family's last index; None for any other side.

    Only of a family that is declared, and neither defined by a formula nor drawn from a law.
    """
    if not isinstance(side, sp.Sum) or len(side.limits) != 1 or not isinstance(side.function, sp.Indexed):
        return None
    entry, (bound, low, _) = side.function, side.limits[0]
    base = entry.base
    if low != 1 or entry.indices.count(bound) != 1 or base in facts.definitions or entry in facts.definitions:
        return None
    if base not in facts.domains or facts.law(str(base.label)) is not None:
        return None
    return entry


def on_simplex(side: Any, facts: Facts) -> Facts | None:
    """The facts with the family of Σ_k π_k = 1 on the simplex; None where its domain or the sum is another."""
    entry = summed_family(side, facts)
    if entry is None:
        return None
    bound, _, high = side.limits[0]
    domain, shape = facts.domains[entry.base], facts.shapes.get(entry.base) or sizes(entry.indices, high, facts)
    if entry.indices[-1] != bound or len(shape) != len(entry.indices) or shape[-1] != high:
        return None
    facts = replace(facts, shapes={**facts.shapes, entry.base: shape})
    if domain == BINARY:
        return facts.placing({entry.base: OneHot(high)})
    if isinstance(domain, Integers) or not isinstance(domain, Interval) or domain.lower != 0:
        return None
    if domain.upper not in (1, sp.oo):
        return None
    return facts.placing({entry.base: Simplex(high)})


def sizes(indices: tuple[Any, ...], last: Any, facts: Facts) -> tuple[Any, ...]:
    """The sizes of a family that is declared without any, by the letters of its indices; of unknown letters none."""
    return (*(facts.indices[i] for i in indices[:-1] if i in facts.indices), last)


def with_sum_to_one(facts: Facts, text: str) -> Facts | None:
    r"""``\sum_{k=1}^{K} \gamma_{ik} = 1`` as a line of context; None for other lines."""
    if not _SUM_TO_ONE.match(text):
        return None
    source = Source(text.replace(":=", "="))
    found = pieces(source, build(source, tokens(source)))
    if len(found) != 1 or len(found[0].sides) != 2:
        return None
    side = Reader(facts).value(found[0].sides[0])
    made = on_simplex(side, facts)
    if made is None:
        raise source.refuse("nothing is known of what is summed, or it can be negative", 0, r"\pi_k > 0, k = 1..K")
    return made
