"""The pieces that a text or CSV file holds, read a line at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from derive.core.errors import InputError
from derive.data.tokens import NUMBER, Token, pieces

LARGEST_FILE = 32 * 2**20


def file_tokens(path: Path, column: str | None, categories: bool) -> Iterator[Token]:
    """The values of a file: one column of a table, or all the numbers of a text.

    Raises:
        InputError: the file is no text, is too large or cannot be read, or has no such column.
    """
    lines = lines_of_file(path)
    if column is not None or path.suffix.lower() in (".csv", ".tsv"):
        return _csv_tokens(lines, path, column, categories)
    return _text_tokens(lines, path)


def lines_of_file(path: Path) -> Iterator[str]:
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


def _csv_tokens(lines: Iterator[str], path: Path, column: str | None, categories: bool) -> Iterator[Token]:
    """One column of a table whose first line names the columns (a single column of numbers may go unnamed)."""
    found = next(((row, line) for row, line in enumerate(lines, start=1) if line.strip()), None)
    if found is None:
        return
    skipped, first = found
    delimiter = next((d for d in "\t;," if d in first), ",")
    header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter))]
    unnamed = column is None and not categories and any(NUMBER.fullmatch(name) for name in header)
    at = 0 if unnamed and len(header) == 1 else _column(header, column, unnamed, path)
    if unnamed:
        yield Token(header[0], skipped, f"{path}, row {skipped}", counted=False)
    where = "" if unnamed else f", column {header[at]}"
    table = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in table:
            row = skipped + table.line_num
            if not any(cell.strip() for cell in cells):
                continue
            text = cells[at].strip() if at < len(cells) else ""
            yield Token(text, row, f"{path}, row {row}{where}", counted=False)
    except csv.Error as error:
        raise InputError(f"{path}, row {skipped + table.line_num}: {error}") from None


def _column(header: list[str], column: str | None, unnamed: bool, path: Path) -> int:
    if unnamed:
        raise InputError(f"{path}: the first line does not name the columns", "write their names in the first line")
    if column is None and len(header) > 1:
        raise InputError(f"{path} has {len(header)} columns", f"choose with --column: {', '.join(header)}")
    if column is not None and header.count(column) != 1:
        several = "several columns" if column in header else "no column"
        raise InputError(f"{path} has {several} {column!r}", f"the columns are: {', '.join(header)}")
    return header.index(column) if column is not None else 0
