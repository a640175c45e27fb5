"""Gradients, Hessians and Jacobians as matrices of differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.entries import entry
from derive.checking.filled import filled
from derive.core.vectors import VECTOR_LETTERS, component
from derive.core.vectors import cell as cell_of

if TYPE_CHECKING:
    from derive.checking.walker import Walker


def gradient(walker: Walker, e: Any) -> Any:
    if not isinstance(e.args[1], VECTOR_LETTERS):
        raise GivesUp("derivative")
    return filled(
        walker, e, lambda i, j: walker.differences(e.args[0], [(cell_of(e.args[1], sp.Integer(i), sp.Integer(j)), 1)])
    )


def hessian(walker: Walker, e: Any) -> Any:
    known: dict[tuple[int, int], Any] = {}

    def cell(i: int, j: int) -> Any:
        key = (min(i, j), max(i, j))
        if key not in known:
            a, b = (component(e.args[1], sp.Integer(n)) for n in key)
            known[key] = walker.differences(e.args[0], [(a, 2)] if i == j else [(a, 1), (b, 1)])
        return known[key]

    return filled(walker, e, cell)


def jacobian(walker: Walker, e: Any) -> Any:
    """By differences of the entries, which a formula gives."""
    if not isinstance(e.args[1], VECTOR_LETTERS):
        raise GivesUp("derivative")
    return filled(
        walker,
        e,
        lambda i, j: walker.differences(entry(e.args[0], sp.Integer(i)), [(component(e.args[1], sp.Integer(j)), 1)]),
    )
