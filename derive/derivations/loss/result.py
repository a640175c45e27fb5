"""What the derivation of a loss comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from derive.core.derivation import Chain
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.derivations.result import Section
from derive.models.regression import Regression


@dataclass(frozen=True, slots=True)
class Terms:
    """The loss of one observation in its score, with its derivatives.

    Args:
        loss: ℓ(y_i, z_i).
        slope: ∂ℓ/∂z_i, predictions named.
        bend: ∂²ℓ/∂z_i², predictions named; None where the loss has corners.
    """

    loss: Any
    slope: Any
    bend: Any


@dataclass(frozen=True, slots=True)
class Added:
    """What a prior adds to the loss: (λ/2)‖w‖² if ``squared``, else λ‖w‖_1; ``weight`` is what λ stands for."""

    letter: Any
    weight: Any
    squared: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """The whole argument, from the model to the loss, its gradient, and its minimum.

    Args:
        model: the regression model.
        sections: the argument in order.
        facts: under which the results hold.
        loss, gradient, hessian: in the weights.
        convex: True where that was shown; False where a point refutes it; None where neither.
        solution: the weights in closed form; None where there are none.
        terms: the loss of one observation.
        torch: the classes of ``torch.nn`` that compute it.
        constants: of what function of z_i and y_i the estimate of each other parameter is the mean.
        fit: the weights at given data; None without.
        penalty: what a prior adds; None without one.
    """

    model: Regression
    title: Phrase
    sections: tuple[Section, ...]
    facts: Facts
    loss: Any
    gradient: Any
    hessian: Any
    convex: bool | None
    solution: Any
    terms: Terms
    torch: tuple[Any, ...] = ()
    constants: Mapping[Any, Any] = field(default_factory=dict)
    fit: Any = None
    penalty: Added | None = None

    @property
    def chains(self) -> tuple[Chain, ...]:
        """All chains in order."""
        return tuple(chain for section in self.sections for chain in section.chains)
