"""An equation that a strictly monotone function makes has one solution at most: is the one that is claimed it?"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.checking.normal_form import normal_forms
from derive.core.claim import Claim
from derive.core.domains import Interval
from derive.core.ranges import sign
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.trees import mentions, substitute


def only_solution(claim: Claim, unknown: Any, a: Statement, b: Statement) -> bool:
    """f(θ) = 0 ⟺ c θ = c r with c ≠ 0: f is strictly monotone, f(r) = 0, and r lies in the domain or at its end."""
    if a.relation != EQUAL or b.relation != EQUAL or not isinstance(unknown, sp.Symbol):
        return False
    for equation, solved in ((a, b), (b, a)):
        times = solved.left / unknown
        if mentions(times, unknown) or mentions(solved.right, unknown) or sign(times, claim.facts) not in ("+", "-"):
            continue
        if _vanishes_there(claim, unknown, equation, solved.right / times):
            return True
    return False


def _vanishes_there(claim: Claim, unknown: Any, equation: Statement, root: Any) -> bool:
    domain = claim.facts.domains.get(unknown)
    if not isinstance(domain, Interval):
        return False
    ends = [
        difference
        for end, difference in ((domain.lower, root - domain.lower), (domain.upper, domain.upper - root))
        if end.is_finite is not False
    ]
    if not all(sign(e, claim.facts) in ("+", ">=0") for e in ends):
        return False
    forms = normal_forms(claim.facts)
    try:
        f = equation.left - equation.right
        if not forms.is_zero(forms.difference(substitute(f, {unknown: root}), sp.Integer(0))):
            return False
        slope = forms.expression(forms.derivative(forms.difference(equation.left, equation.right), unknown))
    except (GivesUp, RecursionError):
        forms.unfolding = 0
        return False
    return slope is not None and sign(slope, claim.facts) in ("+", "-")
