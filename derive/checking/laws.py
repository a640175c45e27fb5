"""Laws at a point: which one a symbol names, and what an unknown density is there."""

from __future__ import annotations

import random
from typing import Any

import sympy as sp

from derive.core.domains import Domain, Integers, Interval
from derive.core.information import Law

R = sp.Rational


def drawn_density(law: Law, seed: str) -> Any:
    """A density of the law's support in its variable, drawn by a seeded generator: what an unknown one may be.

    On a finite set positive weights that sum to one come from :func:`drawn_weights` instead.
    """
    return _density(law.support, law.variable, random.Random(seed))


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


def _density(support: Domain, x: Any, draw: random.Random) -> Any:
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
