"""What supports settle: a sum over the values of one law, a case that covers all data."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.domains import Domain, Integers, Interval
from derive.core.facts import Facts
from derive.core.information import Cardinality


def over_support(e: Any, facts: Facts) -> Any:
    """Σ_z C(z) log C(z) over a set that C does not live on, over the support of C; None if there is nothing to mend."""
    if len(e.limits) != 1:
        return None
    letter, low, high = e.limits[0]
    if not isinstance(high, Cardinality):
        return None
    heads = {f.func.__name__ for f in e.function.atoms(AppliedUndef) if f.args[:1] == (letter,)}
    laws = [law for head in sorted(heads) if (law := facts.law(head)) is not None]
    supports = {(law.support.lower, law.support.upper) for law in laws if isinstance(law.support, Integers)}
    if len(supports) != 1 or len(laws) != len(heads) or (low, high) in supports:
        return None
    ((first, last),) = supports
    return e.func(e.function, (letter, first, last))


def certain(e: Any, facts: Facts) -> Any:
    """Cases without the conditions that the support of the data fulfils."""
    if not isinstance(e, sp.Piecewise):
        return e
    return sp.Piecewise(*((branch, known(condition, facts)) for branch, condition in e.args))


def known(condition: Any, facts: Facts) -> Any:
    """True where every observation fulfils the condition, else the condition."""
    if isinstance(condition, sp.And):
        return sp.And(*(known(part, facts) for part in condition.args))
    if not isinstance(condition, sp.Le | sp.Ge | sp.Lt | sp.Gt):
        return condition
    small, large = (
        (condition.lhs, condition.rhs) if isinstance(condition, sp.Le | sp.Lt) else (condition.rhs, condition.lhs)
    )
    strict = isinstance(condition, sp.Lt | sp.Gt)
    for side, other, end in ((large, small, "lower"), (small, large, "upper")):
        domain = domain_of(side, facts)
        if isinstance(domain, Interval | Integers) and getattr(domain, end) == other:
            is_open = isinstance(domain, Interval) and getattr(domain, f"{end}_open")
            if not strict or is_open:
                return sp.true
    return condition


def domain_of(letter: Any, facts: Facts) -> Domain | None:
    """Where an observation, or the small letter of a random variable, lives."""
    if isinstance(letter, sp.Indexed):
        return facts.domains.get(letter.base)
    if not isinstance(letter, sp.Symbol):
        return None
    law = facts.law(letter.name) or next((w for n, w in facts.laws.items() if n.name.lower() == letter.name), None)
    return facts.domains.get(letter) or (law.support if law is not None else None)
