"""A posterior as a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from derive.core.derivation import Chain
from derive.core.notation import Notation
from derive.core.statement import Side
from derive.derivations.loss.posterior import Posterior
from derive.pages.blocks import Page
from derive.pages.sections import sections_page
from derive.results.chains import chain_of
from derive.results.result import Result, slug
from derive.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class PosteriorResult(Result):
    """A judged derivation of a posterior and the letters it is printed in."""

    derivation: Posterior
    notation: Notation
    source: str = ""

    @property
    def name(self) -> str:
        """``posterior-`` and the distributions' names."""
        found = self.derivation
        return slug(f"posterior-{found.sample.distribution.id}-{found.prior.id}")

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The chains of judged steps."""
        return self.derivation.chains

    @property
    def formulas(self) -> tuple[Side, ...]:
        """The mode, where it has a formula."""
        return () if self.derivation.mode is None else (self.derivation.mode,)

    def page(self) -> Page:
        """Likelihood, prior, mode, and the posterior."""
        found = self.derivation
        return sections_page(found.title, found.sections, found.facts, self.notation)

    def structure(self, voice: Voice, detail: Literal["brief", "full"]) -> dict[str, Any]:
        """One object as for a loss: the loss is the negative logarithm of likelihood times prior."""
        found = self.derivation
        posterior = None
        if found.updated:
            parameters = {voice.show(letter): voice.show(value) for letter, value in found.updated.items()}
            posterior = {"family": found.prior.id, "parameters": parameters}
        return {
            "command": "loss",
            "title": voice.said(found.title),
            "chains": [chain_of(chain, voice, detail) for chain in found.chains],
            "result": {
                "loss": voice.show(found.loss),
                "gradient": voice.show(found.slope),
                "hessian": voice.show(found.bend),
                "convex": found.convex,
                "solution": None if found.mode is None else voice.show(found.mode),
            },
            "posterior": posterior,
            "code": {"numpy": None, "torch": None},
        }
