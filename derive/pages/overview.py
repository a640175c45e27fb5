"""Losses side by side."""

from __future__ import annotations

from collections.abc import Sequence

from derive.core.notation import Notation
from derive.core.phrase import Name, Phrase
from derive.derivations.loss.result import Loss
from derive.pages.blocks import Cell, Page, Prose, Table


def overview_page(losses: Sequence[Loss], notation: Notation) -> Page:
    """One row a model: the problem, the distribution, the loss, its gradient, the class of ``torch.nn``."""
    heads = ("table_problem", "table_distribution", "table_loss", "table_gradient", "table_torch")
    table = Table(tuple(Phrase("table_head", {"name": Phrase(key)}) for key in heads), tuple(map(row, losses)))
    return Page(Phrase("losses_title"), (Prose((Phrase("losses_intro"),)), table), notation, losses[0].facts)


def row(loss: Loss) -> tuple[Cell, ...]:
    """What is said of one model."""
    model = loss.model
    torch = ", ".join(match.torch.name for match in loss.torch)
    return (
        Phrase("model_name", {"name": Name(model.names, model.id)}),
        Phrase("model_name", {"name": Name(model.distribution.names, model.distribution.id)}),
        loss.loss,
        loss.gradient,
        torch,
    )
