"""The verb ``mle``, and the catalogue made of it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.api.judging import judged
from derive.api.letters import WHAT, refuse_clashes
from derive.api.named import declared
from derive.core.domains import OneHot, Vector
from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.data import Observations, read_data, read_vectors
from derive.derivations.letters import latex_name
from derive.derivations.maximum_likelihood import maximum_likelihood
from derive.derivations.maximum_likelihood_of_numbers import maximum_likelihood_of_numbers
from derive.derivations.numbers import put_in
from derive.derivations.searched import with_numbers
from derive.distributions import book
from derive.distributions.distribution import Distribution, bound, signature
from derive.models.observations import checked
from derive.models.sample import Sample, sample
from derive.results.catalogue import Catalogue
from derive.results.likelihood import DataLikelihood
from derive.results.mle import MaximumLikelihoodResult
from derive.results.result import source_of


def mle(
    distribution: str | Distribution,
    *,
    known: Sequence[str] = (),
    data: str | Sequence[Any] | None = None,
    column: str | None = None,
    notation: Sequence[str] = (),
    numbers_first: bool = False,
) -> MaximumLikelihoodResult:
    r"""The maximum-likelihood derivation of a distribution, every step judged.

    Args:
        distribution: a name, a name with arguments (``binomial(10, p)``), or a declared distribution.
        known: letters of parameters that are not estimated.
        data: observations: a text or file as on the command line, or a sequence of numbers.
        column: the column of a CSV file.
        notation: settings ``KEY=VALUE`` of the page's letters.
        numbers_first: put the data in from the first line.

    Raises:
        InputError: the input cannot be understood or used.
        NoDerivation: no plan covers the model.
        Unproved: a step was neither proved nor tested.

    >>> mle("bernoulli", data="1 1 0 1").values
    {p: 3/4}
    """
    chosen = declared(distribution)
    letters = Notation().changed(tuple(notation))
    observations = None if data is None else observed(data, column, chosen)
    if observations is not None:
        chosen = sized(chosen, observations)
    model = sample(chosen, tuple(known))
    check_letters(model, letters)
    asked = {"known": tuple(known), "data": data, "column": column, "notation": tuple(notation)}
    source = source_of("mle", (distribution,), {**asked, "numbers_first": numbers_first})
    if observations is None:
        found = maximum_likelihood(model)
        refuse_clashes(found.chains, letters)
        return MaximumLikelihoodResult(judged(found), letters, source)
    if numbers_first:
        values = usable(observations, model)
        if isinstance(values, array):
            raise InputError("there are too many observations for --numbers-first", "leave it out")
        found = maximum_likelihood_of_numbers(model, values, observations.counts)
        refuse_clashes(found.chains, letters)
        likelihood = DataLikelihood(model, values, observations.counts)
        return MaximumLikelihoodResult(judged(found), letters, source, likelihood)
    derived = maximum_likelihood(model)
    refuse_clashes(derived.chains, letters)
    return with_observations(MaximumLikelihoodResult(derived, letters, source), observations)


def with_observations(result: MaximumLikelihoodResult, observations: Observations) -> MaximumLikelihoodResult:
    """The derivation with the data put in at its end.

    Raises:
        InputError: an observation lies outside the support, or a known parameter has no number.
    """
    found = result.derivation
    values = usable(observations, found.sample)
    made = (with_numbers if found.search else put_in)(found, values, observations.counts)
    refuse_clashes(made.chains, result.notation)
    return replace(result, derivation=judged(made), data=DataLikelihood(found.sample, values, observations.counts))


def usable(observations: Observations, model: Sample) -> Sequence[Any]:
    """The observations' values, all inside the support of a model without free letters beside its unknowns."""
    values = checked(observations, model)
    for p in model.distribution.parameters:
        if p.letter not in model.letters:
            place = f"give it one in its place in {signature(model.distribution)}"
            raise InputError(f"{p.letter} is known but has no number", place)
    return values


def catalogue(*, notation: Sequence[str] = ()) -> Catalogue:
    """Density, estimates and ending of every declared family, each from its own judged derivation."""
    letters = Notation().changed(tuple(notation))
    made = tuple(maximum_likelihood(sample(d)) for d in book.DISTRIBUTIONS)
    refuse_clashes((chain for found in made for chain in found.chains), letters)
    return Catalogue(tuple(map(judged, made)), letters)


def observed(data: str | Sequence[Any], column: str | None, distribution: Distribution) -> Observations:
    """The observations, exact."""
    support = distribution.support
    if isinstance(support, Vector) and not isinstance(support, OneHot):
        if column is not None:
            raise InputError(f"--column {column}: an observation is a whole row here", "leave --column out")
        return read_vectors(data, int(support.size) if support.size.is_number else None)
    categories = isinstance(support, OneHot)
    return read_data(data, column, categories=categories)


def sized(distribution: Distribution, observations: Observations) -> Distribution:
    """A number of categories that is still a letter becomes the number of categories seen."""
    support = distribution.support
    if isinstance(support, Vector) and not isinstance(support, OneHot) and not support.size.is_number:
        return bound(distribution, {support.size: sp.Integer(len(observations.values[0]))})  # type: ignore[arg-type]
    if isinstance(support, OneHot) and not support.size.is_number:
        size = len(set(observations.values))
        if size < 2:
            raise InputError("all observations are in one category", "say how many there are, as in categorical(3, pi)")
        return bound(distribution, {support.size: sp.Integer(size)})
    return distribution


def check_letters(model: Sample, notation: Notation) -> None:
    """The page's letters and the parameters' must not fall together."""
    used = {latex_name(str(getattr(p.letter, "label", p.letter))): p for p in model.distribution.parameters}
    own = str(model.distribution.variable)
    for key, letter in (
        ("data", notation.data or own),
        ("index", notation.index),
        ("size", notation.size),
        ("likelihood", notation.likelihood),
        ("density", notation.density),
    ):
        if letter in used:
            raise InputError(
                f"{letter} is a parameter here, and the page's letter for {WHAT[key]} too",
                f"another letter is chosen by --notation {key}=…",
            )
