"""Where the gradient vanishes: the normal equations, or a Newton step where there is no closed form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import REALS
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import EQUAL, EQUIVALENT
from derive.core.statement import Statement
from derive.core.vectors import Diagonal, Gradient, Hessian, Rank, Vector, plus, times
from derive.derivations.loss.gradient import Found, at_weights
from derive.derivations.loss.result import Terms
from derive.models.regression import DIMENSION, WEIGHTS, Regression
from derive.models.sample import INDEX, SIZE
from derive.rules.vectors import column

TARGETS = sp.IndexedBase("t", real=True)
WORKING = sp.IndexedBase("u", real=True)


@dataclass(frozen=True, slots=True)
class Solution:
    """The chains, the weights in closed form (or None), and what is said."""

    weights: Any
    chains: tuple[Chain, ...]
    before: tuple[Phrase, ...]
    after: tuple[Phrase, ...]


def full_rank(model: Regression) -> Statement:
    """rank X = d."""
    return Statement(Rank(model.design), EQUAL, DIMENSION)


def normal_equations(model: Regression, terms: Terms, gradient: Found) -> Solution | None:
    """X^T (Xw − t) = 0 ⟺ X^T X w = X^T t ⟺ w = (X^T X)^{-1} X^T t; None unless ℓ' is z_i − t_i."""
    z = model.free_score
    target = sp.expand(z - terms.slope)
    if terms.bend != 1 or z in target.free_symbols or target.has(z):
        return None
    facts, w, x = gradient.facts, model.weights, model.design
    targets = column(target, INDEX, SIZE)
    said: tuple[Phrase, ...] = ()
    if targets is None:
        facts = facts.defining(TARGETS, sp.Lambda(INDEX, target))
        targets = Vector(TARGETS, SIZE)
        said = (Phrase("targets_named", {"entry": TARGETS[INDEX], "value": target}),)
    zero = sp.ZeroMatrix(DIMENSION, 1)
    start = Statement(Gradient(model.named_loss, w), EQUAL, zero)
    put_in = Statement(gradient.shown, EQUAL, zero)
    normal = Statement(x.T * x * w, EQUAL, x.T * targets)
    solved = Statement(w, EQUAL, (x.T * x).I * x.T * targets)
    steps = (
        Step(start, EQUIVALENT, put_in, "set_to_zero", Phrase("gradient_put_in", {"weights": w})),
        Step(put_in, EQUIVALENT, normal, "normal_equations", Phrase("normal_equations")),
        Step(
            normal,
            EQUIVALENT,
            solved,
            "normal_equations_solved",
            Phrase("normal_equations_solved", {"matrix": x.T * x, "design": x}),
            (full_rank(model),),
        ),
    )
    chain = Chain(Phrase("minimum_topic", {"weights": w}), start, steps, facts, (WEIGHTS,))
    after = (minimum_reached(model, solved),)
    return Solution(solved.right, (chain,), said, after)


def minimum_reached(model: Regression, solved: Statement) -> Phrase:
    """The estimate, and what happens without full rank."""
    hat = Vector(sp.IndexedBase(r"\hat{w}", real=True), DIMENSION)
    slots = {"estimate": Statement(hat, EQUAL, solved.right), "weights": model.weights}
    return Phrase("minimum_reached", {**slots, "rank": full_rank(model), "design": model.design})


def newton_step(model: Regression, terms: Terms, gradient: Found, hessian: Found) -> Solution:
    """w − (∇²J)^{-1} ∇J = w − (X^T S X)^{-1} X^T (…) = (X^T S X)^{-1} X^T S u."""
    w, x = model.weights, model.design
    facts = replace(
        gradient.facts.placing({WORKING: REALS}),
        definitions={**gradient.facts.definitions, **hessian.facts.definitions},
        matrices={**gradient.facts.matrices, "u": Vector(WORKING, SIZE)},
    )
    slope, bend = at_weights(model, terms.slope), at_weights(model, terms.bend)
    facts = facts.defining(WORKING, sp.Lambda(INDEX, model.score() - slope / bend))
    start = plus(w, times(sp.Integer(-1), sp.Inverse(Hessian(model.named_loss, w)), Gradient(model.named_loss, w)))
    inverse = sp.Inverse(hessian.shown)
    put_in = plus(w, times(sp.Integer(-1), inverse, gradient.shown))
    weights = next(a for a in hessian.shown.args if isinstance(a, Diagonal))
    squares = times(inverse, x.T, weights, Vector(WORKING, SIZE))
    slots: dict[str, Any] = {"entry": WORKING[INDEX], "value": facts.definitions[WORKING].expr, "weights": weights}
    positive = sign(terms.bend, model.facts_of_scores) == "+"
    # Where the curvature may vanish or be negative, the Hessian itself must be known to have an inverse.
    need = full_rank(model) if positive else Statement(Rank(hessian.shown), EQUAL, DIMENSION)
    steps = [Step(start, EQUAL, put_in, "newton_put_in", Phrase("newton_put_in"), (need,))]
    if positive:
        steps.append(Step(put_in, EQUAL, squares, "reweighted", Phrase("reweighted", slots), (need,)))
    chain = Chain(Phrase("newton_step_topic", {"weights": w}), start, tuple(steps), facts)
    before = (
        Phrase(
            "loss_no_closed_form",
            {"weights": w, "gradient": Statement(gradient.shown, EQUAL, sp.ZeroMatrix(DIMENSION, 1))},
        ),
    )
    return Solution(None, (chain,), before, (Phrase("newton_repeated"),))


def newton_of_shares(model: Regression, gradient: Found) -> Solution:
    """Softmax: the same, with the blocks of the Hessian side by side."""
    zero = sp.ZeroMatrix(DIMENSION, 1)
    before = (
        Phrase("loss_no_closed_form", {"weights": model.weights, "gradient": Statement(gradient.shown, EQUAL, zero)}),
    )
    return Solution(None, (), before, (Phrase("newton_blocks", {"weights": model.weights}),))


def subgradient(gradient: Found) -> Solution:
    """At a corner any slope between the two one-sided ones will do."""
    return Solution(
        None, (), (Phrase("no_closed_form_corners", {"gradient": gradient.shown}),), (Phrase("subgradient_condition"),)
    )
