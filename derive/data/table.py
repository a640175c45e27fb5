"""A table of inputs and responses: a CSV file with a line of names."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from derive.core.errors import InputError
from derive.data.files import lines_of
from derive.data.tokens import NUMBER, ascii_sign

MISSING = frozenset({"", "nan", "na", "n/a", "null", "none", "inf", "-inf", "+inf"})


@dataclass(frozen=True, slots=True)
class Table:
    """Inputs and responses, row by row.

    Args:
        names: of the columns of inputs.
        inputs: one row of numbers for each observation.
        responses: of each observation, as they are written; several for one-hot columns.
        rows: the line of each observation in the file.
        columns: the names of the columns of responses.
    """

    names: tuple[str, ...]
    inputs: tuple[tuple[float, ...], ...]
    responses: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]
    columns: tuple[str, ...]


def read_table(file: str, response: str, intercept: bool = False) -> Table:
    """The table in a CSV file.

    Args:
        response: the name of the column of responses, or several with commas between for one-hot columns.
        intercept: put a column of ones in front of the inputs.

    Raises:
        InputError: the file cannot be read, a column is missing, or a row has a value that cannot be used.
    """
    path = Path(file)
    lines = list(lines_of(path))
    if not any(line.strip() for line in lines):
        raise InputError(f"{file}: the file is empty")
    delimiter = next((d for d in "\t;," if d in lines[0]), ",")
    reader = csv.reader(lines, delimiter=delimiter)
    header = [name.strip() for name in next(reader)]
    chosen = [name.strip() for name in response.split(",")]
    for name in chosen:
        if header.count(name) != 1:
            problem = "several columns" if name in header else "no column"
            raise InputError(f"{file} has {problem} {name!r}", f"the columns are: {', '.join(header)}")
    if len(set(header)) != len(header) or "" in header:
        raise InputError(
            f"{file}: two columns share one name, or one has none", f"the columns are: {', '.join(header)}"
        )
    at = [header.index(name) for name in chosen]
    inputs = [k for k in range(len(header)) if k not in at]
    rows: list[tuple[float, ...]] = []
    seen: list[tuple[str, ...]] = []
    numbers: list[int] = []
    try:
        for cells in reader:
            row = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise InputError(f"{file}, row {row}: {len(cells)} values for {len(header)} columns")
            where = [(header[k], cells[k].strip()) for k in inputs]
            rows.append(
                (1.0,) * intercept + tuple(number(text, f"{file}, row {row}, column {name}") for name, text in where)
            )
            seen.append(tuple(present(cells[k].strip(), f"{file}, row {row}, column {header[k]}") for k in at))
            numbers.append(row)
    except csv.Error as error:
        raise InputError(f"{file}, row {reader.line_num}: {error}") from None
    names = ("1",) * intercept + tuple(header[k] for k in inputs)
    if not rows:
        raise InputError(f"{file}: no observations")
    if not names:
        raise InputError(f"{file}: there is no column of inputs", "--intercept fits a constant")
    return Table(names, tuple(rows), tuple(seen), tuple(numbers), tuple(chosen))


def present(text: str, place: str) -> str:
    """A value that is there."""
    if text.lower() in MISSING:
        raise InputError(f"{place}: the value is missing", "leave such rows out")
    return text


def number(text: str, place: str) -> float:
    """A finite number."""
    written = ascii_sign(present(text, place))
    if not NUMBER.fullmatch(written):
        raise InputError(f"{place}: {text!r} is not a number")
    top, _, bottom = written.partition("/")
    if bottom and float(bottom) == 0:
        raise InputError(f"{place}: {text!r} divides by zero")
    value = float(top) / (float(bottom) if bottom else 1)
    if not math.isfinite(value):
        raise InputError(f"{place}: {text!r} is too large")
    return value


def numbers(table: Table) -> tuple[float, ...]:
    """The one column of responses, as numbers.

    Raises:
        InputError: there are several columns, or a value is no number.
    """
    if len(table.columns) != 1:
        raise InputError(f"{len(table.columns)} columns of responses are given", "this model has one")
    return tuple(
        number(values[0], f"row {row}, column {table.columns[0]}")
        for values, row in zip(table.responses, table.rows, strict=True)
    )


def classes(table: Table) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The names of the classes, and the class of each observation.

    Raises:
        InputError: a row of one-hot columns has not exactly one 1, or all observations are in one class.
    """
    if len(table.columns) > 1:
        return table.columns, tuple(hot(v, row) for v, row in zip(table.responses, table.rows, strict=True))
    labels = sorted({values[0] for values in table.responses}, key=order)
    if len(labels) < 2:
        raise InputError(f"all observations are in the class {labels[0]!r}", "two classes at least are needed")
    return tuple(labels), tuple(labels.index(values[0]) for values in table.responses)


def hot(values: Sequence[str], row: int) -> int:
    """The place of the one 1."""
    if sorted(values) != ["0"] * (len(values) - 1) + ["1"]:
        raise InputError(f"row {row}: ({', '.join(values)}) is not one-hot", "exactly one value is 1, the others are 0")
    return list(values).index("1")


def order(label: str) -> tuple[int, float, str]:
    """Numbers by size, then words."""
    return (0, float(label), label) if NUMBER.fullmatch(label) and "/" not in label else (1, 0.0, label)
