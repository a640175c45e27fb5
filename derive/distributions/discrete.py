"""Distributions on integers and on finite sets."""

from __future__ import annotations

import sympy as sp

from derive.core.domains import BINARY, COUNTS, NATURALS, POSITIVE, UNIT, Integers, OneHot, Simplex
from derive.distributions.distribution import distribution

x, p, n, K, j = sp.symbols("x p n K j", positive=True)
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

GEOMETRIC = distribution(
    p * (1 - p) ** (x - 1),
    variable=x,
    support=NATURALS,
    parameters={p: UNIT},
    id="geometric",
    names={"en": "geometric distribution", "zh": "几何分布"},
)

POISSON = distribution(
    rate**x * sp.exp(-rate) / sp.factorial(x),
    variable=x,
    support=COUNTS,
    parameters={rate: POSITIVE},
    id="poisson",
    names={"en": "Poisson distribution", "zh": "泊松分布"},
)

DISCRETE = (BERNOULLI, BINOMIAL, CATEGORICAL, GEOMETRIC, POISSON)
