"""Laws at a point: which one a symbol names, and what an unknown density is there."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

import sympy as sp

from derive.checking.budget import GivesUp
from derive.core.domains import Domain, Integers, Interval
from derive.core.information import Law
from derive.core.vectors import Vector

R = sp.Rational


@lru_cache(maxsize=1024)
def drawn_density(law: Law, seed: str) -> Any:
    """A density of the law's support in its variable, drawn by a seeded generator: what an unknown one may be.

    For p(x | θ) it is a family, smooth in θ and a density for each. On a finite set positive weights that sum to one
    come from :func:`drawn_weights` and :func:`drawn_masses` instead.
    """
    draw = random.Random(seed)
    return _family(law, draw) if law.given else density_on(law.support, law.variable, draw)


def is_member(law: Law, args: tuple[Any, ...]) -> bool:
    """Is it p at one observation, and at the parameters that p was declared with?"""
    return len(args) == 1 or (bool(law.given) and args[1:] == law.given)


def seed_of(point: int, name: str) -> str:
    """One seed for all the draws of one point, so that a law is the same however often it is asked for."""
    return f"{point // 100} {name}"


def is_finite(law: Law) -> bool:
    """Is it an unknown law on a finite set of integers?"""
    return isinstance(law.support, Integers) and not law.support.upper.is_infinite


def drawn_weights(size: int, seed: str) -> list[Any]:
    """``size`` positive rationals that sum to one."""
    draw = random.Random(seed)
    weights = [draw.randint(1, 9) for _ in range(size)]
    return [R(w, sum(weights)) for w in weights]


def drawn_masses(law: Law, size: int, seed: str) -> list[Any]:
    """The masses of a law on a finite set, positive and smooth in its parameters, with the sum one."""
    draw = random.Random(seed)
    weights = [sp.exp(sp.sin(mixed(law.given, draw))) * draw.randint(1, 9) for _ in range(size)]
    return [w / sp.Add(*weights) for w in weights]


def _family(law: Law, draw: random.Random) -> Any:
    """Densities whose place and width move with the parameters."""
    if not isinstance(law.support, Interval) or not (law.support.lower.is_infinite and law.support.upper.is_infinite):
        raise GivesUp("density")
    place = R(draw.randint(-2, 2), 2) + sp.sin(mixed(law.given, draw))
    width = R(draw.randint(2, 4), 2) * sp.exp(sp.sin(mixed(law.given, draw)) / 2)
    z = (law.variable - place) / width
    return sp.exp(-z - sp.exp(-z)) / width


def mixed(letters: tuple[Any, ...], draw: random.Random) -> Any:
    """A combination of all the parameters and their entries, none with the weight of another."""
    total: Any = R(draw.randint(1, 12), 5)
    for letter in letters:
        first, more = R(draw.choice((-4, -3, 3, 4)), 5), R(draw.randint(2, 5), 7)
        if isinstance(letter, Vector):
            base, size = letter.args
            m = sp.Symbol("_w", integer=True, positive=True)
            total += sp.Sum((first + more * m) * base[m], (m, 1, size))
        else:
            total += (first + more) * letter
    return total


def density_on(support: Domain, x: Any, draw: random.Random) -> Any:
    a, b = R(draw.randint(2, 6), 2), R(draw.randint(1, 4), 2)
    if isinstance(support, Integers):
        ratio = R(draw.randint(1, 4), 6)
        return (1 - ratio) * ratio ** (x - support.lower)
    if not isinstance(support, Interval):
        raise TypeError(f"no density on {support}")
    low, high = support.lower, support.upper
    if low.is_infinite and high.is_infinite:
        z = (x - a + 2) / b
        return sp.exp(-z - sp.exp(-z)) / b
    if high.is_infinite or low.is_infinite:
        u = x - low if high.is_infinite else high - x
        return b**2 * u * sp.exp(-b * u)
    u = (x - low) / (high - low)
    return 6 * u * (1 - u) / (high - low) if draw.random() < 0.5 else 2 * u / (high - low)
