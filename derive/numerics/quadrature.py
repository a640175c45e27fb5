"""Integrals and sums of a density given by its logarithm: a value with an honest error, or nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

LogDensity = Callable[[float], float | None]

FURTHEST = 6.2
# Before this the mass may still lie ahead, next to an end.
CALM = 3.2
NEGLIGIBLE = -60.0
QUIET = 4
MOST_TERMS = 1_024
MOST_LEFT = 1e-4


@dataclass(frozen=True, slots=True)
class Estimated:
    """An integral.

    Args:
        value: the sum over the nodes.
        error: what halving the step changed, and what the furthest nodes still gave.
        whole: nothing that counts was left out; otherwise the value of a density is a lower bound.
    """

    value: float
    error: float
    whole: bool


def integral(
    log_density: LogDensity, low: float, high: float, splits: list[float], width: float, step: float
) -> Estimated:
    """∫ e^g over an interval that is cut at inner points; near each of them the scale is ``width``."""
    ends = [low, *splits, high]
    parts = [piece(log_density, a, b, width, step) for a, b in pairwise(ends)]
    finer = [piece(log_density, a, b, width, step / 2) for a, b in pairwise(ends)]
    value = math.fsum(v for v, _ in finer)
    changed = math.fsum(abs(v - w) for (v, _), (w, _) in zip(finer, parts, strict=True))
    left = math.fsum(left for _, left in finer)
    return Estimated(value, changed + min(left, 1.0) + 1e-12 * abs(value), left < MOST_LEFT)


def piece(log_density: LogDensity, low: float, high: float, width: float, step: float) -> tuple[float, float]:
    """The integral over one piece by a double exponential substitution, and about how much its last nodes leave out."""
    total, left = [], 0.0
    for direction in (1, -1):
        quiet, n, size = 0, 0 if direction > 0 else 1, 0.0
        while quiet < QUIET:
            t = direction * n * step
            x, log_slope = node(low, high, width, t) if abs(t) <= FURTHEST else (None, 0.0)
            g = None if x is None else log_density(x)
            if g is None:
                # The terms fall ever faster: a few times the last one bounds the rest.
                left += 20 * math.exp(min(size, 700.0))
                break
            size = g + log_slope
            total.append(math.exp(min(size, 700.0)))
            quiet = quiet + 1 if size < NEGLIGIBLE and abs(t) > CALM else 0
            n += 1
    return math.fsum(total) * step, left


def node(low: float, high: float, width: float, t: float) -> tuple[float | None, float]:
    """x(t) and log x'(t); None where x is no longer told apart from an end."""
    s = math.pi / 2 * math.sinh(t)
    speed = math.log(math.pi / 2 * math.cosh(t))
    if math.isinf(low) and math.isinf(high):
        return width * math.sinh(s), math.log(width) + abs(s) - math.log(2) + math.log1p(math.exp(-2 * abs(s))) + speed
    if math.isinf(high):
        x = low + width * math.exp(s)
        return (x if x > low else None), math.log(width) + s + speed
    if math.isinf(low):
        x = high - width * math.exp(s)
        return (x if x < high else None), math.log(width) + s + speed
    share = 1 / (1 + math.exp(min(2 * abs(s), 700.0)))
    x = high - (high - low) * share if s > 0 else low + (high - low) * share
    slope = math.log(2 * (high - low)) + math.log(share) + math.log1p(-share) + speed
    return (x if low < x < high else None), slope


def series(log_mass: LogDensity, low: int, high: float) -> Estimated | None:
    """Σ e^g over integers; the tail of a power law by its integral; None where a term has no value."""
    terms: list[float] = []
    for k in numbers(low, high):
        g = log_mass(k)
        if g is None:
            return None
        terms.append(math.exp(min(g, 700.0)))
        if len(terms) == MOST_TERMS:
            break
        if len(terms) > 60 and sum(terms[-QUIET:]) < 1e-25:
            break
    value = math.fsum(terms)
    if math.isfinite(high) and len(terms) == int(high) - low + 1:
        return Estimated(value, 1e-12 * value, True)
    last, half = terms[-1], terms[len(terms) // 2 - 1]
    if last == 0 or sum(terms[-QUIET:]) < 1e-25:
        return Estimated(value, 1e-12 * value, True)
    power = math.log(half / last) / math.log(2) if half > last > 0 else 0.0
    if power <= 1.05:
        return Estimated(value, 0.0, False)
    tail = last * (low + len(terms) - 1) / (power - 1) - last / 2
    return Estimated(value + tail, 0.02 * tail, True)


def numbers(low: int, high: float) -> Iterator[int]:
    """low, low + 1, …"""
    k = low
    while k <= high:
        yield k
        k += 1


def modes(log_density: LogDensity, low: float, high: float) -> tuple[list[float], float]:
    """Where the density is locally largest, and how wide the highest of these peaks is."""
    nodes: list[tuple[float, float]] = []
    for n in range(-64, 65):
        x, _ = node(low, high, 1.0, n / 16)
        if x is not None and (g := log_density(x)) is not None:
            nodes.append((x, g))
    found: list[tuple[float, float]] = []
    for n in range(1, len(nodes) - 1):
        if nodes[n][1] > nodes[n - 1][1] and nodes[n][1] >= nodes[n + 1][1]:
            x = climbed(log_density, nodes[n - 1][0], nodes[n + 1][0])
            found.append((log_density(x) or nodes[n][1], x))
    if not found:
        return [], 1.0
    height, best = max(found)
    return sorted({x for _, x in found}), breadth(log_density, best, height, low, high)


def climbed(log_density: LogDensity, low: float, high: float) -> float:
    """The peak between two points, by the golden section."""
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(36):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        f_a, f_b = log_density(a), log_density(b)
        if f_a is None or f_b is None:
            break
        low, high = (a, high) if f_a < f_b else (low, b)
    return (low + high) / 2


def breadth(log_density: LogDensity, at: float, height: float, low: float, high: float) -> float:
    """How far from its peak the density has fallen by half."""
    reach = max(abs(at), 1.0) * 1e-8
    for _ in range(80):
        sides = [x for x in (at - reach, at + reach) if low < x < high]
        if not sides or all((g := log_density(x)) is None or g < height - 0.7 for x in sides):
            break
        reach *= 2
    return reach
