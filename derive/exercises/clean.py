"""Answers that need no calculator: small fractions, and at most a few logarithms of small numbers."""

from __future__ import annotations

from typing import Any

import sympy as sp

LARGEST, FINEST = 400, 24
LARGEST_INSIDE, MOST_PARTS = 30, 3


def is_clean(value: Any) -> bool:
    """Is the exact value one that a person writes down without a calculator?

    >>> is_clean(sp.Rational(7, 5)), is_clean(sp.Float(0.3)), is_clean(sp.log(3) - sp.Rational(1, 2))
    (True, False, True)
    """
    if value is None or not value.is_number or value.is_finite is False:
        return False
    if value.is_Rational:
        return bool(abs(value.p) <= LARGEST and value.q <= FINEST)
    parts = sp.Add.make_args(value)
    return len(parts) <= MOST_PARTS and all(map(is_clean_part, parts))


def opened(value: Any) -> Any:
    """The value with logarithms of primes only, each once.

    >>> opened(sp.log(sp.Rational(12, 5)))
    -log(5) + log(3) + 2*log(2)
    """
    return sp.expand(sp.expand_log(value, factor=True, force=True))


def is_clean_part(part: Any) -> bool:
    """A small fraction, perhaps times one logarithm, root, or π."""
    number, rest = part.as_coeff_Mul()
    if not (number.is_Rational and abs(number.p) <= LARGEST and number.q <= FINEST):
        return False
    if rest == 1 or rest == sp.pi:
        return True
    top, bottom = rest.as_numer_denom()
    if isinstance(bottom, sp.log):
        # A logarithm to another base.
        rest = top
    inner = rest.args[0] if isinstance(rest, sp.log) else rest.base if rest.is_Pow and rest.exp.is_Rational else None
    return inner is not None and inner.is_Rational and abs(inner.p) <= LARGEST_INSIDE and inner.q <= LARGEST_INSIDE
