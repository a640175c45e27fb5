"""Densities on x > 0 or x ≥ 0."""

from __future__ import annotations

import sympy as sp

from derive.core.domains import NATURALS, POSITIVE, Interval
from derive.distributions.distribution import distribution

x, k, a, b, c, r, m = sp.symbols("x k a b c r m", positive=True)
shape, rate, scale, sigma, mean, spread, extent = sp.symbols(
    r"\alpha \beta \theta \sigma \mu \lambda \Omega", positive=True
)
FROM_ZERO = Interval(sp.Integer(0), sp.oo, False)

EXPONENTIAL = distribution(
    spread * sp.exp(-spread * x),
    variable=x,
    support=FROM_ZERO,
    parameters={spread: POSITIVE},
    id="exponential",
    names={"en": "exponential distribution", "zh": "指数分布"},
)

EXPONENTIAL_SCALE = distribution(
    sp.exp(-x / scale) / scale,
    variable=x,
    support=FROM_ZERO,
    parameters={scale: POSITIVE},
    id="exponential-scale",
    names={"en": "exponential distribution with a scale parameter", "zh": "以尺度为参数的指数分布"},
    aliases=("exponential-mean",),
)

HALF_NORMAL = distribution(
    sp.sqrt(2) / (sigma * sp.sqrt(sp.pi)) * sp.exp(-(x**2) / (2 * sigma**2)),
    variable=x,
    support=FROM_ZERO,
    parameters={sigma: POSITIVE},
    id="half-normal",
    names={"en": "half-normal distribution", "zh": "半正态分布"},
)

RAYLEIGH = distribution(
    x / sigma**2 * sp.exp(-(x**2) / (2 * sigma**2)),
    variable=x,
    support=POSITIVE,
    parameters={sigma: POSITIVE},
    id="rayleigh",
    names={"en": "Rayleigh distribution", "zh": "瑞利分布"},
)

MAXWELL = distribution(
    sp.sqrt(2 / sp.pi) * x**2 / a**3 * sp.exp(-(x**2) / (2 * a**2)),
    variable=x,
    support=POSITIVE,
    parameters={a: POSITIVE},
    id="maxwell",
    names={"en": "Maxwell distribution", "zh": "麦克斯韦分布"},
    aliases=("maxwell-boltzmann",),
)

CHI = distribution(
    x ** (k - 1) * sp.exp(-(x**2) / 2) / (2 ** (k / 2 - 1) * sp.gamma(k / 2)),
    variable=x,
    support=POSITIVE,
    parameters={k: POSITIVE},
    id="chi",
    names={"en": "chi distribution", "zh": "卡分布"},
)

CHI_SQUARED = distribution(
    x ** (k / 2 - 1) * sp.exp(-x / 2) / (2 ** (k / 2) * sp.gamma(k / 2)),
    variable=x,
    support=POSITIVE,
    parameters={k: POSITIVE},
    id="chi-squared",
    names={"en": "chi-squared distribution", "zh": "卡方分布"},
    aliases=("chi2", "chisquare", "chi-square"),
)

GAMMA = distribution(
    rate**shape / sp.gamma(shape) * x ** (shape - 1) * sp.exp(-rate * x),
    variable=x,
    support=POSITIVE,
    parameters={shape: POSITIVE, rate: POSITIVE},
    id="gamma",
    names={"en": "gamma distribution", "zh": "伽马分布"},
)

GAMMA_SCALE = distribution(
    x ** (shape - 1) * sp.exp(-x / scale) / (sp.gamma(shape) * scale**shape),
    variable=x,
    support=POSITIVE,
    parameters={shape: POSITIVE, scale: POSITIVE},
    id="gamma-scale",
    names={"en": "gamma distribution with a scale parameter", "zh": "以尺度为参数的伽马分布"},
)

ERLANG = distribution(
    spread**k * x ** (k - 1) * sp.exp(-spread * x) / sp.factorial(k - 1),
    variable=x,
    support=POSITIVE,
    parameters={k: NATURALS, spread: POSITIVE},
    known=(k,),
    id="erlang",
    names={"en": "Erlang distribution", "zh": "爱尔朗分布"},
)

