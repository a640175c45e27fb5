"""What of a product stands in front, above the bar, under it, and behind; half powers gathered under one root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.nodes import Partial
from derive.writing.order import BEHIND, BIG, HALF, is_negative_exponent, is_squared_letter, rank


@dataclass(frozen=True, slots=True)
class Product:
    """A product taken apart for printing: ``± numbers · front · (over / under) · behind``."""

    negative: bool
    numbers: tuple[Any, ...]
    front: tuple[Any, ...]
    over: tuple[Any, ...]
    under: tuple[Any, ...]
    behind: tuple[Any, ...]


def taken_apart(e: Any) -> Product:
    r"""The parts of a product (or a power with a negative exponent).

    One rational coefficient goes into the fraction; several numbers (an unevaluated product) are kept as they are.
    Powers with minus signs go under the bar. Half powers share one root: √2/(2√π√v) is 1/√(2πv).
    """
    numbers = [a for a in sp.Mul.make_args(e) if a.is_Number]
    above: list[tuple[Any, Any]] = []
    below: list[tuple[Any, Any]] = []
    for factor in sp.Mul.make_args(e):
        if factor.is_Number:
            continue
        base, exponent = (factor.base, factor.exp) if isinstance(factor, sp.Pow) else (factor, sp.S.One)
        if is_negative_exponent(exponent):
            below.append((base, _opposite(exponent)))
        else:
            above.append((base, exponent))
    negative = bool(numbers and numbers[0].is_extended_negative)
    if negative:
        numbers[0] = -numbers[0]
    p: Any = sp.S.One
    q: Any = sp.S.One
    if len(numbers) == 1 and isinstance(numbers[0], sp.Rational):
        p, q = sp.Integer(numbers[0].p), sp.Integer(numbers[0].q)
        explicit_one = not negative and p == 1 and q == 1
        numbers = [sp.S.One] if explicit_one else []
    elif len(numbers) == 1:
        p, numbers = numbers[0], []
    q = _roots_moved_down(above, below, q)
    front: list[Any] = []
    up, down = _half_bases(above), _half_bases(below)
    if up and down and not _all_squared(up) and not _all_squared(down):
        above = [pair for pair in above if pair[1] != HALF]
        below = [pair for pair in below if pair[1] != HALF]
        inside = sp.Mul(*up, _power(_joined(down), sp.S.NegativeOne), evaluate=False)
        front.append(_power(inside, HALF))
    over, under = collected(above), collected(below)
    behind = [f for f in over if rank(f) >= BEHIND]
    over = [f for f in over if rank(f) < BEHIND]
    if p != 1:
        over.insert(0, p)
    if q != 1:
        under.insert(0, q)
    if under and not over and not front and not numbers and len(behind) == 1 and _may_rise(behind[0], under):
        over, behind = behind, []
    return Product(negative, tuple(numbers), tuple(front), tuple(over), tuple(under), tuple(behind))


def collected(powers: list[tuple[Any, Any]]) -> list[Any]:
    r"""Factors from (base, exponent) pairs; broken exponents are shared: ``2^{N/2} v^{N/2}`` is ``(2v)^{N/2}``.

    Only 1/2 and symbolic exponents are collected; a letter that is itself a square (``\sigma^2``) alone is left for the
    printer, which halves its exponent.
    """
    groups: dict[Any, list[Any]] = {}
    factors: list[Any] = []
    for base, exponent in powers:
        if exponent == HALF or (not exponent.is_Number and not exponent.as_coeff_Mul()[0].is_Integer):
            groups.setdefault(exponent, []).append(base)
        else:
            factors.append(_power(base, exponent))
    for exponent, bases in groups.items():
        if _all_squared(bases):
            factors.extend(_power(base, exponent) for base in bases)
        else:
            factors.append(_power(_joined(bases), exponent))
    return factors


def _all_squared(bases: list[Any]) -> bool:
    return all(is_squared_letter(b) for b in bases)


def _half_bases(powers: list[tuple[Any, Any]]) -> list[Any]:
    return [base for base, exponent in powers if exponent == HALF]


def _roots_moved_down(above: list[tuple[Any, Any]], below: list[tuple[Any, Any]], q: Any) -> Any:
    """√n/(n m) is 1/(m √n): integer roots go under the bar where they cancel; what is left of q is returned."""
    for pair in list(above):
        base, exponent = pair
        if exponent == HALF and base.is_Integer and q % base == 0:
            above.remove(pair)
            below.append(pair)
            q = q / base
    return q


def _may_rise(factor: Any, under: list[Any]) -> bool:
    """May a long factor stand above the bar by itself? Only over something that is more than letters."""
    if isinstance(factor, sp.exp | Partial | sp.Derivative | sp.Piecewise):
        return False
    if factor.is_Add:
        return (
            not factor.has(sp.log, sp.loggamma, sp.exp)
            and all(_numerator_only(t) for t in factor.args)
            and any(f.free_symbols for f in under)
        )
    return any(f.has(sp.Add, *BIG, sp.log, AppliedUndef) for f in under)


def _numerator_only(term: Any) -> bool:
    for factor in sp.Mul.make_args(term):
        if isinstance(factor, sp.Rational) and factor.q != 1:
            return False
        if isinstance(factor, sp.Pow) and is_negative_exponent(factor.exp):
            return False
    return True


def _opposite(exponent: Any) -> Any:
    return sp.Add(*(-a for a in exponent.args)) if exponent.is_Add else -exponent


def _joined(bases: list[Any]) -> Any:
    return bases[0] if len(bases) == 1 else sp.Mul(*bases, evaluate=False)


def _power(base: Any, exponent: Any) -> Any:
    return base if exponent == 1 else sp.Pow(base, exponent, evaluate=False)
