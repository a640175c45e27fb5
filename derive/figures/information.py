"""Figures of information: the integrand of a divergence, the entropy of a coin."""

from __future__ import annotations

import math as m
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from derive.figures.canvas import BLUE, ORANGE, PALE, SOFT, math, panels, saved, sheet

Curve = Callable[[float], float]
POINTS = 401


@dataclass(frozen=True, slots=True)
class DivergenceLabels:
    """LaTeX of the letters: ``variable`` x, ``first`` p(x), ``second`` q(x), ``integrand`` p(x) log(p(x)/q(x))."""

    variable: str
    first: str
    second: str
    integrand: str


def divergence_figure(
    first: Curve,
    second: Curve,
    reach: tuple[float, float],
    labels: DivergenceLabels,
    *,
    whole: bool = False,
    base: float = m.e,
    language: str = "en",
    ending: str = "svg",
) -> bytes:
    """p and q above, p log(p/q) below with its area filled: the divergence is that area.

    Args:
        first, second: the densities, or mass functions if ``whole``.
        reach: from where to where; for mass functions both ends are whole numbers and belong to it.
        base: of the logarithm.

    Raises:
        InputError: matplotlib is not installed.
    """

    def integrand(x: float) -> float:
        p, q = first(x), second(x)
        if p <= 0:
            return 0.0
        return p * m.log(p / q, base) if q > 0 else m.inf

    with sheet(language, ending):
        figure, (above, below) = panels(2)
        places = _places(reach, whole)
        for curve, color, label in ((first, BLUE, labels.first), (second, ORANGE, labels.second)):
            _draw(above, places, [curve(x) for x in places], whole, color, math(label))
        above.set_ylim(bottom=0)
        above.legend()
        heights = [v if m.isfinite(v := integrand(x)) else m.nan for x in places]
        below.axhline(0, color=SOFT, lw=0.8)
        if not whole:
            below.fill_between(places, heights, color=PALE)
        _draw(below, places, heights, whole, BLUE, math(labels.integrand))
        below.set_ylabel(math(labels.integrand))
        below.set_xlabel(math(labels.variable))
        return saved(figure, ending)


def bernoulli_entropy_figure(
    parameter: str,
    entropy: str,
    *,
    base: float = m.e,
    at: float | None = None,
    language: str = "en",
    ending: str = "svg",
) -> bytes:
    """The entropy of a coin over the probability of heads, greatest for the fair coin.

    Args:
        parameter, entropy: LaTeX of p and H(p).
        base: of the logarithm.
        at: a probability to mark besides.

    Raises:
        InputError: matplotlib is not installed.
    """

    def height(p: float) -> float:
        return -sum(v * m.log(v, base) for v in (p, 1 - p) if v > 0)

    with sheet(language, ending):
        figure, (axes,) = panels(1, height=3.4)
        places = _places((0.0, 1.0), False)
        axes.plot(places, [height(p) for p in places], color=BLUE, lw=1.8)
        top = height(0.5)
        axes.plot([0.5, 0.5, 0.0], [0.0, top, top], color=SOFT, lw=0.8, ls=(0, (4, 3)))
        axes.plot([0.5], [top], "o", color=ORANGE, ms=6)
        if at is not None:
            axes.plot([at], [height(at)], "o", color=BLUE, ms=6)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.08 * top)
        axes.set_xlabel(math(parameter))
        axes.set_ylabel(math(entropy))
        return saved(figure, ending)


def _places(reach: tuple[float, float], whole: bool) -> list[float]:
    low, high = reach
    if whole:
        return [float(k) for k in range(round(low), round(high) + 1)]
    return [low + (high - low) * k / (POINTS - 1) for k in range(POINTS)]


def _draw(axes: Any, x: Sequence[float], y: Sequence[float], whole: bool, color: str, label: str) -> None:
    if whole:
        axes.vlines(x, 0, y, color=color, lw=0.8, alpha=0.5)
        axes.plot(x, y, "o", color=color, ms=5, label=label)
    else:
        axes.plot(x, y, color=color, lw=1.8, label=label)
