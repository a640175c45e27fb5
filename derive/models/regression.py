r"""A regression model: a distribution whose parameter is a function of inputs, as y_i | x_i ~ Poisson(exp(w^T x_i))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sympy as sp

from derive.core.domains import NATURALS, REALS, OneHot, assumptions
from derive.core.facts import Facts
from derive.core.nodes import Sigmoid, conditional_head, named_function
from derive.core.trees import substitute
from derive.core.vectors import Dot, Elementwise, MatrixOf, Vector, VectorAt
from derive.distributions.distribution import Distribution, Parameter
from derive.models.sample import INDEX, SIZE

DIMENSION = sp.Symbol("d", integer=True, positive=True)
CLASSES = sp.Symbol("K", integer=True, positive=True)
CLASS = sp.Symbol("k", integer=True, positive=True)
OTHER = sp.Symbol("j", integer=True, positive=True)
INPUTS = sp.IndexedBase("x", real=True)
WEIGHTS = sp.IndexedBase("w", real=True)
ROWS = sp.IndexedBase("W", real=True)
SCORES = sp.IndexedBase("z", real=True)
CURVATURES = sp.IndexedBase("s", real=True)
SLOPES = sp.IndexedBase("g", real=True)
PLACE = sp.Symbol("z", real=True)
EACH = (INDEX, 1, SIZE)


@dataclass(frozen=True, slots=True)
class Regression:
    """Responses y_1, …, y_N, independent given the inputs x_1, …, x_N.

    Args:
        id: the name of the model, empty for one declared on the spot.
        names: the full name by language, empty for one declared on the spot.
        distribution: of one response; ``driven`` is among its parameters, the others are constants.
        driven: the parameter that is a function of the inputs.
        link: the function g of the score z_i = w^T x_i that the parameter equals, as a ``Lambda``; None for softmax.
    """

    id: str
    names: Mapping[str, str]
    distribution: Distribution
    driven: Any
    link: Any

    @property
    def many(self) -> bool:
        """Is there a score for each class (softmax), not one?"""
        return self.link is None

    @property
    def linear(self) -> bool:
        """Is the parameter the score itself?"""
        return not self.many and self.link.expr == self.link.variables[0]

    @property
    def response(self) -> Any:
        """The letter y, with what its support says."""
        return sp.IndexedBase("y", **assumptions(self.distribution.support))

    @property
    def constants(self) -> tuple[Parameter, ...]:
        """The parameters that do not depend on the inputs, such as σ²; the number of classes is no parameter."""
        return tuple(p for p in self.distribution.parameters if p.letter != self.driven and p.domain != NATURALS)

    @property
    def letters(self) -> tuple[Any, ...]:
        """The weights, then the constants."""
        return (self.whole, *(p.letter for p in self.constants))

    @property
    def whole(self) -> Any:
        """All weights as one letter: w, or the matrix W with the rows w_k^T."""
        return ROWS if self.many else WEIGHTS

    @property
    def weights(self) -> Any:
        """w as a vector; w_k for softmax."""
        return VectorAt(WEIGHTS, CLASS, DIMENSION) if self.many else Vector(WEIGHTS, DIMENSION)

    @property
    def input(self) -> Any:
        """x_i."""
        return VectorAt(INPUTS, INDEX, DIMENSION)

    @property
    def design(self) -> Any:
        """X, the matrix with the rows x_i^T."""
        return MatrixOf(INPUTS, SIZE, DIMENSION, "X")

    def score(self, index: Any = CLASS) -> Any:
        """w^T x_i; w_k^T x_i for softmax."""
        return Dot(VectorAt(WEIGHTS, index, DIMENSION) if self.many else self.weights, self.input)

    @property
    def free_score(self) -> Any:
        """z_i (z_{i,k}) as a letter."""
        return SCORES[INDEX, CLASS] if self.many else SCORES[INDEX]

    def link_of(self, score: Any) -> Any:
        """g(score), for one score."""
        return self.link(score)

    def share_of(self, score: Any) -> Any:
        """softmax: e^{z_k} / Σ_j e^{z_j}, where ``score(k)`` gives z_k."""
        return sp.exp(score(CLASS)) / sp.Sum(sp.exp(score(OTHER)), (OTHER, 1, CLASSES))

    @property
    def outputs(self) -> Any:
        r"""The letter of what the inputs decide: ŷ where it is the mean of the response, else the parameter's own."""
        if self.many or predicts(self.distribution.density, self.distribution.variable, self.driven):
            return sp.IndexedBase(r"\hat{y}", real=True)
        return sp.IndexedBase(self.driven.name, real=True)

    @property
    def predicted(self) -> Any:
        """What stands for the parameter in formulas: ŷ_i, or w^T x_i itself where the link is the identity."""
        if self.many:
            return self.outputs[INDEX, CLASS]
        return self.score() if self.linear else self.outputs[INDEX]

    @property
    def prediction(self) -> Any:
        """What ŷ_i is, in terms of w and x_i."""
        return self.share_of(self.score) if self.many else self.link_of(self.score())

    @property
    def prediction_of_scores(self) -> Any:
        """What ŷ_i is, in terms of z_i."""
        return self.share_of(lambda k: SCORES[INDEX, k]) if self.many else self.link_of(self.free_score)

    @property
    def predictions(self) -> Any:
        """All predictions as a vector."""
        return self.design * self.weights if self.linear else Vector(self.outputs, SIZE)

    @property
    def predictions_of_scores(self) -> Any:
        """The link applied to Xw, entry by entry."""
        scores = self.design * self.weights
        return scores if self.linear else Elementwise(self.link, scores)

    def density_at(self, predicted: Any) -> Any:
        """The density of y_i, written out, with this in the place of the parameter."""
        d = self.distribution
        if self.many:
            letters = {d.variable: self.response, self.driven: self.outputs}
            entries = {e: letters[e.base][INDEX, CLASS] for e in d.density.atoms(sp.Indexed)}
            return sp.Product(substitute(d.density.function, entries), (CLASS, 1, CLASSES))
        return substitute(d.density, {d.variable: self.response[INDEX], self.driven: predicted})

    @property
    def density(self) -> Any:
        """p(y_i | x_i; w), written out."""
        return self.density_at(self.predicted)

    @property
    def named_density(self) -> Any:
        """p(y_i | x_i; w) as a name."""
        return conditional_head()(self.response[INDEX], INPUTS[INDEX], *self.letters)

    @property
    def named_likelihood(self) -> Any:
        """L(w) as a name."""
        return named_function("L")(*self.letters)

    @property
    def named_loss(self) -> Any:
        """J(w) as a name."""
        return named_function("J")(self.whole)

    @property
    def likelihood(self) -> Any:
        """∏_i p(y_i | x_i; w), the density named."""
        return sp.Product(self.named_density, EACH)

    @property
    def facts(self) -> Facts:
        """Domains, shapes, and what p, L and ŷ stand for."""
        d = self.distribution
        classes = (d.support.size,) if isinstance(d.support, OneHot) else ()
        shapes: dict[Any, Any] = {
            INPUTS: (SIZE, DIMENSION),
            self.response: (SIZE, *classes),
            WEIGHTS: (*classes, DIMENSION) if self.many else (DIMENSION,),
        }
        domains: dict[Any, Any] = {p.letter: p.domain for p in self.constants}
        domains |= {INPUTS: REALS, WEIGHTS: REALS, self.response: d.support, SIZE: NATURALS, DIMENSION: NATURALS}
        indices: dict[Any, Any] = {INDEX: SIZE}
        if self.many:
            indices[CLASS] = CLASSES
            domains |= {CLASSES: NATURALS, ROWS: REALS}
        definitions: dict[Any, Any] = {"L": self.likelihood, conditional_head().__name__: self.density}
        if not self.linear:
            definitions[self.outputs] = sp.Lambda(self.predicted.indices, self.prediction)
        if self.link is not None and self.link.expr.has(Sigmoid):
            definitions[r"\sigma"] = sp.Lambda(PLACE, Sigmoid(PLACE))
        return Facts(domains, shapes, indices, definitions, matrices=self.matrices)

    @property
    def matrices(self) -> dict[str, Any]:
        """The vectors and matrices by the letters in which they are written; a family of vectors ends in ``_``."""
        if self.many:
            return {"x_": self.input, "X": self.design, "w_": self.weights}
        columns = {"y": self.response, "s": CURVATURES, "g": SLOPES}
        if not self.linear:
            columns[str(self.outputs)] = self.outputs
        each = {name: Vector(base, SIZE) for name, base in columns.items()}
        return {"x_": self.input, "X": self.design, "w": self.weights, **each}

    @property
    def facts_of_scores(self) -> Facts:
        """The same with the scores z_i as letters of their own."""
        facts = self.facts
        shape = (SIZE, CLASSES) if self.many else (SIZE,)
        definitions = {k: v for k, v in facts.definitions.items() if k == r"\sigma"}
        if not self.linear:
            definitions[self.outputs] = sp.Lambda(self.predicted.indices, self.prediction_of_scores)
        return replace(
            facts,
            domains={**facts.domains, SCORES: REALS},
            shapes={**facts.shapes, SCORES: shape},
            definitions=definitions,
        )


@lru_cache(maxsize=64)
def predicts(density: Any, variable: Any, letter: Any) -> bool:
    """Is the parameter the response that is expected: does ∂ log f/∂θ vanish at θ = y?"""
    score = sp.diff(sp.expand_log(sp.log(density), force=True), letter)
    top, _ = sp.fraction(sp.together(score))
    return bool(sp.expand(top.subs(letter, variable)) == 0)
