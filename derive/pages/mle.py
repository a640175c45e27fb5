"""A maximum-likelihood derivation as a page."""

from __future__ import annotations

from derive.core.derivation import Chain, Step
from derive.core.notation import Notation
from derive.core.statement import Side
from derive.derivations.result import MaximumLikelihood
from derive.pages.blocks import Block, Heading, Line, Lines, Page, Prose


def page_of(derivation: MaximumLikelihood, notation: Notation) -> Page:
    """Heading, sentences, chains and conclusions, section by section."""
    blocks: list[Block] = []
    for section in derivation.sections:
        blocks.append(Heading(section.heading))
        if section.intro:
            blocks.append(Prose(section.intro))
        for chain in section.chains:
            blocks.append(Prose((chain.topic,)))
            blocks.append(lines_of(chain))
        if section.outro:
            blocks.append(Prose(section.outro))
    return Page(derivation.title, tuple(blocks), notation, derivation.sample.facts)


def lines_of(chain: Chain) -> Lines:
    """A chain's lines; only the first has its left side printed."""
    return Lines(tuple(line_of(step, chain.start if at == 0 else None) for at, step in enumerate(chain.steps)))


def line_of(step: Step, left: Side | None) -> Line:
    """One step as a line, its finer steps inside."""
    return Line(
        left,
        step.relation.latex,
        step.after,
        step.because,
        step.needs,
        step.verdict.outcome.value if step.verdict else "tested",
        tuple(line_of(finer, finer.before if at == 0 else None) for at, finer in enumerate(step.inside)),
    )
