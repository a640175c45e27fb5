"""Equivalences between equations of vectors."""

from __future__ import annotations

from dataclasses import replace

from derive.checking.budget import Budget, GivesUp
from derive.checking.entries import entrywise
from derive.checking.free_letters import letters_of
from derive.checking.inverses import solved_away
from derive.checking.matrix_algebra import rank_of
from derive.checking.numbers import Numbers, at_points
from derive.checking.point import Undefined
from derive.checking.walker import Walker
from derive.checking.witnesses import witness_at
from derive.core.claim import Claim, Witness
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.vectors import Jacobian, Vector, is_matrix


def about_vectors(claim: Claim) -> bool:
    """Are both statements equations between vectors?"""
    sides = [side for s in (claim.left, claim.right) if isinstance(s, Statement) for side in (s.left, s.right)]
    return all(is_matrix(side) for side in sides)


def by_entries(claim: Claim) -> Claim:
    """The equivalence of the equations of any one entry, inverses multiplied away.

    If f_j and g_j differ for each j by a factor that is never 0, the vectors f and g vanish together.
    """
    made = []
    for statement in (claim.left, claim.right):
        assert isinstance(statement, Statement)
        plain = solved_away(statement, claim.facts)
        made.append(entrywise(Claim(plain.left, EQUAL, plain.right, claim.facts)))
    statements = [Statement(c.left, EQUAL, c.right) for c in made]
    return replace(claim, left=statements[0], right=statements[1], facts=made[1].facts)


def solutions_agree(claim: Claim, budget: Budget, proved: bool) -> Numbers:
    """At random data: the solution that one equation names solves the other, which has no second one near it."""
    explicit, other = claim.right, claim.left
    assert isinstance(explicit, Statement) and isinstance(other, Statement)
    unknown = explicit.left
    if not isinstance(unknown, Vector) or unknown.args[0] in letters_of((explicit.right,), claim.facts):
        if proved:
            return Numbers(1)
        raise GivesUp("implicit")

    def check(walker: Walker) -> Witness | None:
        solution = walker.value(explicit.right)
        before = walker.moved
        walker.moved = {**before, **{(unknown.args[0], (k + 1,)): v for k, v in enumerate(solution)}}
        try:
            left, right = walker.value(other.left), walker.value(other.right)
            bend = walker.value(Jacobian(other.left - other.right, unknown)) if not proved else None
        finally:
            walker.moved = before
        largest = max((abs(v) for m in (left, right) for v in m), default=0)
        residual = max(abs(v) for v in left - right)
        if residual > max(largest, 1) * walker.ctx.mpf(10) ** -15:
            return witness_at(claim, walker, residual, walker.ctx.mpf(0))
        if bend is not None and rank_of(walker, bend) < bend.cols:
            raise Undefined(False)
        return None

    return at_points(claim, check, budget, proved)
