r"""Distributions as expressions: ``\mathcal{N}(x \mid \mu, \sigma^2)``, ``\text{Beta}(a, b)``."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.errors import InputError
from derive.core.trees import substitute
from derive.core.vectors import Dot, is_matrix
from derive.distributions.apart import apart_from
from derive.distributions.book import named
from derive.distributions.distribution import bound
from derive.reading import matrices
from derive.reading.cursor import parted
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Node, Nodes, core, name_of, unwrapped

NAMES = {
    "N": "normal",
    r"\mathcal{N}": "normal",
    "Normal": "normal",
    "normal": "normal",
    r"\mathscr{N}": "normal",
    "Beta": "beta",
    "Gamma": "gamma",
    "Gam": "gamma",
    "Bern": "bernoulli",
    "Bernoulli": "bernoulli",
    "Ber": "bernoulli",
    "Bin": "binomial",
    "Binomial": "binomial",
    "Poisson": "poisson",
    "Pois": "poisson",
    "Poi": "poisson",
    "Exp": "exponential",
    "Exponential": "exponential",
    "Laplace": "laplace",
    "Geometric": "geometric",
    "Geom": "geometric",
    "Bet": "beta",
    "Uniform": "uniform",
}


MATRICES = (r"\Sigma", r"\mathbf{\Sigma}", r"\Lambda")
"""Letters that nearly everybody uses for matrices."""


def read(scope: Scope, node: Node, name: str, bracket: Bracket) -> Any:
    """The density at the observation before the bar; without one, at the letter that the line is about.

    Returns None where the name is no distribution's, or the arguments do not look like one's.

    Raises:
        Unreadable: the arguments do not fit the distribution.
    """
    if name not in NAMES:
        return None
    sides = [unwrapped(p) for p in parted(bracket.items, ("|", ";"))]
    if len(sides) == 1:
        if scope.subject is None or len(name) < 3:
            return None
        at, given = scope.subject, sides[0]
    elif len(sides) == 2:
        at, given = scope.value(sides[0]), sides[1]
    else:
        return None
    for part in parted(given, (",",)):
        stem = name_of(tuple(core(n) for n in unwrapped(part)[:1]))
        if stem in MATRICES and not any(scope.names.knows(stem + end) for end in ("", "_")):
            hint = f"declare it: `given: {stem} symmetric positive definite d x d`, or `given: {stem} > 0`"
            raise scope.refuse(f"is {stem} a covariance matrix here, or the variance of a number?", part[0], hint)
    args = [scope.value(p) for p in parted(given, (",",))]
    if name in ("N", r"\mathcal{N}", "Normal", "normal") and is_matrix(at):
        if len(args) == 2 and is_matrix(args[1]) and isinstance(args[0], sp.Symbol | sp.Indexed):
            # The mean of a vector is one, declared or not.
            args[0] = mean_vector(scope, parted(given, (",",))[0], args[0], at)
        return _multivariate(scope, node, at, args)
    try:
        made = named(NAMES[name])
    except InputError as error:
        raise scope.refuse(error.message, node, error.hint) from None
    if len(args) != len(made.parameters):
        raise scope.refuse(f"{name} takes {len(made.parameters)} parameters here, {len(args)} are given", node)
    made = apart_from(made, {str(s) for a in args for s in a.free_symbols})
    density = bound(made, {p.letter: a for p, a in zip(made.parameters, args, strict=True)}).density
    return substitute(density, {made.variable: at})


def mean_vector(scope: Scope, nodes: Nodes, value: Any, at: Any) -> Any:
    """A letter that nothing declares as a vector of this length; else the value as it is read."""
    name = name_of(unwrapped(nodes))
    if name in scope.names.letters or name in scope.names.families or not name.lstrip("\\")[:1].isalpha():
        return value
    scope.invented.pop(name, None)
    return scope.invent_vector(name, at.shape)


def _multivariate(scope: Scope, node: Node, at: Any, args: list[Any]) -> Any:
    if len(args) != 2 or not is_matrix(args[1]):
        raise scope.refuse("a normal vector has a mean and a covariance matrix", node)
    return multivariate_normal(scope, at, args[0], args[1])


def multivariate_normal(scope: Scope, at: Any, mean: Any, covariance: Any) -> Any:
    r"""(2π)^{-d/2} |Σ|^{-1/2} exp(−½ (x−μ)^T Σ^{-1} (x−μ))."""
    apart = matrices.total(scope, [at, matrices.negative(mean)], 0) if mean != 0 else at
    form = Dot(apart, sp.MatMul(sp.Inverse(covariance), apart))
    d = at.shape[0]
    return (2 * sp.pi) ** (-d / 2) * sp.Determinant(covariance) ** sp.Rational(-1, 2) * sp.exp(-form / 2)
