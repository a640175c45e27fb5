"""Observations that are vectors: one a line of a table, or one between semicolons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from derive.core.errors import InputError
from derive.data.files import lines_of
from derive.data.tokens import Observations, Token, all_numbers, one_value, pieces


def read_vectors(data: str | Sequence[Sequence[object]], size: int | None) -> Observations:
    """The vectors that a text, a table or rows of numbers hold.

    Args:
        data: ``0.2 0.3 0.5; 0.1 0.6 0.3``, the path of a table with one vector a line, or rows of numbers.
        size: how many entries each must have; None: as many as the first.

    Raises:
        InputError: a value that cannot be used, with its row; rows of different lengths; nothing at all.

    >>> len(read_vectors("1 2; 3 4; 5 6", None).values)
    3
    """
    rows = list(_rows(data))
    if not rows:
        raise InputError("the data are empty", "give vectors such as '0.2 0.8; 0.5 0.5', or a file")
    size = size or len(rows[0][1])
    values: list[Any] = []
    for row, texts in rows:
        if len(texts) != size:
            raise InputError(f"row {row} has {len(texts)} entries, not {size}", "write one vector a line")
        values.append(tuple(one_value(text, Token(text, row, f"row {row}"), False) for text in texts))
    return Observations(tuple(values), tuple(row for row, _ in rows), (1,) * len(rows))


def _rows(data: str | Sequence[Sequence[object]]) -> Iterator[tuple[int, list[str]]]:
    """Each row's number and its entries as texts."""
    if not isinstance(data, str):
        yield from ((k, [str(v) for v in row]) for k, row in enumerate(data, start=1))
        return
    typed = [pieces(part) for part in data.split(";") if part.strip()]
    if all(all_numbers(row) for row in typed):
        yield from enumerate(typed, start=1)
        return
    for number, line in enumerate(lines_of(Path(data.strip())), start=1):
        found = pieces(line.partition("#")[0])
        # The first line of a table may name its columns.
        if found and not (number == 1 and not all_numbers(found)):
            yield number, found
