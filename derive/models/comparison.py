"""One or two distributions under names: what entropies and divergences are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import Domain, Vector
from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.trees import substitute
from derive.distributions.apart import apart_from
from derive.distributions.distribution import Distribution, bound

NAMES = (("p", "q"), ("P", "Q"), ("f", "g"))


@dataclass(frozen=True, slots=True)
class Named:
    """A distribution under a name.

    Args:
        name: the symbol of its density, p of p(x).
        variable: the letter x, shared with the other distribution of a comparison.
    """

    name: Any
    distribution: Distribution
    variable: Any

    @property
    def density(self) -> Any:
        """The density written out in the shared variable."""
        d = self.distribution
        if isinstance(self.variable, sp.IndexedBase):
            entries = {e: self.variable[e.indices] for e in d.density.atoms(sp.Indexed) if e.base == d.variable}
            return substitute(d.density, entries)
        return substitute(d.density, {d.variable: self.variable})

    @property
    def law(self) -> Law:
        """Variable, support and density."""
        return Law(self.variable, self.distribution.support, self.density)

    @property
    def at_variable(self) -> Any:
        """p(x) as a name."""
        return sp.Function(self.name.name)(self.variable)


def facts_of(laws: Sequence[Named]) -> Facts:
    """The domains of the parameters, and what the names follow."""
    domains: dict[Any, Domain] = {}
    shapes: dict[Any, Any] = {}
    for law in laws:
        for p in law.distribution.parameters:
            domains[p.letter] = p.domain
            if isinstance(p.domain, Vector):
                shapes[p.letter] = (p.domain.size,)
        if not isinstance(law.variable, sp.IndexedBase):
            domains.setdefault(law.variable, law.distribution.support)
    return Facts(domains, shapes, {}, {}, (), {law.name: law.law for law in laws})


def alone(distribution: Distribution) -> Named:
    """One distribution under the name p (or another, if a parameter has that letter)."""
    distribution = apart_from(distribution, {name_of(x.letter) for x in distribution.parameters})
    (name, _) = names_free_of((distribution,), False)
    return Named(name, distribution, distribution.variable)


def compared(p: Distribution, q: Distribution, bare: tuple[bool, bool] = (True, True)) -> tuple[Named, Named]:
    """Two distributions with one variable; letters that both would use get the subscripts 1 and 2.

    Args:
        bare: were they given without arguments? Letters that somebody chose are left alone.
    """
    numbered = False
    shared = {name_of(x.letter) for x in p.parameters if not x.known} & {name_of(x.letter) for x in q.parameters}
    if shared and any(bare):
        changed = []
        for made, index, free in ((p, "1", bare[0]), (q, "2", bare[1])):
            again = {x.letter: subscripted(x.letter, index) for x in made.parameters if name_of(x.letter) in shared}
            changed.append(bound(made, again) if free else made)
        p, q, numbered = changed[0], changed[1], all(bare)
    p, q = (apart_from(d, {name_of(x.letter) for law in (p, q) for x in law.parameters}) for d in (p, q))
    first, second = names_free_of((p, q), numbered)
    return Named(first, p, p.variable), Named(second, q, p.variable)


def names_free_of(laws: Sequence[Distribution], numbered: bool) -> tuple[Any, Any]:
    """Two names that no parameter has; numbered ones where the letters are numbered."""
    used = {name_of(x.letter) for d in laws for x in d.parameters} | {str(d.variable) for d in laws}
    choices = ((("p_1", "p_2"),) if numbered else ()) + NAMES
    first, second = next(pair for pair in choices if not used & {*pair})
    return sp.Symbol(first), sp.Symbol(second)


def name_of(letter: Any) -> str:
    """The letter's name."""
    return str(letter.label) if isinstance(letter, sp.IndexedBase) else str(letter)


def subscripted(letter: Any, index: str) -> Any:
    r"""The letter with an index below: ``\mu_1``, ``\sigma_1^2``.

    >>> subscripted(sp.Symbol(r"\\sigma^2", positive=True), "1")
    \\sigma_1^2
    """
    base, caret, exponent = name_of(letter).partition("^")
    stem, underscore, below = base.partition("_")
    below = below.strip("{}")
    under = f"{{{below},{index}}}" if underscore else index
    name = f"{stem}_{under}{caret}{exponent}"
    if isinstance(letter, sp.IndexedBase):
        return sp.IndexedBase(name, **{k: v for k, v in letter.assumptions0.items() if k in KEPT and v})
    return sp.Symbol(name, **{k: v for k, v in letter.assumptions0.items() if k in KEPT and v})


KEPT = ("real", "integer", "positive", "nonnegative", "negative", "nonpositive")
