"""A loss as a page."""

from __future__ import annotations

from derive.core.notation import Notation
from derive.derivations.loss.result import Loss
from derive.pages.blocks import Block, Heading, Page, Prose
from derive.pages.mle import lines_of


def page_of(loss: Loss, notation: Notation) -> Page:
    """Heading, sentences, chains and conclusions, section by section."""
    blocks: list[Block] = []
    for section in loss.sections:
        blocks.append(Heading(section.heading))
        if section.intro:
            blocks.append(Prose(section.intro))
        for chain in section.chains:
            blocks.append(Prose((chain.topic,)))
            if chain.steps:
                blocks.append(lines_of(chain))
        if section.outro:
            blocks.append(Prose(section.outro))
    return Page(loss.title, tuple(blocks), notation, loss.facts)
