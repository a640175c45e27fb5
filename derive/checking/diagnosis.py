"""Which one slip explains a wrong line?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.checking.budget import Budget, GivesUp
from derive.checking.judge import judge
from derive.checking.normal_form import normal_forms
from derive.checking.numbers import FAULTS, valued
from derive.checking.point import Undefined
from derive.checking.points import ordinary, same_number, walkers
from derive.checking.slips import Slip, slips
from derive.checking.walker import Walker
from derive.core.claim import Claim
from derive.core.facts import Facts
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import terms

OPERATIONS = 60_000
POINTS = 2


def diagnosis(claim: Claim) -> Slip | None:
    """The first variant of the right side that makes a refuted equation true; ``None`` if there is none.

    What is returned has been judged: put in place of the right side it is proved or tested.
    """
    if claim.relation != EQUAL or isinstance(claim.left, Statement) or isinstance(claim.right, Statement):
        return None
    budget = Budget(OPERATIONS)
    points = known_points(claim, budget)
    if not points:
        return None
    for slip in (*slips(claim.right, sizes_of(claim.facts)), *lost(claim)):
        try:
            fits = all(same(left, valued(slip.made, walker), walker) for walker, left in points)
        except GivesUp as stop:
            if stop.reason == "budget":
                return None
            continue
        except FAULTS:
            continue
        if fits and judge(replace(claim, right=slip.made)).holds:
            kind = "base" if slip.kind == "factor" and of_base(claim.right, slip.made) else slip.kind
            return replace(slip, kind=kind, made=with_plain_indices(slip.made, claim.facts))
    return None


def of_base(wrong: Any, right: Any) -> bool:
    """Is the factor between them the logarithm of a base, as 1/log 2 is between nats and bits?"""
    counted = [[written.count(sp.log(base)) for base in (2, 10)] for written in map(nodes, (wrong, right))]
    return counted[0] != counted[1] and sum(abs(a - b) for a, b in zip(*counted, strict=True)) == 1


def nodes(expr: Any) -> list[Any]:
    """All parts of a tree, each as often as it is written."""
    return list(sp.preorder_traversal(expr))


def with_plain_indices(expr: Any, facts: Facts) -> Any:
    """The normal form's own names of bound letters replaced by the page's index, or by i, j, k."""
    changes: dict[Any, Any] = {}
    plain = [*facts.indices, *(sp.Symbol(name, integer=True, positive=True) for name in "ijkl")]
    for repeated in expr.atoms(sp.Sum, sp.Product):
        for limit in repeated.limits:
            free = [s for s in plain if s not in changes.values() and s not in expr.free_symbols]
            if limit[0].name.startswith("_") and limit[0] not in changes and free:
                changes[limit[0]] = free[0]
    return expr.xreplace(changes) if changes else expr


def lost(claim: Claim) -> Iterator[Slip]:
    """What the left side shows to be missing from the right: a term, a power of a letter."""
    forms = normal_forms(claim.facts)
    try:
        left, difference = (
            forms.expression(p) for p in (forms.read(claim.left), forms.difference(claim.left, claim.right))
        )
    except (GivesUp, RecursionError):
        forms.unfolding = 0
        return
    if difference is not None and (len(terms(difference)) == 1 or 2 * difference.count_ops() < claim.right.count_ops()):
        yield Slip("term", claim.right + difference)
    for whole in (claim.left, left):
        if whole is not None:
            for term in terms(whole):
                yield Slip("term", claim.right + term)
    letters = letters_in(claim.right) | (letters_in(left) if left is not None else set())
    for factor in sorted(letters, key=sp.default_sort_key):
        for exponent in (1, -1, 2, -2):
            yield Slip("factor", claim.right * factor**exponent)
            for share in (2, sp.Rational(1, 2), -1):
                yield Slip("factor", claim.right * factor**exponent * share)


def letters_in(expr: Any) -> set[Any]:
    """The letters that can be a factor of the whole."""
    return {s for s in expr.free_symbols if isinstance(s, sp.Symbol) and not isinstance(s, sp.Idx)}


def known_points(claim: Claim, budget: Budget) -> list[tuple[Walker, Any]]:
    """A few points with the left side's value there."""
    found: list[tuple[Walker, Any]] = []
    drawn = walkers(claim.facts, budget)
    while len(found) < POINTS:
        try:
            walker = next(drawn, None)
            if walker is None:
                break
            if not ordinary(walker):
                continue
            left = walker.value(claim.left)
        except (Undefined, GivesUp, *FAULTS):
            continue
        found.append((walker, left))
    return found


def same(left: Any, right: Any, walker: Walker) -> bool:
    return not isinstance(right, Undefined) and same_number(left, right, walker)


def sizes_of(facts: Facts) -> tuple[Any, ...]:
    """The letters that count observations."""
    found = {s for shape in facts.shapes.values() for size in shape for s in size.free_symbols}
    return tuple(
        sorted(found | {s for size in facts.indices.values() for s in size.free_symbols}, key=sp.default_sort_key)
    )
