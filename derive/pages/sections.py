"""An argument in sections as a page: heading, sentences, chains, conclusions."""

from __future__ import annotations

from collections.abc import Sequence

from derive.core.derivation import Chain, Step
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Side
from derive.derivations.result import Section
from derive.pages.blocks import Block, Heading, Line, Lines, Page, Prose


def sections_page(title: Phrase, sections: Sequence[Section], facts: Facts, notation: Notation) -> Page:
    """An argument that is nothing but its sections."""
    return Page(title, tuple(blocks_of(sections)), notation, facts)


def blocks_of(sections: Sequence[Section], level: int = 2) -> list[Block]:
    """Heading, sentences, chains and conclusions of each section; ``level``: of the headings."""
    blocks: list[Block] = []
    for section in sections:
        blocks.append(Heading(section.heading, level))
        if section.intro:
            blocks.append(Prose(section.intro))
        for chain in section.chains:
            blocks.append(Prose((chain.topic,)))
            if chain.steps:
                blocks.append(lines_of(chain))
        if section.outro:
            blocks.append(Prose(section.outro))
    return blocks


def lines_of(chain: Chain) -> Lines:
    """A chain's lines; only the first has its left side printed."""
    lines = tuple(line_of(step, chain.start if at == 0 else None) for at, step in enumerate(chain.steps))
    return Lines(lines, chain.facts)


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
