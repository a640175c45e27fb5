r"""Regression models as they are declared: a distribution with one argument that is a function of inputs.

The five that have a name are declarations like any other.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import POSITIVE, REALS, UNIT, Domain, Integers, Interval, Simplex, assumptions, contains
from derive.core.errors import InputError
from derive.core.nodes import Sigmoid
from derive.distributions.book import named
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

LINKS: dict[str, tuple[Callable[[Any], Any], Domain]] = {
    "": (lambda z: z, REALS),
    "exp": (sp.exp, POSITIVE),
    "e^": (sp.exp, POSITIVE),
    "sigma": (Sigmoid, UNIT),
    "sigmoid": (Sigmoid, UNIT),
}
"""What may stand before the score, with the range of its values."""

_CALL = re.compile(r"\s*([A-Za-z][\w -]*?)\s*\((.*)\)\s*", re.DOTALL)
_SCORE = re.compile(
    r"(?:\\mathbf\{w\}|\\boldsymbol\{w\}|w)(?:\^\{?(?:T|\\top|\\mathsf\{T\})\}?|')\s*(?:\\mathbf\{x\}|x)(?:_i)?"
)
_SHARE = re.compile(r"\\?(?:softmax|operatorname\{softmax\}|mathrm\{softmax\})\s*\(\s*W\s*x(?:_i)?\s*\)")
_LETTER = re.compile(r"\\?[A-Za-z]+(_(\w|\{\w+\}))?(\^(2|\{2\}))?")
_NUMBER = re.compile(r"\d+(\.\d+)?(/[1-9]\d*)?")
GREEK = ("alpha", "beta", "gamma", "delta", "theta", "kappa", "lambda", "mu", "nu", "phi", "sigma", "tau", "omega")


def model_named(text: str) -> Regression:
    r"""The model of a name, or of a declaration such as ``poisson(\exp(w^T x))``.

    Raises:
        InputError: no such model, or an argument that is neither a letter, a number, nor a function of the inputs.

    >>> model_named("poisson-regression").distribution.id
    'poisson'
    >>> model_named(r"exponential(\exp(w^T x))").driven
    \lambda
    """
    key = text.strip().lower().replace("_", "-").replace(" ", "-")
    book = {model.id: model for model in MODELS}
    if key in book:
        return declared(book[key].declaration, book[key])
    if _CALL.fullmatch(text) is None:
        near = difflib.get_close_matches(key, book, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else r"a named model, or a declaration such as 'poisson(\exp(w^T x))'"
        raise InputError(f"no model is called {text!r}", hint)
    return declared(text)


def has_inputs(text: str) -> bool:
    """Is it the name of a model, or a declaration with a score?

    >>> has_inputs("bernoulli"), has_inputs("logistic-regression")
    (False, True)
    """
    key = text.strip().lower().replace("_", "-").replace(" ", "-")
    return key in {model.id for model in MODELS} or bool(_SCORE.search(text) or _SHARE.search(text))


def declared(text: str, name: NamedModel | None = None) -> Regression:
    """The model that a declaration describes."""
    match = _CALL.fullmatch(text)
    if match is None:
        raise InputError(f"{text!r} is not a model", r"write a distribution with a link, such as poisson(\exp(w^T x))")
    law = named(match.group(1))
    given = arguments(match.group(2))
    parameters = law.parameters
    if isinstance(parameters[-1].domain, Simplex) and len(given) == 1:
        return softmax_model(text, law, given[0], name)
    if len(given) != len(parameters):
        shown = ", ".join(str(p.letter).replace("\\", "") for p in parameters)
        raise InputError(f"{law.id} has {len(parameters)} parameters, {len(given)} are given", f"{law.id}({shown})")
    changes: dict[Any, Any] = {}
    driven: list[tuple[Any, Any]] = []
    for argument, p in zip(given, parameters, strict=True):
        link = link_of(argument)
        if link is None:
            changes[p.letter] = constant(argument, p.letter, p.domain)
            continue
        function, values = link
        check_range(argument, p.letter, p.domain, values)
        driven.append((p.letter, sp.Lambda(PLACE, function(PLACE))))
    if not driven:
        raise InputError(f"{text}: no parameter is a function of the inputs", r"write w^T x in one of them")
    if len(driven) > 1:
        raise InputError(f"{text}: {len(driven)} parameters are functions of the inputs", "only one may be")
    check_letters(text, changes)
    letter, made_link = driven[0]
    made = bound(law, changes)
    check_support(made, letter)
    return Regression(name.id if name else "", name.names if name else {}, made, letter, made_link)


def arguments(text: str) -> list[str]:
    """What stands between the commas outside brackets.

    >>> arguments(r"r, \\sigma(w^T x)")
    ['r', '\\\\sigma(w^T x)']
    """
    parts, depth = [""], 0
    for character in text:
        depth += (character in "({[") - (character in ")}]")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def link_of(argument: str) -> tuple[Callable[[Any], Any], Domain] | None:
    """The function of the score that an argument is; None where it holds no score."""
    if _SHARE.search(argument):
        raise InputError(
            f"{argument}: softmax gives the probabilities of a categorical distribution", "categorical(softmax(W x))"
        )
    if not _SCORE.search(argument):
        if re.search(r"\bx\b|\bw\b", argument):
            raise InputError(f"{argument!r} is not a function of the score", "write the score as w^T x")
        return None
    before, _, after = _SCORE.sub("@", argument, count=1).partition("@")
    head = before.strip().replace(r"\left", "").replace("\\", "").replace("{", "(").rstrip("( ").strip()
    opened = before.count("(") + before.count("{")
    closed = after.replace(r"\right", "").replace("}", ")").strip()
    if head not in LINKS or closed != ")" * opened or (not opened and head):
        raise InputError(
            f"{argument!r} is not a link that is known", r"one of w^T x, \exp(w^T x), \sigma(w^T x), softmax(W x)"
        )
    return LINKS[head]


def ends_with_letters(domain: Domain) -> bool:
    """Does the domain depend on other parameters?"""
    return isinstance(domain, Interval | Integers) and bool(domain.lower.free_symbols | domain.upper.free_symbols)


def check_range(argument: str, letter: Any, domain: Domain, values: Domain) -> None:
    """May the parameter take every value of the link?"""
    inside = isinstance(domain, Interval) and isinstance(values, Interval)
    if ends_with_letters(domain):
        raise InputError(f"the domain of {letter} depends on other parameters", "choose another parameter")
    if not inside or not (domain.lower <= values.lower and values.upper <= domain.upper):  # type: ignore[union-attr]
        where: dict[Domain, str] = {REALS: "real values", POSITIVE: "positive values", UNIT: "values from 0 to 1"}
        hints: dict[Domain, str] = {POSITIVE: r"\exp(w^T x)", UNIT: r"\sigma(w^T x)"}
        hint = f"{hints[domain]} fits" if domain in hints else ""
        raise InputError(f"{argument} takes {where[values]}, which {letter} may not", hint)


def check_support(law: Distribution, letter: Any) -> None:
    """Where the support moves with the inputs the likelihood is not a product of smooth terms."""
    support = law.support
    if isinstance(support, Interval | Integers) and (support.lower.has(letter) or support.upper.has(letter)):
        raise InputError(f"the support of the {law.id} distribution depends on {letter}", "choose another parameter")


def softmax_model(text: str, law: Distribution, argument: str, name: NamedModel | None) -> Regression:
    """A categorical response whose probabilities are the softmax of Wx."""
    if not _SHARE.fullmatch(argument):
        raise InputError(f"{argument!r} is not a link to probabilities", "categorical(softmax(W x))")
    size = law.parameters[0].letter
    made = bound(law, {size: CLASSES}) if size != CLASSES else law
    return Regression(name.id if name else "", name.names if name else {}, made, made.parameters[-1].letter, None)


def constant(argument: str, letter: Any, domain: Domain) -> Any:
    """A number of the parameter's domain, or a letter that carries it."""
    if _NUMBER.fullmatch(argument):
        number = sp.Rational(argument)
        if not ends_with_letters(domain) and not contains(domain, number):
            raise InputError(f"{argument} lies outside the domain of {letter}")
        return number
    if not _LETTER.fullmatch(argument):
        raise InputError(f"{argument!r} is neither a number, a letter, nor a function of the score w^T x")
    stem = argument.lstrip("\\")
    head = re.match(r"[A-Za-z]+", stem)
    greek = head is not None and head.group(0) in GREEK
    return sp.Symbol(("\\" if greek else "") + stem, **assumptions(domain))


TAKEN = frozenset({"x", "y", "w", "z", "i", "N", "d", "s", "g", "t", "u", "v", "X", "J", "L"})


def check_letters(text: str, changes: dict[Any, Any]) -> None:
    """Constants have letters of their own."""
    letters = [str(v) for v in changes.values() if not v.is_number]
    for letter in letters:
        if letter in TAKEN or letters.count(letter) > 1:
            raise InputError(f"{text}: the letter {letter} means something else here", "choose another letter")
