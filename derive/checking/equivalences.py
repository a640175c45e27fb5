"""Claims between statements: the same admissible solutions, whatever the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derive.checking.budget import Budget, GivesUp
from derive.checking.free_letters import letters_of
from derive.checking.monotone import only_solution
from derive.checking.normal_form import NormalForms, normal_forms
from derive.checking.numbers import Numbers, at_points
from derive.checking.polynomials import Number, Poly, add
from derive.checking.quotients import Quotient, quotient
from derive.checking.simple import simplest
from derive.checking.solutions import Solutions, same_truth
from derive.checking.systems import Systems
from derive.checking.vector_equations import about_vectors, by_entries, solutions_agree
from derive.checking.walker import Walker
from derive.core.claim import Claim, Outcome, Verdict, Witness
from derive.core.ranges import sign
from derive.core.relation import AT_LEAST, AT_MOST, EQUAL, GREATER, LESS
from derive.core.statement import Statement
from derive.core.trees import mentions
from derive.core.vectors import VECTOR_LETTERS, is_matrix

REVERSED = {EQUAL: EQUAL, LESS: GREATER, GREATER: LESS, AT_MOST: AT_LEAST, AT_LEAST: AT_MOST}


def judge_equivalence(claim: Claim, budget: Budget) -> Verdict:
    """PROVED if the ratio of the two equations never vanishes; TESTED if their solutions agree at random data."""
    a, b = claim.left, claim.right
    assert isinstance(a, Statement) and isinstance(b, Statement)
    if a.relation not in REVERSED or b.relation not in REVERSED:
        return Verdict(Outcome.UNKNOWN, "relation")
    if about_vectors(claim):
        return of_vectors(claim, budget)
    unknown = unknown_of(claim, a, b)
    proved = same_solutions(claim, a, b) or only_solution(claim, unknown, a, b)
    numbers = tested(claim, unknown, a, b, budget, proved)
    if numbers.witness is not None:
        return Verdict(Outcome.REFUTED, "numbers", simplest(claim, checked(claim, unknown, a, b), numbers.witness))
    if b.relation == EQUAL and is_impossible(b, claim):
        # That neither of two mistakes has a solution says nothing for the second.
        return Verdict(Outcome.UNKNOWN, "undefined")
    if proved:
        return Verdict(Outcome.PROVED, "solutions")
    return Verdict(Outcome.TESTED, "numbers") if numbers.tried else Verdict(Outcome.UNKNOWN, numbers.reason)


def of_vectors(claim: Claim, budget: Budget) -> Verdict:
    """The same for equations between vectors."""
    try:
        entries = by_entries(claim)
        assert isinstance(entries.left, Statement) and isinstance(entries.right, Statement)
        proved = same_solutions(entries, entries.left, entries.right)
    except GivesUp:
        proved = False
    try:
        numbers = solutions_agree(claim, budget, proved)
    except GivesUp as stop:
        numbers = Numbers(reason=stop.reason)
    unknown = unknown_of(claim, claim.left, claim.right)
    if not numbers.tried and numbers.witness is None and isinstance(unknown, VECTOR_LETTERS):
        numbers = tested(claim, unknown, claim.left, claim.right, budget, proved)
    if numbers.witness is not None:
        return Verdict(Outcome.REFUTED, "numbers", numbers.witness)
    if proved:
        return Verdict(Outcome.PROVED, "solutions")
    return Verdict(Outcome.TESTED, "numbers") if numbers.tried else Verdict(Outcome.UNKNOWN, numbers.reason)


def is_impossible(equation: Statement, claim: Claim) -> bool:
    """Are its two sides different whatever the letters are?"""
    forms = normal_forms(claim.facts)
    try:
        return factor_sign(forms.difference(equation.left, equation.right), forms) is not None
    except (GivesUp, RecursionError):
        forms.unfolding = 0
        return False


def same_solutions(claim: Claim, a: Statement, b: Statement) -> bool:
    """Is f/g (for f = 0 and g = 0) a product of factors that do not vanish, positive where an order is kept?"""
    forms = normal_forms(claim.facts)
    if any(is_matrix(side) for s in (a, b) for side in (s.left, s.right)):
        return False
    try:
        f, g = (forms.difference(s.left, s.right) for s in (a, b))
        if forms.is_zero(f) or forms.is_zero(g):
            return forms.is_zero(f) and forms.is_zero(g) and a.relation == b.relation
        if a.relation == b.relation and forms.is_zero(add(f, g, -1)):
            return True
        found = sign_of(quotient(forms, f, g), forms)
    except (GivesUp, RecursionError):
        forms.unfolding = 0
        return False
    if a.relation == b.relation == EQUAL:
        return found is not None
    return (found == "+" and a.relation == b.relation) or (found == "-" and a.relation == REVERSED[b.relation])


def sign_of(ratio: Quotient | None, forms: NormalForms) -> str | None:
    """``+`` or ``-`` for a product that never vanishes; ``0`` for one that only a pole of one side can make vanish."""
    if ratio is None:
        return None
    negative, harmless = ratio.constant < 0, True
    for atom, e in ratio.mono:
        found = "+" if forms.positive(atom) else factor_sign({((atom, 1),): 1}, forms)
        if found is None:
            if not pole_only(atom, e, ratio, forms):
                return None
            harmless = False
        negative ^= found == "-" and e % 2 == 1
    for poly in ratio.factors:
        found = factor_sign(poly, forms)
        if found is None:
            return None
        negative ^= found == "-"
    return ("-" if negative else "+") if harmless else "0"


def factor_sign(poly: Poly, forms: NormalForms) -> str | None:
    """The strict sign of a polynomial."""
    if forms.known_positive(poly):
        return "+"
    made = forms.expression(poly)
    found = None if made is None else sign(made, forms.facts)
    return found if found in ("+", "-") else None


def pole_only(atom: int, e: Number, ratio: Quotient, forms: NormalForms) -> bool:
    """Where the atom is 0 one side has no value: is the other then not 0, so that no solution is lost?"""
    other = ratio.bottom if e < 0 else ratio.top
    left = {mono: c for mono, c in other.items() if all(a != atom for a, _ in mono)}
    return bool(left) and factor_sign(left, forms) is not None


def unknown_of(claim: Claim, a: Statement, b: Statement) -> Any | None:
    """Which of the letters the statements are about: the one in B's left side, else the first that is in both."""
    candidates: list[Any] = []
    for unknown in claim.unknowns:
        if isinstance(unknown, sp.IndexedBase):
            entries = sorted(
                (e for s in (b, a) for side in (s.left, s.right) for e in side.atoms(sp.Indexed) if e.base == unknown),
                key=str,
            )
            candidates.extend(e for e in entries if mentions(a.left - a.right, e) or mentions(b.left - b.right, e))
        else:
            candidates.append(unknown)
    here = letters_of((a, b), claim.facts)
    for side in ((b.left,), (b.right,)):
        for unknown in candidates:
            if unknown == side[0]:
                return unknown
    for unknown in candidates:
        if mentions(b.left, unknown):
            return unknown
    for unknown in candidates:
        name = unknown.args[0] if isinstance(unknown, VECTOR_LETTERS) else getattr(unknown, "base", unknown)
        if name in here:
            return unknown
    return None


