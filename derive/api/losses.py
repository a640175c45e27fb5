"""The verb ``loss``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import sympy as sp

from derive.api.judging import judged_section
from derive.api.letters import OWN, refuse_clashes
from derive.api.named import parsed
from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.data import read_data
from derive.data.table import Table, read_table
from derive.derivations.loss.argument import loss_of
from derive.derivations.loss.fit import fitted
from derive.derivations.loss.posterior import posterior_of
from derive.derivations.loss.predictions import predictions_section
from derive.derivations.loss.prior import with_prior
from derive.distributions.distribution import Distribution
from derive.models.declared import MODELS
from derive.models.sample import sample
from derive.reading.models import has_inputs, model_named
from derive.results.loss import LossResult
from derive.results.overview import OverviewResult
from derive.results.posterior import PosteriorResult
from derive.results.result import source_of

EVERY = "all"
"""The name that stands for all named models."""


LETTERS_OF_LOSSES = frozenset("wWxXyzdjJkKmsgtuvp")
"""What the pages of losses call weights, inputs, responses, scores and classes."""


def loss(
    model: str,
    *,
    prior: str | Distribution | None = None,
    labels: str | Sequence[Any] | None = None,
    predicted: str | Sequence[Any] | None = None,
    data: str | None = None,
    response: str | None = None,
    intercept: bool = False,
    notation: Sequence[str] = (),
) -> LossResult | PosteriorResult | OverviewResult:
    r"""A model's negative log-likelihood as the training loss it is, every step judged.

    Args:
        model: a named model, or a distribution with a link, such as ``poisson(\exp(w^T x))``.
        prior: a distribution of each weight before the data are seen, such as ``normal(0, \tau^2)``; for a
            distribution without inputs, of its parameter.
        labels: responses 0 or 1, put into the likelihood.
        predicted: the probabilities that a model gives to the response 1 for each of them.
        data: a CSV file of inputs and responses, to which the model is fitted.
        response: the column of responses in it (several with commas between for one-hot labels).
        intercept: give the inputs a column of ones.
        notation: settings ``KEY=VALUE`` of the page's letters.

    Raises:
        InputError: the input cannot be understood or used.
        NoDerivation: no plan covers the model.
        Unproved: a step was neither proved nor tested.

    >>> loss("linear-regression").derivation.convex
    True
    """
    letters = Notation().changed(tuple(notation))
    for key in ("data", "index", "size", "likelihood"):
        letter = getattr(letters, key)
        if letter in LETTERS_OF_LOSSES - {OWN[key]}:
            raise InputError(
                f"--notation {key}={letter}: {letter} means something else in a loss", "choose another letter"
            )
    asked = {
        "prior": prior,
        "labels": labels,
        "predicted": predicted,
        "data": data,
        "response": response,
        "intercept": intercept,
        "notation": notation,
    }
    if model.strip().lower() == EVERY:
        if any(value for value in asked.values()):
            raise InputError("the table of all losses takes no options", "name one model")
        rows = [cast(LossResult, loss(m.id)) for m in MODELS]
        return OverviewResult(rows, letters, source_of("loss", (model,), {}))
    if prior is not None and not has_inputs(model):
        if data is not None:
            raise InputError("data are put into models with inputs only", "leave --data out")
        argument = posterior_of(sample(parsed(model)), parsed(prior) if isinstance(prior, str) else prior)
        refuse_clashes(argument.chains, letters)
        judged_parts = tuple(judged_section(s) for s in argument.sections)
        return PosteriorResult(replace(argument, sections=judged_parts), letters, source_of("loss", (model,), asked))
    table = None if data is None else table_of(data, response, intercept)
    found = loss_of(model_named(model))
    if prior is not None:
        found = with_prior(found, parsed(prior) if isinstance(prior, str) else prior)
    if labels is not None or predicted is not None:
        shown = predictions_section(found.model, exact(labels, "--labels"), exact(predicted, "--predicted"))
        found = replace(found, sections=(*found.sections, shown))
    refuse_clashes(found.chains, letters)
    sections = tuple(judged_section(s) for s in found.sections)
    fit = None if table is None else fitted(found, table)
    return LossResult(replace(found, sections=sections, fit=fit), letters, source_of("loss", (model,), asked))


def exact(given: str | Sequence[Any] | None, name: str) -> tuple[Any, ...]:
    """Numbers as they are typed, exactly.

    Raises:
        InputError: there are none where there must be, or one is no number.
    """
    if given is None:
        if name == "--labels":
            raise InputError("--predicted: there are no labels", "give them with --labels")
        return ()
    text = given if isinstance(given, str) else " ".join(str(v) for v in given)
    found = read_data(text, None, categories=False)
    values = [sp.Rational(v.numerator, v.denominator) for v in found.values]  # type: ignore[union-attr]
    return tuple(v for v, count in zip(values, found.counts, strict=True) for _ in range(count))


def table_of(data: str, response: str | None, intercept: bool) -> Table:
    """The inputs and the responses in a file."""
    if response is None:
        raise InputError(f"{data}: which column holds the responses is not said", "name it with --response")
    return read_table(data, response, intercept)
