"""An entropy, a cross-entropy or a divergence as a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from derive.core.derivation import Chain
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.derivations.information import Information
from derive.pages.blocks import Page
from derive.pages.sections import sections_page
from derive.results.chains import chain_of, number
from derive.results.result import Result
from derive.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class InformationResult(Result):
    """A judged derivation of an information quantity.

    Args:
        number: the value at given letters, in the unit of the base; None without.
    """

    derivation: Information
    notation: Notation
    number: Any = None
    source: str = ""

    @property
    def name(self) -> str:
        """The kind and the laws."""
        found = self.derivation
        return "-".join((found.kind, *found.names))

    @property
    def value(self) -> Any:
        """The closed form (with expected values left in it where there is none), as a SymPy expression."""
        return self.derivation.value

    @property
    def finite(self) -> bool:
        """Is the quantity a number?"""
        return self.derivation.finite

    @property
    def closed(self) -> bool:
        """Is nothing left that has no closed form?"""
        return self.derivation.closed

    @property
    def conditions(self) -> tuple[Any, ...]:
        """Under which the value holds; otherwise the quantity is infinite."""
        return self.derivation.conditions

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The chains of judged steps."""
        return self.derivation.chains

    def draw(self, voice: Voice, ending: str) -> tuple[Phrase, bytes]:
        """Both densities with the integrand of a divergence, or the entropy of a coin."""
        from derive.results.information_figure import draw

        return draw(self.derivation, voice, ending)

    def page(self) -> Page:
        """The laws, their supports, the expected values, the quantity."""
        found = self.derivation
        return sections_page(found.title, found.sections, found.facts, self.notation)

    def structure(self, voice: Voice, detail: Literal["brief", "full"]) -> dict[str, Any]:
        """One object: chains and result."""
        found = self.derivation
        return {
            "command": found.kind,
            "title": voice.said(found.title),
            "chains": [chain_of(chain, voice, detail) for chain in found.chains],
            "result": {
                "latex": voice.show(found.value),
                "value": number(self.number),
                "finite": found.finite,
                "closed": found.closed,
                "conditions": [voice.show(c) for c in found.conditions],
                "because": None if found.because is None else voice.said(found.because),
            },
        }
