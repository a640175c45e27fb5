"""The degree of an expression as a polynomial in a vector's entries."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import GivesUp
from derive.checking.opened import opened_log
from derive.core.facts import Facts
from derive.core.information import OverALaw
from derive.core.meanings import meaning
from derive.core.nodes import Partial
from derive.core.vectors import VECTOR_LETTERS, Diagonal, Dot, SquaredNorm, VectorMean, VectorSum

SUMS = (sp.Add, sp.MatAdd)
PRODUCTS = (sp.Mul, sp.MatMul, Dot)
SAME = (sp.Transpose, sp.Trace, Diagonal)
POWERS = (sp.Pow, sp.MatPow)
DEEPEST = 60


def degree_in(e: Any, base: Any, facts: Facts, depth: int = 0) -> int:
    """An upper bound of the degree in the entries of ``base``.

    Raises:
        GivesUp: it may be no polynomial in them.
    """
    if depth > DEEPEST:
        raise GivesUp("depth")
    stands_for = meaning(e, facts) if isinstance(e, sp.Symbol | sp.Indexed | AppliedUndef) else None
    if stands_for is not None:
        return degree_in(stands_for, base, facts, depth + 1)
    if isinstance(e, sp.Indexed):
        return int(e.base == base)
    if isinstance(e, VECTOR_LETTERS):
        return of_letter(e, base, facts, depth + 1)

    def inner(part: Any) -> int:
        return degree_in(part, base, facts, depth + 1)

    if isinstance(e, sp.log):
        return of_logarithm(e.args[0], base, facts, depth + 1)
    if isinstance(e, OverALaw | VectorMean):
        bound = e.args[1] == base or e.args[1].args[:1] == (base,)
        return 0 if bound else inner(e.args[0])
    if isinstance(e, sp.Sum | VectorSum):
        return inner(e.function)
    if isinstance(e, SUMS):
        return max(map(inner, e.args))
    if isinstance(e, PRODUCTS):
        return sum(map(inner, e.args))
    if isinstance(e, SquaredNorm):
        return 2 * inner(e.args[0])
    if isinstance(e, SAME) or (isinstance(e, Partial) and not e.args[1].has(base)):
        return inner(e.args[0])
    if isinstance(e, POWERS) and e.args[1].is_Integer and e.args[1] > 0:
        return int(e.args[1]) * inner(e.args[0])
    if any(map(inner, (arg for arg in e.args if isinstance(arg, sp.Basic)))):
        raise GivesUp("quadrature")
    return int(e == base)


def of_letter(e: Any, base: Any, facts: Facts, depth: int) -> int:
    """A vector or a matrix by its letter: its own entries, or what they stand for."""
    if e.args[0] == base:
        return 1
    given = facts.definitions.get(e.args[0])
    expr = given.expr if isinstance(given, sp.Lambda) else given
    return 0 if expr is None else degree_in(expr, base, facts, depth)


def of_logarithm(e: Any, base: Any, facts: Facts, depth: int) -> int:
    """The degree of log e, as of a density's."""
    if depth > DEEPEST:
        raise GivesUp("depth")
    stands_for = meaning(e, facts) if isinstance(e, sp.Symbol | AppliedUndef) else None
    if stands_for is not None:
        return of_logarithm(stands_for, base, facts, depth + 1)
    highest = 0
    for term in sp.Add.make_args(opened_log(e)):
        logs = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.log)]
        if len(logs) != 1 or logs[0].args[0] == e:
            highest = max(highest, of_opened(term, e, base, facts, depth))
        else:
            rest = degree_in(term / logs[0], base, facts, depth)
            highest = max(highest, rest + of_logarithm(logs[0].args[0], base, facts, depth + 1))
    return highest


def of_opened(term: Any, e: Any, base: Any, facts: Facts, depth: int) -> int:
    """A term that is no logarithm, or that of what cannot be opened: then free of the vector."""
    if term != sp.log(e, evaluate=False):
        return degree_in(term, base, facts, depth + 1)
    if degree_in(e, base, facts, depth + 1):
        raise GivesUp("quadrature")
    return 0
