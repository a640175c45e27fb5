"""The loss of one observation in its score z_i: its form, its derivative and its curvature."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.errors import NoDerivation
from derive.core.facts import Facts
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.trees import changed_at, substitute
from derive.core.vectors import Dot
from derive.derivations.calculus import LAWS
from derive.models.regression import CLASS, CLASSES, OTHER, SCORES, Regression
from derive.models.sample import INDEX
from derive.rules.links import LINKS, sigmoid_recognised
from derive.rules.logarithms import LOGARITHMS
from derive.strategies import as_one, everywhere, exhaust


def in_scores_chain(model: Regression, loss: Any, facts: Facts) -> Chain:
    """J = the same with the predictions written out in w^T x_i, simplified."""
    steps: list[Step] = []
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
    return Chain(Phrase("in_scores_topic", {"weights": model.letters[0]}), loss, tuple(steps), facts)


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
        return sp.Sum(sp.expand(total.function), *total.limits)
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
    scores = {model.score(k): SCORES[INDEX, k] for k in (CLASS, OTHER)} if model.many else {model.score(): SCORES[INDEX]}
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
    key = "slope" if order == 1 else "bend"
    if named != at:
        slots = {"named": model.predicted, "meaning": model.prediction_of_scores}
        finer.append(Step(at, EQUAL, named, "prediction_named", Phrase("prediction_named", slots)))
    because = Phrase(f"{key}_found", {"score": model.free_score})
    return Chain(Phrase(f"{key}_topic", {"score": model.free_score}), start, as_one(tuple(finer), key, because), facts)


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
    return min((made, gathered), key=lambda e: len(list(sp.preorder_traversal(e))))
