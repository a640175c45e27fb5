"""One-slip variants of an expression: what a person writes instead of what is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.checking.slip_kinds import (
    KINDS,
    NEVER_WRITTEN,
    Letters,
    Local,
    numbers,
    pairs_in,
    powers,
    signs,
    terms_lost,
    transposes,
)
from derive.core.information import Expectation, Variance
from derive.core.nodes import Indicator, Partial
from derive.core.trees import rebuild
from derive.core.vectors import VECTOR_LETTERS, Gradient, Hessian, is_matrix

MOST = 800
OF_THE_FIRST = (Partial, Gradient, Hessian, Expectation, Variance)


@dataclass(frozen=True, slots=True)
class Slip:
    """A variant of an expression.

    Args:
        kind: ``sign``, ``factor``, ``power``, ``size``, ``log``, ``swap``, ``term``, ``bracket``, ``index``,
            ``transpose`` or ``base``.
        made: the whole expression with the slip in it.
    """

    kind: str
    made: Any


def slips(expr: Any, sizes: tuple[Any, ...] = (), pairs: tuple[tuple[Any, Any], ...] = ()) -> Iterator[Slip]:
    """All variants, each once, the likely kinds first; at most 800.

    >>> x, y = sp.symbols("x y")
    >>> next(slips(x - y))
    Slip(kind='sign', made=-x - y)
    """
    letters = Letters(sizes, pairs or pairs_in(expr), letters_of(expr))
    seen = {expr}
    for kind, local in KINDS:

        def change(node: Any, local: Local = local) -> Iterator[Any]:
            return of_matrix(node, local) if is_matrix(node) else local(node, letters)

        for made in everywhere(expr, change):
            if made not in seen:
                seen.add(made)
                if made.has(*NEVER_WRITTEN):
                    continue
                yield Slip(kind, made)
                if len(seen) > MOST:
                    return


def everywhere(expr: Any, change: Callable[[Any], Iterator[Any]]) -> Iterator[Any]:
    """The expression with ``change`` made at one node, for every node, outermost first."""
    yield from change(expr)
    if isinstance(expr, (Indicator, *VECTOR_LETTERS)):
        return
    if isinstance(expr, sp.Sum | sp.Product | sp.Integral):
        for made in everywhere(expr.function, change):
            yield expr.func(made, *expr.limits)
        return
    if not expr.args or isinstance(expr, sp.Indexed | sp.IndexedBase):
        return
    # What a derivative is taken by, or an expected value runs over, has no slips of its own.
    changing = expr.args[:1] if isinstance(expr, OF_THE_FIRST) else expr.args
    if isinstance(expr, Expectation | Variance):
        yield from (rebuild(expr, (*expr.args[:2], law)) for law in change(expr.args[2]) if law.is_Symbol)
    for place, arg in enumerate(changing):
        if isinstance(arg, sp.Expr) and not (expr.is_Pow and place == 1 and arg.is_Rational):
            for made in everywhere(arg, change):
                try:
                    yield rebuild(expr, (*expr.args[:place], made, *expr.args[place + 1 :]))
                except (TypeError, ValueError):
                    # Shapes that do not fit: nobody writes that.
                    continue


def of_matrix(node: Any, local: Local) -> Iterator[Any]:
    """The slips that a vector or a matrix can have."""
    if local is signs:
        yield sp.MatMul(-1, node).doit(deep=False)
        if isinstance(node, sp.MatAdd):
            for place, term in enumerate(node.args):
                yield sp.MatAdd(*node.args[:place], sp.MatMul(-1, term), *node.args[place + 1 :])
    elif local is numbers:
        yield sp.MatMul(2, node)
        yield sp.MatMul(sp.Rational(1, 2), node)
    elif local is terms_lost and isinstance(node, sp.MatAdd):
        for place in range(len(node.args)):
            rest = (*node.args[:place], *node.args[place + 1 :])
            yield sp.MatAdd(*rest) if len(rest) > 1 else rest[0]
    elif local is powers and isinstance(node, sp.Inverse):
        yield node.args[0]
    elif local is transposes:
        yield from turned(node)


def turned(node: Any) -> Iterator[Any]:
    """A^T for A, A A^T for A^T A, B A for A B, where the shapes allow it."""
    if node.shape[0] == node.shape[1] and not isinstance(node, sp.MatAdd):
        yield node.args[0] if isinstance(node, sp.Transpose) else sp.Transpose(node)
    if isinstance(node, sp.MatMul):
        factors = list(node.args)
        for place in range(len(factors) - 1):
            a, b = factors[place : place + 2]
            if is_matrix(a) and is_matrix(b) and b.shape[1] == a.shape[0]:
                try:
                    yield sp.MatMul(*factors[:place], b, a, *factors[place + 2 :])
                except (TypeError, ValueError):
                    continue


def letters_of(expr: Any) -> tuple[Any, ...]:
    """Letters and entries that may be factors; indices are none."""
    entries = expr.atoms(sp.Indexed)
    whole = {i for entry in entries for i in entry.indices} | {entry.base.label for entry in entries}
    symbols = {s for s in expr.free_symbols if isinstance(s, sp.Symbol) and s not in whole}
    return tuple(sorted(symbols | entries, key=sp.default_sort_key))[:8]
