"""The likelihood, its logarithm, and its simplification to statistics of the data."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.trees import substitute
from derive.models.sample import INDEX, SIZE, Sample
from derive.rules.logarithms import LOGARITHMS, log_of_series
from derive.rules.sums import SUMS
from derive.strategies import as_one, everywhere, exhaust


def named_log_likelihood(sample: Sample) -> Any:
    """log L(θ) as a name."""
    return sp.log(sample.named_likelihood, evaluate=False)


def likelihood_chain(sample: Sample) -> Chain:
    """L(θ) = ∏ f(x_i; θ) = ∏ of the density written out."""
    start = sample.named_likelihood
    named, written = sample.likelihood, sample.density_at(INDEX)
    put_in = substitute(named, {sample.named_density(INDEX): written})
    law = "independent_masses" if sample.distribution.discrete else "independent_densities"
    steps = (
        Step(start, EQUAL, named, "independence", Phrase(law, {"size": SIZE})),
        Step(named, EQUAL, put_in, "density_put_in", Phrase("density_put_in", {"density": written})),
    )
    return Chain(Phrase("likelihood_topic", {"likelihood": start}), start, steps, sample.facts)


def summand(total: Any) -> Any:
    """What the outermost sum runs over: SymPy writes Σ_i Σ_j as one node, the outermost index last."""
    inner = total.limits[:-1]
    return sp.Sum(total.function, *inner) if inner else total.function


def log_likelihood_chain(sample: Sample) -> Chain:
    """log L(θ) = log ∏ f = Σ log f = Σ (…) = statistics of the data."""
    facts = sample.facts
    start = named_log_likelihood(sample)
    named = sp.log(sample.likelihood, evaluate=False)
    steps = [
        Step(start, EQUAL, named, "likelihood_put_in", Phrase("likelihood_put_in", {"of": sample.named_likelihood}))
    ]
    steps.extend(everywhere(log_of_series, named, facts))
    series = steps[-1].after
    written = sample.density_at(INDEX)
    put_in = substitute(series, {sample.named_density(INDEX): written})
    steps.append(Step(series, EQUAL, put_in, "density_put_in", Phrase("density_put_in", {"density": written})))
    opened = exhaust(LOGARITHMS, put_in, facts)
    if opened:
        slots = {"before": sp.log(written, evaluate=False), "after": summand(opened[-1].after)}
        steps.extend(as_one(opened, "logarithms_opened", Phrase("logarithms_opened", slots)))
    apart = exhaust(SUMS, steps[-1].after, facts)
    if apart:
        used = dict.fromkeys(step.rule for step in apart)
        laws = tuple(Phrase(f"{rule}_law") for rule in used)
        steps.extend(as_one(apart, "sums_taken_apart", Phrase("sums_taken_apart", {"laws": laws})))
    return Chain(Phrase("log_likelihood_topic", {"likelihood": start}), start, tuple(steps), facts)
