"""A loss as a page."""

from __future__ import annotations

import sympy as sp

from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY
from derive.core.statement import Statement
from derive.derivations.letters import hat
from derive.derivations.loss.fit import Fit
from derive.derivations.loss.result import Loss
from derive.pages.blocks import Block, Cell, Heading, Listing, Page, Prose, Table
from derive.pages.sections import blocks_of


def page_of(loss: Loss, notation: Notation, numpy: str, torch: str) -> Page:
    """Heading, sentences, chains and conclusions, section by section; then the code."""
    blocks = blocks_of(loss.sections)
    if loss.fit is not None:
        blocks += fit_blocks(loss.fit, loss.convex)
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
        if match.torch.variance is None:
            said.append(Phrase("torch_equal", {"call": match.call}))
        else:
            said.append(Phrase("torch_equal_full", {"call": match.call, "loss": match.chain.start}))
    return tuple(said)


SAID = {
    "newton": "fit_newton",
    "vertices": "fit_vertices",
    "separated": "fit_separated",
    "unbounded": "fit_unbounded",
}


def fit_blocks(fit: Fit, convex: bool | None) -> list[Block]:
    """How the weights were found, and the weights."""
    found = (
        Phrase("fit_closed") if fit.outcome == "closed" else Phrase(SAID[fit.outcome], {"iterations": fit.iterations})
    )
    sentences = [Phrase("fit_size", {"size": fit.size}), found]
    blocks: list[Block] = [Heading(Phrase("fit_heading"))]
    if not fit.weights:
        return [*blocks, Prose(tuple(sentences))]
    sentences.append(Phrase("fit_loss", {"value": number(fit.loss)}))
    if not convex:
        sentences.append(Phrase("fit_local"))
    sentences += [
        Phrase("fit_constant", {"estimate": Statement(hat(letter), APPROXIMATELY, number(value))})
        for letter, value in fit.constants.items()
    ]
    if fit.classes:
        sentences.append(Phrase("fit_reference", {"last": fit.classes[-1]}))
    heads = [Phrase("fit_class", {"name": name}) for name in fit.classes] or [Phrase("fit_weight")]
    rows: list[tuple[Cell, ...]] = [
        (name, *(number(weights[j]) for weights in fit.weights)) for j, name in enumerate(fit.names)
    ]
    return [*blocks, Prose(tuple(sentences)), Table((Phrase("fit_column"), *heads), tuple(rows))]


def number(value: float) -> sp.Float:
    """A value as it is printed, to six digits."""
    return sp.Float(value, 15)
