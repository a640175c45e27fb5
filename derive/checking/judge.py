"""The judge: a claim in, a verdict out. It knows mathematics, and none of the engine's rules."""

from __future__ import annotations

from derive.checking.budget import Budget, GivesUp, measured
from derive.checking.equivalences import judge_equivalence
from derive.checking.expressions import judge_expressions
from derive.checking.optimisers import judge_extrema
from derive.core.claim import Claim, Outcome, Verdict
from derive.core.information import Extremum
from derive.core.statement import Statement
from derive.core.vectors import is_matrix


def judge(claim: Claim) -> Verdict:
    """Climb the ladder: the same tree, one normal form, numbers. Doubt is the default."""
    try:
        measured(claim)
        statements = [isinstance(side, Statement) for side in (claim.left, claim.right)]
        if any(statements) != (claim.relation.between == "statements") or any(statements) != all(statements):
            return Verdict(Outcome.UNKNOWN, "kinds")
        if isinstance(claim.left, Extremum) or isinstance(claim.right, Extremum):
            return judge_extrema(claim, Budget())
        if not any(statements) and is_matrix(claim.left) != is_matrix(claim.right):
            return Verdict(Outcome.UNKNOWN, "kinds")
        if claim.left == claim.right and claim.relation.id in ("equal", "at_most", "at_least", "equivalent"):
            return Verdict(Outcome.PROVED, "same")
        return (judge_equivalence if any(statements) else judge_expressions)(claim, Budget())
    except GivesUp as stop:
        return Verdict(Outcome.UNKNOWN, stop.reason)
    except RecursionError:
        return Verdict(Outcome.UNKNOWN, "depth")
