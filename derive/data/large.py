"""Files of very many numbers, read in blocks: floats, or the few different values with their counts."""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from derive.core.observed import Once
from derive.data.tokens import Observations, Token, one_value

BLOCK = 1 << 18
MANY = 10_000
FEW_DIFFERENT = 2_000
SMALLEST_FILE = 1 << 16

# What only the exact reader understands: quotes, remarks, counts, and digits grouped as in programs.
_UNUSUAL = (b'"', b"#", b":", b"_", b"\0")
# Floats may round it to zero.
_TINY = re.compile(rb"[eE]-\d{3}")


@dataclass(frozen=True, slots=True)
class Table:
    """Where the values of a file stand.

    Args:
        skipped: lines before the first value.
        place: which cell of a line; None: every one of a text.
        delimiter: between cells; None: a line is one cell.
    """

    skipped: int
    place: int | None
    delimiter: str | None
    name: str


class Unusual(Exception):
    """Something that only the exact reader understands, or refuses with its row."""


def many_observations(path: Path, table: Table, categories: bool) -> Observations | None:
    """The observations of a file with more than ten thousand plain lines; None where only the exact reader will do."""
    try:
        if path.stat().st_size < SMALLEST_FILE:
            return None
        first = next(blocks(path, table), b"")
        sample = cells_of(first, table, categories)[:MANY]
        if len(set(sample)) <= FEW_DIFFERENT and (found := counted(path, table, categories)) is not None:
            return found
        return None if categories else floats(path, table)
    except (Unusual, ValueError, IndexError, OSError):
        return None


def blocks(path: Path, table: Table) -> Iterator[bytes]:
    """Whole lines, about a quarter of a megabyte at a time."""
    with path.open("rb") as file:
        size = path.stat().st_size
        for _ in range(table.skipped):
            file.readline()
        while block := file.read(BLOCK):
            block += file.readline()
            if any(c in block for c in _UNUSUAL):
                raise Unusual
            if b"\r" in block and b"\r" in block.replace(b"\r\n", b""):
                raise Unusual
            # Empty lines at the end hold nothing; elsewhere they would shift the rows.
            yield block if file.tell() < size else block.rstrip() + b"\n"


def cells_of(block: bytes, table: Table, categories: bool) -> Sequence[str]:
    """The value of each line.

    Raises:
        Unusual: a line has none, or several.
    """
    text = block.decode("utf-8" if categories else "ascii")
    if table.delimiter is not None:
        place, delimiter = table.place, table.delimiter
        assert place is not None
        lines = text.splitlines()
        return [line.split(delimiter, place + 1)[place].strip() for line in lines]
    if categories:
        found: Sequence[str] = [line.strip() for line in text.splitlines()]
        if not all(found):
            raise Unusual
        return found
    found = text.split()
    if len(found) != text.count("\n") + (not text.endswith("\n")):
        raise Unusual
    return found


def floats(path: Path, table: Table) -> Observations | None:
    """All the values as floats."""
    values = array("d")
    for block in blocks(path, table):
        new = array("d", map(float, cells_of(block, table, False)))
        if not math.isfinite(sum(new)) or (0.0 in new and _TINY.search(block)):
            raise Unusual
        values.extend(new)
    return large(values, table.skipped) if len(values) > MANY else None


def large(values: array[float], skipped: int) -> Observations:
    """Floats, one on each line after some that were skipped."""
    return Observations(values, range(skipped + 1, skipped + 1 + len(values)), Once(len(values)))


def counted(path: Path, table: Table, categories: bool) -> Observations | None:
    """The different values, exact, each with its first row and its count; None if they are many."""
    counts: Counter[str] = Counter()
    rows: dict[str, int] = {}
    row = table.skipped + 1
    for block in blocks(path, table):
        cells = cells_of(block, table, categories)
        for text in set(cells) - counts.keys():
            rows[text] = row + cells.index(text)
        counts.update(cells)
        if len(counts) > FEW_DIFFERENT:
            return None
        row += len(cells)
    if row - table.skipped <= MANY:
        return None
    where = f", column {table.name}" if table.name else ""
    tokens = {text: Token(text, n, f"{path}, row {n}{where}", counted=False) for text, n in rows.items()}
    order = sorted(tokens, key=lambda text: rows[text])
    return Observations(
        tuple(one_value(text, tokens[text], categories) for text in order),
        tuple(rows[text] for text in order),
        tuple(counts[text] for text in order),
    )
