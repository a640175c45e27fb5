"""Pieces of text, and the exact values they stand for."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from derive.core.errors import InputError
from derive.core.observed import counted_up

Value = Fraction | str

LARGEST_EXPONENT = 400

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?|[+-]?\d+/\d+", re.ASCII)
_PAIR = re.compile(r"(?P<value>[^:]+):(?P<count>[^:]*)")
_GAPS = re.compile(r"[\s,;，；、]+")
_ASCII = str.maketrans("０１２３４５６７８９．：－＋\N{MINUS SIGN}", "0123456789.:-+-")
_NOT_FINITE = frozenset(
    {"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity", "na", "n/a", "null", "none"}
)


@dataclass(frozen=True, slots=True)
class Observations:
    """A sample, in the order in which it was given.

    Args:
        values: exact numbers (decimals as the fractions they are), or names of categories; an ``array`` of floats
            where there are more than ten thousand observations with more than two thousand different values.
        rows: where each value stands: its position when typed, its line in a file; counted from 1.
        counts: how many observations each entry stands for.
    """

    values: Sequence[Value] | array[float]
    rows: Sequence[int]
    counts: Sequence[int]

    @property
    def size(self) -> int:
        """The number of observations."""
        return counted_up(self.counts)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text and where it stands: ``place`` is what an error message calls it.

    Args:
        counted: a colon separates a value from its count.
    """

    text: str
    row: int
    place: str
    counted: bool = True


def pieces(line: str) -> list[str]:
    """What stands between blanks, commas and semicolons.

    >>> pieces("1, 2;3 0:7")
    ['1', '2', '3', '0:7']
    """
    return [piece for piece in _GAPS.split(line.translate(_ASCII)) if piece]


def all_numbers(typed: list[str]) -> bool:
    """Is each piece a number, or a number with something after a colon?"""
    return all(NUMBER.fullmatch(ascii_sign(piece.partition(":")[0])) for piece in typed)


def ascii_sign(text: str) -> str:
    """The text with digits and signs of a keyboard for those of a typesetter and those of full width."""
    return text.translate(_ASCII)


def observations(tokens: Iterator[Token], categories: bool, source: str) -> Observations:
    """The sample that the pieces make up.

    Raises:
        InputError: a value that cannot be used, with its place; or no values.
    """
    values: list[Value] = []
    rows: list[int] = []
    counts: list[int] = []
    for token in tokens:
        pair = _PAIR.fullmatch(token.text) if token.counted else None
        text = pair["value"].strip() if pair else token.text
        count = _count(pair["count"].strip(), token) if pair else 1
        if count:
            values.append(one_value(text, token, categories))
            rows.append(token.row)
            counts.append(count)
    if not values:
        raise InputError(f"{source}: no observations")
    return Observations(tuple(values), tuple(rows), tuple(counts))


def _count(text: str, token: Token) -> int:
    if not re.fullmatch(r"\d{1,18}", text, re.ASCII):
        raise InputError(
            f"{token.place}: {_shown(token.text)} has no count after the colon", "write value:count, as 0:7"
        )
    return int(text)


def one_value(text: str, token: Token, categories: bool) -> Value:
    """The exact number, or the category's name, that a piece stands for.

    Raises:
        InputError: neither.
    """
    number = _exact(ascii_sign(text))
    if number is not None:
        return number
    if text.lower() in _NOT_FINITE:
        raise InputError(f"{token.place}: {_shown(text)} is not a finite number", "leave missing values out")
    if not text:
        raise InputError(f"{token.place}: the value is missing", "leave missing values out")
    if categories:
        return text
    hint = "decimals are written with a point" if re.fullmatch(r"[+-]?\d+,\d+", text) else ""
    raise InputError(f"{token.place}: {_shown(text)} is not a number", hint)


@lru_cache(maxsize=4096)
def _exact(text: str) -> Fraction | None:
    if len(text) > 1000 or not NUMBER.fullmatch(text):
        return None
    exponent = re.search(r"[eE]([+-]?\d+)$", text)
    if exponent and abs(int(exponent[1])) > LARGEST_EXPONENT:
        return None
    try:
        return Fraction(text)
    except ZeroDivisionError:
        return None


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "…")
