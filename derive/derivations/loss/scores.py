"""The loss of one observation in its score z_i: its form, its derivative and its curvature."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL, UP_TO_CONSTANT
from derive.core.trees import changed_at, substitute
from derive.core.vectors import Dot
from derive.derivations.calculus import LAWS
from derive.models.regression import CLASS, CLASSES, OTHER, SCORES, WEIGHTS, Regression
from derive.models.sample import INDEX
from derive.rules.links import LINKS, sigmoid_recognised
from derive.rules.logarithms import LOGARITHMS
from derive.strategies import as_one, everywhere, exhaust


def in_scores_chain(model: Regression, loss: Any, facts: Facts) -> Chain:
    """J(w) = the same with the predictions written out in w^T x_i, simplified."""
    start = model.named_loss
    steps = [Step(start, EQUAL, loss, "loss_again", Phrase("loss_again", {"loss": start}))]
    at = loss
    if not model.linear:
        put_in = substitute(loss, {model.predicted: model.prediction})
        slots: dict[str, Any] = {"named": model.predicted, "meaning": model.prediction}
        steps.append(Step(at, EQUAL, put_in, "prediction_put_in", Phrase("prediction_put_in", slots)))
        opened = exhaust((*LOGARITHMS, *LINKS), put_in, facts)
        at = opened[-1].after if opened else put_in
        steps.extend(as_one(opened, "logarithms_of_link", Phrase("logarithms_of_link", {"link": model.prediction})))
        tidy, _ = changed_at(at, collected)
        if tidy != at:
            key = "one_hot_used" if model.many else "collected"
            slots = {"whole": sp.Sum(model.response[INDEX, CLASS], (CLASS, 1, CLASSES))} if model.many else {}
            steps.append(Step(at, EQUAL, tidy, key, Phrase(key, slots)))
            at = tidy
        steps.extend(constants_left(model, at))
    return Chain(
        Phrase("in_scores_topic", {"weights": model.weights}),
        start,
        tuple(steps),
        facts.defining("J", loss),
        (WEIGHTS,),
    )


def constants_left(model: Regression, total: Any) -> tuple[Step, ...]:
    """Drop what turns out to be free of the weights once everything is multiplied out."""
    if not isinstance(total, sp.Sum) or model.many:
        return ()
    dead = [t for t in sp.Add.make_args(total.function) if not t.has(Dot)]
    if not dead:
        return ()
    live = sp.Sum(sp.Add(*(t for t in sp.Add.make_args(total.function) if t.has(Dot))), *total.limits)
    slots: dict[str, Any] = {"terms": (sp.Sum(sp.Add(*dead), *total.limits),), "weights": WEIGHTS}
    return (Step(total, UP_TO_CONSTANT, live, "constant_dropped", Phrase("constant_dropped", slots)),)


def collected(node: Any) -> Any | None:
    """A sum over the observations with its summand multiplied out, its sign inside."""
    if isinstance(node, sp.Mul):
        number, rest = node.as_coeff_Mul()
        if number == -1 and isinstance(rest, sp.Sum):
            return summed(sp.Sum(-rest.function, *rest.limits))
    return summed(node) if isinstance(node, sp.Sum) else None


def summed(total: sp.Sum) -> Any:
    """Multiplied out; for one-hot labels Σ_k y_ik c_i = c_i."""
    if len(total.limits) == 1:
        opened = sp.expand(total.function)
        return sp.Sum(min((total.function, opened), key=complexity), *total.limits)
    inner, outer = total.limits
    other = (OTHER, *inner[1:])
    result = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(total.function)):
        labels = [f for f in term.args if isinstance(f, sp.Indexed) and f.indices == (INDEX, CLASS)]
        rest = term / sp.Mul(*labels)
        once = len(labels) == 1 and CLASS not in rest.free_symbols
        result += rest if once else signed_sum(term.xreplace({CLASS: OTHER}), other)
    return sp.Sum(result, outer)


def signed_sum(term: Any, limits: Any) -> Any:
    """Σ of a term, its number in front."""
    number, rest = term.as_coeff_Mul()
    return number * sp.Sum(rest, limits)


def one_term(model: Regression, loss: Any) -> Any:
    """ℓ(y_i, z_i): the summand of the loss, the score a letter."""
    number, total = loss.as_coeff_Mul()
    if not isinstance(total, sp.Sum) or len(total.limits) != 1:
        raise NoDerivation("the loss is not a sum over the observations")
    scores = (
        {model.score(k): SCORES[INDEX, k] for k in (CLASS, OTHER)} if model.many else {model.score(): SCORES[INDEX]}
    )
    made = number * substitute(total.function, scores)
    if made.atoms(Dot):
        raise NoDerivation("the weights occur outside the score")
    return made


def slope_chain(model: Regression, term: Any, order: int) -> Chain:
    """∂ℓ/∂z_i (or, from it, the second derivative), by the rules of differentiation, predictions named again."""
    facts = model.facts_of_scores
    start = Partial(term, model.free_score)
    finer: list[Step] = []
    at = substitute(start, {model.predicted: model.prediction_of_scores})
    if at != start:
        slots = {"named": model.predicted, "meaning": model.prediction_of_scores}
        finer.append(Step(start, EQUAL, at, "prediction_put_in", Phrase("prediction_put_in", slots)))
    finer.extend(exhaust(LAWS, at, facts))
    at = finer[-1].after if finer else at
    finer.extend(everywhere(sigmoid_recognised, at, facts))
    at = finer[-1].after if finer else at
    named = renamed(model, at)
    score: dict[str, Any] = {"score": model.free_score}
    if named != at:
        slots = {"named": model.predicted, "meaning": model.prediction_of_scores}
        finer.append(Step(at, EQUAL, named, "prediction_named", Phrase("prediction_named", slots)))
    if order == 1:
        steps = as_one(tuple(finer), "slope_found", Phrase("slope_found", score))
        return Chain(Phrase("term_slope_topic", score), start, steps, facts)
    steps = as_one(tuple(finer), "bend_found", Phrase("bend_found", score))
    return Chain(Phrase("bend_topic"), start, steps, facts)


def renamed(model: Regression, expr: Any) -> Any:
    """The link of the score, wherever it stands, as ŷ_i."""
    if model.linear:
        opened = sp.expand(expr)
        return opened if len(sp.Add.make_args(opened)) <= 2 else expr
    made = substitute(expr, {model.prediction_of_scores: model.predicted})
    if model.many:
        top, bottom = model.prediction_of_scores.args[0], model.prediction_of_scores.args[1]
        made = made.xreplace({top * bottom: model.predicted, bottom * top: model.predicted})
    gathered = sp.collect(sp.expand(made), model.predicted)
    return min((made, gathered), key=complexity)


def complexity(expr: Any) -> int:
    """The number of nodes."""
    return sum(1 for _ in sp.preorder_traversal(expr))
