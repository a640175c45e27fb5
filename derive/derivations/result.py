"""What a maximum-likelihood derivation comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from derive.core.derivation import Chain
from derive.core.phrase import Phrase
from derive.core.statement import Statement
from derive.derivations.bound import Bound
from derive.derivations.solved import Form
from derive.models.sample import Sample


@dataclass(frozen=True, slots=True)
class Estimate:
    """One parameter's estimate.

    Args:
        letter: the parameter.
        hat: the letter of its estimate.
        expr: the estimate in terms of the data; None where there is no formula.
        shown: the same with other estimates and means named, as a person writes it.
        form: which ending the mathematics earned.
        conditions: when it exists.
        value: the number at the data; None without data or where it does not exist.
    """

    letter: Any
    hat: Any
    expr: Any
    shown: Any
    form: Form = "closed"
    conditions: tuple[Statement, ...] = ()
    value: Any = None


@dataclass(frozen=True, slots=True)
class Optimum:
    """Is it a maximum, by which argument, and how sure is that."""

    kind: Literal["maximum", "none"]
    because: Phrase
    verdict: str = "proved"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, chains, and sentences after them."""

    heading: Phrase
    intro: tuple[Phrase, ...] = ()
    chains: tuple[Chain, ...] = ()
    outro: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """What is left to numbers.

    Args:
        objective: the (profile) log-likelihood in these parameters.
        scores: for each parameter without a formula, a positive multiple of the derivative of the (profile)
            log-likelihood, in terms of the data and of these parameters alone.
        formulas: the other parameters in terms of the data and of these.
        bounds: what the support asks of a parameter, where it moves with it.
    """

    objective: Any
    scores: Mapping[Any, Any]
    formulas: Mapping[Any, Any]
    bounds: Mapping[Any, tuple[Bound, ...]]


@dataclass(frozen=True, slots=True)
class MaximumLikelihood:
    """The whole argument, from the model to the number.

    Args:
        sample: the model.
        sections: the argument in order.
        estimates: one for each unknown parameter.
        optimum: what they are.
        size, log_likelihood: of the data; None without.
        search: what only data can settle, where a parameter has no formula.
    """

    sample: Sample
    title: Phrase
    sections: tuple[Section, ...]
    estimates: tuple[Estimate, ...]
    optimum: Optimum
    size: int | None = None
    log_likelihood: Any = None
    search: Search | None = None

    @property
    def chains(self) -> tuple[Chain, ...]:
        """All chains in order."""
        return tuple(chain for section in self.sections for chain in section.chains)
