"""The letter of an observation, kept apart from the letters of parameters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import assumptions
from derive.core.trees import substitute
from derive.distributions.distribution import Distribution

CHOICES = ("x", "y", "z", "u", "v", "t")


def apart_from(made: Distribution, names: Collection[str]) -> Distribution:
    """The distribution with another letter for an observation, where one of these names is its own.

    >>> from derive.distributions.book import named
    >>> apart_from(named("normal"), {"x"}).variable
    y
    """
    own = str(made.variable)
    if own not in names:
        return made
    used = {*names, own, *(str(s) for s in made.density.free_symbols)}
    letter = next(choice for choice in CHOICES if choice not in used)
    if isinstance(made.variable, sp.IndexedBase):
        family = sp.IndexedBase(letter, **assumptions(made.support))
        entries: dict[Any, Any] = {
            e: family[e.indices] for e in made.density.atoms(sp.Indexed) if e.base == made.variable
        }
        return replace(made, variable=family, density=substitute(made.density, entries))
    symbol = sp.Symbol(letter, **assumptions(made.support))
    return replace(made, variable=symbol, density=substitute(made.density, {made.variable: symbol}))


__all__ = ["apart_from"]
