"""The derivation for given observations, their numbers put in from the first line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.nodes import density_head
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.trees import substitute
from derive.derivations.likelihood import named_log_likelihood
from derive.models.sample import Sample
from derive.rules.logarithms import LOGARITHMS
from derive.strategies import as_one, exhaust


@dataclass(frozen=True, slots=True)
class Given(Sample):
    """A sample whose observations are numbers.

    Args:
        values, counts: the different observations, and how often each occurs.
    """

    values: tuple[Any, ...] = ()
    counts: tuple[int, ...] = ()

    @property
    def likelihood(self) -> Any:
        """∏ f(x; θ)^(how often x occurs), the density named."""
        head = density_head()
        powers = [head(v, *self.letters) ** c for v, c in zip(self.values, self.counts, strict=True)]
        return sp.Mul(*powers)

    @property
    def written(self) -> Any:
        """The same, the density written out."""
        d = self.distribution
        parts = [substitute(d.density, {d.variable: v}) ** c for v, c in zip(self.values, self.counts, strict=True)]
        return sp.powsimp(sp.Mul(*parts), combine="exp")

    @property
    def facts(self) -> Facts:
        """Domains of the letters, and what f and L stand for."""
        d = self.distribution
        first = sp.Dummy("x")
        density = sp.Lambda((first, *self.letters), substitute(d.density, {d.variable: first}))
        domains: dict[Any, Any] = {p.letter: p.domain for p in d.parameters}
        return Facts(domains, definitions={"f": density, "L": self.likelihood})


def given(sample: Sample, values: Sequence[Any], counts: Sequence[int]) -> Given:
    """The sample with these observations, equal ones counted together.

    Raises:
        NoDerivation: the observations are vectors.
    """
    if isinstance(sample.distribution.variable, sp.IndexedBase):
        raise NoDerivation("numbers from the start are not available for vectors of categories")
    together: dict[Any, int] = {}
    for value, count in zip(values, counts, strict=True):
        together[value] = together.get(value, 0) + count
    order = sorted(together, reverse=True)
    return Given(sample.distribution, sample.unknown, sample.data, tuple(order), tuple(together[v] for v in order))


def likelihood_of_numbers(sample: Given) -> Chain:
    """L(θ) = f(x_1; θ) … = the density with the numbers put in."""
    start, named, written = sample.named_likelihood, sample.likelihood, sample.written
    size = sum(sample.counts)
    law = (
        Phrase("independence_numbers", {"size": size})
        if size > 1
        else Phrase("one_observation", {"value": sample.values[0]})
    )
    steps = [Step(start, EQUAL, named, "independence", law)]
    steps.append(
        Step(
            named,
            EQUAL,
            written,
            "density_put_in",
            Phrase("numbers_in_density", {"density": sample.distribution.density}),
        )
    )
    return Chain(Phrase("likelihood_topic", {"likelihood": start}), start, tuple(steps), sample.facts)


def log_likelihood_of_numbers(sample: Given) -> Chain:
    """log L(θ) = log of the numbers' likelihood = a sum of logarithms."""
    facts = sample.facts
    start = named_log_likelihood(sample)
    written = sp.log(sample.written, evaluate=False)
    steps = [
        Step(start, EQUAL, written, "likelihood_put_in", Phrase("likelihood_put_in", {"of": sample.named_likelihood}))
    ]
    opened = exhaust(LOGARITHMS, written, facts)
    if opened:
        slots = {"before": written, "after": opened[-1].after}
        steps.extend(as_one(opened, "logarithms_opened", Phrase("logarithms_opened_numbers", slots)))
    return Chain(Phrase("log_likelihood_topic", {"likelihood": start}), start, tuple(steps), facts)
