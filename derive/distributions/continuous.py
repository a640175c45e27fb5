"""Distributions with a density."""

from __future__ import annotations

import sympy as sp

from derive.core.domains import POSITIVE, REALS, Interval
from derive.distributions.distribution import distribution

x, mu = sp.symbols(r"x \mu", real=True)
rate, variance = sp.symbols(r"\lambda \sigma^2", positive=True)

EXPONENTIAL = distribution(
    rate * sp.exp(-rate * x),
    variable=x,
    support=Interval(sp.Integer(0), sp.oo),
    parameters={rate: POSITIVE},
    id="exponential",
    names={"en": "exponential distribution", "zh": "指数分布"},
)

NORMAL = distribution(
    sp.exp(-((x - mu) ** 2) / (2 * variance)) / sp.sqrt(2 * sp.pi * variance),
    variable=x,
    support=REALS,
    parameters={mu: REALS, variance: POSITIVE},
    id="normal",
    names={"en": "normal distribution", "zh": "正态分布"},
    aliases=("gaussian",),
)

CONTINUOUS = (EXPONENTIAL, NORMAL)
