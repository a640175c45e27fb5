"""The figure of a maximum-likelihood derivation with data: log L and its maximum, the score, the fitted density."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derive.core.domains import Integers, OneHot, contains
from derive.core.nodes import density_head
from derive.derivations.result import MaximumLikelihood
from derive.figures.canvas import panels, saved, sheet
from derive.figures.likelihood import Labels, draw_contours, draw_curve, draw_fit, draw_score, reach_of
from derive.results.likelihood import DataLikelihood, numeric, placed
from derive.writing.voice import Voice


def draw(found: MaximumLikelihood, data: DataLikelihood, best: tuple[float, ...], voice: Voice, ending: str) -> bytes:
    """One parameter: log L, score, fit. Two: contours, fit. More: the fit.

    Raises:
        InputError: matplotlib is not installed.
    """
    labels = labels_of(found, data, voice)
    curve = data.function()
    letters = data.letters
    with sheet(voice.language, ending):
        kinds = {1: 3, 2: 2}.get(len(letters), 1)
        figure, axes = panels(kinds)
        if len(letters) == 1:
            reach = reach_of(curve, best, 0)
            draw_curve(axes[0], curve, best[0], reach, labels)
            draw_score(axes[1], data.score(letters[0]), best[0], reach, labels)
        elif len(letters) == 2:
            draw_contours(axes[0], curve, best, [reach_of(curve, best, k) for k in range(2)], labels)
        whole, density, values = fitted(data, best)
        draw_fit(axes[-1], density, values, whole, labels)
        return saved(figure, ending)


def labels_of(found: MaximumLikelihood, data: DataLikelihood, voice: Voice) -> Labels:
    """The letters of the page, the words of its language."""
    sample = found.sample
    log_likelihood = sp.log(sample.named_likelihood)
    hats = [e.hat for e in found.estimates]
    words = voice.words or {}
    x = sample.distribution.variable
    variable = sp.Symbol(str(x.label)) if isinstance(x, sp.IndexedBase) else x
    letters = tuple(e.letter for e in found.estimates)
    return Labels(
        tuple(voice.show(letter) for letter in letters),
        tuple(voice.show(hat) for hat in hats),
        voice.show(log_likelihood),
        tuple(voice.show(sp.Derivative(log_likelihood, p)) if isinstance(p, sp.Symbol) else "" for p in letters),
        voice.show(variable),
        voice.show(density_head()(variable, *(sp.Symbol(str(getattr(h, "base", h))) for h in hats))),
        words.get("plot_maximum", ""),
        words.get("plot_observed", ""),
        words.get("plot_fitted", ""),
    )


def fitted(data: DataLikelihood, best: tuple[float, ...]) -> tuple[bool, Callable[[float], float], list[float]]:
    """Is it a mass function; the fitted density; the observations, one-hot vectors by their category."""
    distribution = data.sample.distribution
    point = dict(zip(data.letters, best, strict=True))
    expanded = [(v, count) for v, count in zip(data.values, data.counts, strict=True)]
    if isinstance(distribution.support, OneHot):
        values = [float(v.index(1) + 1) for v, count in expanded for _ in range(count)]
        return True, lambda k: best[round(k) - 1], values
    here: Any = placed(distribution.support, point) or distribution.support
    x = distribution.variable
    inner = numeric((x,), distribution.density.xreplace(point), lambda at: contains(here, _whole(at[x], here)))
    values = [float(v) for v, count in expanded for _ in range(count)]
    return isinstance(here, Integers), lambda v: max(inner(v), 0.0), values


def _whole(value: float, support: Any) -> Any:
    return round(value) if isinstance(support, Integers) else value
