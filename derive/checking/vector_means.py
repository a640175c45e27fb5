"""Expected values over laws of vectors: sums over one-hot vectors and counts, an integral over the simplex."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import comb
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.core.domains import Compositions, OneHot, Simplex
from derive.core.information import Law
from derive.core.meanings import meaning
from derive.core.trees import rebuild

if TYPE_CHECKING:
    from derive.checking.walker import Walker

MOST_VECTORS = 1_500
Entries = dict[Any, Any]


def renamed(law: Law, variable: Any) -> Any:
    """The density with its vector under another letter."""
    if law.density is None:
        raise GivesUp("vector law")
    if law.variable == variable:
        return law.density
    changes = {e: variable[e.indices] for e in law.density.atoms(sp.Indexed) if e.base == law.variable}
    return law.density.xreplace({**changes, law.variable: variable})


def listed(walker: Walker, law: Law, expr: Any, variable: Any) -> Any:
    """Σ p(x)·expr over all the vectors of a finite support."""
    density, support = renamed(law, variable), law.support
    assert isinstance(support, OneHot | Compositions)
    size = walker.whole(support.size)
    total = 1 if isinstance(support, OneHot) else walker.whole(support.total)
    if comb(total + size - 1, size - 1) > MOST_VECTORS:
        raise GivesUp("size")
    key = ("vectors", density, size, total)
    kept = not walker.bound and not walker.moved
    weights = walker.memo.get(key) if kept else None
    if weights is None:
        weights = []
        for counts in compositions(total, size):
            entries = {(variable, (k,)): walker.ctx.mpf(v) for k, v in enumerate(counts, start=1)}
            with moving(walker, entries):
                weights.append((entries, walker.value(density)))
        if kept:
            walker.memo[key] = weights
    made = []
    for entries, weight in weights:
        if weight != 0:
            with moving(walker, entries):
                made.append(weight * walker.value(expr))
    total = walker.ctx.fsum(made)
    return total if walker.shaking is None else walker.shaking.moved(walker.ctx, total, made, (expr, variable))


def compositions(total: int, size: int) -> Iterator[tuple[int, ...]]:
    """All vectors of ``size`` counts with this sum.

    >>> list(compositions(2, 2))
    [(0, 2), (1, 1), (2, 0)]
    """
    if size == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, size - 1):
            yield (first, *rest)


def on_segment(walker: Walker, law: Law, expr: Any, variable: Any) -> tuple[Any, Any, Any]:
    """Density and expression over {v_k > 0, Σ v_k = 1} with two entries, as functions of v_1 = u; and u.

    Raises:
        GivesUp: the vectors have more entries, so that it would take integrals inside integrals.
    """
    assert isinstance(law.support, Simplex)
    if walker.whole(law.support.size) != 2:
        raise GivesUp("size")
    u = sp.Symbol("_u", positive=True)
    entries = {1: u, 2: 1 - u}
    outer = {letter: sp.Integer(value) for letter, value in walker.bound.items()}
    density = laid_out(walker, renamed(law, variable), variable, entries, outer)
    return density, laid_out(walker, expr, variable, entries, outer), u


def laid_out(walker: Walker, e: Any, variable: Any, entries: dict[int, Any], known: dict[Any, Any]) -> Any:
    """The expression with its sums and products written out and the vector's entries put in."""
    if isinstance(e, AppliedUndef) and e.args == (variable,):
        stands_for = meaning(e, walker.facts)
        law = walker.facts.law(e.func.__name__)
        if stands_for is None and law is not None:
            stands_for = renamed(law, variable)
        if stands_for is None:
            raise GivesUp("vector law")
        return laid_out(walker, stands_for, variable, entries, known)
    if e in known:
        return known[e]
    if isinstance(e, sp.Indexed):
        at = tuple(sp.Integer(walker.whole(laid_out(walker, i, variable, entries, known))) for i in e.indices)
        return entries[int(at[0])] if e.base == variable else e.base[at]
    if isinstance(e, sp.Sum | sp.Product) and len(e.limits) == 1:
        letter, low, high = e.limits[0]
        first, last = (walker.whole(laid_out(walker, v, variable, entries, known)) for v in (low, high))
        parts = [
            laid_out(walker, e.function, variable, entries, {**known, letter: sp.Integer(v)})
            for v in range(first, last + 1)
        ]
        return sp.Add(*parts) if isinstance(e, sp.Sum) else sp.Mul(*parts)
    if not e.args or isinstance(e, sp.IndexedBase):
        return e
    return rebuild(e, tuple(laid_out(walker, a, variable, entries, known) for a in e.args))


@contextmanager
def moving(walker: Walker, entries: Entries) -> Iterator[None]:
    """With entries of a vector at given values."""
    before = walker.moved
    walker.moved = {**before, **entries}
    try:
        yield
    finally:
        walker.moved = before
