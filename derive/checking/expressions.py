"""Claims between expressions: equal, approximately, less, greater, equal up to what a relation forgives."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

import sympy as sp

from derive.checking.budget import Budget, GivesUp
from derive.checking.cases import cases, triangle
from derive.checking.cells import on_cells
from derive.checking.digits import half_a_unit
from derive.checking.efforts import averages
from derive.checking.entries import entrywise
from derive.checking.inverses import without_inverse
from derive.checking.normal_form import NormalForms, normal_forms
from derive.checking.numbers import at_points, equal_at, expressions_at
from derive.checking.point import Undefined
from derive.checking.points import same_number
from derive.checking.polynomials import add
from derive.checking.quotients import ratio
from derive.checking.shaken import there
from derive.checking.simple import simplest
from derive.checking.variants import variants
from derive.checking.walker import Walker
from derive.checking.witnesses import witness_at
from derive.core.claim import Claim, Outcome, Verdict, Witness
from derive.core.information import Divergence
from derive.core.ranges import settled
from derive.core.relation import APPROXIMATELY, AT_LEAST, AT_MOST, EQUAL
from derive.core.statement import Statement
from derive.core.vectors import is_matrix

MATRIX_POINTS = 5
ROUGH_DIGITS = 15


def judge_expressions(claim: Claim, budget: Budget) -> Verdict:
    """PROVED by a rung that proves and no contradiction; TESTED by numbers alone; REFUTED with a point."""
    how = proof(claim) or by_parts(claim)

    def check(walker: Walker) -> Witness | None:
        if claim.relation.forgives != "nothing":
            return forgiving(claim, walker)
        if sampled:
            return roughly(claim, walker)
        return expressions_at(claim, walker, how is not None)

    sampled = how is not None and claim.relation == EQUAL and over_families(claim)
    if sampled:
        # What is proved is looked at once, with few digits; of a matrix any one entry, each of them an integral.
        claim = entrywise(claim)
    enough = 1 if sampled else MATRIX_POINTS if is_matrix(claim.left) or made_of_matrices(claim) else 100
    claim = on_cells(claim)
    numbers = at_points(claim, check, budget, how is not None, enough)
    if numbers.witness is not None:
        return Verdict(Outcome.REFUTED, "numbers", simplest(claim, check, numbers.witness))
    if how is not None:
        return Verdict(Outcome.PROVED, how)
    return Verdict(Outcome.TESTED, "numbers") if numbers.tried else Verdict(Outcome.UNKNOWN, numbers.reason)


def over_families(claim: Claim) -> bool:
    """Has it integrals over densities that move with their parameters, which are slow to differentiate?"""
    return averages(claim) and any(law.given for law in claim.facts.laws.values())


def roughly(claim: Claim, walker: Walker) -> Witness | None:
    """Do both sides agree to the digits that a quick look gives?"""
    quick = walker.nearer(ROUGH_DIGITS)
    left, right = (quick.value(side) for side in (claim.left, claim.right))
    largest = max(abs(left), abs(right), quick.ctx.mpf(1) / 1000)
    if abs(left - right) <= largest * quick.ctx.mpf(10) ** -6 or equal_at(claim.left, claim.right, left, right, quick):
        return None
    return witness_at(claim, quick, left, right)


def by_parts(claim: Claim) -> str | None:
    """The name of a proof that goes through other claims: without inverses, case by case, or part by part."""
    try:
        cleared = without_inverse(claim)
        if cleared is not None and proof(cleared) is not None:
            return "inverse"
        if triangle(
            claim, lambda left, right: proof(replace(claim, relation=EQUAL, left=left, right=right)) is not None
        ):
            return "triangle"
        split = cases(claim)
        if split and all(proof(case) is not None for case in split):
            return "cases"
        if claim.relation == EQUAL and congruent(claim.left, claim.right, claim):
            return "parts"
    except (GivesUp, RecursionError):
        return None
    return None


def congruent(left: Any, right: Any, claim: Claim) -> bool:
    """Equal matrices in the same places of the same expression."""
    if left == right:
        return True
    if not (is_matrix(left) and is_matrix(right)):
        return False
    if proof(replace(claim, left=left, right=right)) is not None:
        return True
    if isinstance(left, sp.MatMul) and isinstance(right, sp.MatMul):
        (a, first, rest), (b, other, others) = (headed(side) for side in (left, right))
        if isinstance(first, sp.Inverse) and isinstance(other, sp.Inverse) and a == b:
            return congruent(first, other, claim) and congruent(rest, others, claim)
    alike = left.func == right.func and len(left.args) == len(right.args)
    plain = isinstance(left, sp.MatAdd | sp.MatMul | sp.Inverse | sp.Transpose)
    return bool(alike and plain) and all(congruent(a, b, claim) for a, b in zip(left.args, right.args, strict=True))


def headed(product: Any) -> tuple[Any, Any, Any]:
    """The number, the first matrix, and the product of the others of a product of matrices."""
    number = sp.Mul(*(a for a in product.args if not is_matrix(a)))
    first, *rest = [a for a in product.args if is_matrix(a)]
    return number, first, sp.Identity(first.shape[1]) if not rest else rest[0] if len(rest) == 1 else sp.MatMul(*rest)


def made_of_matrices(claim: Claim) -> bool:
    """Are there inverses, determinants or traces in it?"""
    return any(side.has(sp.Inverse, sp.Determinant, sp.Trace) for side in (claim.left, claim.right))


def proof(claim: Claim) -> str | None:
    """The name of the rung that proves the claim, or ``None``."""
    if claim.relation == APPROXIMATELY:
        return "digits" if rounded(claim.left, claim.right) else None
    forms = normal_forms(claim.facts)
    try:
        claim = entrywise(claim)
        forms = normal_forms(claim.facts)
        if claim.relation.forgives != "nothing":
            return "normal_form" if forgiven(claim, forms) else None
        difference = forms.difference(claim.left, claim.right)
        if claim.relation in (EQUAL, AT_MOST, AT_LEAST) and forms.is_zero(difference):
            return "normal_form"
    except (GivesUp, RecursionError):
        # A form too deep to write down proves nothing; the numbers still decide.
        forms.unfolding = 0
        difference = None
    if claim.relation == EQUAL or claim.relation.forgives != "nothing":
        return None
    assert not isinstance(claim.left, Statement) and not isinstance(claim.right, Statement)
    if difference is not None and divergence_between(forms, difference, claim.relation == AT_MOST):
        return "gibbs"
    asked: list[Any] = [claim.left - claim.right]
    if difference is not None:
        asked.append(forms.expression(difference))
    for expr in asked:
        if expr is not None and settled(Statement(expr, claim.relation, expr * 0), claim.facts):
            return "sign"
    return None


def divergence_between(forms: NormalForms, difference: Any, turned: bool) -> bool:
    """Is left − right (or right − left) a divergence of two laws? It is not negative (Gibbs)."""
    names = list(forms.facts.laws)
    for p in names:
        for q in names:
            try:
                if p != q and forms.is_zero(add(difference, forms.read(Divergence(p, q)), 1 if turned else -1)):
                    return True
            except GivesUp:
                continue
    return False


def rounded(exact: Any, decimal: Any) -> bool:
    """Does a rational number agree with a printed decimal to half a unit of its last digit?"""
    if not (isinstance(exact, sp.Rational) and isinstance(decimal, sp.Float)):
        return False
    return bool(abs(exact - sp.Rational(str(decimal))) <= half_a_unit(decimal))


def forgiven(claim: Claim, forms: NormalForms) -> bool:
    """Is left − right, or left / right, free of the unknowns (and the ratio positive)?"""
    left, right = forms.difference(claim.left, 0 * claim.left), forms.read(claim.right)
    unknowns = {getattr(u, "base", u) for u in claim.unknowns}
    if claim.relation.forgives == "constant":
        return forms.letters(forms.difference(claim.left, claim.right)).isdisjoint(unknowns)
    if not left or not right:
        return not left and not right
    (front, rest), (other, others) = forms.primitive(left), forms.primitive(right)
    mono, c = ratio(forms, front, other)
    return rest == others and forms.letters({mono: c}).isdisjoint(unknowns) and forms.known_positive({mono: c})


def forgiving(claim: Claim, walker: Walker) -> Witness | None:
    """The difference (or the ratio) must be the same before and after the unknowns move."""
    (_, left, right), *others = values_moved(claim, walker)
    for moved, left_moved, right_moved in others:
        if claim.relation.forgives == "constant":
            holds = same_difference(left, left_moved, right, right_moved, walker)
        else:
            positive = left * right > 0 or left == right == 0
            holds = positive and same_number(left * right_moved, right * left_moved, walker)
        if not holds and moves_apart(claim, walker, moved, left * right < 0):
            return witness_at(claim, walker, left, right)
    if not others:
        raise Undefined(False)
    return None


def same_difference(left: Any, left_moved: Any, right: Any, right_moved: Any, walker: Walker) -> bool:
    """left − left_moved = right − right_moved, up to the rounding of the terms."""
    largest = max(abs(left), abs(left_moved), abs(right), abs(right_moved))
    gap = abs((left - left_moved) - (right - right_moved))
    return bool(gap <= largest * walker.ctx.mpf(10) ** -14)


def moves_apart(claim: Claim, walker: Walker, moved: Walker, negative: bool) -> bool:
    """Is what moves the difference (or the ratio, or makes the ratio ``negative``) more than rounding?"""
    constant = claim.relation.forgives == "constant"
    first, second = claim.left, claim.right

    def apart(here: Walker, other: Walker) -> Any:
        a, b, c, d = here.value(first), here.value(second), other.value(first), other.value(second)
        return (a - c) - (b - d) if constant else a * d - b * c

    if there(apart, walker, moved):
        return True
    return not constant and negative and there(lambda w: w.value(first) * w.value(second), walker)


def values_moved(claim: Claim, walker: Walker) -> list[tuple[Walker, Any, Any]]:
    """Both sides' values at the point and at the points with the unknowns moved, where they have some."""
    found = [(walker, walker.value(claim.left), walker.value(claim.right))]
    for moved in islice(variants(claim.facts, walker, claim.unknowns, walker.budget), 1, None):
        try:
            found.append((moved, moved.value(claim.left), moved.value(claim.right)))
        except Undefined:
            continue
    return found
