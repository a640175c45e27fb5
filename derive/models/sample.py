"""N independent observations of one distribution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.core.domains import NATURALS, Integers, Interval, Vector, assumptions
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.nodes import density_head, named_function
from derive.core.relation import AT_LEAST, AT_MOST, GREATER, LESS
from derive.core.statement import Statement
from derive.core.trees import mentions, substitute
from derive.distributions.distribution import Distribution, Parameter

INDEX = sp.Symbol("i", integer=True, positive=True)
SIZE = sp.Symbol("N", integer=True, positive=True)


@dataclass(frozen=True, slots=True)
class Sample:
    """x_1, …, x_N, independent and identically distributed.

    Args:
        distribution: of one observation.
        unknown: the parameters to be estimated.
        data: the letter of the observations.
    """

    distribution: Distribution
    unknown: tuple[Parameter, ...]
    data: Any

    @property
    def observation(self) -> Any:
        """x_i (for vectors the letter's entries are x_{i,k})."""
        return self.data[INDEX]

    @property
    def letters(self) -> tuple[Any, ...]:
        """The unknown parameters' letters."""
        return tuple(p.letter for p in self.unknown)

    def density_at(self, index: Any) -> Any:
        """f(x_i; θ), written out."""
        d = self.distribution
        if isinstance(d.variable, sp.IndexedBase):
            entries = {e: self.data[(index, *e.indices)] for e in d.density.atoms(sp.Indexed) if e.base == d.variable}
            return substitute(d.density, entries)
        return substitute(d.density, {d.variable: self.data[index]})

    def named_density(self, index: Any) -> Any:
        """f(x_i; θ) as a name."""
        return density_head()(self.data[index], *self.letters)

    @property
    def named_likelihood(self) -> Any:
        """L(θ) as a name."""
        return named_function("L")(*self.letters)

    @property
    def likelihood(self) -> Any:
        """∏_i f(x_i; θ), the density named."""
        return sp.Product(self.named_density(INDEX), (INDEX, 1, SIZE))

    @property
    def facts(self) -> Facts:
        """Domains, the sample's shape, and what f and L stand for."""
        d = self.distribution
        vector = isinstance(d.support, Vector)
        shapes: dict[Any, Any] = {self.data: (SIZE, d.support.size) if isinstance(d.support, Vector) else (SIZE,)}
        domains: dict[Any, Any] = {p.letter: p.domain for p in d.parameters}
        domains |= {p.letter: interior(p.domain) for p in self.unknown}
        indices: dict[Any, Any] = {INDEX: SIZE}
        for p in d.parameters:
            if isinstance(p.letter, sp.IndexedBase):
                shapes[p.letter] = (p.domain.size,)  # type: ignore[union-attr]
        domains |= {self.data: d.support, SIZE: NATURALS}
        if isinstance(d.support, Vector):
            indices |= {free_index(): d.support.size}
        first = sp.Dummy("x")
        lam = None if vector else sp.Lambda((first, *self.letters), substitute(d.density, {d.variable: first}))
        definitions: dict[Any, Any] = {"L": self.likelihood}
        definitions["f"] = self.density_at(INDEX) if lam is None else lam
        return Facts(domains, shapes, indices, definitions, in_order(d.parameters))


def interior(domain: Any) -> Any:
    """The open interval: derivatives speak of it, and of an end that belongs to the domain only the data tell."""
    return replace(domain, lower_open=True, upper_open=True) if isinstance(domain, Interval) else domain


def in_order(parameters: tuple[Parameter, ...]) -> tuple[Statement, ...]:
    """The domains whose ends are parameters themselves, as statements: a < b."""
    found = []
    for p in parameters:
        if isinstance(p.domain, Interval):
            if p.domain.lower.free_symbols:
                found.append(Statement(p.letter, GREATER if p.domain.lower_open else AT_LEAST, p.domain.lower))
            if p.domain.upper.free_symbols:
                found.append(Statement(p.letter, LESS if p.domain.upper_open else AT_MOST, p.domain.upper))
    return tuple(found)


def free_index() -> Any:
    """The letter k of a vector's entry that stands for any of them."""
    return sp.Symbol("k", integer=True, positive=True)


def sample(distribution: Distribution, known: tuple[str, ...] = ()) -> Sample:
    """A sample with the parameters outside ``known`` to be estimated.

    Raises:
        InputError: ``known`` names no parameter, or nothing is left to estimate.
    """
    names = {_plain(p.letter): p for p in distribution.parameters}
    for letter in known:
        if _plain(letter) not in names:
            shown = ", ".join(str(p.letter) for p in distribution.parameters)
            raise InputError(f"--known {letter}: {distribution.id} has no such parameter", f"its parameters: {shown}")
    held = {_plain(letter) for letter in known}
    unknown = tuple(p for key, p in names.items() if not p.known and key not in held)
    if not unknown:
        raise InputError("every parameter is known: there is nothing to estimate")
    for p in unknown:
        if isinstance(p.domain, Integers) and not _in_support(distribution, p.letter):
            raise InputError(f"the parameter {p.letter} is an integer", f"--known {p.letter}")
    label = distribution.variable.label if isinstance(distribution.variable, sp.IndexedBase) else distribution.variable
    data = sp.IndexedBase(str(label), **assumptions(distribution.support))
    return Sample(distribution, unknown, data)


def _plain(letter: Any) -> str:
    r"""``\sigma^2``, ``sigma^2`` and ``sigma2`` as one key."""
    name = str(letter.label) if isinstance(letter, sp.IndexedBase) else str(letter)
    return name.replace("\\", "").replace("^", "").replace("{", "").replace("}", "")


def _in_support(distribution: Distribution, letter: Any) -> bool:
    """Is the letter an end of the support?"""
    support = distribution.support
    return isinstance(support, Interval | Integers) and (
        mentions(support.lower, letter) or mentions(support.upper, letter)
    )
