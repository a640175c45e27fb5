r"""A letter that is declared, and then defined by others: what was declared of it is a condition on them.

``\mu_k > 0`` with ``\mu_K := 1 - \sum_{k=1}^{K-1} \mu_k`` is a point of the simplex; ``b > 0`` with ``b := 1 - a``
says that a < 1.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.checking.judge import judge
from derive.core.claim import Claim
from derive.core.domains import Domain, Integers, Interval
from derive.core.facts import Facts
from derive.core.ranges import settled
from derive.core.relation import AT_LEAST, AT_MOST, EQUAL, GREATER, LESS
from derive.core.statement import Statement
from derive.reading.constraints import on_simplex

PLAIN = (sp.Add, sp.Mul, sp.Pow, sp.Sum, sp.Indexed, sp.IndexedBase, sp.Symbol, sp.Number, sp.Tuple, sp.Idx)


def with_entry(facts: Facts, entry: Any, value: Any) -> Facts:
    """The facts with an entry of a declared family standing for the value."""
    total = whole_sum(entry, value, facts)
    whole = None if total is None else on_simplex(total, facts)
    if whole is not None:
        return whole.defining(entry, value)
    return within(facts.defining(entry, value), value, facts.domains.get(entry.base))


def within(facts: Facts, value: Any, domain: Domain | None) -> Facts:
    """The facts in which the value lies in the domain; only of what numbers are easily put into."""
    if not isinstance(domain, Interval | Integers) or not is_plain(value) or not value.free_symbols:
        return facts
    opens = (domain.lower_open, domain.upper_open) if isinstance(domain, Interval) else (False, False)
    made = [
        Statement(value, strict if opens[k] else weak, end)
        for k, (end, strict, weak) in enumerate(((domain.lower, GREATER, AT_LEAST), (domain.upper, LESS, AT_MOST)))
        if not end.is_infinite
    ]
    return facts.assuming(*(s for s in made if settled(s, facts) is not True))


def whole_sum(left: Any, right: Any, facts: Facts) -> Any:
    r"""Σ_k π_k over the whole family, where ``left = right`` says that it is one and nothing else; else None."""
    if not all(isinstance(side, sp.Expr) and is_plain(side) for side in (left, right)):
        return None
    entries = left.atoms(sp.Indexed) | right.atoms(sp.Indexed)
    bases = {entry.base for entry in entries}
    if len(bases) != 1:
        return None
    (base,) = bases
    shape = facts.shapes.get(base, ())
    letters = {s for size in shape for s in size.free_symbols} | {base, base.label}
    letters |= {i for entry in entries for i in entry.free_symbols if i.is_integer}
    free = {s for s in left.free_symbols | right.free_symbols if not isinstance(s, sp.Indexed)}
    if len(shape) != 1 or free - letters:
        return None
    index = sp.Symbol("_k", integer=True, positive=True)
    total = sp.Sum(base[index], (index, 1, shape[0]))
    for difference in (left - right, right - left):
        if judge(Claim(difference, EQUAL, total - 1, facts)).holds:
            return total
    return None


def is_plain(value: Any) -> bool:
    """Is it made by the four operations and sums?"""
    return isinstance(value, sp.Expr) and all(isinstance(part, PLAIN) for part in sp.preorder_traversal(value))
