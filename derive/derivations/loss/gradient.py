"""The gradient and the Hessian of the loss in the weights, by the chain rule through the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.trees import changed_at, mentions, substitute
from derive.core.vectors import Diagonal, Gradient, Hessian, Jacobian, Vector, VectorAt, VectorSum, times
from derive.derivations.loss.result import Terms
from derive.models.regression import CLASS, CURVATURES, DIMENSION, EACH, OTHER, SLOPES, WEIGHTS, Regression
from derive.models.sample import INDEX, SIZE
from derive.rules.vectors import gradient_of_multiple, gradient_under_sum, sum_as_product
from derive.strategies import everywhere


@dataclass(frozen=True, slots=True)
class Found:
    """A chain and what it ends in.

    Args:
        summed: the sum over the observations.
        shown: the form of vectors and matrices; the sum where there is none.
        facts: those of the chain, new letters defined.
    """

    chain: Chain
    summed: Any
    shown: Any
    facts: Facts

    @property
    def closed(self) -> Any:
        """The form in which every letter has been declared: without the vectors that only gather numbers."""
        return self.summed if mentions(self.shown, SLOPES) or mentions(self.shown, CURVATURES) else self.shown


def at_weights(model: Regression, expr: Any) -> Any:
    """An expression in z_i, with w^T x_i put in."""
    return substitute(expr, {model.free_score: model.score()})


def gradient_chain(model: Regression, loss: Any, terms: Terms, facts: Facts) -> Found:
    """∇J(w) = Σ ∂ℓ/∂z_i · x_i = X^T (…)."""
    w = model.weights
    start = Gradient(model.named_loss, w)
    steps = opened(start, Gradient(loss, w), model, facts)
    slope = at_weights(model, terms.slope)
    sense = -1 if slope.could_extract_minus_sign() and not slope.is_Add else 1
    total = times(sp.Integer(sense), VectorSum(times(sense * slope, model.input), EACH))
    slots: dict[str, Any] = {"score": model.score(), "gradient": model.input}
    steps.append(Step(steps[-1].after, EQUAL, total, "chain_rule", Phrase("chain_rule", slots)))
    if model.many:
        return Found(Chain(Phrase("gradient_topic", {"weights": w}), start, tuple(steps), facts), total, total, facts)
    shown = changed_at(total, lambda node: sum_as_product.apply(node, facts))[0]
    if shown == total:
        facts = facts.defining(SLOPES, sp.Lambda(INDEX, slope))
        shown = times(model.design.T, Vector(SLOPES, SIZE))
        slots = {"entry": SLOPES[INDEX], "value": slope, "vector": SLOPES}
        steps.append(Step(total, EQUAL, shown, "slopes_gathered", Phrase("slopes_gathered", slots)))
    else:
        steps.append(Step(total, EQUAL, shown, "sum_as_product", product_phrase(total, shown)))
        if not model.linear:
            predictions = Vector(model.outputs, SIZE)
            full = substitute(shown, {predictions: model.predictions_of_scores})
            if full != shown:
                slots = {"named": predictions, "meaning": model.predictions_of_scores}
                steps.append(
                    Step(shown, EQUAL, full, "loss_predictions_put_in", Phrase("loss_predictions_put_in", slots))
                )
                shown = full
    chain = Chain(Phrase("gradient_topic", {"weights": w}), start, tuple(steps), facts)
    return Found(chain, total, shown, facts)


def opened(start: Any, named: Any, model: Regression, facts: Facts) -> list[Step]:
    """The loss put in, constants taken out, the operator moved under the sum."""
    steps = [Step(start, EQUAL, named, "expression_put_in", Phrase("expression_put_in", {"of": model.named_loss}))]
    for rule in (gradient_of_multiple, gradient_under_sum):
        steps.extend(everywhere(rule, steps[-1].after, facts))
    return steps


def product_phrase(before: Any, after: Any) -> Phrase:
    """The sum over the observations and the product of matrices."""
    return Phrase("sum_as_product", {"before": before, "after": after})


def hessian_chain(model: Regression, loss: Any, terms: Terms, facts: Facts) -> Found:
    """∇²J(w) = Σ ∂²ℓ/∂z_i² · x_i x_i^T = X^T S X."""
    w = model.weights
    start = Hessian(model.named_loss, w)
    steps = opened(start, Hessian(loss, w), model, facts)
    bend = at_weights(model, terms.bend)
    total = VectorSum(times(bend, model.input, model.input.T), EACH)
    slots: dict[str, Any] = {"score": model.score(), "gradient": model.input}
    steps.append(Step(steps[-1].after, EQUAL, total, "chain_rule_twice", Phrase("chain_rule_twice", slots)))
    shown = sum_as_product.apply(total, facts)
    if shown is not None:
        steps.append(Step(total, EQUAL, shown, "sum_as_product", product_phrase(total, shown)))
    else:
        facts = facts.defining(CURVATURES, sp.Lambda(INDEX, bend))
        shown = times(model.design.T, Diagonal(Vector(CURVATURES, SIZE)), model.design)
        slots = {"entry": CURVATURES[INDEX], "value": bend, "vector": CURVATURES}
        steps.append(Step(total, EQUAL, shown, "curvatures_gathered", Phrase("curvatures_gathered", slots)))
    return Found(Chain(Phrase("hessian_topic", {"weights": w}), start, tuple(steps), facts), total, shown, facts)


OTHER_WEIGHTS = VectorAt(WEIGHTS, OTHER, DIMENSION)


def block_chain(model: Regression, slope: Any, gradient: Any, facts: Facts) -> Found:
    """Softmax: ∂(∇_{w_k} J)/∂w_j^T = Σ_i ∂ŷ_ik/∂z_ij · x_i x_i^T."""
    start = Jacobian(Gradient(model.named_loss, model.weights), OTHER_WEIGHTS)
    named = Jacobian(gradient, OTHER_WEIGHTS)
    share = model.outputs[INDEX, OTHER]
    bend = model.predicted * (sp.KroneckerDelta(CLASS, OTHER) - share)
    total = VectorSum(times(bend, model.input, model.input.T), EACH)
    slots: dict[str, Any] = {"score": model.score(OTHER), "gradient": model.input}
    steps = (
        Step(start, EQUAL, named, "expression_put_in", Phrase("expression_put_in", {"of": start.args[0]})),
        Step(named, EQUAL, total, "chain_rule_block", Phrase("chain_rule_block", slots)),
    )
    return Found(
        Chain(Phrase("block_topic", {"one": model.weights, "other": OTHER_WEIGHTS}), start, steps, facts),
        total,
        total,
        facts,
    )


def share_chain(model: Regression) -> Chain:
    """∂ŷ_k/∂z_j = ŷ_k ∂ log ŷ_k/∂z_j = ŷ_k (δ_kj − ŷ_j)."""
    facts = model.facts_of_scores
    share, other = model.predicted, model.outputs[INDEX, OTHER]
    letter = model.free_score.base[INDEX, OTHER]
    start = Partial(share, letter)
    by_log = share * Partial(sp.log(share), letter)
    inner = model.prediction_of_scores
    bound = sp.Symbol("m", integer=True, positive=True)
    free = model.free_score.base
    log_share = free[INDEX, CLASS] - sp.log(sp.Sum(sp.exp(free[INDEX, bound]), (bound, 1, facts.indices[CLASS])))
    written = share * Partial(log_share, letter)
    delta = sp.KroneckerDelta(CLASS, OTHER)
    weight = sp.exp(letter) / sp.Sum(sp.exp(free[INDEX, bound]), (bound, 1, facts.indices[CLASS]))
    steps = (
        Step(start, EQUAL, by_log, "by_its_logarithm", Phrase("by_its_logarithm", {"share": share})),
        Step(
            by_log, EQUAL, written, "prediction_put_in", Phrase("prediction_put_in", {"named": share, "meaning": inner})
        ),
        Step(
            written,
            EQUAL,
            share * (delta - weight),
            "share_differentiated",
            Phrase("share_differentiated", {"delta": delta}),
        ),
        Step(
            share * (delta - weight),
            EQUAL,
            share * (delta - other),
            "prediction_named",
            Phrase("prediction_named", {"named": other, "meaning": weight}),
        ),
    )
    return Chain(Phrase("share_topic", {"share": share, "score": letter}), start, steps, facts)
