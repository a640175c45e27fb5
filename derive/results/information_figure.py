"""The figure of an information quantity: both densities and the integrand of a divergence, or the entropy of a coin."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import sympy as sp

from derive.core.domains import BINARY, Integers, Interval, contains
from derive.core.errors import InputError
from derive.core.information import Law
from derive.core.nodes import named_function
from derive.core.phrase import Phrase
from derive.derivations.information import Information
from derive.figures.information import DivergenceLabels, bernoulli_entropy_figure, divergence_figure
from derive.results.likelihood import numeric, placed
from derive.writing.voice import Voice

SCAN = 4000
VISIBLE = 1e-3
MOST_BARS = 60


def draw(found: Information, voice: Voice, ending: str) -> tuple[Phrase, bytes]:
    """What is to be seen, and the picture.

    Raises:
        InputError: there is no figure of this quantity, or a letter has no number.
    """
    held = {
        letter: value
        for chain in found.chains
        for letter, value in chain.facts.definitions.items()
        if isinstance(letter, sp.Symbol) and getattr(value, "is_number", False)
    }
    base = math.e if found.unit == 1 else float(sp.exp(found.unit))
    laws = list(found.facts.laws.items())
    if found.kind == "entropy" and laws and laws[0][1].support == BINARY and laws[0][1].density is not None:
        return _coin(found, laws[0][1], held, base, voice, ending)
    if found.kind != "kl" or len(laws) != 2 or not found.finite:
        raise InputError("there is no figure of this quantity", "leave --plot out")
    (first, p), (second, q) = laws
    curves = [_curve(law, held) for law in (p, q)]
    x = p.variable
    whole = isinstance(p.support, Integers)
    one, other = (named_function(str(name))(x) for name in (first, second))
    labels = DivergenceLabels(voice.show(x), voice.show(one), voice.show(other), voice.show(one * sp.log(one / other)))
    reach = _reach(curves[0], _support(p, held), whole)
    picture = divergence_figure(
        curves[0], curves[1], reach, labels, whole=whole, base=base, language=voice.language, ending=ending
    )
    return Phrase("figure_kl"), picture


def _coin(
    found: Information, law: Law, held: dict[Any, Any], base: float, voice: Voice, ending: str
) -> tuple[Phrase, bytes]:
    letters = sorted(law.density.free_symbols - {law.variable}, key=str)
    if len(letters) != 1:
        raise InputError("there is no figure of this quantity", "leave --plot out")
    at = held.get(letters[0])
    picture = bernoulli_entropy_figure(
        voice.show(letters[0]),
        voice.show(found.quantity),
        base=base,
        at=None if at is None else float(at),
        language=voice.language,
        ending=ending,
    )
    return Phrase("figure_entropy"), picture


def _support(law: Law, held: dict[Any, Any]) -> Any:
    return placed(law.support, held) or law.support


def _curve(law: Law, held: dict[Any, Any]) -> Callable[[float], float]:
    """The density as a function of floats, zero outside its support."""
    if law.density is None or not isinstance(law.support, Interval | Integers):
        raise InputError("there is no figure of these laws", "leave --plot out")
    density, support = law.density.xreplace(held), _support(law, held)
    missing = sorted(str(s) for s in density.free_symbols - {law.variable})
    if missing:
        raise InputError(f"a figure needs a number for {', '.join(missing)}", f"--at '{missing[0]}=1'")
    x = law.variable
    whole = isinstance(support, Integers)
    value = numeric((x,), density, lambda at: contains(support, round(at[x]) if whole else at[x]))
    return lambda v: max(value(v), 0.0)


def _reach(curve: Callable[[float], float], support: Any, whole: bool) -> tuple[float, float]:
    """Where the density is high enough to be seen."""
    low, high = (float(end) if end.is_finite else None for end in (support.lower, support.upper))
    if whole:
        start = round(low) if low is not None else -MOST_BARS // 2
        places = [
            float(k) for k in range(start, min(round(high) if high is not None else start + 400, start + 400) + 1)
        ]
    elif low is not None and high is not None:
        return low, high
    else:
        steps = [math.sinh(8 * k / SCAN - 4) for k in range(SCAN + 1)]
        places = [s for s in (low + abs(t) if low is not None else t for t in steps)]
        places = sorted({high - abs(t) for t in steps}) if high is not None else sorted(set(places))
    heights = [(x, curve(x)) for x in places]
    top = max(h for _, h in heights)
    seen = [x for x, h in heights if h > VISIBLE * top]
    if top <= 0 or len(seen) < 2:
        raise InputError("the density is too narrow or too far away for a figure", "leave --plot out")
    return seen[0], seen[-1]
