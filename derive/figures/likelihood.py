"""The log-likelihood and its maximum; the density that was fitted."""

from __future__ import annotations

import math as m
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.figures.canvas import BLUE, INK, ORANGE, PALE, SOFT, math

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Curve = Callable[..., float]
POINTS, GRID, FALL = 241, 61, 5.0


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands in the figure: LaTeX of the letters, words of the page.

    Args:
        parameters, hats: the letters and their estimates.
        variable: the letter of an observation.
    """

    parameters: tuple[str, ...]
    hats: tuple[str, ...]
    log_likelihood: str
    scores: tuple[str, ...]
    variable: str
    density: str
    maximum: str
    observed: str
    fitted: str


_PAPER = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.75}


def draw_curve(axes: Axes, curve: Curve, best: float, reach: tuple[float, float], labels: Labels) -> None:
    """log L over one parameter, its maximum marked."""
    x, y = sampled(curve, reach)
    axes.plot(x, y, color=BLUE, lw=1.8)
    _mark(axes, best, curve(best), labels)
    axes.set_ylabel(math(labels.log_likelihood))
    axes.set_xlabel(math(labels.parameters[0]))


def draw_score(axes: Axes, score: Curve, best: float, reach: tuple[float, float], labels: Labels) -> None:
    """The derivative of log L, crossing zero at the estimate."""
    x, y = sampled(score, reach)
    axes.axhline(0, color=SOFT, lw=0.8)
    axes.plot(x, y, color=BLUE, lw=1.8)
    axes.axvline(best, color=ORANGE, lw=1, ls=(0, (4, 3)))
    axes.plot([best], [0.0], "o", color=ORANGE, ms=6, zorder=5)
    axes.annotate(math(labels.hats[0]), (best, 0.0), xytext=(7, 7), textcoords="offset points", color=ORANGE)
    axes.set_ylabel(math(labels.scores[0].replace(r"\frac", r"\dfrac")))
    axes.set_xlabel(math(labels.parameters[0]))


def draw_contours(
    axes: Axes, curve: Curve, best: Sequence[float], reaches: Sequence[tuple[float, float]], labels: Labels
) -> None:
    """log L over two parameters, in levels below its maximum."""
    import numpy as np

    first, second = (np.linspace(low, high, GRID) for low, high in reaches)
    top = curve(*best)
    heights = np.array([[curve(float(a), float(b)) - top for a in first] for b in second])
    levels = [-8.0, -5.0, -3.0, -2.0, -1.0, -0.5, -0.1]
    possible = np.isfinite(heights)
    axes.contourf(first, second, np.where(possible, heights, -99.0), [*levels, 0.0], cmap="Blues", alpha=0.55)
    drawn = axes.contour(first, second, np.where(possible, heights, np.nan), levels, colors=BLUE, linewidths=0.8)
    drawn.set_linestyle("solid")
    axes.clabel(drawn, fontsize=7, fmt="%g")
    axes.plot([best[0]], [best[1]], "o", color=ORANGE, ms=6, zorder=5)
    point = math(f"({labels.hats[0]}, {labels.hats[1]})")
    axes.annotate(point, (best[0], best[1]), xytext=(8, 8), textcoords="offset points", color=ORANGE, bbox=_PAPER)
    axes.set_title(f"{math(labels.log_likelihood)} − {labels.maximum}", color=INK)
    axes.set_xlabel(math(labels.parameters[0]))
    axes.set_ylabel(math(labels.parameters[1]))


def draw_fit(axes: Axes, density: Curve, data: Sequence[float], whole: bool, labels: Labels) -> None:
    """The fitted density over the histogram of the data; a mass function beside the frequencies if ``whole``."""
    import numpy as np

    if whole:
        low, high = int(min(data)), int(max(data))
        places = list(range(low, high + 1))
        shares = [sum(1 for v in data if v == place) / len(data) for place in places]
        axes.bar(places, shares, width=0.8, color=PALE, label=labels.observed)
        axes.plot(places, [density(float(k)) for k in places], "o", color=ORANGE, ms=5, label=labels.fitted)
        if len(places) <= 20:
            axes.set_xticks(places)
    else:
        spread = max(data) - min(data) or 1.0
        bins = min(40, max(5, round(2 * len(data) ** 0.5)))
        axes.hist(data, bins=bins, density=True, color=PALE, label=labels.observed)
        axes.plot(data, [0.0] * len(data), "|", color=SOFT, ms=9)
        x = np.linspace(min(data) - 0.25 * spread, max(data) + 0.25 * spread, POINTS)
        y = [density(float(v)) for v in x]
        axes.plot(x, y, color=ORANGE, lw=1.8, label=labels.fitted)
    axes.set_xlabel(math(labels.variable))
    axes.set_ylabel(math(labels.density))
    axes.legend()


def sampled(curve: Curve, reach: tuple[float, float]) -> tuple[list[float], list[float]]:
    """Points of a curve; where it has no finite value the line is interrupted."""
    low, high = reach
    x = [low + (high - low) * k / (POINTS - 1) for k in range(POINTS)]
    y = [curve(v) for v in x]
    return x, [v if m.isfinite(v) else m.nan for v in y]


def reach_of(curve: Curve, best: Sequence[float], at: int) -> tuple[float, float]:
    """How far to look in one parameter: to where log L has fallen by about 5, and never where it is not finite."""

    def fall(value: float) -> float:
        point = list(best)
        point[at] = value
        return top - curve(*point)

    top = curve(*best)
    ends: list[float] = []
    for sign in (-1.0, 1.0):
        step = 1e-3 * (abs(best[at]) or 1.0)
        while fall(best[at] + sign * step) < FALL and step < 1e6 * (abs(best[at]) or 1.0):
            step *= 1.3
        # At the edge of the domain the last step may have gone too far.
        while not m.isfinite(fall(best[at] + sign * step)) and step > 1e-9:
            step *= 0.97
        ends.append(best[at] + sign * step)
    return ends[0], ends[1]


def _mark(axes: Axes, x: float, y: float, labels: Labels) -> None:
    axes.axvline(x, color=ORANGE, lw=1, ls=(0, (4, 3)))
    axes.plot([x], [y], "o", color=ORANGE, ms=6, zorder=5)
    axes.annotate(math(labels.hats[0]), (x, y), xytext=(7, -14), textcoords="offset points", color=ORANGE)


__all__ = ["Labels", "draw_contours", "draw_curve", "draw_fit", "draw_score", "reach_of"]
