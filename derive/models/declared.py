r"""Regression models as they are declared: a distribution with one argument that is a function of inputs.

The five that have a name are declarations like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import POSITIVE, REALS, UNIT, Domain, Integers, Interval
from derive.core.errors import InputError
from derive.core.nodes import Sigmoid
from derive.distributions.distribution import Distribution, bound
from derive.models.regression import CLASSES, PLACE, Regression


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A name for a declaration, with the problem that it stands for."""

    id: str
    declaration: str
    names: dict[str, str]


MODELS = (
    NamedModel("linear-regression", r"normal(w^T x, \sigma^2)", {"en": "linear regression", "zh": "线性回归"}),
    NamedModel("logistic-regression", r"bernoulli(\sigma(w^T x))", {"en": "logistic regression", "zh": "逻辑回归"}),
    NamedModel("softmax-regression", "categorical(softmax(W x))", {"en": "softmax regression", "zh": "softmax 回归"}),
    NamedModel("poisson-regression", r"poisson(\exp(w^T x))", {"en": "Poisson regression", "zh": "泊松回归"}),
    NamedModel(
        "laplace-regression", "laplace(w^T x, b)", {"en": "regression with Laplace noise", "zh": "拉普拉斯噪声下的回归"}
    ),
)

LINKS: dict[Any, Domain] = {PLACE: REALS, sp.exp(PLACE): POSITIVE, Sigmoid(PLACE): UNIT}
"""The functions of the score that a parameter may be, with the range of their values."""


def regression(
    law: Distribution, given: Mapping[Any, Any], link: tuple[Any, Any], name: NamedModel | None = None
) -> Regression:
    """The model in which one parameter of the law is a function of the score.

    Args:
        given: a letter or number for each of the other parameters.
        link: the parameter, and the function of the score z as an expression in ``PLACE``.

    Raises:
        InputError: the parameter may not take every value of the link, or the support moves with it.
    """
    driven, function = link
    check_range(driven, law.parameter(driven).domain, function)
    check_letters(law.id, given)
    made = bound(law, given)
    check_support(made, driven)
    return Regression(name.id if name else "", name.names if name else {}, made, driven, sp.Lambda(PLACE, function))


def softmax_regression(law: Distribution, name: NamedModel | None = None) -> Regression:
    """The model of a categorical response whose probabilities are the softmax of Wx."""
    size = law.parameters[0].letter
    made = bound(law, {size: CLASSES}) if size != CLASSES else law
    return Regression(name.id if name else "", name.names if name else {}, made, made.parameters[-1].letter, None)


def ends_with_letters(domain: Domain) -> bool:
    """Does the domain depend on other parameters?"""
    return isinstance(domain, Interval | Integers) and bool(domain.lower.free_symbols | domain.upper.free_symbols)


def check_range(letter: Any, domain: Domain, function: Any) -> None:
    """May the parameter take every value of the link?"""
    values = LINKS[function]
    inside = isinstance(domain, Interval) and isinstance(values, Interval)
    if ends_with_letters(domain):
        raise InputError(f"the domain of {letter} depends on other parameters", "choose another parameter")
    if not inside or not (domain.lower <= values.lower and values.upper <= domain.upper):  # type: ignore[union-attr]
        where: dict[Domain, str] = {REALS: "real values", POSITIVE: "positive values", UNIT: "values from 0 to 1"}
        hints: dict[Domain, str] = {POSITIVE: r"\exp(w^T x)", UNIT: r"\sigma(w^T x)"}
        hint = f"{hints[domain]} fits" if domain in hints else ""
        raise InputError(f"this function of the inputs takes {where[values]}, which {letter} may not", hint)


def check_support(law: Distribution, letter: Any) -> None:
    """Where the support moves with the inputs the likelihood is not a product of smooth terms."""
    support = law.support
    if isinstance(support, Interval | Integers) and (support.lower.has(letter) or support.upper.has(letter)):
        raise InputError(f"the support of the {law.id} distribution depends on {letter}", "choose another parameter")


TAKEN = frozenset({"x", "y", "w", "z", "i", "N", "d", "s", "g", "t", "u", "v", "X", "J", "L"})


def check_letters(text: str, changes: Mapping[Any, Any]) -> None:
    """Constants have letters of their own."""
    letters = [str(v) for v in changes.values() if not v.is_number]
    for letter in letters:
        if letter in TAKEN or letters.count(letter) > 1:
            raise InputError(f"{text}: the letter {letter} means something else here", "choose another letter")
