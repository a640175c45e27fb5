"""A maximum-likelihood derivation as a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sympy as sp

from derive.core.derivation import Chain
from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Side, equation
from derive.derivations.result import Estimate, MaximumLikelihood
from derive.pages.blocks import Page
from derive.pages.sections import sections_page
from derive.results.chains import chain_of, number
from derive.results.examples import example_data
from derive.results.likelihood import DataLikelihood
from derive.results.result import Result, slug
from derive.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class MaximumLikelihoodResult(Result):
    """A judged derivation and the letters it is printed in."""

    derivation: MaximumLikelihood
    notation: Notation
    source: str = ""
    data: DataLikelihood | None = None

    @property
    def name(self) -> str:
        """``mle-`` and the distribution's name."""
        return slug(f"mle-{self.derivation.sample.distribution.id}")

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

    @property
    def best(self) -> tuple[Any, ...]:
        """The estimates' numbers in the order of ``data.letters``; empty where one does not exist."""
        values = self.values.values()
        if self.data is None or any(v is None for v in values):
            return ()
        return tuple(entry for v in values for entry in (v if isinstance(v, tuple) else (v,)))

    def log_likelihood(self, *point: Any) -> float:
        """log L at the data, computed from the density alone; at the estimate if no point is given.

        >>> from derive import mle
        >>> round(mle("bernoulli", data="1 1 0 1").log_likelihood(0.5), 6)
        -2.772589

        Raises:
            InputError: there are no data, or no estimate.
        """
        if self.data is None or not (point or self.best):
            raise InputError("there are no data, or no estimate exists for them")
        return self.data.function()(*map(float, point or self.best))

    def draw(self, voice: Voice, ending: str) -> tuple[Phrase, bytes]:
        """log L with its maximum, the score crossing zero (or contours), the fitted density over the data."""
        from derive.results.mle_figure import draw

        if self.data is None or not self.best:
            raise InputError("a figure of the likelihood needs data for which the estimate exists", "--data")
        best = tuple(map(float, self.best))
        caption = Phrase("figure_mle", {"name": self.derivation.title.slots["name"]})
        return caption, draw(self.derivation, self.data, best, voice, ending)

    def code(self) -> tuple[str, ...]:
        """The derivation again; then the estimate on data: no neighbour is more likely."""
        cells = Result.code(self)
        if not cells:
            return ()
        result = self.source
        if self.data is None:
            example = example_data(self.derivation.sample.distribution.support)
            if not example or len(self.derivation.sample.unknown) < len(self.derivation.sample.distribution.parameters):
                return cells
            result = f"{result[:-1]}, data={example!r})"
        return (*cells, CHECK.format(result=result))

    @property
    def formulas(self) -> tuple[Side, ...]:
        """Each estimate with its formula, or with its number where it has none."""
        shown = [(e.hat, e.value if e.shown is None else e.shown) for e in self.derivation.estimates]
        return tuple(equation(hat, value) for hat, value in shown if isinstance(value, sp.Basic))

    def page(self) -> Page:
        """Model, likelihood, derivative, solution and second-order condition."""
        found = self.derivation
        return sections_page(found.title, found.sections, found.sample.facts, self.notation)

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


CHECK = """result = {result}
best = result.log_likelihood()
for point in result.data.neighbours(result.best):
    assert result.log_likelihood(*point) <= best, point
result.values"""


def estimate_of(estimate: Estimate, voice: Voice) -> dict[str, Any]:
    """One parameter's estimate."""
    return {
        "parameter": voice.show(estimate.letter),
        "latex": voice.show(estimate.shown),
        "form": estimate.form,
        "value": number(estimate.value),
        "conditions": [voice.show(c) for c in estimate.conditions],
    }
