"""The maximum over one letter: all sign changes of the derivative, the highest of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from derive.core.domains import Interval
from derive.core.errors import NoDerivation
from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import MOST_PRECISE, Columns, decimal
from derive.numerics.coordinates import Coordinate, coordinate, spread_of
from derive.numerics.found import Boundary, Found
from derive.numerics.roots import rebracketed, refined, sign_at, value_at

STEP = 0.25
COARSE = 400
MARKS = 40


@dataclass(frozen=True, slots=True)
class Scan:
    """The derivative's signs from one end to the other.

    Args:
        nodes: (u, sign), no sign hidden or missing.
    """

    nodes: tuple[tuple[float, int], ...]

    @property
    def peaks(self) -> list[tuple[float, float]]:
        """The brackets of changes from + to −."""
        pairs = zip(self.nodes, self.nodes[1:], strict=False)
        return [(a, b) for (a, s), (b, t) in pairs if s > 0 > t]


def maximum_of_one(objective: Any, score: Any, letter: Any, domain: Interval, columns: Columns) -> Found | Boundary:
    """The largest maximum of the objective in the open interval, or the end towards which it grows.

    Args:
        score: its derivative by the letter.
    """
    found = searched(objective, score, letter, domain, columns, columns.coarser(COARSE))
    # A few hundred values that stand for many may have peaks where the many have none.
    found = found or searched(objective, score, letter, domain, columns, columns.floats())
    if found is None:
        raise NoDerivation(f"rounding hides where the maximum over {letter} lies")
    return found


def searched(
    objective: Any, score: Any, letter: Any, domain: Interval, columns: Columns, quick: Columns
) -> Found | Boundary | None:
    """The maximum, looked for over ``quick`` and settled over the data; None if the two do not agree."""
    place = coordinate(domain, spread_of(columns))
    scan = scanned(score, letter, place, columns, quick)
    if len(quick.values) < len(columns.values) and not borne_out(scan, score, letter, place, columns, quick):
        return None
    if not scan.nodes:
        return Boundary((letter,), (), flat=True)
    found: list[tuple[Any, Any]] = []
    for low, high in scan.peaks:
        try:
            u = peak(score, letter, place, columns, quick, (low, high))
        except NoValue:
            return unbounded(letter, place, columns, (low + high) / 2)
        if u is None:
            return None
        if is_pole(score, letter, place, columns, u):
            return unbounded(letter, place, columns, u)
        found.append((value_at(columns, objective, letter, place, u), u))
    ends = [u for (u, s), outwards in ((scan.nodes[0], -1), (scan.nodes[-1], 1)) if s == outwards]
    limits = [(height(objective, letter, place, columns, u), u) for u in ends]
    limits = [(h, u) for h, u in limits if h is not None]
    best = highest(found, columns)
    grown = max(limits, default=None)
    if best is None and grown is None:
        return Boundary((letter,), (), flat=True)
    if best is None or (grown is not None and grown[0] > best[0]):
        assert grown is not None
        end, attained = place.end(grown[1] == scan.nodes[-1][0], domain)
        return Boundary((letter,), (end,), attained)
    tied = len(as_high(found, columns)) - 1
    return Found({letter: place.value(columns.number(best[1]), columns)}, best[0], True, len(found) - 1, tied)


def unbounded(letter: Any, place: Coordinate, columns: Columns, u: Any) -> Boundary:
    """The score has a pole inside the domain, towards which the objective grows."""
    return Boundary((letter,), (decimal(place.value(columns.number(u), columns), 6),))


def is_pole(score: Any, letter: Any, place: Coordinate, columns: Columns, u: Any) -> bool:
    """Does the score grow towards the point where its sign changes, instead of vanishing there?"""
    sizes = []
    for step in (1e-9, 1e-12) if columns.precise else (1e-6, 1e-9):
        try:
            sizes.append(max(abs(value_at(columns, score, letter, place, u + s)) for s in (-step, step)))
        except (NoValue, OverflowError):
            return False
    # A thousandth of the distance makes a simple pole a thousand times as large.
    return bool(sizes[1] > 100 * sizes[0])


def highest(found: list[tuple[Any, Any]], columns: Columns) -> tuple[Any, Any] | None:
    """The highest of the maxima; of those that rounding cannot tell apart, the one nearest to the middle."""
    return min(as_high(found, columns), key=lambda f: abs(f[1]), default=None)


def as_high(found: list[tuple[Any, Any]], columns: Columns) -> list[tuple[Any, Any]]:
    """Those maxima that rounding cannot tell from the highest one."""
    top = max((h for h, _ in found), default=0)
    return [f for f in found if top - f[0] <= (1e-20 if columns.precise else 1e-11) * (1 + abs(top))]


def height(objective: Any, letter: Any, place: Coordinate, columns: Columns, u: float) -> Any:
    """The objective far out; None where it has no value."""
    try:
        return value_at(columns, objective, letter, place, u)
    except (NoValue, OverflowError):
        return None


def borne_out(scan: Scan, score: Any, letter: Any, place: Coordinate, columns: Columns, quick: Columns) -> bool:
    """Do the data show the signs that their coarser image has, at the ends and at a few nodes between them?"""
    chosen = scan.nodes[:: max(1, len(scan.nodes) // 6)] + scan.nodes[-1:]
    return all(sign_at(columns, score, letter, place, u, quick) in (s, 0, None) for u, s in chosen)


def scanned(score: Any, letter: Any, place: Coordinate, columns: Columns, quick: Columns) -> Scan:
    """Floats over the whole grid; where they say nothing, all digits at the edges of the gap."""
    signs = [(u, sign_at(quick, score, letter, place, u)) for u in grid(place, columns)]
    known = [n for n, (_, s) in enumerate(signs) if s]

    def exactly(n: int) -> int | None:
        return sign_at(columns, score, letter, place, signs[n][0]) if columns.precise else None

    extra: dict[int, int] = {}
    gaps = [(-1, known[0]), (known[-1], len(signs))] if known else []
    for low, high in gaps:
        outer, inner = (0, high) if low == -1 else (high - 1, low)
        if outer != inner:
            extra |= first_sign(outer, inner, exactly)
    if not known:
        extra = {n: s for n in range(0, len(signs), max(1, len(signs) // 24)) if (s := exactly(n))}
    nodes = [(u, s) for n, (u, s) in enumerate((u, extra.get(n, s)) for n, (u, s) in enumerate(signs)) if s]
    return Scan(tuple(nodes))


def first_sign(outer: int, inner: int, exactly: Any) -> dict[int, int]:
    """The sign at the outermost node that has one, between an outer and an inner node."""
    found = {outer: exactly(outer)}
    # `inner` has a sign already: what is sought is where signs begin.
    while not found.get(outer) and abs(inner - outer) > 1:
        middle = (outer + inner) // 2
        found[middle] = exactly(middle)
        if found[middle]:
            inner = middle
        else:
            outer = middle
    known = [n for n, s in found.items() if s]
    return {n: found[n] for n in known[-1:]}


def grid(place: Coordinate, columns: Columns) -> list[float]:
    """Even steps in u; on the real line also round every observation, and round 0 at the scale 1."""
    steps = int(place.furthest / STEP)
    nodes = {n * STEP for n in range(-steps, steps + 1)}
    if place.kind == "real":
        nodes |= {u for value in marks(columns) if (u := place.of(value)) is not None}
        nodes |= {place.of(s * 2.0 ** (n / 2)) or 0.0 for n in range(-20, 60) for s in (-1, 1)}
    return sorted(nodes)


def marks(columns: Columns) -> Iterator[float]:
    """Points round the observations, at distances that shrink."""
    values = columns.values
    if not len(values) or isinstance(values[0], list | tuple) or len(values) > MOST_PRECISE:
        return
    order = sorted(map(float, values))
    chosen = order[:: -(-len(order) // MARKS)]
    for here, after in zip(chosen, chosen[1:] + chosen[-1:], strict=True):
        gap = after - here
        yield here
        for k in range(1, 7):
            yield here + gap * 4.0**-k
            yield after - gap * 4.0**-k
        yield here + gap / 2


def peak(
    score: Any, letter: Any, place: Coordinate, columns: Columns, quick: Columns, bracket: tuple[float, float]
) -> Any:
    """The root in a bracket of the scan: coarse, in floats, then with all digits; None if there is none."""
    low, high = bracket
    u: Any = (low + high) / 2
    if sign_at(quick, score, letter, place, low) == 1 and sign_at(quick, score, letter, place, high) == -1:
        u = refined(quick, score, letter, place, low, high, None)
    exact = len(quick.values) == len(columns.values)
    gauge = None if exact else quick
    stages = [columns.floats()] if columns.precise and not exact else []
    for stage in [*stages, columns]:
        shorter = rebracketed(stage, score, letter, place, u, bracket, gauge)
        if shorter is None:
            return None
        u = refined(stage, score, letter, place, *shorter, gauge)
    return u
