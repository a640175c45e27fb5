"""Is the loss convex in the weights, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import sympy as sp

from derive.core.derivation import Chain, Step
from derive.core.domains import REALS, UNIT, Integers, Interval, Simplex
from derive.core.facts import Facts
from derive.core.nodes import Sigmoid
from derive.core.phrase import Phrase
from derive.core.ranges import sign
from derive.core.relation import AT_LEAST, AT_MOST, EQUAL, LESS
from derive.core.statement import Statement
from derive.core.trees import substitute
from derive.core.vectors import Dot, Rank, Vector, VectorAt, times
from derive.derivations.loss.gradient import at_weights
from derive.derivations.loss.result import Terms
from derive.models.regression import CLASS, CLASSES, DIMENSION, EACH, OTHER, Regression

DIRECTION = sp.IndexedBase("v", real=True)
V = Vector(DIRECTION, DIMENSION)


@dataclass(frozen=True, slots=True)
class Convexity:
    """What was found: True or False where shown, None where neither; the chain, and the conclusion in words."""

    convex: bool | None
    chains: tuple[Chain, ...]
    because: tuple[Phrase, ...]


def convexity(model: Regression, terms: Terms, hessian: Any, facts: Facts) -> Convexity:
    """From the sign of ∂²ℓ/∂z²; at a corner from the triangle inequality."""
    if terms.bend is None:
        return of_absolute_values(model, terms)
    found = sign(terms.bend, model.facts_of_scores)
    if found in ("+", ">=0", "0"):
        return by_quadratic_form(model, terms, hessian, facts, strict=found == "+")
    return refuted(model, terms)


def by_quadratic_form(model: Regression, terms: Terms, hessian: Any, facts: Facts, strict: bool) -> Convexity:
    """v^T ∇²J v = Σ ℓ''(z_i) (v^T x_i)² ≥ 0."""
    facts = directed(facts)
    start = Dot(V, times(hessian, V))
    total = sp.Sum(at_weights(model, terms.bend) * Dot(V, model.input) ** 2, EACH)
    steps = (
        Step(start, EQUAL, total, "quadratic_form", Phrase("quadratic_form", {"direction": V})),
        Step(total, AT_LEAST, sp.S.Zero, "not_negative", squares_of(at_weights(model, terms.bend))),
    )
    chain = Chain(Phrase("convexity_topic", {"direction": V}), start, steps, facts)
    rank = Statement(Rank(model.design), EQUAL, DIMENSION)
    key = "convex_strictly" if strict else "convex"
    slots: dict[str, Any] = {"loss": model.named_loss}
    if strict:
        slots |= {"rank": rank, "design": model.design, "direction": V}
    return Convexity(True, (chain,), (Phrase(key, slots),))


def squares_of(factor: Any) -> Phrase:
    """Why a sum of squares with this factor is not negative."""
    return Phrase("squares") if factor.is_number else Phrase("not_negative", {"factor": factor})


def directed(facts: Facts) -> Facts:
    """The facts with any direction v."""
    return replace(
        facts.placing({DIRECTION: REALS}),
        shapes={**facts.shapes, DIRECTION: (DIMENSION,)},
        matrices={**facts.matrices, "v": V},
    )


def of_absolute_values(model: Regression, terms: Terms) -> Convexity:
    """|y − (t a + (1−t) b)| ≤ t |y − a| + (1−t) |y − b|."""
    a, b = sp.symbols("a b", real=True)
    share = sp.Symbol("t", positive=True)
    facts = model.facts_of_scores.placing({a: REALS, b: REALS, share: UNIT})
    mixed = share * a + (1 - share) * b
    z = model.free_score
    left = substitute(terms.loss, {z: mixed})
    right = share * substitute(terms.loss, {z: a}) + (1 - share) * substitute(terms.loss, {z: b})
    chain = Chain(
        Phrase("triangle_topic", {"share": share}),
        left,
        (Step(left, AT_MOST, right, "triangle_inequality", Phrase("triangle_inequality")),),
        facts,
    )
    return Convexity(True, (chain,), (Phrase("convex_corners", {"loss": model.named_loss}),))


def refuted(model: Regression, terms: Terms) -> Convexity:
    """A score and a response at which ∂²ℓ/∂z² is negative."""
    facts = model.facts_of_scores
    z, y = model.free_score, model.response[z_index(model)]
    written = substitute(terms.bend, {model.predicted: model.prediction_of_scores})
    letters = [p for p in facts.domains if isinstance(p, sp.Symbol) and p in written.free_symbols]
    for at, seen, value in product(SCORES_TRIED, responses(model), (sp.Integer(1), sp.Integer(3))):
        point = {z: at, y: seen, **dict.fromkeys(letters, value)}
        number = substitute(written, point).replace(Sigmoid, lambda u: 1 / (1 + sp.exp(-u)))
        if number.is_number and bool(number.is_negative):
            known = facts
            for letter, meaning in point.items():
                known = known.defining(letter, meaning)
            step = Step(
                terms.bend, LESS, sp.S.Zero, "negative_there", Phrase("negative_there", {"point": equations(point)})
            )
            chain = Chain(Phrase("not_convex_topic", {"score": z}), terms.bend, (step,), known)
            return Convexity(False, (chain,), (Phrase("not_convex", {"loss": model.named_loss}),))
    return Convexity(None, (), (Phrase("convexity_open", {"loss": model.named_loss}),))


def z_index(model: Regression) -> Any:
    return model.free_score.indices[0]


SCORES_TRIED = tuple(sp.Integer(n) for n in (0, 1, -1, 2, -2, 4, -4))


def responses(model: Regression) -> tuple[Any, ...]:
    """A few values of the support."""
    support = model.distribution.support
    if isinstance(support, Integers | Interval):
        values = (sp.Integer(0), sp.Integer(1), sp.Rational(1, 2), sp.Integer(5), sp.Integer(20))
        return tuple(v for v in values if inside(support, v))
    return ()


def inside(support: Any, value: Any) -> bool:
    if isinstance(support, Integers) and not value.is_Integer:
        return False
    return bool(support.lower < value) and bool(value < support.upper)


def equations(point: dict[Any, Any]) -> tuple[Statement, ...]:
    """The point as statements."""
    return tuple(Statement(letter, EQUAL, value) for letter, value in point.items())


def of_shares(model: Regression) -> Convexity:
    """Softmax: Σ_k Σ_j u_k ŷ_k (δ_kj − ŷ_j) u_j = Σ_k ŷ_k (u_k − Σ_j ŷ_j u_j)² ≥ 0, a variance."""
    shares, u = sp.IndexedBase(r"\hat{y}", positive=True), sp.IndexedBase("u", real=True)
    facts = Facts(
        {shares: Simplex(CLASSES), u: REALS, CLASSES: model.facts.domains[CLASSES]},
        {shares: (CLASSES,), u: (CLASSES,)},
        {CLASS: CLASSES},
        matrices={"x_": model.input, "v_": VectorAt(DIRECTION, CLASS, DIMENSION)},
    )
    outer, inner = (CLASS, 1, CLASSES), (OTHER, 1, CLASSES)
    delta = sp.KroneckerDelta(CLASS, OTHER)
    start = sp.Sum(u[CLASS] * shares[CLASS] * (delta - shares[OTHER]) * u[OTHER], inner, outer)
    mean = sp.Sum(shares[OTHER] * u[OTHER], inner)
    opened = sp.Sum(shares[CLASS] * u[CLASS] ** 2, outer) - sp.Sum(shares[CLASS] * u[CLASS], outer) ** 2
    squares = sp.Sum(shares[CLASS] * (u[CLASS] - mean) ** 2, outer)
    steps = (
        Step(start, EQUAL, opened, "delta_summed", Phrase("delta_summed", {"delta": delta})),
        Step(opened, EQUAL, squares, "as_a_variance", Phrase("as_a_variance", {"mean": mean})),
        Step(squares, AT_LEAST, sp.S.Zero, "not_negative", Phrase("not_negative", {"factor": shares[CLASS]})),
    )
    direction = Statement(
        u[CLASS], EQUAL, Dot(substitute(model.weights, {model.weights.args[0]: DIRECTION}), model.input)
    )
    chain = Chain(Phrase("shares_topic", {"direction": direction}), start, steps, facts)
    return Convexity(True, (chain,), (Phrase("convex_not_strictly", {"loss": model.named_loss}),))
