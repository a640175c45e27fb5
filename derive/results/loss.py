"""A loss as a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from derive.core.derivation import Chain
from derive.core.notation import Notation
from derive.derivations.loss.result import Loss
from derive.pages.blocks import Page
from derive.pages.loss import page_of
from derive.results.chains import chain_of
from derive.results.result import Result
from derive.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class LossResult(Result):
    """A judged derivation of a loss and the letters it is printed in."""

    derivation: Loss
    notation: Notation

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The chains of judged steps."""
        return self.derivation.chains

    def page(self) -> Page:
        """Model, likelihood, loss, gradient, curvature and minimum."""
        return page_of(self.derivation, self.notation)

    def structure(self, voice: Voice, detail: Literal["brief", "full"]) -> dict[str, Any]:
        """One object: chains, the result in LaTeX, the code."""
        found = self.derivation
        return {
            "command": "loss",
            "title": voice.said(found.title),
            "chains": [chain_of(chain, voice, detail) for chain in found.chains],
            "result": {
                "loss": voice.show(found.loss),
                "gradient": voice.show(found.gradient),
                "hessian": voice.show(found.hessian),
                "convex": found.convex,
                "solution": None if found.solution is None else voice.show(found.solution),
            },
        }
