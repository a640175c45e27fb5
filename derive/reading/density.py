r"""A distribution declared in LaTeX: density, parameters, support."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from derive.core.domains import REALS, Domain, assumptions
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.nodes import Indicator
from derive.core.relation import EQUAL
from derive.core.trees import substitute
from derive.distributions.distribution import Distribution, distribution
from derive.reading.domains import domain
from derive.reading.pieces import pieces
from derive.reading.reader import Reader
from derive.reading.supports import on_support, own_support
from derive.reading.tokens import Source
from derive.reading.tree import name_of


def parameter(text: str, facts: Facts | None = None) -> tuple[Any, Domain]:
    r"""A parameter and its domain.

    Raises:
        InputError: the text is no domain.

    >>> parameter(r"0 < p < 1")
    (p, Interval(lower=0, upper=1, lower_open=True, upper_open=True))
    """
    reader = Reader(facts or Facts())
    nodes = reader.nodes(Source(text))
    found = pieces(reader.source, nodes)
    if len(found) != 1:
        raise reader.refuse("one letter with its domain is expected", 0, r"\lambda > 0")
    nodes, where = domain(reader, found[0])
    return sp.Symbol(name_of(nodes), **assumptions(where)), where


def support(text: str, facts: Facts | None = None) -> tuple[Any, Domain]:
    r"""The letter of an observation and where it lives; the ends may be parameters.

    Raises:
        InputError: the text is no domain.

    >>> support(r"0 < x < \theta")[0]
    x
    """
    return parameter(text, facts)


def density(
    text: str,
    parameters: Sequence[str],
    support: str = "",
    name: str = "",
    variable: str = "",
) -> Distribution:
    r"""The distribution with this density.

    Args:
        text: the density in LaTeX, or an equation such as ``f(x) = …`` with it on the right; cases and indicators give
            the support when none is named.
        parameters: each with its domain, ``\lambda > 0``.
        support: where an observation lives, ``x > 0``.
        name: a short name.
        variable: the letter of an observation; default: the letter of the support, or the only other one.

    Raises:
        InputError: a part cannot be read, a letter is not declared, or the support is missing.

    >>> density(r"\lambda e^{-\lambda x}", [r"\lambda > 0"], "x > 0").variable
    x
    """
    facts = Facts()
    domains: dict[Any, Domain] = {}
    for one in parameters:
        letter, where = parameter(one, facts)
        if any(str(letter) == str(known) for known in domains):
            raise InputError(f"the parameter {letter} is declared twice", "write its whole domain once, as 0 < p < 1")
        domains[letter] = where
        facts = facts.placing({letter: where})
    variable_letter: Any = None
    lives: Domain = REALS
    if support:
        variable_letter, lives = parameter(support, facts)
        facts = facts.placing({variable_letter: lives})
    reader = Reader(facts)
    expr, behind = _right(reader, Source(text))
    for letter, where in behind:
        known = next((d for s, d in {**domains, variable_letter: lives}.items() if str(s) == str(letter)), None)
        if known is None and variable_letter is None:
            variable_letter, lives = letter, where
            expr = substitute(expr, {s: letter for s in expr.free_symbols if str(s) == str(letter)})
        elif known != where:
            raise InputError(f"{letter} lives in two places", "say once where it lives")
    if variable_letter is None:
        expr, variable_letter, lives = own_support(expr, variable, domains)
    elif expr.has(sp.Piecewise, Indicator):
        expr, lives = on_support(expr, variable_letter, lives)
    spoken = name or "own"
    names = (
        {"en": f"{name} distribution", "zh": f"{name} 分布"} if name else {"en": "given distribution", "zh": "所给分布"}
    )
    return distribution(expr, variable=variable_letter, support=lives, parameters=dict(domains), id=spoken, names=names)


def _right(reader: Reader, source: Source) -> tuple[Any, list[tuple[Any, Domain]]]:
    """The expression, or the last side of ``f(x) = …``, and what is said behind it of where a letter lives."""
    nodes = reader.nodes(source)
    found = pieces(source, nodes)
    if not found or any(s.relation is not EQUAL for s in found[0].signs):
        return reader.value(nodes), []
    first, *conditions = found
    if any(not c.signs for c in conditions):
        return reader.value(nodes), []
    behind = []
    for condition in conditions:
        letter, where = domain(reader, condition)
        behind.append((sp.Symbol(name_of(letter), **assumptions(where)), where))
    return reader.value(first.sides[-1]), behind


__all__ = ["density", "parameter", "support"]
