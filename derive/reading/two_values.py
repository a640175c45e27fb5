r"""Letters with two values: ``y_i \in \{-1, 1\}``, the classes of a margin."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import BINARY, Interval
from derive.core.facts import Facts
from derive.reading import declared
from derive.reading.building import build
from derive.reading.names import spelling
from derive.reading.reader import Reader
from derive.reading.tokens import Source, tokens
from derive.reading.tree import unwrapped

_TWO = re.compile(r"^(?P<letter>.*?)\s*\\in\s*\\\{(?P<one>[^{},]+),(?P<other>[^{},]+)\\\}\s*$", re.DOTALL)
_SIGNS = re.compile(r"\\\{\s*\\pm\s*1\s*\\\}")


def two_values(facts: Facts, text: str, index: str) -> Facts | None:
    r"""The facts with the letter in {a, b}; None for other lines, and for two numbers that follow each other.

    It is a + (b − a) B with a B in {0, 1} of its own, so that y² = 1 of −1 and 1 is known.

    >>> from derive.core.facts import Facts
    >>> made = two_values(Facts(), r"y \in \{-1, 1\}", "")
    >>> [(str(letter), str(value)) for letter, value in made.definitions.items()]
    [('y', '2*B_y - 1')]
    """
    match = _TWO.match(_SIGNS.sub(r"\\{-1, 1\\}", text))
    if match is None:
        return None
    low, high = (number(facts, match[side]) for side in ("one", "other"))
    if low is None or high is None or high - low in (0, 1):
        return None
    source = Source(match["letter"])
    nodes = unwrapped(build(source, tokens(source)))
    stem, indices = declared.stem_of(nodes, facts, index)
    between = Interval(min(low, high), max(low, high), False, False)
    facts = declared.place(facts, nodes, between, index)
    if not indices:
        letter = next(s for s in facts.domains if isinstance(s, sp.Symbol) and spelling(s.name) == stem)
        chosen = sp.Symbol(f"B_{stem}", integer=True, nonnegative=True)
        return facts.placing({chosen: BINARY}).defining(letter, low + (high - low) * chosen)
    family = next(b for b in facts.domains if isinstance(b, sp.IndexedBase) and spelling(str(b.label)) == stem)
    choices = sp.IndexedBase(f"B_{{{stem}}}", integer=True, nonnegative=True)
    places = tuple(sp.Dummy("k", integer=True, positive=True) for _ in indices)
    facts = facts.placing({choices: BINARY}).defining(family, sp.Lambda(places, low + (high - low) * choices[places]))
    shape = facts.shapes.get(family)
    return facts if shape is None else replace(facts, shapes={**facts.shapes, choices: shape})


def number(facts: Facts, text: str) -> Any:
    """The number that is written; None for anything else."""
    reader = Reader(facts)
    value = reader.value(reader.nodes(Source(text.strip().removeprefix("+"))))
    return value if value.is_Rational else None
