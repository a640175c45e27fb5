"""What is no density is refused with the value that shows it; what is one, or cannot be told, is not."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

import derive
from derive.core.domains import BINARY, COUNTS, NATURALS, POSITIVE, REALS, UNIT, Integers, Interval
from derive.core.errors import InputError
from derive.distributions.book import DISTRIBUTIONS
from derive.distributions.distribution import Distribution, distribution
from derive.numerics.proper import refuse_improper

x, w, c, s, q = sp.symbols("x w c s q")
HALF = Interval(sp.Integer(0), sp.oo)
PEAK = sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)


def made(density: Any, support: Any, parameters: Any) -> Distribution:
    return distribution(density, variable=x, support=support, parameters=parameters, id="mine")


@pytest.mark.parametrize("d", DISTRIBUTIONS, ids=lambda d: d.id)
def test_the_catalogue(d: Distribution) -> None:
    refuse_improper(d)


PROPER = {
    "mixture": (0.5 * PEAK.subs(x, x - c) + 0.5 * PEAK.subs(x, x + c), REALS, {c: REALS}),
    "far peaks": (PEAK.subs(x, x - c) / 2 + PEAK.subs(x, x - c - 1000) / 2, REALS, {c: REALS}),
    "far and narrow": (1000 * PEAK.subs(x, 1000 * (x - c - 5000)), REALS, {c: REALS}),
    "large location": (PEAK.subs(x, x - 170 - c), REALS, {c: REALS}),
    "heavy tail": (w * (1 + x) ** (-w - 1), HALF, {w: POSITIVE}),
    "very heavy tail": (w / ((1 + x) * (1 + sp.log(1 + x)) ** (w + 1)), HALF, {w: POSITIVE}),
    "singular ends": (x ** (w - 1) * (1 - x) ** (-w) / (sp.gamma(w) * sp.gamma(1 - w)), UNIT, {w: UNIT}),
    "kinks": (sp.exp(-sp.Abs(x - c)) / 4 + sp.exp(-sp.Abs(x + c)) / 4, REALS, {c: REALS}),
    "triangle": (2 * sp.Min(x / c, (1 - x) / (1 - c)), UNIT, {c: UNIT}),
    "piecewise": (
        sp.Piecewise((w / 2, x < 1), (w * sp.exp(1 - x), True)) / (sp.Rational(3, 2) * w),
        HALF,
        {w: POSITIVE},
    ),
    "two-sided geometric": ((1 - q) / (1 + q) * q ** sp.Abs(x), Integers(-sp.oo, sp.oo), {q: UNIT}),
    "power law": (x ** (-w - 2) / sp.zeta(w + 2), NATURALS, {w: POSITIVE}),
    "unknown to numbers": (sp.Function("g")(x) * w, HALF, {w: POSITIVE}),
}


@pytest.mark.parametrize("name", PROPER)
def test_densities_are_not_refused(name: str) -> None:
    refuse_improper(made(*PROPER[name]))


REFUSED = {
    "half": (w * sp.exp(-w * x) / 2, HALF, {w: POSITIVE}, "at w = 1.3 it integrates to 0.5"),
    "no constant": (sp.exp(-((x - c) ** 2) / 2), REALS, {c: REALS}, "it integrates to 2.50663"),
    "rounded constant": (0.4 * sp.exp(-((x - c) ** 2) / 2), REALS, {c: REALS}, "it integrates to 1.00265"),
    "infinite": (w / x, UNIT, {w: POSITIVE}, "it integrates to at least"),
    "wrong domain": ((w - 1) * x ** (-w), Interval(sp.Integer(1), sp.oo), {w: POSITIVE}, "is negative: at w = 0.4"),
    "wrong support": (w * sp.exp(-w * x), REALS, {w: POSITIVE}, "it integrates to infinity"),
    "short support": (w * sp.exp(-w * x), UNIT, {w: POSITIVE}, "at w = 1.3 it integrates to 0.727468"),
    "negative": (w * (1 - x) * sp.exp(-x), HALF, {w: POSITIVE}, "is negative: at w = 1.3 and x"),
    "complex": (w * x ** (w - 1), Interval(sp.Integer(-1), sp.Integer(1)), {w: POSITIVE}, "is not real everywhere"),
    "logarithm": (w / (1 + sp.log(x) ** 2), REALS, {w: POSITIVE}, "is not real everywhere"),
    "masses": (q**x * (1 - q) ** (2 - x), BINARY, {q: UNIT}, "sums to 0.6"),
    "geometric from the wrong end": (q * (1 - q) ** x, NATURALS, {q: UNIT}, "at q = 0.4 it sums to 0.6"),
    "poisson without a factorial": (w**x * sp.exp(-w), COUNTS, {w: POSITIVE}, "sums to"),
    "power law": (w * x ** (-w - 1), NATURALS, {w: POSITIVE}, "sums to"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_none_is_refused(name: str) -> None:
    density, support, parameters, message = REFUSED[name]
    with pytest.raises(InputError) as caught:
        refuse_improper(made(density, support, parameters))
    assert message in str(caught.value)


def test_the_verbs_refuse() -> None:
    with pytest.raises(InputError, match=r"integrates to 0\.5"):
        derive.mle(made(w * sp.exp(-w * x) / 2, HALF, {w: POSITIVE}))


def test_a_parameter_must_occur() -> None:
    with pytest.raises(InputError, match="c does not occur"):
        made(w * sp.exp(-w * x), HALF, {w: POSITIVE, c: REALS})
