"""From what was typed, or the file it names, to a sample."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from derive.core.errors import InputError
from derive.data.files import condensed, file_observations
from derive.data.large import FEW_DIFFERENT, MANY, large
from derive.data.tokens import Observations, Token, all_numbers, observations, pieces

_PATH_LIKE = re.compile(r"[/\\]|\.(csv|tsv|txt|dat|data)$", re.IGNORECASE)


def read_data(given: str | Iterable[Any], column: str | None = None, *, categories: bool = False) -> Observations:
    """The observations that a text, or the file it names, or a sequence of numbers holds.

    Args:
        given: values (``1 1 0 1``, ``1,1,0,1``), values with their counts (``0:7 1:12``), a file's path; or numbers.
        column: the column of a CSV file.
        categories: values may be names instead of numbers.

    Raises:
        InputError: a value that cannot be used, with its row; a missing file or column; nothing at all.

    >>> read_data("0:7 0.5:12").values
    (Fraction(0, 1), Fraction(1, 2))
    """
    if not isinstance(given, str):
        return from_numbers(list(given), categories)
    text_or_path = given
    typed = pieces(text_or_path)
    if not typed:
        raise InputError("the data are empty", "give values such as '1 1 0 1', or a file")
    if not all_numbers(typed):
        path = Path(text_or_path.strip())
        if _exists(path):
            return file_observations(path, column, categories)
        if _PATH_LIKE.search(text_or_path.strip()) or (len(typed) == 1 and not categories):
            raise InputError(
                f"{text_or_path.strip()!r} is neither a file nor a list of numbers",
                "give the path of a text or CSV file, or values such as '1 1 0 1'",
            )
    if column is not None:
        raise InputError(f"--column {column}: the data are not a CSV file", "leave --column out, or name a file")
    tokens = (Token(text, i, f"value {i}") for i, text in enumerate(typed, start=1))
    return condensed(observations(tokens, categories, "the data"))


def from_numbers(values: list[Any], categories: bool) -> Observations:
    """The observations of a Python sequence.

    Raises:
        InputError: a value that is no finite number (or, for categories, no name).
    """
    if len(values) > MANY and not categories and len(set(values[:MANY])) > FEW_DIFFERENT:
        try:
            floats = array("d", map(float, values))
            if math.isfinite(math.fsum(floats)):
                return large(floats, 0)
        except (TypeError, ValueError, OverflowError):
            # Said with its place below.
            pass
    tokens = (Token(str(v), i, f"value {i}", counted=False) for i, v in enumerate(values, start=1))
    return condensed(observations(tokens, categories, "the data"))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
