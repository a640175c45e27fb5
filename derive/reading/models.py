r"""Models as somebody writes them: a name, or a distribution with a score in it, ``poisson(\exp(w^T x))``."""

from __future__ import annotations

import difflib
from typing import Any

import sympy as sp

from derive.core.domains import Simplex
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.nodes import Sigmoid
from derive.core.vectors import Dot, MatrixOf, Softmax, Vector, VectorAt, is_matrix
from derive.distributions.book import named
from derive.distributions.distribution import Parameter
from derive.models.declared import LINKS, MODELS, NamedModel, regression, softmax_regression
from derive.models.regression import CLASSES, DIMENSION, INPUTS, PLACE, ROWS, WEIGHTS, Regression
from derive.models.sample import INDEX
from derive.reading.laws import CALL, argument, split
from derive.reading.names import with_greek
from derive.reading.reader import Reader
from derive.reading.tokens import Source

W, X = Vector(WEIGHTS, DIMENSION), VectorAt(INPUTS, INDEX, DIMENSION)
LETTERS = Facts(
    definitions={r"\sigma": sp.Lambda(PLACE, Sigmoid(PLACE))},
    matrices={"w": W, "x_": X, "W": MatrixOf(ROWS, CLASSES, DIMENSION)},
)
"""What the letters of a score mean."""


def model_named(text: str) -> Regression:
    r"""The model of a name, or of a declaration such as ``poisson(\exp(w^T x))``.

    Raises:
        InputError: no such model, or an argument that is neither a letter, a number, nor a function of the inputs.

    >>> model_named("poisson-regression").distribution.id
    'poisson'
    >>> model_named(r"exponential(\exp(w^T x))").driven
    \lambda
    """
    known = _by_name(text)
    if known is not None:
        return declared(known.declaration, known)
    if CALL.fullmatch(text) is None or "(" not in text:
        book = [model.id for model in MODELS]
        near = difflib.get_close_matches(_key(text), book, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else r"a named model, or a declaration such as 'poisson(\exp(w^T x))'"
        raise InputError(f"no model is called {text!r}", hint)
    return declared(text)


def has_inputs(text: str) -> bool:
    """Is it the name of a model, or a declaration with a score?

    >>> has_inputs("bernoulli"), has_inputs("logistic-regression"), has_inputs("normal(w^T x, 1)")
    (False, True, True)
    """
    match = CALL.fullmatch(text)
    if _by_name(text) is not None or match is None or match.group(2) is None:
        return _by_name(text) is not None
    return any(_of_inputs(read(part)) for part in split(match.group(2)))


def _key(text: str) -> str:
    return text.strip().lower().replace("_", "-").replace(" ", "-")


def _by_name(text: str) -> NamedModel | None:
    return next((model for model in MODELS if model.id == _key(text)), None)


def declared(text: str, name: NamedModel | None = None) -> Regression:
    """The model that a declaration describes.

    Raises:
        InputError: as above.
    """
    match = CALL.fullmatch(text)
    if match is None or match.group(2) is None:
        raise InputError(f"{text!r} is not a model", r"write a distribution with a link, such as poisson(\exp(w^T x))")
    law = named(match.group(1))
    given = split(match.group(2))
    if isinstance(law.parameters[-1].domain, Simplex) and len(given) == 1:
        if not _is_share(read(given[0])):
            raise InputError(f"{given[0]!r} is not a link to probabilities", "categorical(softmax(W x))")
        return softmax_regression(law, name)
    if len(given) != len(law.parameters):
        shown = ", ".join(str(p.letter).replace("\\", "") for p in law.parameters)
        raise InputError(f"{law.id} has {len(law.parameters)} parameters, {len(given)} are given", f"{law.id}({shown})")
    changes: dict[Any, Any] = {}
    links: list[tuple[Any, Any]] = []
    for part, p in zip(given, law.parameters, strict=True):
        value = read(part)
        if _of_inputs(value):
            links.append((p.letter, link_of(part, value)))
        else:
            changes[p.letter] = constant(part, p)
    if not links:
        raise InputError(f"{text}: no parameter is a function of the inputs", r"write w^T x in one of them")
    if len(links) > 1:
        raise InputError(f"{text}: {len(links)} parameters are functions of the inputs", "only one may be")
    return regression(law, changes, links[0], name)


def read(text: str) -> Any:
    """An argument with the letters of a score."""
    reader = Reader(LETTERS)
    return reader.value(reader.nodes(Source(with_greek(text))))


def _of_inputs(value: Any) -> bool:
    """Does it speak of weights or inputs?"""
    letters = {str(getattr(s, "label", s)).strip() for s in value.atoms(sp.Symbol, sp.IndexedBase)}
    return bool(letters & {"w", "x", "W"})


def _is_input(value: Any) -> bool:
    return isinstance(value, Vector | VectorAt) and str(value.args[0].label) == "x"


def _is_share(value: Any) -> bool:
    """Is it softmax(W x)?"""
    if not isinstance(value, Softmax) or not isinstance(value.args[0], sp.MatMul):
        return False
    return value.args[0].args[0] == LETTERS.matrices["W"] and _is_input(value.args[0].args[-1])


def link_of(text: str, value: Any) -> Any:
    """The function of the score that an argument is, as an expression in ``PLACE``.

    Raises:
        InputError: it is none that is known.
    """
    if value.has(Softmax):
        raise InputError(
            f"{text}: softmax gives the probabilities of a categorical distribution", "categorical(softmax(W x))"
        )
    scores = [d for d in value.atoms(Dot) if W in d.args and any(map(_is_input, d.args))]
    function = value if is_matrix(value) else value.xreplace(dict.fromkeys(scores, PLACE))
    function = function.xreplace({1 / (1 + sp.exp(-PLACE)): Sigmoid(PLACE)})
    if not scores or _of_inputs(function):
        raise InputError(f"{text!r} is not a function of the score", "write the score as w^T x")
    if function not in LINKS:
        hint = r"one of w^T x, \exp(w^T x), \sigma(w^T x), softmax(W x)"
        raise InputError(f"{text!r} is not a link that is known", hint)
    return function


def constant(text: str, parameter: Parameter) -> Any:
    """A number of the parameter's domain, or a letter that carries it.

    Raises:
        InputError: it is neither.
    """
    value = argument(with_greek(text), parameter, Facts())
    if not isinstance(value, sp.Symbol) and not value.is_number:
        raise InputError(f"{text!r} is neither a number, a letter, nor a function of the score w^T x")
    return value
