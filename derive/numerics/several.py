"""The maximum over several letters: damped Newton from many starts, the highest of what they reach."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import product
from typing import Any

from derive.core.domains import Interval
from derive.numerics.arithmetic import NoValue
from derive.numerics.climbing import Climb, Hill, climbed, polished
from derive.numerics.columns import Columns
from derive.numerics.coordinates import Coordinate, Spread, coordinate, spread_of
from derive.numerics.found import Boundary, Found

COARSE = 300
CLIMBS = 6
MOST_STARTS = 600
PRECISE_CLIMB = 150
FAR = 12.0


def maximum_of_several(
    objective: Any, gradient: Mapping[Any, Any], domains: Mapping[Any, Interval], columns: Columns
) -> Found | Boundary:
    """The largest maximum in a box of open intervals, or the ends towards which the objective grows."""
    spread = spread_of(columns)
    letters = tuple(gradient)
    places = {letter: coordinate(domains[letter], spread) for letter in letters}

    def hill(over: Columns) -> Hill:
        return Hill(objective, gradient, places, over)

    quick = hill(columns.coarser(COARSE))
    climbs = [climbed(quick, start) for start in starts(quick, places, spread)]
    exact = hill(columns)
    lost = [c for c in climbs if c.state == "lost"]
    if lost and columns.precise and len(columns.values) <= PRECISE_CLIMB:
        highest = max(lost, key=lambda c: c.height)
        climbs = [c for c in climbs if c.state != "lost"] + [climbed(exact, highest.point, begun=highest.start)]
    peaks = distinct([c for c in climbs if c.state == "peak"])
    away = [c for c in climbs if c.state == "lost"]
    top = max(peaks, key=lambda c: float(c.height), default=None)
    gone = max(away, key=lambda c: float(c.height), default=None)
    if top is None and gone is None:
        return Boundary(letters, (), flat=True)
    if top is None or (gone is not None and gone.height > top.height + 1e-9 * abs(float(top.height))):
        assert gone is not None
        return boundary(gone, letters, places, domains)
    point, negative = polished(exact, top)
    at = {v: places[v].value(u, columns) for v, u in zip(letters, point, strict=True)}
    summit = float(top.height)
    tied = sum(summit - float(c.height) <= 1e-9 * (1 + abs(summit)) for c in peaks) - 1
    return Found(at, exact.height(point), negative, len(peaks) - 1, tied)


def boundary(gone: Climb, letters: tuple[Any, ...], places: Any, domains: Any) -> Boundary:
    """Which letters went away, and where to."""
    moved = [(v, u) for v, u, s in zip(letters, gone.point, gone.start, strict=True) if abs(u - s) > FAR / 2]
    moved = moved or [max(zip(letters, gone.point, strict=True), key=lambda pair: abs(pair[1]))]
    ends = [places[v].end(u > 0, domains[v]) for v, u in moved]
    return Boundary(tuple(v for v, _ in moved), tuple(e for e, _ in ends), all(a for _, a in ends))


def distinct(climbs: list[Climb]) -> list[Climb]:
    """One climb for each peak."""
    kept: list[Climb] = []
    for c in climbs:
        if all(max(abs(a - b) for a, b in zip(c.point, k.point, strict=True)) > 1e-5 for k in kept):
            kept.append(c)
    return kept


def starts(hill: Hill, places: Mapping[Any, Coordinate], spread: Spread) -> list[list[float]]:
    """The highest of many points, and those at which observations that are tied could pull a scale to zero."""
    choices = [guesses(place, hill.columns, spread) for place in places.values()]
    total = 1
    for c in choices:
        total *= len(c)
    if total <= MOST_STARTS:
        tried = [list(p) for p in product(*choices)]
    else:
        draw = random.Random(1)
        tried = [[c[n % len(c)] for c in choices] for n in range(max(map(len, choices)))]
        tried += [[draw.choice(c) for c in choices] for _ in range(MOST_STARTS // 2)]
    ranked: list[tuple[float, list[float]]] = []
    for point in tried:
        try:
            ranked.append((float(hill.height(point)), point))
        except (NoValue, OverflowError):
            continue
    ranked.sort(key=lambda pair: -pair[0])
    chosen = [point for _, point in ranked[:2]]
    for _, point in ranked[2:]:
        if len(chosen) == CLIMBS:
            break
        if all(sum(abs(a - b) for a, b in zip(point, c, strict=True)) > 1 for c in chosen):
            chosen.append(point)
    return chosen


def guesses(place: Coordinate, columns: Columns, spread: Spread) -> list[float]:
    """Values of one letter worth starting from, as coordinates."""
    width, centre = spread.width, float(spread.centre)
    values = columns.values
    scalar = len(values) > 0 and not isinstance(values[0], list | tuple)
    if place.kind in ("real", "between") and scalar:
        counts = columns.counts or [1] * len(values)
        order = sorted(zip(map(float, values), counts, strict=True))
        ties = max(order, key=lambda pair: pair[1])[0]
        tried = {centre, ties, order[0][0], order[-1][0], order[len(order) // 4][0], order[3 * len(order) // 4][0], 0.0}
        if place.kind == "between":
            tried.add(float(place.start) + float(place.width) / 2)
    elif place.kind in ("real", "between"):
        tried = {float(place.start) + (float(place.width) / 2 if place.kind == "between" else 0)}
    else:
        sizes = {1.0, 0.1, 10.0, width, width / 10, width * 10, 1 / width, abs(centre) or 1.0, width * 1e-6}
        sign = 1 if place.kind == "above" else -1
        tried = {float(place.start) + sign * s for s in sizes}
    return sorted({u for v in tried if (u := place.of(v)) is not None})
