"""From the joint likelihood to the loss: logarithm, sign, and what may be dropped."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import EQUAL, PROPORTIONAL, UP_TO_CONSTANT
from derive.core.trees import changed_at, mentions, substitute, terms
from derive.models.regression import WEIGHTS, Regression
from derive.models.sample import SIZE
from derive.rules.logarithms import LOGARITHMS, log_of_series, logarithms_joined
from derive.rules.sums import constant_out_of_sum, sum_of_constant
from derive.strategies import as_one, everywhere, exhaust


def depends(expr: Any, facts: Facts) -> bool:
    """Does it depend on the weights, by themselves or in a prediction?"""
    named = [name for name in facts.definitions if isinstance(name, sp.IndexedBase)]
    return any(mentions(expr, letter) for letter in (WEIGHTS, *named))


def likelihood_chain(model: Regression) -> Chain:
    """L(w) = ∏ p(y_i | x_i; w) = ∏ of the density written out."""
    start, named = model.named_likelihood, model.likelihood
    put_in = substitute(named, {model.named_density: model.density})
    law = "independent_masses" if model.distribution.discrete else "independent_densities"
    steps = (
        Step(start, EQUAL, named, "independence", Phrase(law, {"size": SIZE})),
        Step(named, EQUAL, put_in, "density_put_in", Phrase("density_put_in", {"density": model.density})),
    )
    return Chain(Phrase("conditional_likelihood_topic", {"likelihood": start}), start, steps, model.facts)


def log_likelihood_chain(model: Regression) -> Chain:
    """log L(w) = Σ log p(y_i | x_i; w) = its collected form, what is free of w apart."""
    facts = model.facts
    start = sp.log(model.named_likelihood, evaluate=False)
    named = sp.log(model.likelihood, evaluate=False)
    slots: dict[str, Any] = {"of": model.named_likelihood}
    steps = [Step(start, EQUAL, named, "likelihood_put_in", Phrase("likelihood_put_in", slots))]
    steps.extend(everywhere(log_of_series, named, facts))
    series = steps[-1].after
    put_in = substitute(series, {model.named_density: model.density})
    steps.append(Step(series, EQUAL, put_in, "density_put_in", Phrase("density_put_in", {"density": model.density})))
    opened = exhaust(LOGARITHMS, put_in, facts)
    if opened:
        inner = opened[-1].after.limits[:-1]
        after = sp.Sum(opened[-1].after.function, *inner) if inner else opened[-1].after.function
        slots = {"before": sp.log(model.density, evaluate=False), "after": after}
        steps.extend(as_one(opened, "logarithms_opened", Phrase("logarithms_opened", slots)))
    apart = split(steps[-1].after, facts)
    laws = tuple(Phrase(f"{key}_law") for key in dict.fromkeys(s.rule for s in apart))
    steps.extend(as_one(apart, "sums_taken_apart", Phrase("sums_taken_apart", {"laws": laws})))
    return Chain(Phrase("log_likelihood_topic", {"likelihood": start}), start, tuple(steps), facts)


def split(total: Any, facts: Facts) -> tuple[Step, ...]:
    """Σ_i (a_i(w) + b_i) = Σ_i a_i(w) + Σ_i b_i, then constants out of the sums."""
    steps: list[Step] = []
    if isinstance(total, sp.Sum) and isinstance(total.function, sp.Add):
        live = [t for t in terms(total.function) if depends(t, facts)]
        dead = [t for t in terms(total.function) if not depends(t, facts)]
        if live and dead:
            apart = sp.Sum(sp.Add(*live), *total.limits) + sp.Sum(sp.Add(*dead), *total.limits)
            steps.append(
                Step(total, EQUAL, apart, "sum_of_sums", Phrase("sum_of_sums", {"before": total, "after": apart}))
            )
            total = apart
    joined = changed_at(total, lambda node: logarithms_joined.apply(node, facts))[0]
    if joined != total:
        slots = {"before": total, "after": joined}
        steps.append(Step(total, EQUAL, joined, "logarithms_joined", Phrase("logarithms_joined", slots)))
        total = joined
    steps.extend(exhaust((constant_out_of_sum, sum_of_constant), total, facts))
    return tuple(steps)


def loss_chain(model: Regression, log_likelihood: Any) -> Chain:
    """−log L(w) = … ≃ what depends on w ∝ the same without its constant factor."""
    facts = model.facts
    start = -sp.log(model.named_likelihood, evaluate=False)
    negative = sp.Add(*(turned(t) for t in terms(log_likelihood)))
    slots: dict[str, Any] = {"of": sp.log(model.named_likelihood, evaluate=False)}
    steps = [Step(start, EQUAL, negative, "sign_turned", Phrase("sign_turned", slots))]
    dead = tuple(t for t in terms(negative) if not depends(t, facts))
    at = sp.Add(*(t for t in terms(negative) if depends(t, facts)))
    if at == 0:
        raise NoDerivation("the likelihood does not depend on the weights")
    if dead:
        key = "constant_dropped" if len(dead) == 1 else "constants_dropped"
        steps.append(Step(negative, UP_TO_CONSTANT, at, key, Phrase(key, {"terms": dead, "weights": WEIGHTS})))
    number, factor, rest = positive_factor(at, facts)
    if factor != 1:
        slots = {"factor": factor, "weights": WEIGHTS}
        steps.append(Step(at, PROPORTIONAL, number * rest, "factor_dropped", Phrase("factor_dropped", slots)))
    return Chain(Phrase("loss_topic", {"loss": start}), start, tuple(steps), facts, (WEIGHTS,))


def turned(term: Any) -> Any:
    """−term; the sign goes into a sum whose summand has a minus of its own."""
    number, rest = term.as_coeff_Mul()
    opens = number == 1 and isinstance(rest, sp.Sum) and isinstance(rest.function, sp.Add)
    if opens and any(t.could_extract_minus_sign() for t in terms(rest.function)):
        return sp.Sum(sp.Add(*(-t for t in terms(rest.function))), *rest.limits)
    return -term


def positive_factor(expr: Any, facts: Facts) -> tuple[Any, Any, Any]:
    """A number, a positive factor of letters that is free of the weights, and the rest."""
    number, product = expr.as_coeff_Mul()
    free = sp.Mul(*(f for f in sp.Mul.make_args(product) if not depends(f, facts)))
    if free == 1 or sign(free, facts) != "+":
        return number, sp.S.One, product
    return number, free, product / free
