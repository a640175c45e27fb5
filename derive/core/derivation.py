"""Steps, chains and derivations."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from derive.core.claim import Claim, Verdict
from derive.core.errors import DeriveError
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import Relation
from derive.core.statement import Side, Statement


@dataclass(frozen=True, slots=True)
class Step:
    """``before relation after`` by a rule.

    Args:
        rule: the rule's id.
        because: the sentence: the law, and the objects it was applied to.
        needs: side conditions under which the step holds.
        inside: the finer steps that this one sums up.
        verdict: what the judge said, once it has.
    """

    before: Side
    relation: Relation
    after: Side
    rule: str
    because: Phrase
    needs: tuple[Statement, ...] = ()
    inside: tuple[Step, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps that hang together: each begins where the one above ends.

    Args:
        topic: the phrase that introduces the chain.
        start: the first side.
        facts: under which its steps are judged.
        unknowns: the letters that its statements solve for.

    Raises:
        DeriveError: a joint does not fit.
    """

    topic: Phrase
    start: Side
    steps: tuple[Step, ...]
    facts: Facts
    unknowns: tuple[sp.Basic, ...] = ()

    def __post_init__(self) -> None:
        at = self.start
        for step in self.steps:
            if step.before != at:
                raise DeriveError(f"the joint before {step.rule} does not fit: {at} and {step.before}")
            at = step.after
            inner: Side = step.before
            for finer in step.inside:
                if finer.before != inner:
                    raise DeriveError(f"the joint before {finer.rule} inside {step.rule} does not fit")
                inner = finer.after
            if step.inside and inner != step.after:
                raise DeriveError(f"the finer steps of {step.rule} do not end where it ends")

    @property
    def end(self) -> Side:
        """The last side."""
        return self.steps[-1].after if self.steps else self.start

    def claims(self) -> tuple[Claim, ...]:
        """One claim a step, in order."""
        return tuple(claim_of(step, self) for step in self.steps)


def claim_of(step: Step, chain: Chain) -> Claim:
    """The claim that a step of this chain makes, its side conditions assumed."""
    return Claim(step.before, step.relation, step.after, chain.facts.assuming(*step.needs), chain.unknowns, step.rule)
