"""In what order a person writes the terms of a sum and the factors of a product, and what goes under the bar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from derive.core.information import Expectation, Variance
from derive.core.nodes import Partial

SIZES = ("N", "n", "K")
BIG = (sp.Sum, sp.Product, sp.Integral)
DELIMITED = (Expectation, Variance)
"""What stands last in a product like a sum, but needs no brackets."""
OPEN_FUNCTIONS = (sp.log, sp.loggamma, TrigonometricFunction)
"""Functions that are written before their argument without brackets where they can be."""
HALF = sp.Rational(1, 2)
BEHIND = 10
"""Factors of this rank and above stay behind the fraction."""

IsData = Callable[[Any], bool]


def data_test(data_letter: str) -> IsData:
    """The test of whether an expression holds observations: the letter itself, in any decoration, or an index i."""
    inside = re.compile(rf"(?<![A-Za-z\\]){re.escape(data_letter)}(?![A-Za-z])")

    def is_data(e: Any) -> bool:
        if any("i" in {str(s) for s in x.indices} for x in e.atoms(sp.Indexed)):
            return True
        return any(inside.search(s.name) for s in e.atoms(sp.Symbol))

    return is_data


# ---------------------------------------------------------------- signs and kinds


def is_negative(e: Any) -> bool:
    """Is it written with a minus sign in front?"""
    if e.is_Number or e is sp.S.NegativeInfinity:
        return bool(e.is_extended_negative)
    if e.is_Mul:
        numbers = [a for a in e.args if a.is_Number]
        return bool(numbers and numbers[0].is_extended_negative)
    return False


def is_negative_exponent(e: Any) -> bool:
    """Does the power belong under the bar?"""
    return all(is_negative(a) for a in e.args) if e.is_Add else is_negative(e)


def is_polynomial(e: Any) -> bool:
    """Letters, numbers, sums, products and powers that stay above the bar, nothing else."""
    for part in sp.preorder_traversal(e):
        if isinstance(part, sp.Indexed | sp.IndexedBase | sp.Tuple | sp.Symbol | sp.Add | sp.Mul | sp.NumberSymbol):
            continue
        if part.is_Number or (isinstance(part, sp.Pow) and not is_negative_exponent(part.exp)):
            continue
        if isinstance(part, sp.Basic) and type(part).__name__ in ("Idx", "Str"):
            continue
        return False
    return True


def is_flat(e: Any) -> bool:
    """Does it fit on one line without a bar, a big operator or a logarithm?"""
    for part in sp.preorder_traversal(e):
        if isinstance(part, (*BIG, sp.log, sp.loggamma, Partial, sp.Derivative, sp.Piecewise, sp.binomial)):
            return False
        if isinstance(part, sp.Rational) and part.q != 1:
            return False
        if isinstance(part, sp.Pow) and is_negative_exponent(part.exp):
            return False
    return True


def is_squared_letter(e: Any) -> bool:
    r"""Is it one letter whose name is a square, such as ``\sigma^2`` or ``\hat{\sigma}^2``?"""
    return isinstance(e, sp.Symbol) and bool(re.search(r"\^(2|\{2\})$", e.name))


# ---------------------------------------------------------------- terms


def ordered_terms(e: Any, is_data: IsData) -> list[Any]:
    """The terms of a sum as a person writes them.

    Polynomials: observations before parameters before numbers, high powers first. Otherwise: terms without sums over
    data first, parameters before observations before numbers before exponentials,
    positive terms first, short terms first. A leading run
    of negative terms moves behind the positive terms that follow it: ``1-p`` and ``N-\\sum x_i``.
    """
    terms = list(e.args)
    key = _polynomial_key if all(is_polynomial(t) for t in terms) else _general_key
    terms.sort(key=lambda t: key(t, is_data))
    positive = next((k for k, t in enumerate(terms) if not is_negative(t)), 0)
    end = next((k for k in range(positive, len(terms)) if is_negative(terms[k])), len(terms))
    return terms[positive:end] + terms[:positive] + terms[end:]


def _polynomial_key(term: Any, is_data: IsData) -> Any:
    of_data = of_all = 0
    for factor in sp.Mul.make_args(term):
        base, exponent = factor.as_base_exp() if isinstance(factor, sp.Pow) else (factor, sp.S.One)
        if base.is_number:
            continue
        degree = (int(exponent) if exponent.is_Integer else 1) * (2 if is_squared_letter(base) else 1)
        of_all += degree
        of_data += degree if is_data(base) else 0
    return (-of_data, -of_all, term.has(sp.Add), _names(term))


def _general_key(term: Any, is_data: IsData) -> Any:
    data = is_data(term)
    kind = 2 if not term.free_symbols else 3 if _is_exponential(term) else int(data)
    return (_bigness(term), kind, is_negative(term), complexity(term), _names(term))


def _is_exponential(term: Any) -> bool:
    return any(isinstance(f, sp.exp) for f in sp.Mul.make_args(term))


def _bigness(term: Any) -> int:
    """0: no big operator, 1: one in brackets, 2: the term ends with one."""
    if not term.has(*BIG):
        return int(term.has(*DELIMITED))
    factors = sp.Mul.make_args(term)
    return 2 if isinstance(factors[-1] if len(factors) == 1 else _last_big(factors), BIG) else 1


def _last_big(factors: Iterable[Any]) -> Any:
    ranked = sorted(factors, key=rank)
    return ranked[-1]


def complexity(e: Any) -> int:
    """The number of nodes, a sign not counted."""
    return sum(1 for part in sp.preorder_traversal(e) if part is not sp.S.NegativeOne)


def _names(e: Any) -> Any:
    """Alphabetical order of the letters, sizes first, Greek by name."""
    names = sorted((s.name not in SIZES, s.name.lstrip("\\"), s.name) for s in e.free_symbols if hasattr(s, "name"))
    return (names, str(e))


# ---------------------------------------------------------------- factors


def rank(factor: Any, is_data: IsData = lambda e: False) -> int:
    """The place of a factor in a product.

    Numbers, π, sizes, binomials, parameters, observations, factorials, roots, brackets, powers of e, functions; then
    what stays behind a fraction: long brackets, derivatives, sums, logarithms and exponentials.
    """
    base, exponent = (factor.base, factor.exp) if isinstance(factor, sp.Pow) else (factor, sp.S.One)
    if isinstance(factor, sp.exp):
        return 8 if is_short_exponent(factor.args[0]) else 14
    if isinstance(base, OPEN_FUNCTIONS):
        return 13
    if isinstance(base, BIG) or (isinstance(base, DELIMITED) and exponent == 1):
        return 12
    if isinstance(base, Partial | sp.Derivative | sp.Piecewise):
        return 11
    if exponent == HALF:
        return 6
    if base.is_Add:
        return 7 if is_flat(base) else BEHIND
    if base.is_Number:
        return 0 if exponent == 1 else 1
    if base.is_number and base.is_Atom:
        return 1
    if isinstance(base, sp.Symbol):
        return 2 if base.name in SIZES else 4 + int(is_data(base))
    if isinstance(base, sp.binomial):
        return 3
    if isinstance(base, sp.Indexed | sp.IndexedBase):
        return 4 + int(is_data(base))
    if isinstance(base, sp.factorial):
        return 5
    if base.is_Mul:
        return 7
    return 9


def ordered_factors(factors: Iterable[Any], is_data: IsData) -> list[Any]:
    """Factors by rank; inside a rank by the letters of the base."""

    def key(factor: Any) -> Any:
        base = factor.base if isinstance(factor, sp.Pow) else factor
        place = rank(factor, is_data)
        size = complexity(base) if place >= 5 and not base.is_Atom else 0
        return (place, size, _names(base), str(factor))

    return sorted(factors, key=key)


def is_short_exponent(e: Any) -> bool:
    """``e^{u}`` rather than ``\\exp(u)``?"""
    return is_flat(e) and not e.has(sp.exp)
