"""Values of letters as somebody types them: ``p=0.1, q=0.2`` or ``\\pi=(0.2, 0.3, 0.5)``."""

from __future__ import annotations

import re
from fractions import Fraction

from derive.core.errors import InputError

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?(/\d+)?")
Value = Fraction | tuple[Fraction, ...]


def assignments(text: str) -> dict[str, Value]:
    r"""Letters with their values, in order.

    Raises:
        InputError: a part is not ``letter=number``, or a letter is given twice.

    >>> assignments(r"p = 0.1, \mu_1 = 1/3")
    {'p': Fraction(1, 10), '\\mu_1': Fraction(1, 3)}
    """
    found: dict[str, Value] = {}
    for part in re.split(r",(?![^()]*\))", text):
        letter, equals, value = (s.strip() for s in part.partition("="))
        if not equals or not letter:
            raise InputError(f"--at: {part.strip()!r} is not a value", "letter=number, as in 'p=0.1, q=0.2'")
        if letter in found:
            raise InputError(f"--at: {letter} is given twice")
        found[letter] = value_of(value, letter)
    return found


def value_of(text: str, letter: str) -> Value:
    """A number, or several in brackets."""
    if text.startswith("(") and text.endswith(")"):
        return tuple(number(part.strip(), letter) for part in text[1:-1].split(","))
    return number(text, letter)


def number(text: str, letter: str) -> Fraction:
    """A decimal or a fraction."""
    if not NUMBER.fullmatch(text):
        raise InputError(f"--at: {letter}={text!r} is not a number", "write a decimal or a fraction such as 1/3")
    top, _, bottom = text.partition("/")
    if bottom and int(bottom) == 0:
        raise InputError(f"--at: {letter}={text} divides by zero")
    return Fraction(top) / (int(bottom) if bottom else 1)
