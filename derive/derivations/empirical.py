"""Maximum likelihood and cross-entropy are one: for any model, with the empirical distribution of the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import NATURALS, REALS, Integers
from derive.core.facts import Facts
from derive.core.information import Cardinality, CrossEntropy, Extremum, Law
from derive.core.nodes import named_function
from derive.core.phrase import Phrase
from derive.core.relation import APPROXIMATELY, EQUAL
from derive.core.statement import equation
from derive.derivations.information import Information
from derive.derivations.result import Section
from derive.derivations.unknown_laws import chained, log

SET = Cardinality(r"\mathcal{X}")
X = sp.Symbol("x", integer=True, positive=True)
INDEX, N = (sp.Symbol(s, integer=True, positive=True) for s in ("i", "N"))
THETA = sp.Symbol(r"\theta", real=True)
DATA = sp.IndexedBase("x", integer=True, positive=True)
EMPIRICAL, MODEL = sp.Symbol(r"\hat{p}"), sp.Symbol(r"q_\theta")


def facts() -> Facts:
    """Data on a finite set, their relative frequencies, and a model with a parameter."""
    support = Integers(sp.Integer(1), SET)
    counts = sp.Sum(sp.KroneckerDelta(X, DATA[INDEX]), (INDEX, 1, N)) / N
    laws = {EMPIRICAL: Law(X, support, counts), MODEL: Law(X, support, sp.Function("q")(X, THETA))}
    likelihood = sp.Product(at_model(DATA[INDEX]), (INDEX, 1, N))
    made = Facts({DATA: support, N: NATURALS, THETA: REALS}, {DATA: (N,)}, {INDEX: N}, {}, (), laws)
    return made.defining("L", sp.Lambda(THETA, likelihood))


def at_model(x: Any) -> Any:
    """q_θ(x)."""
    return sp.Function(str(MODEL))(x)


def likelihood_and_cross_entropy(probabilities: Sequence[Any] = ()) -> Information:
    """Both directions, and the numbers for given predicted probabilities of what was observed."""
    known = facts()
    name = named_function("L")(THETA)
    log_name = log(name)
    product = sp.Product(at_model(DATA[INDEX]), (INDEX, 1, N))
    series = sp.Sum(log(at_model(DATA[INDEX])), (INDEX, 1, N))
    frequency = sp.Function(str(EMPIRICAL))(X)
    counted = N * sp.Sum(frequency * log(at_model(X)), (X, 1, SET))
    quantity = CrossEntropy(EMPIRICAL, MODEL)
    first = chained(
        Phrase("likelihood_to_cross_topic"),
        log_name,
        known,
        (log(product), "likelihood_put_in", {"of": name}),
        (series, "log_of_series", {"before": log(product), "after": series}),
        (counted, "grouped_by_value", {"frequency": frequency}),
        (-N * quantity, "cross_entropy_seen", {"cross": quantity}),
    )
    # What the chain above has found is what the likelihood stands for from here on.
    found = known.defining("L", sp.Lambda(THETA, sp.exp(-N * quantity)))
    argmax = Extremum(name, [THETA], "argmax")
    maximisers = chained(
        Phrase("maximisers_topic"),
        argmax,
        found,
        (Extremum(log_name, [THETA], "argmax"), "log_is_increasing", {}),
        (Extremum(-N * quantity, [THETA], "argmax"), "expression_put_in", {"of": log_name}),
        (Extremum(quantity, [THETA], "argmin"), "factor_turned", {"factor": -N}),
    )
    total = -sp.Sum(frequency * log(at_model(X)), (X, 1, SET))
    second = chained(
        Phrase("cross_to_likelihood_topic"),
        quantity,
        known,
        (total, "cross_entropy_definition", {"p": EMPIRICAL}),
        (-series / N, "frequencies_put_in", {"frequency": equation(frequency, known.laws[EMPIRICAL].density)}),
        (-log(product) / N, "logs_to_product", {}),
        (-log_name / N, "likelihood_seen", {"likelihood": name}),
    )
    minimisers = chained(
        Phrase("minimisers_topic"),
        Extremum(quantity, [THETA], "argmin"),
        found,
        (Extremum(-log_name / N, [THETA], "argmin"), "expression_put_in", {"of": quantity}),
        (Extremum(log_name, [THETA], "argmax"), "factor_turned", {"factor": -1 / N}),
        (argmax, "log_is_increasing", {}),
    )
    intro = (
        Phrase(
            "empirical_data",
            {"first": DATA[1], "last": DATA[N], "set": SET.args[0], "model": at_model(X), "letter": THETA},
        ),
        Phrase("empirical_law", {"law": equation(frequency, known.laws[EMPIRICAL].density)}),
    )
    sections = [
        Section(Phrase("laws_heading"), intro),
        Section(Phrase("likelihood_to_cross_heading"), (), (first, maximisers)),
        Section(Phrase("cross_to_likelihood_heading"), (), (second, minimisers), (Phrase("same_estimate"),)),
    ]
    if probabilities:
        sections.append(numbers(probabilities))
    return Information(
        "cross-entropy",
        Phrase("likelihood_and_cross_title"),
        tuple(sections),
        quantity,
        second.end,
        True,
        known,
        names=("data", "model"),
    )


def numbers(probabilities: Sequence[Any]) -> Section:
    """log L = Σ log of the predicted probabilities, and the loss."""
    decimals = [sp.Float(str(float(p)), 12) for p in probabilities]
    exact = sp.Add(*(sp.log(p, evaluate=False) for p in probabilities), evaluate=False)
    shown = sp.Add(*(sp.log(p, evaluate=False) for p in decimals), evaluate=False)
    value = sp.Float(str(round(float(sum(sp.log(p).evalf(20) for p in probabilities)), 3)), 6)
    name = log(named_function("L")(THETA))
    known = Facts({THETA: REALS}, {}, {}, {"L": sp.Lambda(THETA, sp.exp(exact))})
    steps = (
        Step(name, EQUAL, shown, "predictions_put_in", Phrase("predictions_put_in")),
        Step(shown, APPROXIMATELY, value, "decimals", Phrase("decimals")),
    )
    loss = named_function("J")(THETA)
    less = known.defining("J", sp.Lambda(THETA, -name))
    turned = (
        Step(loss, EQUAL, -name, "loss_is_minus_log", Phrase("loss_is_minus_log")),
        Step(-name, APPROXIMATELY, -value, "decimals", Phrase("decimals")),
    )
    chains = (
        Chain(Phrase("log_likelihood_of_predictions_topic"), name, steps, known),
        Chain(Phrase("loss_of_predictions_topic"), loss, turned, less),
    )
    return Section(Phrase("numbers_at_heading"), (), chains)
