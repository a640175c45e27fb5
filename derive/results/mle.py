"""A maximum-likelihood derivation as a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from derive.core.derivation import Chain
from derive.core.notation import Notation
from derive.derivations.result import Estimate, MaximumLikelihood
from derive.pages.blocks import Page
from derive.pages.mle import page_of
from derive.results.chains import chain_of, number
from derive.results.result import Result
from derive.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class MaximumLikelihoodResult(Result):
    """A judged derivation and the letters it is printed in."""

    derivation: MaximumLikelihood
    notation: Notation

    @property
    def estimates(self) -> dict[Any, Any]:
        """Each parameter's estimate in terms of the data, as a SymPy expression."""
        return {e.letter: e.expr for e in self.derivation.estimates}

    @property
    def values(self) -> dict[Any, Any]:
        """Each parameter's estimate at the data; None where there are none, or where it does not exist."""
        return {e.letter: e.value for e in self.derivation.estimates}

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The chains of judged steps."""
        return self.derivation.chains

    def page(self) -> Page:
        """Model, likelihood, derivative, solution and second-order condition."""
        return page_of(self.derivation, self.notation)

    def structure(self, voice: Voice, detail: Literal["brief", "full"]) -> dict[str, Any]:
        """One object: chains, estimates, optimum, data."""
        found = self.derivation
        data = None
        if found.size is not None:
            data = {"size": found.size, "log_likelihood": number(found.log_likelihood)}
        return {
            "command": "mle",
            "title": voice.said(found.title),
            "chains": [chain_of(chain, voice, detail) for chain in found.chains],
            "estimates": [estimate_of(e, voice) for e in found.estimates],
            "optimum": {
                "kind": found.optimum.kind,
                "verdict": found.optimum.verdict,
                "because": voice.said(found.optimum.because),
            },
            "data": data,
        }


def estimate_of(estimate: Estimate, voice: Voice) -> dict[str, Any]:
    """One parameter's estimate."""
    return {
        "parameter": voice.show(estimate.letter),
        "latex": voice.show(estimate.shown),
        "form": estimate.form,
        "value": number(estimate.value),
        "conditions": [voice.show(c) for c in estimate.conditions],
    }
