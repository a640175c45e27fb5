"""The catalogue as a page: each family's density, estimates and ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Name, Phrase
from derive.core.statement import Membership, Statement, equation
from derive.derivations.result import Estimate, MaximumLikelihood
from derive.pages.blocks import Page, Prose, Table

HEAD = ("catalogue_name", "catalogue_density", "catalogue_support", "catalogue_estimate", "catalogue_ending")
ENDINGS = {
    "closed": "ending_closed",
    "order-statistic": "ending_order_statistic",
    "special": "ending_special",
    "implicit": "ending_implicit",
    "none": "ending_none",
}


def catalogue_page(derivations: Sequence[MaximumLikelihood], notation: Notation) -> Page:
    """A row a family."""
    rows = tuple(row_of(d) for d in derivations)
    blocks = (Prose((Phrase("catalogue_intro"),)), Table(tuple(map(Phrase, HEAD)), rows))
    return Page(Phrase("catalogue_title"), blocks, notation, Facts())


def row_of(derivation: MaximumLikelihood) -> tuple[Any, ...]:
    """Name, density, support, estimates, endings."""
    d = derivation.sample.distribution
    endings = tuple(dict.fromkeys(ENDINGS[e.form] for e in derivation.estimates))
    return (
        Phrase("catalogue_entry", {"name": Name(d.names, d.id)}),
        d.density,
        Membership(d.variable, d.support),
        tuple(formula_of(e) for e in derivation.estimates),
        tuple(map(Phrase, endings)),
    )


def formula_of(estimate: Estimate) -> Statement:
    """θ̂ = its formula, or the equation that it solves."""
    shown = estimate.shown
    return shown if isinstance(shown, Statement) else equation(estimate.hat, shown)
