"""The named models side by side: problem, distribution, loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from derive.core.derivation import Chain
from derive.core.notation import Notation
from derive.pages.blocks import Page
from derive.pages.overview import overview_page
from derive.results.loss import LossResult
from derive.results.result import Result
from derive.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class OverviewResult(Result):
    """The losses of several models, each with its judged derivation."""

    results: Sequence[LossResult]
    notation: Notation
    source: str = ""

    @property
    def name(self) -> str:
        """``losses``."""
        return "losses"

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The chains of all the derivations."""
        return tuple(chain for result in self.results for chain in result.chains)

    def page(self) -> Page:
        """The table."""
        return overview_page([result.derivation for result in self.results], self.notation)

    def structure(self, voice: Voice, detail: Literal["brief", "full"]) -> dict[str, Any]:
        """The results of each model, in order."""
        rows = [result.structure(voice, detail) for result in self.results]
        kept = ("title", "result", "code")
        return {"command": "loss", "models": [{key: row[key] for key in kept} for row in rows]}
