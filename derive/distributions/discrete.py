"""Distributions on integers and on finite sets."""

from __future__ import annotations

import sympy as sp

from derive.core.domains import (
    BINARY,
    COUNTS,
    NATURALS,
    POSITIVE,
    UNIT,
    Compositions,
    Integers,
    Interval,
    OneHot,
    Simplex,
)
from derive.distributions.distribution import distribution

x, p, n, r, s, K, j = sp.symbols("x p n r s K j", positive=True)
rate = sp.Symbol(r"\lambda")
weights, choice = sp.IndexedBase(r"\pi"), sp.IndexedBase("x")

BERNOULLI = distribution(
    p**x * (1 - p) ** (1 - x),
    variable=x,
    support=BINARY,
    parameters={p: UNIT},
    id="bernoulli",
    names={"en": "Bernoulli distribution", "zh": "伯努利分布"},
)

BINOMIAL = distribution(
    sp.binomial(n, x) * p**x * (1 - p) ** (n - x),
    variable=x,
    support=Integers(sp.Integer(0), n),
    parameters={n: NATURALS, p: UNIT},
    known=(n,),
    id="binomial",
    names={"en": "binomial distribution", "zh": "二项分布"},
)

CATEGORICAL = distribution(
    sp.Product(weights[j] ** choice[j], (j, 1, K)),
    variable=choice,
    support=OneHot(K),
    parameters={K: NATURALS, weights: Simplex(K)},
    known=(K,),
    id="categorical",
    names={"en": "categorical distribution", "zh": "类别分布"},
)

MULTINOMIAL = distribution(
    sp.factorial(n) * sp.Product(weights[j] ** choice[j] / sp.factorial(choice[j]), (j, 1, K)),
    variable=choice,
    support=Compositions(n, K),
    parameters={n: NATURALS, K: NATURALS, weights: Simplex(K)},
    known=(n, K),
    id="multinomial",
    names={"en": "multinomial distribution", "zh": "多项分布"},
)

GEOMETRIC = distribution(
    p * (1 - p) ** (x - 1),
    variable=x,
    support=NATURALS,
    parameters={p: UNIT},
    id="geometric",
    names={"en": "geometric distribution", "zh": "几何分布"},
)

GEOMETRIC_FROM_ZERO = distribution(
    p * (1 - p) ** x,
    variable=x,
    support=COUNTS,
    parameters={p: UNIT},
    id="geometric-failures",
    names={"en": "geometric distribution of the number of failures", "zh": "以失败次数计的几何分布"},
    aliases=("geometric-0",),
)

NEGATIVE_BINOMIAL = distribution(
    sp.gamma(x + r) / (sp.gamma(r) * sp.factorial(x)) * p**r * (1 - p) ** x,
    variable=x,
    support=COUNTS,
    parameters={r: POSITIVE, p: UNIT},
    id="negative-binomial",
    names={"en": "negative binomial distribution", "zh": "负二项分布"},
)

POISSON = distribution(
    rate**x * sp.exp(-rate) / sp.factorial(x),
    variable=x,
    support=COUNTS,
    parameters={rate: POSITIVE},
    id="poisson",
    names={"en": "Poisson distribution", "zh": "泊松分布"},
)

ZERO_TRUNCATED_POISSON = distribution(
    rate**x / ((sp.exp(rate) - 1) * sp.factorial(x)),
    variable=x,
    support=NATURALS,
    parameters={rate: POSITIVE},
    id="zero-truncated-poisson",
    names={"en": "zero-truncated Poisson distribution", "zh": "零截断泊松分布"},
)

LOG_SERIES = distribution(
    -(p**x) / (x * sp.log(1 - p)),
    variable=x,
    support=NATURALS,
    parameters={p: UNIT},
    id="log-series",
    names={"en": "logarithmic series distribution", "zh": "对数级数分布"},
    aliases=("logarithmic", "logseries"),
)

ZIPF = distribution(
    x ** (-s) / sp.zeta(s),
    variable=x,
    support=NATURALS,
    parameters={s: Interval(sp.Integer(1), sp.oo)},
    id="zipf",
    names={"en": "Zipf distribution", "zh": "齐夫分布"},
    aliases=("zeta",),
)

DISCRETE = (
    BERNOULLI,
    BINOMIAL,
    CATEGORICAL,
    MULTINOMIAL,
    GEOMETRIC,
    GEOMETRIC_FROM_ZERO,
    POISSON,
    NEGATIVE_BINOMIAL,
    ZERO_TRUNCATED_POISSON,
    LOG_SERIES,
    ZIPF,
)
