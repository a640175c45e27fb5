"""Proof by cases: an absolute value is its inside or the opposite of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import sympy as sp

from derive.core.claim import Claim
from derive.core.ranges import sign
from derive.core.relation import AT_MOST, EQUAL
from derive.core.statement import Statement
from derive.core.trees import substitute

MOST = 3


def cases(claim: Claim) -> tuple[Claim, ...]:
    """The claim with each |u| as u and as −u; none where there is nothing to split.

    If every one of these identities holds for all letters, so does the claim: at any point one of them is the claim.
    """
    if claim.relation != EQUAL or isinstance(claim.left, Statement) or isinstance(claim.right, Statement):
        return ()
    left, right = (without_extremes(side) for side in (claim.left, claim.right))
    found = {node for side in (left, right) for node in outside_of_sums(side) if isinstance(node, sp.Abs)}
    insides = sorted({max(n.args[0], -n.args[0], key=str) for n in found}, key=str)
    if not insides or len(insides) > MOST:
        return ()
    made = []
    for signs in product((1, -1), repeat=len(insides)):
        values = {inside: s * inside for inside, s in zip(insides, signs, strict=True)}
        changes = {n: values[max(n.args[0], -n.args[0], key=str)] for n in found}
        made.append(replace(claim, left=substitute(left, changes), right=substitute(right, changes)))
    return tuple(made)


def triangle(claim: Claim, equal: Callable[[Any, Any], bool]) -> bool:
    """|s| ≤ Σ c_k |u_k| with c_k ≥ 0, where s = Σ ± c_k u_k: then both s and −s are at most the sum."""
    if claim.relation != AT_MOST or not isinstance(claim.left, sp.Abs) or isinstance(claim.right, Statement):
        return False
    pairs = []
    for term in sp.Add.make_args(claim.right):
        sizes = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.Abs)]
        if len(sizes) != 1 or sign(term / sizes[0], claim.facts) not in ("+", "0", ">=0"):
            return False
        pairs.append((term / sizes[0], sizes[0].args[0]))
    if len(pairs) > MOST:
        return False
    inside = claim.left.args[0]
    return any(
        equal(inside, sp.Add(*(s * c * u for s, (c, u) in zip(signs, pairs, strict=True))))
        for signs in product((1, -1), repeat=len(pairs))
    )


def without_extremes(expr: Any) -> Any:
    """max(a, b) = (a + b + |a − b|)/2 and min(a, b) = (a + b − |a − b|)/2."""
    changes = {}
    for node in outside_of_sums(expr):
        if isinstance(node, sp.Max | sp.Min) and len(node.args) == 2:
            a, b = node.args
            sense = 1 if isinstance(node, sp.Max) else -1
            changes[node] = (a + b + sense * sp.Abs(a - b)) / 2
    return substitute(expr, changes) if changes else expr


def outside_of_sums(expr: Any) -> list[Any]:
    """The nodes that stand in no sum or product over an index, whose terms may fall into different cases."""
    found = [expr]
    if isinstance(expr, sp.Sum | sp.Product | sp.Integral):
        return found
    for arg in expr.args:
        found.extend(outside_of_sums(arg))
    return found
