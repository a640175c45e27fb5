"""The catalogue of families as a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from derive.core.notation import Notation
from derive.core.statement import Side
from derive.derivations.result import MaximumLikelihood
from derive.pages.blocks import Page
from derive.pages.catalogue import catalogue_page, formula_of
from derive.results.result import Result
from derive.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class Catalogue(Result):
    """Every family's judged derivation, shown as one table."""

    derivations: tuple[MaximumLikelihood, ...]
    notation: Notation
    source: str = ""

    @property
    def name(self) -> str:
        """Of its files."""
        return "catalogue"

    @property
    def formulas(self) -> tuple[Side, ...]:
        """The table is too long for an index."""
        return ()

    def page(self) -> Page:
        """The table."""
        return catalogue_page(self.derivations, self.notation)

    def structure(self, voice: Voice, detail: Literal["brief", "full"]) -> dict[str, Any]:
        """A row a family."""
        rows = [
            {
                "name": d.sample.distribution.id,
                "density": voice.show(d.sample.distribution.density),
                "estimates": [
                    {"parameter": voice.show(e.letter), "latex": voice.show(formula_of(e)), "form": e.form}
                    for e in d.estimates
                ],
            }
            for d in self.derivations
        ]
        return {"command": "catalogue", "distributions": rows}
