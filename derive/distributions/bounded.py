"""Densities on a bounded interval, and on a support that moves with a parameter."""

from __future__ import annotations

import sympy as sp

from derive.core.domains import NATURALS, POSITIVE, REALS, UNIT, Integers, Interval, Orthant, Simplex
from derive.distributions.distribution import distribution

x, a, b, least = sp.symbols("x a b x_m", positive=True)
low, high, shift = sp.symbols(r"a b \theta", real=True)
shape, second, end, rate = sp.symbols(r"\alpha \beta \theta \lambda", positive=True)
top, K, j = sp.symbols("m K j", integer=True, positive=True)
weights, share = sp.IndexedBase(r"\alpha"), sp.IndexedBase("x")

BETA = distribution(
    sp.gamma(shape + second) / (sp.gamma(shape) * sp.gamma(second)) * x ** (shape - 1) * (1 - x) ** (second - 1),
    variable=x,
    support=UNIT,
    parameters={shape: POSITIVE, second: POSITIVE},
    id="beta",
    names={"en": "beta distribution", "zh": "贝塔分布"},
)

DIRICHLET = distribution(
    sp.gamma(sp.Sum(weights[j], (j, 1, K)))
    * sp.Product(share[j] ** (weights[j] - 1) / sp.gamma(weights[j]), (j, 1, K)),
    variable=share,
    support=Simplex(K),
    parameters={K: NATURALS, weights: Orthant(K)},
    known=(K,),
    id="dirichlet",
    names={"en": "Dirichlet distribution", "zh": "狄利克雷分布"},
)

KUMARASWAMY = distribution(
    a * b * x ** (a - 1) * (1 - x**a) ** (b - 1),
    variable=x,
    support=UNIT,
    parameters={a: POSITIVE, b: POSITIVE},
    id="kumaraswamy",
    names={"en": "Kumaraswamy distribution", "zh": "库马拉斯瓦米分布"},
)

UNIFORM = distribution(
    1 / (high - low),
    variable=x,
    support=Interval(low, high, False, False),
    parameters={low: REALS, high: Interval(low, sp.oo)},
    id="uniform",
    names={"en": "continuous uniform distribution", "zh": "连续均匀分布"},
)

DISCRETE_UNIFORM = distribution(
    1 / top,
    variable=x,
    support=Integers(sp.Integer(1), top),
    parameters={top: NATURALS},
    id="discrete-uniform",
    names={"en": "discrete uniform distribution", "zh": "离散均匀分布"},
)

POWER_FUNCTION = distribution(
    shape * x ** (shape - 1) / end**shape,
    variable=x,
    support=Interval(sp.Integer(0), end, True, False),
    parameters={shape: POSITIVE, end: POSITIVE},
    id="power-function",
    names={"en": "power-function distribution", "zh": "幂函数分布"},
)

PARETO = distribution(
    shape * least**shape / x ** (shape + 1),
    variable=x,
    support=Interval(least, sp.oo, False),
    parameters={least: POSITIVE, shape: POSITIVE},
    id="pareto",
    names={"en": "Pareto distribution", "zh": "帕累托分布"},
)

SHIFTED_EXPONENTIAL = distribution(
    rate * sp.exp(-rate * (x - shift)),
    variable=x,
    support=Interval(shift, sp.oo, False),
    parameters={shift: REALS, rate: POSITIVE},
    id="shifted-exponential",
    names={"en": "shifted exponential distribution", "zh": "移位指数分布"},
)

BOUNDED = (BETA, DIRICHLET, KUMARASWAMY)
MOVING = (UNIFORM, DISCRETE_UNIFORM, POWER_FUNCTION, PARETO, SHIFTED_EXPONENTIAL)
