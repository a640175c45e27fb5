"""Steps with their verdicts."""

from __future__ import annotations

from dataclasses import replace

from derive.checking.judge import judge
from derive.core.derivation import Chain, Step, claim_of
from derive.core.errors import Unproved
from derive.core.relation import APPROXIMATELY
from derive.derivations.result import MaximumLikelihood, Section


def judged(derivation: MaximumLikelihood) -> MaximumLikelihood:
    """The same derivation, each step with its verdict.

    Raises:
        Unproved: a step is neither proved nor tested.
    """
    sections = tuple(judged_section(section) for section in derivation.sections)
    optimum = derivation.optimum
    steps = [s for section in sections for c in section.chains for s in c.steps]
    # That a decimal is rounded well says nothing about the maximum.
    weakest = [s.verdict for s in steps if s.verdict and s.relation != APPROXIMATELY]
    if any(v.outcome.value == "tested" for v in weakest):
        optimum = replace(optimum, verdict="tested")
    return replace(derivation, sections=sections, optimum=optimum)


def judged_section(section: Section) -> Section:
    """A section with judged chains."""
    return replace(section, chains=tuple(judged_chain(chain) for chain in section.chains))


def judged_chain(chain: Chain) -> Chain:
    """A chain with judged steps."""
    return replace(chain, steps=tuple(judged_step(step, chain) for step in chain.steps))


def judged_step(step: Step, chain: Chain) -> Step:
    """A step with its verdict, and its finer steps with theirs; a verdict that is there already is kept."""
    if step.verdict is not None:
        return step
    verdict = judge(claim_of(step, chain))
    if not verdict.holds:
        place = f"{step.before} {step.relation.latex} {step.after}"
        raise Unproved(f"the step {step.rule} is {verdict.outcome} by {verdict.how}: {place}")
    return replace(step, verdict=verdict, inside=tuple(judged_step(finer, chain) for finer in step.inside))
