"""The one place that takes expression trees apart and rebuilds them.

SymPy evaluates a node whenever it is made again, so only the ancestors of a changed node are rebuilt here, and
``\\binom{10}{8}`` or ``7!`` stay as they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from derive.core.information import OverALaw
from derive.core.nodes import At, Partial
from derive.core.vectors import BINDERS, VECTOR_LETTERS, EvaluatedAt, Gradient, Hessian, VectorMean, is_matrix


def rebuild(node: Any, args: tuple[Any, ...]) -> Any:
    """The node with other arguments; binomials and factorials of numbers are not evaluated."""
    if args == node.args:
        return node
    if isinstance(node, sp.binomial | sp.factorial):
        return node.func(*args, evaluate=False)
    return node.func(*args)


def substitute(expr: Any, changes: Mapping[Any, Any]) -> Any:
    """Each key replaced by its value, bound indices left alone, siblings not evaluated.

    A value is put into a derivative after it is taken: ∂f/∂a with 2 for a is ∂f/∂a at a = 2.
    """
    if expr in changes:
        return changes[expr]
    if not expr.args or isinstance(expr, sp.IndexedBase):
        return expr
    if isinstance(expr, OverALaw | VectorMean):
        inner = {k: v for k, v in changes.items() if k != expr.args[1]}
        return expr.func(substitute(expr.args[0], inner), *expr.args[1:])
    if isinstance(expr, BINDERS):
        bound = {limit[0] for limit in expr.limits}
        inner = {k: v for k, v in changes.items() if k not in bound}
        limits = [(limit[0], *(substitute(e, inner) for e in limit[1:])) for limit in expr.limits]
        return expr.func(substitute(expr.function, inner), *limits)
    if isinstance(expr, At | EvaluatedAt):
        inner, letter, value = expr.args
        others = {k: v for k, v in changes.items() if k != letter}
        return expr.func(substitute(inner, others), letter, substitute(value, changes))
    if isinstance(expr, Partial | Gradient | Hessian) and not is_variable(changes.get(expr.args[1], expr.args[1])):
        letter, value = expr.args[1], changes[expr.args[1]]
        others = {k: v for k, v in changes.items() if k != letter}
        return (EvaluatedAt if is_matrix(expr) else At)(substitute(expr, others), letter, value)
    return rebuild(expr, tuple(substitute(a, changes) for a in expr.args))


def is_variable(letter: Any) -> bool:
    """Can a derivative be taken by it?"""
    return isinstance(letter, (sp.Symbol, sp.Indexed, sp.IndexedBase, sp.MatrixSymbol, *VECTOR_LETTERS))


def mentions(expr: Any, letter: Any) -> bool:
    """Does the letter (a symbol, an index, an indexed letter or its base) occur free in the expression?"""
    if expr == letter:
        return True
    if isinstance(expr, OverALaw | VectorMean):
        return letter != expr.args[1] and mentions(expr.args[0], letter)
    if isinstance(expr, BINDERS):
        if any(mentions(e, letter) for limit in expr.limits for e in limit[1:]):
            return True
        return letter not in {limit[0] for limit in expr.limits} and mentions(expr.function, letter)
    return any(mentions(a, letter) for a in expr.args)


def changed_at(expr: Any, change: Callable[[Any], Any | None]) -> tuple[Any, tuple[tuple[Any, Any], ...]]:
    """Apply ``change`` at the outermost nodes where it gives something; what was changed into what, in order."""
    new = change(expr)
    if new is not None and new != expr:
        return new, ((expr, new),)
    if not expr.args or isinstance(expr, sp.Indexed | sp.IndexedBase):
        return expr, ()
    done: list[tuple[Any, Any]] = []
    args: list[Any] = []
    for arg in expr.args:
        made, changes = changed_at(arg, change)
        args.append(made)
        done.extend(changes)
    return (rebuild(expr, tuple(args)) if done else expr), tuple(done)


def terms(expr: Any) -> tuple[Any, ...]:
    """The terms of a sum of two or more, else the expression alone."""
    return sp.Add.make_args(expr)  # type: ignore[no-any-return]


def split_factor(expr: Any, letter: Any) -> tuple[Any, Any]:
    """The product of the factors free of the letter, and of those that are not."""
    free, bound = sp.Integer(1), sp.Integer(1)
    for factor in sp.Mul.make_args(expr):
        if mentions(factor, letter):
            bound = bound * factor
        else:
            free = free * factor
    return free, bound


def factors(expr: Any) -> tuple[tuple[Any, Any], ...]:
    """The product as a person writes it: pairs (base, exponent), all half powers under one root.

    ``sqrt(2)*exp(u)/(2*sqrt(pi)*sqrt(v))`` gives ``(2 pi v, -1/2)`` and ``(E, u)``.
    """
    half: dict[Any, Any] = {}
    rest: list[tuple[Any, Any]] = []
    for factor in sp.Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if isinstance(factor, sp.exp):
            base, exponent = sp.E, factor.args[0]
        if base.is_Rational and base.q != 1 and exponent == 1:
            pairs = [(sp.Integer(base.p), sp.Integer(1)), (sp.Integer(base.q), sp.Integer(-1))]
            pairs = [pair for pair in pairs if pair[0] != 1]
        elif base.is_Rational and base.p == 1 and base.q != 1:
            pairs = [(sp.Integer(base.q), -exponent)]
        else:
            pairs = [(base, exponent)]
        for b, e in pairs:
            rest.append((b, e))
    numbers: dict[Any, Any] = {}
    others: list[tuple[Any, Any]] = []
    for b, e in rest:
        if b.is_Integer and e.is_Rational:
            numbers[b] = numbers.get(b, sp.Integer(0)) + e
        else:
            others.append((b, e))
    result: list[tuple[Any, Any]] = []
    for b, e in [*numbers.items(), *others]:
        if e == 0:
            continue
        if e in (sp.Rational(1, 2), sp.Rational(-1, 2)):
            half[e] = half.get(e, sp.Integer(1)) * b
        else:
            result.append((b, e))
    roots = [(b, e) for e, b in half.items()]
    return (
        *(pair for pair in result if pair[0].is_number and pair[0] != sp.E),
        *roots,
        *(pair for pair in result if not pair[0].is_number or pair[0] == sp.E),
    )


def power(base: Any, exponent: Any) -> Any:
    """``base ** exponent`` as one node, a product under a root not pulled apart."""
    if exponent == 1:
        return base
    if base == sp.E:
        return sp.exp(exponent)
    return sp.Pow(base, exponent, evaluate=not (exponent.is_Rational and not exponent.is_Integer))
