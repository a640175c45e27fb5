"""A document's formulas in their order, under its headings, each relation with what was found of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.documents.finding import Passage
from derive.documents.macros import group_at
from derive.documents.report import Block, Entry, Row, Shown, Title
from derive.documents.source import Source
from derive.reading.chains import ReadChain

_DEPTHS = {r"\chapter": 1, r"\section": 2, r"\subsection": 3, r"\subsubsection": 4}


def title_of(source: Source, passage: Passage) -> Title:
    """A heading of the document."""
    line, _ = source.place(passage.offset)
    if source.latex:
        start = passage.offset + len(passage.text)
        group = group_at(source.text, start) or "{}"
        return Title(line, group[1:-1], _DEPTHS.get(passage.text.rstrip("*"), 2))
    text = source.line(line)
    return Title(line, text.lstrip("#").strip().rstrip("#").strip(), len(text) - len(text.lstrip("#")))


def block_of(line: int, chains: Sequence[ReadChain], entries: Sequence[Entry]) -> Block:
    """A display: its chains, and what was said of it that belongs to no relation.

    Args:
        line: where it begins.
        chains: as they stand in the text.
        entries: those of this display.
    """
    left = list(entries)
    shown = [shown_of(chain, left) for chain in chains]
    loose = [Shown(entry.line, "", (Row(entry.line, entry.column, "", "", entry),)) for entry in left]
    kept = [one for one in shown if one.start or one.rows]
    return Block(line, tuple(sorted((*kept, *loose), key=lambda one: one.line)))


def shown_of(chain: ReadChain, entries: list[Entry]) -> Shown:
    """A chain with the entries of its relations, which are taken from the list."""
    start = chain.sides[0].latex if chain.sides else ""
    rows = []
    for link, side in zip(chain.links, chain.sides[1:], strict=False):
        entry = next((e for e in entries if (e.line, e.column) == (link.line, link.column)), None)
        if entry is not None:
            entries.remove(entry)
        if side.latex or entry is not None:
            rows.append(Row(link.line, link.column, link.relation.latex, side.latex, entry))
    line = chain.links[0].line if chain.links else chain.sides[0].line if chain.sides else 1
    return Shown(line, start, tuple(rows), tuple(filter(None, map(spelled, chain.conditions))))


def spelled(chain: ReadChain) -> str:
    """A condition as one formula."""
    parts = [chain.sides[0].latex]
    for link, side in zip(chain.links, chain.sides[1:], strict=False):
        parts += [link.relation.latex, side.latex]
    return re.sub(r"\s+", " ", " ".join(parts)).strip()
