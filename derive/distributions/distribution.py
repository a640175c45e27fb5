"""A distribution as a value, and the one door through which all of them come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from importlib import import_module
from typing import Any

import sympy as sp

from derive.core.domains import Compositions, Domain, Integers, OneHot, assumptions, domain_of
from derive.core.errors import InputError
from derive.core.trees import mentions, substitute


@dataclass(frozen=True, slots=True)
class Parameter:
    """A letter of the density and where it lives; ``known`` where no one estimates it (the n of a binomial)."""

    letter: Any
    domain: Domain
    known: bool = False


@dataclass(frozen=True, slots=True)
class Distribution:
    r"""A family of distributions: one density, everything else is derived from it.

    Made by :func:`distribution`, for the catalogue and for a user's own alike.

    Args:
        id: a short name.
        names: the full name by language.
        variable: the letter of one observation; an ``IndexedBase`` for vectors.
        support: where an observation lives; its ends may be parameters.
        parameters: in the declared order.
        density: the density or mass function on the support, f(x; θ).
    """

    id: str
    names: Mapping[str, str]
    variable: Any
    support: Domain
    parameters: tuple[Parameter, ...]
    density: Any
    aliases: tuple[str, ...] = field(default=())

    @property
    def discrete(self) -> bool:
        """Is the density a mass function?"""
        return isinstance(self.support, Integers | OneHot | Compositions)

    @staticmethod
    def from_latex(
        density: str, parameters: Sequence[str], support: str = "", name: str = "", variable: str = ""
    ) -> Distribution:
        r"""Declare a distribution by its density in LaTeX.

        Args:
            density: ``\lambda e^{-\lambda x}``; cases and indicators give the support when none is named.
            parameters: each with its domain, such as ``\lambda > 0``.
            support: where an observation lives, such as ``x > 0``.
            name: a short name.
            variable: the letter of an observation, where the support does not name it.

        Raises:
            InputError: a part cannot be read, or a letter is not declared.

        >>> Distribution.from_latex(r"\lambda e^{-\lambda x}", [r"\lambda > 0"], "x > 0").density
        \lambda*exp(-\lambda*x)
        """
        # The reader stands above this room: it is only called here, never built upon.
        reading = import_module("derive.reading.density")
        made: Distribution = reading.density(density, parameters, support, name=name, variable=variable)
        return made

    def parameter(self, letter: Any) -> Parameter:
        """The parameter with this letter."""
        return next(p for p in self.parameters if p.letter == letter)


def distribution(
    density: Any,
    *,
    variable: Any,
    support: Domain | sp.Set,
    parameters: Mapping[Any, Domain | sp.Set],
    known: tuple[Any, ...] = (),
    id: str = "",
    names: Mapping[str, str] | None = None,
    aliases: tuple[str, ...] = (),
) -> Distribution:
    r"""Declare a distribution by its density.

    Args:
        density: f(x; θ), a SymPy expression on the support.
        variable: the letter x in it (an ``IndexedBase`` for one-hot vectors).
        support: where x lives: a domain of ``derive.core.domains`` or a SymPy set.
        parameters: each letter with its domain, in the order of its arguments.
        known: letters that are never estimated, such as the number of trials.
        id: a short name.
        names: the full name by language code; default: ``id``.

    Raises:
        InputError: the density has a letter that is not declared, a declared parameter does not occur in density or
            support, or a domain is of no known kind.

    >>> x, s = sp.symbols("x s")
    >>> half = sp.Interval.open(0, sp.oo)
    >>> d = distribution(s * sp.exp(-s * x), variable=x, support=half, parameters={s: half})
    >>> d.parameters[0].letter.is_positive
    True
    """
    support = domain_of(support)
    letters: dict[Any, Any] = {}
    declared: list[Parameter] = []
    for letter, where in parameters.items():
        domain = domain_of(where)
        letters[letter] = assumed(letter, domain)
        declared.append(Parameter(letters[letter], domain, letter in known))
    letters[variable] = assumed(variable, support)
    expr = sp.sympify(density).xreplace(letters)
    expr = _indexed(expr, letters)
    made = Distribution(
        id or "distribution",
        dict(names) if names else {},
        letters[variable],
        _renamed(support, letters),
        tuple(Parameter(p.letter, _renamed(p.domain, letters), p.known) for p in declared),
        expr,
        aliases,
    )
    _check_letters(made)
    return made


def assumed(letter: Any, domain: Domain) -> Any:
    """The same letter, carrying what its domain says of it."""
    made = sp.IndexedBase if isinstance(letter, sp.IndexedBase) else sp.Symbol
    name = str(letter.label) if isinstance(letter, sp.IndexedBase) else letter.name
    return made(name, **assumptions(domain))


def _indexed(expr: Any, letters: Mapping[Any, Any]) -> Any:
    """Entries of vectors, with the letters that carry the assumptions."""
    entries = {e: letters[e.base][e.indices] for e in expr.atoms(sp.Indexed) if e.base in letters}
    return expr.xreplace(entries)


def _renamed(domain: Domain, letters: Mapping[Any, Any]) -> Domain:
    return _moved(domain, lambda end: end.xreplace(letters))


def _moved(domain: Domain, change: Callable[[Any], Any]) -> Domain:
    """The domain with its ends or its size changed."""
    expressions = {f.name: getattr(domain, f.name) for f in fields(domain) if not f.name.endswith("_open")}
    return replace(domain, **{name: change(e) for name, e in expressions.items()})


def _ends(domain: Domain) -> tuple[Any, ...]:
    return tuple(getattr(domain, f.name) for f in fields(domain) if not f.name.endswith("_open"))


def _check_letters(made: Distribution) -> None:
    everything = [made.density, *_ends(made.support), *(e for p in made.parameters for e in _ends(p.domain))]
    for p in made.parameters:
        if not any(mentions(e, p.letter) for e in everything):
            raise InputError(f"the parameter {p.letter} does not occur in the density or its support")
    known = {made.variable, *(p.letter for p in made.parameters)}
    known |= {k.label if isinstance(k, sp.IndexedBase) else k for k in known}
    bound = {limit[0] for n in made.density.atoms(sp.Sum, sp.Product) for limit in n.limits}
    bound |= {s for e in made.density.atoms(sp.Indexed) if e.base in known for i in e.indices for s in i.free_symbols}
    for letter in sorted(made.density.free_symbols, key=str):
        if letter not in known and letter not in bound and not isinstance(letter, sp.Indexed):
            raise InputError(f"the letter {letter} in the density is not declared", "add it to the parameters")


def bound(made: Distribution, changes: Mapping[Any, Any]) -> Distribution:
    """The distribution with parameters renamed, or fixed at numbers (these are then no longer parameters)."""

    def put(expr: Any) -> Any:
        entries = {e: changes[e.base][e.indices] for e in expr.atoms(sp.Indexed) if e.base in changes}
        return substitute(substitute(expr, entries), changes)

    def put_ends(domain: Domain) -> Domain:
        return _moved(domain, put)

    parameters = tuple(
        Parameter(changes.get(p.letter, p.letter), put_ends(p.domain), p.known)
        for p in made.parameters
        if not getattr(changes.get(p.letter, p.letter), "is_number", False)
    )
    return replace(made, support=put_ends(made.support), parameters=parameters, density=put(made.density))


def signature(d: Distribution) -> str:
    """The name with its arguments in the declared order."""
    letters = ", ".join(str(getattr(p.letter, "label", p.letter)).replace("\\", "") for p in d.parameters)
    return f"{d.id}({letters})"
