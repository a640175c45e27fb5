"""What cancels is not refuted for the digits that rounding leaves; what differs a little is."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of

HEAD = r"""<!-- given: \mu \in \mathbb{R} -->
<!-- given: b > 0 -->
<!-- given: s > 0 -->
<!-- given: W ~ normal(\mu, s^2) -->
<!-- given: V ~ laplace(\mu, b) -->
<!-- given: L ~ logistic(\mu, s) -->
<!-- given: T ~ student_t(7, 0, 1) -->
<!-- given: C ~ cauchy(\mu, s) -->
<!-- given: P ~ poisson(s) -->
<!-- given: H ~ normal(10000, 1) -->
<!-- given: R ~ student_t(2, 0, 1) -->
"""

HOLDS = [
    r"E[(W-\mu)^5] = 0",
    r"E[(V-\mu)^3] = 0",
    r"E[(L-\mu)^3] = 0",
    r"E[T^3] = 0",
    r"E[W^3] - 3\mu E[W^2] + 2\mu^3 = 0",
    r"E[H^2] - (E[H])^2 = 1",
    r"E[(W-\mu)^3] \geq 0",
    r"E[(W-\mu)^3] \leq 0",
    r"\sum_{k=0}^{\infty} \frac{(-100)^k}{k!} = e^{-100}",
    r"\sin(\mu + 10^{30})^2 + \cos(\mu+10^{30})^2 = 1",
    r"\cosh(100+\mu)^2 - \sinh(100+\mu)^2 = 1",
    r"\int_{-\infty}^\infty x^3 e^{-x^2/2} dx = 0",
    r"\int_0^{10\pi} \sin(x) e^{x} dx = 1/2 - e^{10\pi}/2",
    r"E[(P-s)^3] = s",
    r"E[a (W-E[W])^2] = a E[(W-E[W])^2]",
]
DIFFERS = [
    r"E[(W-\mu)^3] = 10^{-8}",
    r"E[H^2] - (E[H])^2 = 1.000001",
    r"E[(P-s)^3] = s + 10^{-8}",
    r"E[(P-s)^3] = (1 + 10^{-6}) s",
    r"\log(1 + e^{\mu}) - \mu - \log(1 + e^{-\mu}) = 10^{-9}",
    r"\sum_{k=0}^{\infty} \frac{(-100)^k}{k!} = 2 e^{-100}",
    r"\cosh(100+\mu)^2 - \sinh(100+\mu)^2 = 1 + 10^{-8}",
    r"\int_{-\infty}^\infty x^3 e^{-x^2/2} dx < -10^{-9}",
    r"E[(a (W-E[W]))^2] = a E[(W-E[W])^2]",
]
NO_VALUE = [r"E[C] = 0", r"E[C] = \mu", r"E[C^2] = 1", r"E[R^2] = 2", r"\int_1^\infty \frac{1}{x} dx = 5"]


def verdict(line: str, head: str = HEAD) -> str:
    text = f"{head}<!-- given: a > 0 -->\n\n$${line}$$\n"
    return checked(source_of("page.md", text), Facts(), 60.0).entries[-1].verdict.value


@pytest.mark.parametrize("line", HOLDS)
def test_cancellation_is_no_difference(line: str) -> None:
    assert verdict(line) in ("proved", "tested")


@pytest.mark.parametrize("line", DIFFERS)
def test_small_differences_are_seen(line: str) -> None:
    assert verdict(line) == "refuted"


@pytest.mark.parametrize("line", NO_VALUE)
def test_a_divergent_mean_settles_nothing(line: str) -> None:
    assert verdict(line) == "unknown"


SHAPES = [
    ("normal({m}, {s}^2)", r"{s}^2"),
    ("laplace({m}, {s})", r"2 \cdot {s}^2"),
    ("logistic({m}, {s})", r"\frac{{\pi^2}}{{3}} {s}^2"),
    ("uniform({m} - {s}, {m} + {s})", r"\frac{{1}}{{3}} {s}^2"),
]


@pytest.mark.parametrize("seed", range(12))
def test_moments_of_far_and_narrow_laws(seed: int) -> None:
    """E[X²] − E[X]², E(X − m)³ and E(X − m)⁵ with large means and with tiny and huge widths."""
    draw = random.Random(seed)
    law, second = SHAPES[seed % len(SHAPES)]
    m = draw.choice((-1, 1)) * draw.choice((0, 3, 100, 10_000))
    s = Fraction(draw.choice((1, 5, 400)), draw.choice((1, 3, 200)))
    values = {"m": f"({m})", "s": f"({s.numerator}/{s.denominator})"}
    head = f"<!-- given: X ~ {law.format(**values)} -->\n"
    variance = second.format(**values)
    for line in (f"E[X^2] - (E[X])^2 = {variance}", f"E[(X - ({m}))^3] = 0", f"E[(X - ({m}))^5] = 0"):
        assert verdict(line, head) != "refuted", line
    assert verdict(f"E[X^2] - (E[X])^2 = (1 + 10^{{-6}}) {variance}", head) in ("refuted", "unknown")
