"""From what was typed, or the file it names, to a sample."""

from __future__ import annotations

import re
from pathlib import Path

from derive.core.errors import InputError
from derive.data.files import condensed, file_observations
from derive.data.tokens import Observations, Token, all_numbers, observations, pieces

_PATH_LIKE = re.compile(r"[/\\]|\.(csv|tsv|txt|dat|data)$", re.IGNORECASE)


def read_data(text_or_path: str, column: str | None = None, *, categories: bool = False) -> Observations:
    """The observations that a text, or the file it names, holds.

    Args:
        text_or_path: values (``1 1 0 1``, ``1,1,0,1``), values with their counts (``0:7 1:12``), or a file's path.
        column: the column of a CSV file.
        categories: values may be names instead of numbers.

    Raises:
        InputError: a value that cannot be used, with its row; a missing file or column; nothing at all.

    >>> read_data("0:7 0.5:12").values
    (Fraction(0, 1), Fraction(1, 2))
    """
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


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
