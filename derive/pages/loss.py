"""A loss as a page."""

from __future__ import annotations

from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.derivations.loss.result import Loss
from derive.pages.blocks import Block, Heading, Listing, Page, Prose
from derive.pages.mle import lines_of


def page_of(loss: Loss, notation: Notation, numpy: str, torch: str) -> Page:
    """Heading, sentences, chains and conclusions, section by section; then the code."""
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
    if numpy or torch:
        blocks.append(Heading(Phrase("loss_code_heading")))
    if numpy:
        blocks += [Prose((Phrase("numpy_code"),)), Listing(numpy, "python")]
    if torch:
        blocks += [Prose((Phrase("torch_code"), *equalities(loss))), Listing(torch, "python")]
    return Page(loss.title, tuple(blocks), notation, loss.facts)


def equalities(loss: Loss) -> tuple[Phrase, ...]:
    """Which classes of ``torch.nn`` give the same, and up to which number."""
    said = []
    for match in loss.torch:
        key = "torch_equal" if match.torch.variance is None else "torch_equal_full"
        said.append(Phrase(key, {"call": match.call, "loss": match.chain.start}))
    return tuple(said)
