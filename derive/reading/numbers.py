"""Arithmetic that cannot be made to run away: numbers that would be too long to write down are refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from derive.core.errors import InputError

MOST_BITS = 40_000
LARGEST_EXPONENT = 10_000
LARGEST_FACTORIAL = 1_000_000


class TooLarge(InputError):
    """A number that nobody could write down."""


def number(text: str) -> Any:
    """A whole or decimal number, exact.

    >>> number("0.25")
    1/4
    """
    if "." not in text:
        return sp.Integer(int(text))
    whole, _, digits = text.partition(".")
    return sp.Rational(int((whole or "0") + digits), 10 ** len(digits))


def power(base: Any, exponent: Any) -> Any:
    """base^exponent.

    Raises:
        TooLarge: the value would have too many digits.
    """
    if exponent.is_Rational:
        size = max(abs(int(exponent.p)), int(exponent.q))
        if base.is_Rational:
            bits = max(abs(int(base.p)).bit_length(), int(base.q).bit_length())
            if bits > 1 and size * bits > MOST_BITS:
                raise TooLarge("this power has too many digits")
        elif size > LARGEST_EXPONENT and not (base.is_Symbol or base is sp.S.Exp1 or base.is_Indexed):
            raise TooLarge(f"an exponent beyond {LARGEST_EXPONENT}")
    elif exponent.is_number and base.is_number and base is not sp.S.Exp1 and _is_long(exponent):
        raise TooLarge("this power has too many digits")
    if base is sp.S.Exp1:
        return sp.exp(exponent)
    return sp.Pow(base, exponent)


def _is_long(value: Any) -> bool:
    return any(abs(int(n.p)).bit_length() + int(n.q).bit_length() > 64 for n in value.atoms(sp.Rational))


def factorial(value: Any) -> Any:
    """n!, left as it is written."""
    if value.is_number and not (value.is_Integer and 0 <= int(value) <= LARGEST_FACTORIAL):
        raise TooLarge(f"a factorial is read of whole numbers from 0 to {LARGEST_FACTORIAL}")
    return sp.factorial(value, evaluate=False)


def binomial(top: Any, bottom: Any) -> Any:
    """A binomial coefficient, left as it is written."""
    for value in (top, bottom):
        if value.is_Rational and abs(value) > LARGEST_FACTORIAL:
            raise TooLarge(f"a binomial coefficient is read of numbers up to {LARGEST_FACTORIAL}")
    return sp.binomial(top, bottom, evaluate=False)


def special(function: Any, *args: Any) -> Any:
    """Γ, ψ and their like: at a number left as it is written, for its value may be long."""
    if all(a.is_number for a in args):
        return function(*args, evaluate=False)
    return function(*args)


def product(factors: Sequence[Any]) -> Any:
    """The product of scalars."""
    made = sp.Mul(*factors)
    if made is sp.S.NaN or made is sp.S.ComplexInfinity:
        raise InputError("this divides by zero")
    return made


def quotient(over: Any, under: Any) -> Any:
    """over / under."""
    if under.is_zero:
        raise InputError("this divides by zero")
    if over.is_Rational and under.is_Rational:
        return over / under
    return product((over, sp.Pow(under, -1)))
