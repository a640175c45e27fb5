"""The pieces that a text or CSV file holds, read a line at a time."""

from __future__ import annotations

import csv
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from derive.core.errors import InputError
from derive.core.observed import Once
from derive.data.large import FEW_DIFFERENT, MANY, Table, many_observations
from derive.data.tokens import NUMBER, Observations, Token, observations, pieces

LARGEST_FILE = 32 * 2**20


def file_observations(path: Path, column: str | None, categories: bool) -> Observations:
    """The sample in a file: plain numbers in great number as floats, everything else exactly.

    Raises:
        InputError: the file is no text, is too large or cannot be read, or has no such column; or a value is wrong.
    """
    table = heading(lines_of(path), path, column, categories) if _is_table(path, column) else Table(0, None, None, "")
    if table is not None and (many := many_observations(path, table, categories)) is not None:
        return many
    return condensed(observations(file_tokens(path, column, categories), categories, str(path)))


def condensed(found: Observations) -> Observations:
    """Many observations with few different values counted together; many different numbers as floats."""
    if len(found.values) <= MANY:
        return found
    counts: Counter[Any] = Counter()
    rows: dict[Any, int] = {}
    for value, row, count in zip(found.values, found.rows, found.counts, strict=True):
        counts[value] += count
        rows.setdefault(value, row)
    if len(counts) <= FEW_DIFFERENT:
        return Observations(tuple(counts), tuple(rows.values()), tuple(counts.values()))
    if any(isinstance(v, str) for v in counts):
        return found
    try:
        counted = found.counts if max(found.counts) > 1 else Once(len(found.counts))
        return Observations(array("d", map(float, found.values)), found.rows, counted)
    except OverflowError:
        return found


def _is_table(path: Path, column: str | None) -> bool:
    return column is not None or path.suffix.lower() in (".csv", ".tsv")


def file_tokens(path: Path, column: str | None, categories: bool) -> Iterator[Token]:
    """The values of a file: one column of a table, or all the numbers of a text.

    Raises:
        InputError: the file is no text, is too large or cannot be read, or has no such column.
    """
    lines = lines_of(path)
    if _is_table(path, column):
        return _csv_tokens(lines, path, column, categories)
    return _text_tokens(lines, path)


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a file, never more than one of them in memory."""
    if path.is_dir():
        raise InputError(f"{path} is a directory", "name a text or CSV file")
    read = 0
    try:
        with path.open("rb") as file:
            while raw := file.readline(LARGEST_FILE + 1):
                if b"\0" in raw:
                    raise InputError(f"{path} is not a text file", "save it as text in UTF-8")
                read += len(raw)
                if read > LARGEST_FILE:
                    raise InputError(f"{path} is larger than {LARGEST_FILE // 2**20} MB", "give a sample of it")
                yield raw.decode("utf-8-sig" if read == len(raw) else "utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not a text file in UTF-8", "save it as text in UTF-8") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None


def _text_tokens(lines: Iterator[str], path: Path) -> Iterator[Token]:
    """Values anywhere on a line; ``#`` begins a remark."""
    for row, line in enumerate(lines, start=1):
        for piece in pieces(line.partition("#")[0]):
            yield Token(piece, row, f"{path}, row {row}")


def heading(lines: Iterator[str], path: Path, column: str | None, categories: bool) -> Table | None:
    """Where the column stands, from the first line (a single column of numbers may go unnamed); None if all are empty.

    Raises:
        InputError: there is no such column.
    """
    found = next(((row, line) for row, line in enumerate(lines, start=1) if line.strip()), None)
    if found is None:
        return None
    row, first = found
    delimiter = next((d for d in "\t;," if d in first), None)
    header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter or ","))]
    unnamed = column is None and not categories and any(NUMBER.fullmatch(name) for name in header)
    if unnamed and len(header) == 1:
        return Table(row - 1, None, None, "")
    at = _column(header, column, unnamed, path)
    return Table(row, at if delimiter else None, delimiter, header[at])


def _csv_tokens(lines: Iterator[str], path: Path, column: str | None, categories: bool) -> Iterator[Token]:
    """One column of a table whose first line names the columns (a single column of numbers may go unnamed)."""
    table = heading(lines_of(path), path, column, categories)
    if table is None:
        return
    at, where = table.place or 0, f", column {table.name}" if table.name else ""
    cells_of_rows = csv.reader(islice(lines, table.skipped, None), delimiter=table.delimiter or ",")
    try:
        for cells in cells_of_rows:
            row = table.skipped + cells_of_rows.line_num
            if not any(cell.strip() for cell in cells):
                continue
            text = cells[at].strip() if at < len(cells) else ""
            yield Token(text, row, f"{path}, row {row}{where}", counted=False)
    except csv.Error as error:
        raise InputError(f"{path}, row {table.skipped + cells_of_rows.line_num}: {error}") from None


def _column(header: list[str], column: str | None, unnamed: bool, path: Path) -> int:
    if unnamed:
        raise InputError(f"{path}: the first line does not name the columns", "write their names in the first line")
    if column is None and len(header) > 1:
        raise InputError(f"{path} has {len(header)} columns", f"choose with --column: {', '.join(header)}")
    if column is not None and header.count(column) != 1:
        several = "several columns" if column in header else "no column"
        raise InputError(f"{path} has {several} {column!r}", f"the columns are: {', '.join(header)}")
    return header.index(column) if column is not None else 0
