"""The chains of a passage, read with the writer's own commands written out, at the places where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from derive.documents.finding import Passage
from derive.documents.macros import Macro, expanded_from, without_words_between
from derive.documents.observed_values import with_observed
from derive.documents.source import Source
from derive.reading.chains import Link, ReadChain, Side, lines
from derive.reading.reader import Reader

Place = Callable[[int, int], tuple[int, int]]


def read_chains(reader: Reader, source: Source, passage: Passage, macros: Mapping[str, Macro]) -> tuple[ReadChain, ...]:
    """The chains; every line and column is one of the document."""
    line, column = source.place(passage.offset)
    before = without_words_between(passage.text)
    text, places = expanded_from(before, macros)
    chains = tuple(with_observed(chain, reader.facts) for chain in lines(reader, text, line, column))
    if text == before:
        return chains
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)

    def placed(at_line: int, at_column: int) -> tuple[int, int]:
        row = at_line - line
        if not 0 <= row < len(starts):
            return at_line, at_column
        at = starts[row] + at_column - (column if row == 0 else 1)
        return source.place(passage.offset + places[max(0, min(at, len(text)))])

    return tuple(moved(chain, placed) for chain in chains)


def moved(chain: ReadChain, placed: Place) -> ReadChain:
    """The chain with its places changed."""
    return replace(
        chain,
        sides=tuple(_side(side, placed) for side in chain.sides),
        links=tuple(_link(link, placed) for link in chain.links),
        conditions=tuple(moved(condition, placed) for condition in chain.conditions),
    )


def _link(link: Link, placed: Place) -> Link:
    line, column = placed(link.line, link.column)
    return replace(link, line=line, column=column)


def _side(side: Side, placed: Place) -> Side:
    line, column = placed(side.line, side.column)
    error = None if side.error is None else side.error.at(*placed(side.error.line, side.error.column))
    return replace(side, line=line, column=column, error=error)
