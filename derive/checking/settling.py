"""One relation before the judge: under all that the document lets it mean, and with a diagnosis where it is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.checking.diagnosis import diagnosis
from derive.checking.judge import judge
from derive.checking.slips import Slip
from derive.core.claim import Claim, Outcome, Verdict
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY, EQUAL
from derive.core.statement import Statement


@dataclass(frozen=True, slots=True)
class Settled:
    """A verdict with its reason, and the slip that explains a refutation."""

    verdict: Verdict
    because: Phrase
    slip: Slip | None = None

    @property
    def holds(self) -> bool:
        return self.verdict.holds


def settled(readings: Iterable[Claim], digits: int | None = None) -> Settled:
    """The first reading that holds; else the refutation of the first that is refuted; else doubt.

    Args:
        digits: the decimals of the right side, where that is one decimal number.
    """
    refuted: tuple[Claim, Verdict] | None = None
    doubt: Verdict | None = None
    for claim in readings:
        verdict = judged(claim, digits)
        if verdict.holds:
            return Settled(verdict, because(verdict, claim))
        if verdict.outcome is Outcome.REFUTED and refuted is None:
            refuted = claim, verdict
        elif doubt is None and verdict.outcome is not Outcome.REFUTED:
            doubt = verdict
    if refuted is not None:
        claim, verdict = refuted
        return Settled(verdict, because(verdict, claim))
    verdict = doubt or Verdict(Outcome.UNKNOWN, "kinds")
    return Settled(verdict, Phrase("check_unknown", {"reason": verdict.how}))


def judged(claim: Claim, digits: int | None) -> Verdict:
    """The verdict; an equation with a printed decimal on its right holds if the digits do."""
    verdict = judge(claim)
    rounded = digits is not None and digits >= 2 and isinstance(claim.right, sp.Rational | sp.Float)
    if verdict.outcome is Outcome.REFUTED and claim.relation == EQUAL and rounded:
        digital = judge(replace(claim, relation=APPROXIMATELY, right=decimal(claim.right, digits)))
        return digital if digital.outcome is not Outcome.UNKNOWN else verdict
    return verdict


def decimal(value: Any, digits: int | None) -> Any:
    """The value as it was printed."""
    return sp.Float(f"{float(value):.{digits}f}")


def explained(claim: Claim, found: Settled) -> Settled:
    """A refutation with the slip that explains it, if one does."""
    slip = diagnosis(claim)
    return found if slip is None else replace(found, slip=slip)


def because(verdict: Verdict, claim: Claim) -> Phrase:
    """The sentence of a verdict."""
    stated = isinstance(claim.left, Statement)
    match verdict.outcome:
        case Outcome.PROVED:
            return Phrase("check_proved_statement") if stated else Phrase("check_proved")
        case Outcome.TESTED:
            return Phrase("check_tested_statement") if stated else Phrase("check_tested")
        case Outcome.REFUTED:
            if claim.relation == APPROXIMATELY:
                return Phrase("check_refuted_digits")
            return Phrase("check_refuted_statement") if stated else Phrase("check_refuted")
    return Phrase("check_unknown", {"reason": verdict.how})
