"""The likelihood and the loss at given predictions and labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import BINARY, UNIT
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY, EQUAL
from derive.derivations.result import Section
from derive.models.regression import Regression
from derive.models.sample import INDEX

DIGITS = 4


def predictions_section(model: Regression, labels: Sequence[Any], predicted: Sequence[Any]) -> Section:
    """log L and the loss for these labels, and their numbers where there are predictions.

    Raises:
        InputError: the responses are not 0 or 1, a label or a prediction is out of range, or their numbers differ.
    """
    if model.distribution.support != BINARY:
        raise InputError("--labels and --predicted are for responses that are 0 or 1", "logistic-regression")
    for place, label in enumerate(labels, start=1):
        if label not in (0, 1):
            raise InputError(f"label {place}: {label} is not 0 or 1")
    for place, value in enumerate(predicted, start=1):
        if not 0 < value < 1:
            raise InputError(f"prediction {place}: {value} does not lie between 0 and 1")
    if predicted and len(predicted) != len(labels):
        raise InputError(f"{len(predicted)} predictions are given for {len(labels)} labels")
    chains = [labels_chain(model, labels)]
    if predicted:
        chains += [numbers_chain(model, labels, predicted, sense) for sense in (1, -1)]
    return Section(Phrase("predictions_heading"), (Phrase("labels_given", {"size": len(labels)}),), tuple(chains))


def log_likelihood_of(model: Regression, size: int) -> Any:
    """Σ_{i=1}^n (y_i log ŷ_i + (1 − y_i) log(1 − ŷ_i))."""
    y, share = model.response[INDEX], model.outputs[INDEX]
    return sp.Sum(y * sp.log(share) + (1 - y) * sp.log(1 - share), (INDEX, 1, sp.Integer(size)))


def labels_chain(model: Regression, labels: Sequence[Any]) -> Chain:
    """The labels put in: log ŷ_i where the label is 1, log(1 − ŷ_i) where it is 0."""
    size = len(labels)
    start = log_likelihood_of(model, size)
    share = model.outputs
    facts = Facts({share: UNIT}, {share: (sp.Integer(size),)}, {}, given(model, labels))
    if len(set(labels)) == 1:
        inside = sp.log(share[INDEX]) if labels[0] == 1 else sp.log(1 - share[INDEX])
        end: Any = sp.Sum(inside, (INDEX, 1, sp.Integer(size)))
    else:
        end = sp.Add(*(chosen(share[i], label) for i, label in enumerate(labels, start=1)))
    step = Step(start, EQUAL, end, "labels_put_in", Phrase("labels_put_in"))
    return Chain(Phrase("labels_topic"), start, (step,), facts)


def given(model: Regression, labels: Sequence[Any]) -> dict[Any, Any]:
    """What the labels are: one number for all where they agree, else each its own."""
    if len(set(labels)) == 1:
        return {model.response: sp.Lambda(INDEX, sp.Integer(labels[0]))}
    return {model.response[i]: sp.Integer(label) for i, label in enumerate(labels, start=1)}


def chosen(share: Any, label: Any) -> Any:
    """log of the probability that the model gives to the label."""
    return sp.log(share) if label == 1 else sp.log(1 - share)


def numbers_chain(model: Regression, labels: Sequence[Any], predicted: Sequence[Any], sense: int) -> Chain:
    """± Σ log of the probabilities of the labels, with the numbers put in."""
    share = model.outputs
    letters = sp.Add(*(chosen(share[i], label) for i, label in enumerate(labels, start=1)))
    start = letters if sense == 1 else sp.Mul(-1, letters, evaluate=False)
    values = [
        sp.log(written(v if label == 1 else 1 - v), evaluate=False) for v, label in zip(predicted, labels, strict=True)
    ]
    total = sp.Add(*values, evaluate=False)
    at = total if sense == 1 else sp.Mul(-1, total, evaluate=False)
    exact = sense * sp.Add(*(sp.log(v if label == 1 else 1 - v) for v, label in zip(predicted, labels, strict=True)))
    facts = Facts(definitions={share[i]: v for i, v in enumerate(predicted, start=1)})
    steps = (
        Step(start, EQUAL, at, "loss_predictions_put_in", Phrase("numbers_of_predictions")),
        Step(at, APPROXIMATELY, rounded(exact), "decimals", Phrase("decimals")),
    )
    if sense == 1:
        return Chain(Phrase("log_likelihood_value"), start, steps, facts)
    return Chain(Phrase("loss_value", {"mean": rounded(exact / len(labels))}), start, steps, facts)


def written(value: Any) -> sp.Float:
    """A prediction as the decimal that it was typed as."""
    return sp.Float(str(float(value)))


def rounded(value: Any) -> sp.Float:
    """To four digits."""
    return sp.Float(f"{float(value.evalf(30)):.{DIGITS}g}")
