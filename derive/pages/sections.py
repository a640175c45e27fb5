"""An argument in sections as a page: heading, sentences, chains, conclusions."""

from __future__ import annotations

from collections.abc import Sequence

from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.derivations.result import Section
from derive.pages.blocks import Block, Heading, Page, Prose
from derive.pages.mle import lines_of


def sections_page(title: Phrase, sections: Sequence[Section], facts: Facts, notation: Notation) -> Page:
    """Section by section; every sentence where it belongs."""
    blocks: list[Block] = []
    for section in sections:
        blocks.append(Heading(section.heading))
        if section.intro:
            blocks.append(Prose(section.intro))
        for chain in section.chains:
            blocks.append(Prose((chain.topic,)))
            blocks.append(lines_of(chain))
        if section.outro:
            blocks.append(Prose(section.outro))
    return Page(title, tuple(blocks), notation, facts)