INVERSE_GAMMA = distribution(
    rate**shape / sp.gamma(shape) * x ** (-shape - 1) * sp.exp(-rate / x),
    variable=x,
    support=POSITIVE,
    parameters={shape: POSITIVE, rate: POSITIVE},
    id="inverse-gamma",
    names={"en": "inverse gamma distribution", "zh": "逆伽马分布"},
)

INVERSE_GAUSSIAN = distribution(
    sp.sqrt(spread / (2 * sp.pi * x**3)) * sp.exp(-spread * (x - mean) ** 2 / (2 * mean**2 * x)),
    variable=x,
    support=POSITIVE,
    parameters={mean: POSITIVE, spread: POSITIVE},
    id="inverse-gaussian",
    names={"en": "inverse Gaussian distribution", "zh": "逆高斯分布"},
    aliases=("wald",),
)

LINDLEY = distribution(
    scale**2 / (scale + 1) * (1 + x) * sp.exp(-scale * x),
    variable=x,
    support=POSITIVE,
    parameters={scale: POSITIVE},
    id="lindley",
    names={"en": "Lindley distribution", "zh": "林德利分布"},
)

WEIBULL = distribution(
    k / spread * (x / spread) ** (k - 1) * sp.exp(-((x / spread) ** k)),
    variable=x,
    support=POSITIVE,
    parameters={k: POSITIVE, spread: POSITIVE},
    id="weibull",
    names={"en": "Weibull distribution", "zh": "威布尔分布"},
)

LEVY = distribution(
    sp.sqrt(c / (2 * sp.pi * x**3)) * sp.exp(-c / (2 * x)),
    variable=x,
    support=POSITIVE,
    parameters={c: POSITIVE},
    id="levy",
    names={"en": "Lévy distribution", "zh": "莱维分布"},
)

BURR = distribution(
    c * k * x ** (c - 1) / (1 + x**c) ** (k + 1),
    variable=x,
    support=POSITIVE,
    parameters={c: POSITIVE, k: POSITIVE},
    id="burr",
    names={"en": "Burr type XII distribution", "zh": "伯尔XII型分布"},
    aliases=("burr-xii", "burr12"),
)

LOMAX = distribution(
    shape / spread * (1 + x / spread) ** (-shape - 1),
    variable=x,
    support=FROM_ZERO,
    parameters={shape: POSITIVE, spread: POSITIVE},
    id="lomax",
    names={"en": "Lomax distribution", "zh": "洛马克斯分布"},
    aliases=("pareto-ii",),
)

NAKAGAMI = distribution(
    2 * m**m / (sp.gamma(m) * extent**m) * x ** (2 * m - 1) * sp.exp(-m * x**2 / extent),
    variable=x,
    support=POSITIVE,
    parameters={m: POSITIVE, extent: POSITIVE},
    id="nakagami",
    names={"en": "Nakagami distribution", "zh": "中上分布"},
)

GOMPERTZ = distribution(
    b * a * sp.exp(a + b * x - a * sp.exp(b * x)),
    variable=x,
    support=FROM_ZERO,
    parameters={a: POSITIVE, b: POSITIVE},
    id="gompertz",
    names={"en": "Gompertz distribution", "zh": "冈珀茨分布"},
)

BIRNBAUM_SAUNDERS = distribution(
    (x + rate)
    / (2 * shape * sp.sqrt(2 * sp.pi * rate * x**3))
    * sp.exp(-((x - rate) ** 2) / (2 * shape**2 * rate * x)),
    variable=x,
    support=POSITIVE,
    parameters={shape: POSITIVE, rate: POSITIVE},
    id="birnbaum-saunders",
    names={"en": "Birnbaum–Saunders distribution", "zh": "伯恩鲍姆-桑德斯分布"},
    aliases=("fatigue-life",),
)

HALF_LINE = (
    EXPONENTIAL,
    EXPONENTIAL_SCALE,
    HALF_NORMAL,
    RAYLEIGH,
    MAXWELL,
    CHI,
    CHI_SQUARED,
    GAMMA,
    GAMMA_SCALE,
    ERLANG,
    INVERSE_GAMMA,
    INVERSE_GAUSSIAN,
    LINDLEY,
    WEIBULL,
    LEVY,
    BURR,
    LOMAX,
    NAKAGAMI,
    GOMPERTZ,
    BIRNBAUM_SAUNDERS,
)
