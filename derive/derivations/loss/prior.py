"""A prior on the weights: maximum a posteriori, and the penalty that it adds to the loss."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.nodes import named_function
from derive.core.phrase import Name, Phrase
from derive.core.relation import EQUAL, EQUIVALENT, PROPORTIONAL, UP_TO_CONSTANT
from derive.core.statement import Statement
from derive.core.trees import substitute, terms
from derive.core.vectors import AbsoluteNorm, Gradient, SquaredNorm, Vector, is_matrix, plus, times
from derive.derivations.loss.likelihood import depends, positive_factor, split
from derive.derivations.loss.result import Added, Loss
from derive.derivations.result import Section
from derive.distributions.distribution import Distribution
from derive.models.regression import DIMENSION, WEIGHTS, Regression
from derive.rules.logarithms import LOGARITHMS, log_of_series
from derive.rules.vectors import VECTORS
from derive.strategies import as_one, everywhere, exhaust

PRIOR = "p"
PENALTY = sp.Symbol(r"\lambda", positive=True)
ENTRY = sp.Symbol("j", integer=True, positive=True)
ALL = (ENTRY, 1, DIMENSION)
HALF = sp.Rational(1, 2)


@dataclass(frozen=True, slots=True)
class Penalty:
    """What the prior adds: a number times ‖w‖² or ‖w‖_1.

    Args:
        weight: the factor before ``total``, before anything is divided.
        number: the number that stays with ``norm``.
        total: Σ_j w_j² or Σ_j |w_j|.
        norm: the same as a norm.
    """

    weight: Any
    number: Any
    total: Any
    norm: Any


def with_prior(loss: Loss, prior: Distribution) -> Loss:
    """The loss of maximum a posteriori, with its own gradient, Hessian and minimum.

    Raises:
        InputError: the prior is neither Gaussian nor Laplace in form, about zero.
    """
    model = loss.model
    if model.many:
        raise InputError("a prior is derived for one vector of weights", "choose a model with one score")
    letters = [p.letter for p in prior.parameters]
    if any(letter in model.letters or str(letter) in ("w", "x", "y", r"\lambda") for letter in letters):
        raise InputError("the prior shares a letter with the model", r"as in --prior 'normal(0, \tau^2)'")
    facts = prior_facts(model, prior)
    opening = opened_prior(prior, facts)
    penalty = penalty_of(opening.end, prior, facts)
    chain, weight, facts = combined(loss, opening.end, penalty, facts)
    objective = chain.end
    gradient = gradient_chain(loss, penalty, objective, facts)
    solution = ridge(loss, penalty, gradient, facts)
    # The chains that derived the weights without a prior stay; what the page comes to is the new one.
    curved = (
        plus(loss.hessian, times(PENALTY, sp.Identity(DIMENSION)))
        if squared(penalty) and is_matrix(loss.hessian)
        else loss.hessian
    )
    statement = Statement(PENALTY, EQUAL, weight)
    outro = (Phrase("penalty_weight", {"equation": statement}), name_of(penalty, loss))
    sections = (
        *loss.sections,
        Section(Phrase("prior_heading"), prior_words(prior), (opening, chain), outro),
        Section(Phrase("prior_minimum_heading"), (), (gradient, *solution.chains), solution.said),
    )
    return replace(
        loss,
        sections=sections,
        facts=facts,
        loss=objective,
        gradient=gradient.end,
        hessian=curved,
        solution=solution.weights,
        penalty=Added(PENALTY, weight, squared(penalty)),
    )


def prior_facts(model: Regression, prior: Distribution) -> Facts:
    """Each weight has the prior density, independently."""
    place = sp.Dummy("w")
    density = sp.Lambda(place, substitute(prior.density, {prior.variable: place}))
    facts = model.facts.placing({p.letter: p.domain for p in prior.parameters})
    return facts.defining(PRIOR, density)


def prior_words(prior: Distribution) -> tuple[Phrase, ...]:
    """What is assumed of the weights before the data are seen."""
    slots: dict[str, Any] = {
        "entry": WEIGHTS[ENTRY],
        "name": Name(prior.names, prior.id),
        "density": Statement(
            named_function(PRIOR)(WEIGHTS[ENTRY]), EQUAL, substitute(prior.density, {prior.variable: WEIGHTS[ENTRY]})
        ),
    }
    return (Phrase("prior_model", slots), Phrase("bayes"))


def opened_prior(prior: Distribution, facts: Facts) -> Chain:
    """log ∏_j p(w_j) in its collected form."""
    named = named_function(PRIOR)(WEIGHTS[ENTRY])
    written = substitute(prior.density, {prior.variable: WEIGHTS[ENTRY]})
    start = sp.log(sp.Product(named, ALL), evaluate=False)
    steps = list(everywhere(log_of_series, start, facts))
    put_in = substitute(steps[-1].after, {named: written})
    steps.append(Step(steps[-1].after, EQUAL, put_in, "density_put_in", Phrase("density_put_in", {"density": written})))
    opened = exhaust(LOGARITHMS, put_in, facts)
    if opened:
        slots = {"before": sp.log(written, evaluate=False), "after": opened[-1].after.function}
        steps.extend(as_one(opened, "logarithms_opened", Phrase("logarithms_opened", slots)))
    apart = split(steps[-1].after, facts)
    laws = tuple(Phrase(f"{key}_law") for key in dict.fromkeys(s.rule for s in apart))
    steps.extend(as_one(apart, "sums_taken_apart", Phrase("sums_taken_apart", {"laws": laws})))
    return Chain(Phrase("prior_topic"), start, tuple(steps), facts)


def penalty_of(log_prior: Any, prior: Distribution, facts: Facts) -> Penalty:
    """The one term of −log p(w) that depends on the weights, as a norm.

    Raises:
        InputError: it is neither a sum of squares nor of absolute values.
    """
    live = [-t for t in terms(log_prior) if depends(t, facts)]
    number, factor, total = positive_factor(live[0], facts) if len(live) == 1 else (0, 0, None)
    w = Vector(WEIGHTS, DIMENSION)
    if total == sp.Sum(WEIGHTS[ENTRY] ** 2, ALL):
        return Penalty(number * factor / HALF, HALF, total, SquaredNorm(w))
    if total == sp.Sum(sp.Abs(WEIGHTS[ENTRY]), ALL):
        return Penalty(number * factor, sp.S.One, total, AbsoluteNorm(w))
    raise InputError(
        f"the {prior.id} prior adds neither a sum of squares nor of absolute values of the weights",
        r"normal(0, \tau^2) or laplace(0, b), about zero",
    )


def squared(penalty: Penalty) -> bool:
    """Is it the squared norm?"""
    return isinstance(penalty.norm, SquaredNorm)


def combined(loss: Loss, log_prior: Any, penalty: Penalty, facts: Facts) -> tuple[Chain, Any, Facts]:
    """−log(L(w) ∏ p(w_j)) = … ≃ … ∝ J(w) + λ/2 ‖w‖²; also what λ is, and the facts with it."""
    model = loss.model
    named = sp.Product(named_function(PRIOR)(WEIGHTS[ENTRY]), ALL)
    start = -sp.log(model.named_likelihood * named, evaluate=False)
    apart = -sp.log(model.named_likelihood, evaluate=False) - sp.log(named, evaluate=False)
    log_likelihood = next(
        c.end for s in loss.sections for c in s.chains if c.start == sp.log(model.named_likelihood, evaluate=False)
    )
    both = sp.Add(*(-t for t in terms(log_likelihood)), *(-t for t in terms(log_prior)))
    live = sp.Add(*(t for t in terms(both) if depends(t, facts)))
    likelihood = sp.Add(*(-t for t in terms(log_likelihood) if depends(t, facts)))
    factor = positive_factor(likelihood, facts)[1]
    weight = penalty.weight / factor
    known = facts.defining(PENALTY, weight).defining("J", loss.loss)
    rest = PENALTY * penalty.number * penalty.total
    divided = likelihood / factor + rest
    final = loss.loss + PENALTY * penalty.number * penalty.norm
    steps = [
        Step(start, EQUAL, apart, "log_of_product", Phrase("posterior_apart")),
        Step(apart, EQUAL, both, "posterior_put_in", Phrase("posterior_put_in")),
    ]
    if live != both:
        steps.append(
            Step(both, UP_TO_CONSTANT, live, "constants_dropped", Phrase("posterior_constants", {"weights": WEIGHTS}))
        )
    relation = EQUAL if factor == 1 else PROPORTIONAL
    key = "penalty_named" if factor == 1 else "penalty_divided"
    slots: dict[str, Any] = {"penalty": Statement(PENALTY, EQUAL, weight)}
    if factor != 1:
        slots["factor"] = factor
    steps.append(Step(live, relation, divided, key, Phrase(key, slots)))
    if model.linear:
        steps.append(Step(divided, EQUAL, final, "as_norms", Phrase("as_norms", {"norm": penalty.norm})))
    else:
        steps.append(Step(divided, UP_TO_CONSTANT, final, "as_norms", Phrase("as_norms_link", {"norm": penalty.norm})))
    topic = Phrase("posterior_topic", {"weights": WEIGHTS})
    return Chain(topic, start, tuple(steps), known, (WEIGHTS,)), weight, known


def gradient_chain(loss: Loss, penalty: Penalty, objective: Any, facts: Facts) -> Chain:
    """∇(J(w) + penalty) = ∇J(w) + ∇ penalty."""
    w = loss.model.weights
    named = loss.model.named_loss + PENALTY * penalty.number * penalty.norm
    start = Gradient(named, w)
    steps = list(exhaust(VECTORS, start, facts))
    at = steps[-1].after if steps else start
    put_in = flat(substitute(at, {Gradient(loss.model.named_loss, w): loss.gradient}))
    steps.append(Step(at, EQUAL, put_in, "gradient_put_in", Phrase("gradient_put_in", {"weights": w})))
    return Chain(Phrase("prior_gradient_topic", {"weights": w}), start, tuple(steps), facts)


def flat(expr: Any) -> Any:
    """Products of matrices with their numbers multiplied out."""
    if isinstance(expr, sp.MatAdd):
        return plus(*(flat(term) for term in expr.args))
    return times(*(flat(f) if is_matrix(f) else f for f in expr.args)) if isinstance(expr, sp.MatMul) else expr


@dataclass(frozen=True, slots=True)
class Minimum:
    """The weights in closed form, if they have one; how; and what is said."""

    weights: Any
    chains: tuple[Chain, ...]
    said: tuple[Phrase, ...]


def ridge(loss: Loss, penalty: Penalty, gradient: Chain, facts: Facts) -> Minimum:
    """(X^T X + λI) w = X^T t, which has a solution for every X; for the lasso a condition on signs."""
    w, x = loss.model.weights, loss.model.design
    if not squared(penalty):
        return Minimum(None, (), (Phrase("lasso_condition", {"penalty": PENALTY}),))
    if loss.terms.bend is None:
        return Minimum(None, (), (Phrase("ridge_corners"),))
    if loss.solution is None:
        key = (
            Phrase("ridge_newton", {"penalty": PENALTY}) if loss.convex else Phrase("ridge_shift", {"penalty": PENALTY})
        )
        return Minimum(None, (), (key,))
    target = loss.solution.args[-1]
    zero = sp.ZeroMatrix(DIMENSION, 1)
    matrix = x.T * x + PENALTY * sp.Identity(DIMENSION)
    start = Statement(gradient.end, EQUAL, zero)
    normal = Statement(matrix * w, EQUAL, x.T * target)
    solved = Statement(w, EQUAL, matrix.I * x.T * target)
    steps = (
        Step(start, EQUIVALENT, normal, "normal_equations", Phrase("ridge_equations")),
        Step(
            normal,
            EQUIVALENT,
            solved,
            "normal_equations_solved",
            Phrase("ridge_solved", {"matrix": matrix, "penalty": PENALTY}),
        ),
    )
    chain = Chain(Phrase("minimum_topic", {"weights": w}), start, steps, facts, (WEIGHTS,))
    return Minimum(solved.right, (chain,), (Phrase("ridge_unique"),))


def name_of(penalty: Penalty, loss: Loss) -> Phrase:
    """What the penalised loss is called where the loss is a sum of squares; else what kind of penalty it is."""
    if loss.solution is not None:
        return Phrase("is_ridge" if squared(penalty) else "is_lasso")
    return Phrase("is_squared_penalty" if squared(penalty) else "is_absolute_penalty")