def checked(claim: Claim, unknown: Any | None, a: Statement, b: Statement) -> Callable[[Walker], Witness | None]:
    """What is asked at each point."""
    if isinstance(unknown, VECTOR_LETTERS):
        return Systems(claim, unknown, a, b).check
    if unknown is None:
        return lambda walker: same_truth(claim, walker, a, b)
    return Solutions(claim, unknown, a, b, False).check


def tested(claim: Claim, unknown: Any | None, a: Statement, b: Statement, budget: Budget, proved: bool) -> Numbers:
    """Numbers: truth at the point itself, then the solutions in the unknown."""
    if isinstance(unknown, VECTOR_LETTERS):
        whole = Systems(claim, unknown, a, b)
        found = at_points(claim, whole.check, budget, proved, 4)
        return found if found.witness is not None or whole.seen else Numbers(reason=found.reason or "no_root")
    if any(is_matrix(side) for s in (a, b) for side in (s.left, s.right)):
        return Numbers(reason="unknowns")
    if unknown is None:
        return at_points(claim, lambda walker: same_truth(claim, walker, a, b), budget, proved)
    some = Solutions(claim, unknown, a, b, proved)
    found = at_points(claim, some.check, budget, proved)
    if found.witness is None and not some.seen and not proved:
        return Numbers(reason=found.reason if not found.tried else "no_root")
    return found
