"""A loss as a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from derive.core.derivation import Chain
from derive.core.errors import NoDerivation
from derive.core.notation import Notation
from derive.core.relation import EQUAL
from derive.core.statement import Side, Statement
from derive.derivations.loss.fit import Fit
from derive.derivations.loss.result import Loss
from derive.pages.blocks import Page
from derive.pages.loss import page_of
from derive.results.chains import chain_of
from derive.results.result import Result, slug
from derive.writing.code import numpy_code, torch_code
from derive.writing.voice import Voice


@dataclass(frozen=True, slots=True)
class LossResult(Result):
    """A judged derivation of a loss and the letters it is printed in."""

    derivation: Loss
    notation: Notation
    source: str = ""

    @property
    def name(self) -> str:
        """``loss-`` and the model's name."""
        model = self.derivation.model
        return slug(f"loss-{model.id or model.distribution.id}")

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The chains of judged steps."""
        return self.derivation.chains

    @property
    def formulas(self) -> tuple[Side, ...]:
        """The loss and its gradient."""
        found = self.derivation
        return (Statement(found.model.named_loss, EQUAL, found.loss), found.gradient)

    @property
    def numpy(self) -> str:
        """The loss and its gradient as functions of NumPy; empty where a function has no counterpart there."""
        try:
            return numpy_code(self.derivation)
        except NoDerivation:
            return ""

    @property
    def torch(self) -> str:
        """The loss as an expression of PyTorch, and the losses of ``torch.nn`` that equal it."""
        try:
            return torch_code(self.derivation)
        except NoDerivation:
            return ""

    def page(self) -> Page:
        """Model, likelihood, loss, gradient, curvature, minimum and code."""
        return page_of(self.derivation, self.notation, self.numpy, self.torch)

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
            "fit": None if found.fit is None else fit_of(found.fit, voice),
            "code": {"numpy": self.numpy or None, "torch": self.torch or None},
        }


def fit_of(fit: Fit, voice: Voice) -> dict[str, Any]:
    """The weights by column (for classes by class, then column), and how they were found."""
    weights: Any = [dict(zip(fit.names, row, strict=True)) for row in fit.weights]
    if fit.classes:
        weights = dict(zip(fit.classes, weights, strict=True)) if weights else None
    else:
        weights = weights[0] if weights else None
    return {
        "outcome": fit.outcome,
        "size": fit.size,
        "weights": weights,
        "iterations": fit.iterations,
        "loss": fit.loss if fit.weights else None,
        "gradient": fit.slope if fit.weights else None,
        "parameters": {voice.show(letter): value for letter, value in fit.constants.items()},
    }
