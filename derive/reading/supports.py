"""Where a density lives, as its cases and indicators say."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.domains import REALS, Domain, Integers, Interval, assumptions
from derive.core.errors import InputError
from derive.core.nodes import Indicator
from derive.core.trees import substitute


def own_support(expr: Any, variable: str, domains: dict[Any, Domain]) -> tuple[Any, Any, Domain]:
    """The density and its support, from the condition of its cases or indicators."""
    letters = [s for s in expr.free_symbols if s not in domains and (not variable or str(s) == variable)]
    if len(letters) != 1:
        raise InputError("the letter of an observation cannot be told", "--support 'x > 0' names it")
    pieces_of = sorted(expr.atoms(sp.Piecewise), key=str)
    marks = sorted(expr.atoms(Indicator), key=str)
    if not pieces_of and not marks:
        raise InputError(f"the support of {letters[0]} is missing", f"--support '{letters[0]} > 0'")
    where: Domain = REALS
    for piecewise in pieces_of:
        value, condition = _only_case(piecewise)
        where = _narrowed(where, condition, letters[0])
        expr = expr.xreplace({piecewise: value})
    for mark in marks:
        where = _narrowed(where, _condition_of(mark), letters[0])
        expr = expr.xreplace({mark: sp.Integer(1)})
    new = sp.Symbol(str(letters[0]), **assumptions(where))
    return substitute(expr, {letters[0]: new}), new, where


def on_support(expr: Any, letter: Any, lives: Domain) -> tuple[Any, Domain]:
    """The case that holds on the declared support; a support that reaches beyond the only case is narrowed to it."""
    for piecewise in sorted(expr.atoms(sp.Piecewise), key=str):
        covering = [value for value, condition in piecewise.args if _covers(condition, lives, letter)]
        if covering and covering[0] == piecewise.args[0][0]:
            expr = expr.xreplace({piecewise: covering[0]})
            continue
        value, where = _only_case(piecewise)
        lives = _narrowed(lives, where, letter)
        expr = expr.xreplace({piecewise: value})
    for mark in sorted(expr.atoms(Indicator), key=str):
        where = _condition_of(mark)
        if not _covers(where, lives, letter):
            lives = _narrowed(lives, where, letter)
        expr = expr.xreplace({mark: sp.Integer(1)})
    return expr, lives


def _only_case(piecewise: Any) -> tuple[Any, Any]:
    """The one case in which the density is not zero, and its condition."""
    written = [(value, condition) for value, condition in piecewise.args if value != 0]
    if len(written) != 1 or len(piecewise.args) > 2:
        raise InputError("a density with several cases cannot be used", "write the one case in which it is not zero")
    ((value, condition),) = written
    return value, sp.Not(piecewise.args[0][1]) if condition in (sp.true, True) else condition


def _condition_of(mark: Any) -> Any:
    """What an indicator asks."""
    left, sign, right = mark.args
    if sign.name not in ("<", "<="):
        raise InputError("the condition of the indicator does not give a support", "name it with --support")
    return (sp.Lt if sign.name == "<" else sp.Le)(left, right)


def _covers(condition: Any, domain: Domain, letter: Any) -> bool:
    """Is the condition seen to hold on the whole domain?"""
    if isinstance(condition, sp.And):
        return all(_covers(part, domain, letter) for part in condition.args)
    if condition in (sp.true, True):
        return True
    if not isinstance(condition, sp.core.relational.Relational) or not isinstance(domain, Interval | Integers):
        return False
    if condition.rhs == letter:
        condition = condition.reversed
    if condition.lhs != letter or not isinstance(condition, sp.Gt | sp.Ge | sp.Lt | sp.Le):
        return False
    above = isinstance(condition, sp.Gt | sp.Ge)
    end, opened = (
        (domain.lower, getattr(domain, "lower_open", False))
        if above
        else (domain.upper, getattr(domain, "upper_open", False))
    )
    room = end - condition.rhs if above else condition.rhs - end
    strict = isinstance(condition, sp.Gt | sp.Lt) and not opened
    return bool(room.is_positive if strict else room.is_nonnegative)


def _narrowed(domain: Domain, condition: Any, letter: Any) -> Domain:
    """The part of a domain where the condition holds."""
    if isinstance(condition, sp.And):
        for part in condition.args:
            domain = _narrowed(domain, part, letter)
        return domain
    if isinstance(condition, sp.Lt | sp.Le) and condition.lhs == sp.Abs(letter):
        below = _narrowed(domain, condition.func(letter, condition.rhs), letter)
        return _narrowed(below, condition.func(-condition.rhs, letter), letter)
    if not isinstance(condition, sp.core.relational.Relational) or not isinstance(domain, Interval | Integers):
        raise InputError(f"the condition {condition} does not give a support", "name it with --support")
    if condition.rhs == letter:
        condition = condition.reversed
    if condition.lhs != letter or not isinstance(domain, Interval):
        raise InputError(f"the condition {condition} does not give a support", "name it with --support")
    if _covers(condition, domain, letter):
        return domain
    if isinstance(condition, sp.Gt | sp.Ge) and (condition.rhs - domain.lower).is_extended_nonnegative:
        return Interval(condition.rhs, domain.upper, isinstance(condition, sp.Gt), domain.upper_open)
    if isinstance(condition, sp.Lt | sp.Le) and (domain.upper - condition.rhs).is_extended_nonnegative:
        return Interval(domain.lower, condition.rhs, domain.lower_open, isinstance(condition, sp.Lt))
    raise InputError(f"the condition {condition} does not give a support", "name it with --support")
