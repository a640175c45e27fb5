"""Densities on the real line, and those that come from them by a change of the variable."""

from __future__ import annotations

import sympy as sp

from derive.core.domains import POSITIVE, REALS, UNIT, Interval
from derive.distributions.distribution import distribution

x, mu = sp.symbols(r"x \mu", real=True)
variance, sigma, scale, b, s, width, degrees, kappa = sp.symbols(
    r"\sigma^2 \sigma \beta b s \gamma \nu \kappa", positive=True
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

NORMAL_DEVIATION = distribution(
    sp.exp(-((x - mu) ** 2) / (2 * sigma**2)) / (sigma * sp.sqrt(2 * sp.pi)),
    variable=x,
    support=REALS,
    parameters={mu: REALS, sigma: POSITIVE},
    id="normal-sd",
    names={"en": "normal distribution with its standard deviation", "zh": "以标准差为参数的正态分布"},
)

LOGNORMAL = distribution(
    sp.exp(-((sp.log(x) - mu) ** 2) / (2 * variance)) / (x * sp.sqrt(2 * sp.pi * variance)),
    variable=x,
    support=POSITIVE,
    parameters={mu: REALS, variance: POSITIVE},
    id="lognormal",
    names={"en": "lognormal distribution", "zh": "对数正态分布"},
    aliases=("log-normal",),
)

LOGIT_NORMAL = distribution(
    sp.exp(-((sp.log(x / (1 - x)) - mu) ** 2) / (2 * variance)) / (x * (1 - x) * sp.sqrt(2 * sp.pi * variance)),
    variable=x,
    support=UNIT,
    parameters={mu: REALS, variance: POSITIVE},
    id="logit-normal",
    names={"en": "logit-normal distribution", "zh": "逻辑特正态分布"},
)

LAPLACE = distribution(
    sp.exp(-sp.Abs(x - mu) / b) / (2 * b),
    variable=x,
    support=REALS,
    parameters={mu: REALS, b: POSITIVE},
    id="laplace",
    names={"en": "Laplace distribution", "zh": "拉普拉斯分布"},
    aliases=("double-exponential",),
)

GUMBEL = distribution(
    sp.exp(-(x - mu) / scale - sp.exp(-(x - mu) / scale)) / scale,
    variable=x,
    support=REALS,
    parameters={mu: REALS, scale: POSITIVE},
    id="gumbel",
    names={"en": "Gumbel distribution", "zh": "耿贝尔分布"},
)

LOGISTIC = distribution(
    sp.exp(-(x - mu) / s) / (s * (1 + sp.exp(-(x - mu) / s)) ** 2),
    variable=x,
    support=REALS,
    parameters={mu: REALS, s: POSITIVE},
    id="logistic",
    names={"en": "logistic distribution", "zh": "逻辑斯谛分布"},
)

CAUCHY = distribution(
    width / (sp.pi * (width**2 + (x - mu) ** 2)),
    variable=x,
    support=REALS,
    parameters={mu: REALS, width: POSITIVE},
    id="cauchy",
    names={"en": "Cauchy distribution", "zh": "柯西分布"},
    aliases=("lorentz",),
)

STUDENT = distribution(
    sp.gamma((degrees + 1) / 2)
    / (sp.gamma(degrees / 2) * sigma * sp.sqrt(sp.pi * degrees))
    * (1 + (x - mu) ** 2 / (degrees * sigma**2)) ** (-(degrees + 1) / 2),
    variable=x,
    support=REALS,
    parameters={degrees: POSITIVE, mu: REALS, sigma: POSITIVE},
    known=(degrees,),
    id="student-t",
    names={"en": "Student t distribution", "zh": "学生t分布"},
    aliases=("t", "student"),
)

VON_MISES = distribution(
    sp.exp(kappa * sp.cos(x - mu)) / (2 * sp.pi * sp.besseli(0, kappa)),
    variable=x,
    support=Interval(-sp.pi, sp.pi, True, False),
    parameters={mu: Interval(-sp.pi, sp.pi, True, False), kappa: POSITIVE},
    id="von-mises",
    names={"en": "von Mises distribution", "zh": "冯·米塞斯分布"},
)

REAL_LINE = (
    NORMAL,
    NORMAL_DEVIATION,
    LOGNORMAL,
    LOGIT_NORMAL,
    LAPLACE,
    GUMBEL,
    LOGISTIC,
    CAUCHY,
    STUDENT,
    VON_MISES,
)
