"""The law of a sum of independent observations, their distribution function, and the moments of a normal law.

Which class a law belongs to is read off its density, not its name: a log-density with the slope a − b·x is normal, one
with (k − 1)/x − λ on x > 0 is a gamma law, and masses with p(x + 1)/p(x) = (a + b·x)/(x + 1) are a Poisson (b = 0),
binomial (b < 0) or negative binomial (b > 0) law; each class is closed under sums of n copies.
(Source: Johnson, Kotz and Kemp, Univariate Discrete Distributions, ch. 2; the class of Panjer.)
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

from derive.checking.opened import opened_log
from derive.core.domains import Integers, Interval
from derive.core.information import Law

HIGHEST_MOMENT = 8


@lru_cache(maxsize=256)
def sum_density(law: Law, size: Any, letter: Any) -> tuple[Any, Any, Any] | None:
    """Density (or masses) of X_1 + … + X_n in ``letter``, and where it lives; None for other classes."""
    if isinstance(law.support, Integers):
        return sum_masses(law, size, letter)
    if not isinstance(law.support, Interval) or not law.support.upper.is_infinite:
        return None
    if law.support.lower.is_infinite:
        found = normal_of(law.density, law.variable)
        if found is None:
            return None
        mean, variance = size * found[0], size * found[1]
        return sp.exp(-((letter - mean) ** 2) / (2 * variance)) / sp.sqrt(2 * sp.pi * variance), -sp.oo, sp.oo
    if law.support.lower != 0:
        return None
    gamma = gamma_of(law.density, law.variable)
    if gamma is None:
        return None
    shape, rate = size * gamma[0], gamma[1]
    return rate**shape * letter ** (shape - 1) * sp.exp(-rate * letter) / sp.gamma(shape), sp.Integer(0), sp.oo


def slope_of(density: Any, x: Any) -> Any:
    """The derivative of the log-density."""
    slope = sp.diff(opened_log(density), x)
    return None if slope.has(sp.Derivative, sp.Subs, sp.Piecewise) else sp.expand(slope)


def normal_of(density: Any, x: Any) -> tuple[Any, Any] | None:
    """Mean and variance of a density on the line whose log has the slope (mean − x)/variance; None for others."""
    slope = slope_of(density, x)
    if slope is None:
        return None
    bend = sp.diff(slope, x)
    start = sp.expand(slope - bend * x)
    if x in bend.free_symbols or x in start.free_symbols or not sp.factor(bend).is_negative:
        return None
    return sp.cancel(-start / bend), sp.cancel(-1 / bend)


def gamma_of(density: Any, x: Any) -> tuple[Any, Any] | None:
    """Shape and rate of a density on x > 0 whose log has the slope (shape − 1)/x − rate; None for others."""
    slope = slope_of(density, x)
    if slope is None:
        return None
    times = sp.expand(slope * x)
    rate = -sp.diff(times, x)
    shape = sp.expand(times + rate * x) + 1
    if x in rate.free_symbols or x in shape.free_symbols or not (shape.is_positive and sp.factor(rate).is_positive):
        return None
    return shape, rate


def sum_masses(law: Law, size: Any, letter: Any) -> tuple[Any, Any, Any] | None:
    """The masses of a sum of integers."""
    x, low, high = law.variable, law.support.lower, law.support.upper  # type: ignore[union-attr]
    if low not in (0, 1):
        return None
    found = panjer(law.density.subs(x, x + low), x, high - low)
    if found is None:
        return None
    a, b, copies = found
    s = letter - size * low
    if b == 0:
        return sp.exp(-size * a) * (size * a) ** s / sp.gamma(s + 1), size * low, sp.oo
    if copies is not None:
        trials, odds = size * copies, -b
        ways = sp.gamma(trials + 1) / (sp.gamma(s + 1) * sp.gamma(trials - s + 1))
        return ways * odds**s / (1 + odds) ** trials, size * low, size * high
    shape = size * sp.cancel(a / b)
    return sp.gamma(s + shape) / (sp.gamma(shape) * sp.gamma(s + 1)) * (1 - b) ** shape * b**s, size * low, sp.oo


def panjer(masses: Any, x: Any, last: Any) -> tuple[Any, Any, Any] | None:
    """a, b (and the number of trials, where there is one) with p(x + 1)/p(x) = (a + b·x)/(x + 1) on 0, …, last."""
    ratio = sp.combsimp(sp.powsimp(sp.expand_power_exp(masses.subs(x, x + 1) / masses)))
    ratio = sp.simplify(ratio * (x + 1)) if ratio.count_ops() < 60 else ratio
    if last == 1:
        odds = sp.simplify(masses.subs(x, 1) / masses.subs(x, 0))
        return odds, -odds, sp.Integer(1)
    ratio = sp.expand(ratio)
    b = sp.diff(ratio, x)
    a = sp.expand(ratio - b * x)
    if x in b.free_symbols or x in a.free_symbols:
        return None
    a, b = sp.factor(a), sp.factor(b)
    if b == 0:
        return (a, b, None) if last.is_infinite else None
    if last.is_infinite:
        return (a, b, None) if sp.factor(a / b).is_positive else None
    return (a, b, last) if sp.simplify(a + b * last) == 0 else None


@lru_cache(maxsize=256)
def distribution_function(law: Law, at: Any) -> Any:
    """P(X ≤ at) for a place inside the support, or its complement's complement; None where no formula is known.

    A density that is a power has the usual primitive; one that is A·e^u with constant A/u′ has A e^u/u′. The primitive
    is differentiated again before it is used.
    """
    x, density = law.variable, law.density
    if not isinstance(law.support, Interval):
        return None
    low = law.support.lower
    primitive = primitive_of(density, x)
    if primitive is None:
        return None
    if low.is_infinite:
        return None
    below = primitive.subs(x, low)
    if below.has(sp.nan, sp.zoo, sp.oo) or not below.is_finite:
        return None
    return primitive.subs(x, at) - below


def primitive_of(density: Any, x: Any) -> Any:
    """A primitive in elementary functions; None where these two rules find none."""
    slope = slope_of(density, x)
    if slope is None:
        return None
    power = sp.simplify(slope * x)
    candidates = []
    if x not in power.free_symbols and power != -1:
        candidates.append(density * x / (power + 1))
    outer = [f for f in sp.Mul.make_args(sp.powsimp(density)) if isinstance(f, sp.exp) and x in f.free_symbols]
    if len(outer) == 1:
        candidates.append(density / sp.diff(outer[0].args[0], x))
    for made in candidates:
        made = sp.powsimp(sp.simplify(made))
        if sp.simplify(sp.diff(made, x) - density) == 0:
            return made
    return None


def normal_moments(body: Any, density: Any, letter: Any, support: Any) -> Any:
    """E g(X) for a polynomial g of a normal X: m_k = mean·m_{k−1} + (k − 1)·variance·m_{k−2}; None for others."""
    if not isinstance(support, Interval) or not (support.lower.is_infinite and support.upper.is_infinite):
        return None
    found = normal_of(density, letter)
    if found is None or not body.is_polynomial(letter):
        return None
    mean, variance = found
    moments = [sp.Integer(1), mean]
    powers = sp.Poly(body, letter).all_coeffs()[::-1]
    if len(powers) > HIGHEST_MOMENT:
        return None
    while len(moments) < len(powers):
        k = len(moments)
        moments.append(mean * moments[k - 1] + (k - 1) * variance * moments[k - 2])
    return sp.Add(*(c * m for c, m in zip(powers, moments, strict=False)))
