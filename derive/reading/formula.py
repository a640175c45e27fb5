"""One formula: an expression, a statement, or a chain of relations, with the letters that it is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Statement
from derive.reading.chains import ReadChain, lines
from derive.reading.reader import Reader

_WRAPPED = re.compile(r"\s*(?:\$\$(.*)\$\$|\$(.*)\$|\\\[(.*)\\\]|\\\((.*)\\\))\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a formula was understood.

    Args:
        value: an expression, or a ``Statement`` for a single relation; None for anything longer.
        chains: all of it, with places.
        remarks: where the strict reading made no sense and another was taken.
        letters: each letter as it is written, and the symbol that it was taken for.
    """

    value: Any
    chains: tuple[ReadChain, ...]
    remarks: tuple[Phrase, ...]
    letters: Mapping[str, Any]


def formula(text: str, facts: Facts | None = None, notation: Notation | None = None, data: str = "x") -> Reading:
    r"""Read a formula under the facts of its page.

    Raises:
        InputError: any part of it cannot be read: the message names line and column.

    >>> formula(r"\log p + \log(1-p)").value
    log(p) + log(1 - p)
    """
    return read(Reader(facts or Facts(), notation, data), text)


def read(reader: Reader, text: str) -> Reading:
    """Read a formula with a reader that knows the page's letters.

    Raises:
        InputError: any part of it cannot be read.
    """
    inside, start = unwrapped(text)
    line, column = text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1
    reader.met = {}
    chains = lines(reader, inside, line, column)
    if not chains:
        reader.value(reader.nodes(reader.source))
        raise reader.refuse("there is no formula here", 0)
    for chain in chains:
        for side in chain.sides:
            if side.error is not None:
                raise side.error
    remarks = tuple(r for c in chains for s in c.sides for r in s.remarks)
    return Reading(_value(chains), chains, _once(remarks), dict(reader.met))


def _once(remarks: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    kept: list[Phrase] = []
    for remark in remarks:
        if remark not in kept:
            kept.append(remark)
    return tuple(kept)


def _value(chains: tuple[ReadChain, ...]) -> Any:
    first = chains[0]
    if len(chains) > 1 or first.continues:
        return None
    if len(first.sides) == 1:
        return first.sides[0].value
    if len(first.sides) == 2:
        return Statement(first.sides[0].value, first.links[0].relation, first.sides[1].value)
    return None


def unwrapped(text: str) -> tuple[str, int]:
    r"""The text between ``$…$``, ``$$…$$``, ``\[…\]`` or ``\(…\)``, and where it begins."""
    match = _WRAPPED.match(text)
    if match is None:
        return text, 0
    group = match.lastindex or 0
    return match.group(group), match.start(group)
