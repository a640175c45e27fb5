"""Is what somebody declared a density? Tried at a few points of the parameters; doubt refuses nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sympy as sp

from derive.core.domains import Domain, Integers, Interval, OneHot, Simplex, Vector
from derive.core.errors import InputError, NoDerivation
from derive.core.trees import substitute
from derive.distributions.distribution import Distribution
from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import Columns
from derive.numerics.opening import opened
from derive.numerics.quadrature import Estimated, LogDensity, integral, modes, series

Point = dict[Any, sp.Expr]

POINTS = 3
POSITIVE = tuple(sp.Rational(a, 10) for a in (13, 4, 31, 22, 7))
REAL = tuple(sp.Rational(a, 10) for a in (4, -11, 23, -6, 17))
SHARES = tuple(sp.Rational(a, 10) for a in (4, 7, 2, 6, 3))
WHOLE = (2, 5, 3, 1, 4)
NOT_REAL = ("logarithm", "power of a negative number", "complex")
EXCESS = 1e-6
STEP = 1 / 8
DECADES = range(3, 13)
GROWS = 0.01
UNNAMED = "own"
FINE = 1 / 64


@dataclass(frozen=True, slots=True)
class Declared:
    """A distribution with what is asked of it again and again.

    Args:
        opened: log f, its factors' logarithms apart, so that small values do not vanish.
    """

    made: Distribution
    opened: Any

    @property
    def named(self) -> str:
        """How messages call it."""
        return "the density" if self.made.id == UNNAMED else f"the density of {self.made.id}"


def refuse_improper(made: Distribution) -> None:
    """Look at the density at a few admissible values of the parameters.

    Raises:
        InputError: somewhere on the support it is negative or not real, or it does not integrate (or sum) to one.
    """
    if any(isinstance(p.domain, Vector) and not sized_by(p.domain, made) for p in made.parameters):
        # Every observation has a constant and so a density of its own.
        return
    declared = Declared(made, opened(made.density))
    for point in points(made):
        try:
            look_at(declared, point)
        except (NoDerivation, OverflowError):
            # What cannot be evaluated cannot be refused.
            return


def sized_by(domain: Any, made: Distribution) -> bool:
    """Is the number of entries a number, or a letter that the declaration knows?"""
    known = {p.letter for p in made.parameters}
    return bool(domain.size.free_symbols <= known)


def points(made: Distribution) -> Iterator[Point]:
    """Admissible values of the parameters, the ends of a domain before what depends on them."""
    for n in range(POINTS):
        point: Point = sizes(made)
        waiting = [p for p in made.parameters if p.letter not in point]
        if any(isinstance(p.domain, Vector) and p.domain.size.xreplace(point).free_symbols for p in waiting):
            # As many parameters as there are observations: no point without data.
            return
        for place, p in enumerate(sorted(waiting, key=lambda p: depth(p.domain))):
            value = inside(p.domain, n + place, point)
            if isinstance(p.letter, sp.IndexedBase):
                point |= {p.letter[k]: v for k, v in enumerate(value, start=1)}
            else:
                point[p.letter] = value
        yield point


def sizes(made: Distribution) -> Point:
    """A number of categories that is a letter becomes three."""
    size = made.support.size if isinstance(made.support, OneHot) else None
    return {size: sp.Integer(3)} if isinstance(size, sp.Symbol) else {}


def depth(domain: Domain) -> int:
    """0 for a domain whose ends are numbers, more for one whose ends are parameters."""
    ends = (domain.lower, domain.upper) if isinstance(domain, Interval | Integers) else (domain.size,)
    return sum(len(e.free_symbols) for e in ends)


def inside(domain: Domain, n: int, point: Mapping[Any, Any]) -> Any:
    """A value inside the domain, another for each n."""
    pick = n % 5
    if isinstance(domain, Vector):
        weights = [sp.Integer(1 + (k * 3 + pick) % 4) for k in range(int(domain.size.xreplace(dict(point))))]
        return [w / sum(weights) for w in weights] if isinstance(domain, Simplex) else weights
    low, high = (end.xreplace(dict(point)) for end in (domain.lower, domain.upper))
    if isinstance(domain, Integers):
        if low == -sp.oo:
            return sp.Integer(WHOLE[pick]) if high == sp.oo else high - WHOLE[pick]
        return sp.Min(low + WHOLE[pick], high)
    if low == -sp.oo and high == sp.oo:
        return REAL[pick]
    if high == sp.oo:
        return low + POSITIVE[pick]
    return high - POSITIVE[pick] if low == -sp.oo else low + (high - low) * SHARES[pick]


def look_at(declared: Declared, point: Point) -> None:
    """The density at one point of the parameters.

    Raises:
        InputError: it is none.
    """
    made = declared.made
    where = ", ".join(f"{letter} = {shown(v)}" for letter, v in point.items())
    at = f"at {where} " if where else ""
    support: Any = made.support
    if isinstance(support, OneHot):
        return one_hot(declared, point, at)
    if isinstance(support, Vector):
        # An integral over a simplex is not tried.
        return
    low, high = (float(end.xreplace(point)) for end in (support.lower, support.upper))
    for x in trial(made, low, high):
        sign_checked(declared, point, sp.Rational(x).limit_denominator(10**6), at)
    found = total(declared, point, low, high)
    if found is not None and improper(found):
        verb = "sums" if made.discrete else "integrates"
        bound = "" if found.whole else "at least "
        value = f"{bound}{found.value:.6g}" if math.isfinite(found.value) else "infinity"
        raise InputError(
            f"{declared.named} does not {verb[:-1]} to one: {at}it {verb} to {value}",
            "check its constant factor, its support and the domains of its parameters",
        )


def shown(value: Any) -> str:
    """A number as a decimal."""
    return str(value) if value.is_Integer else f"{float(value):g}"


def improper(found: Estimated) -> bool:
    """Is it certainly not one? A part of a positive integral may only be too large."""
    off = found.value - 1
    if not found.whole:
        return off > 0.1 and found.error < off / 4
    return abs(off) > EXCESS and found.error < abs(off) / 10


def trial(made: Distribution, low: float, high: float) -> list[float]:
    """Points of the support."""
    if made.discrete:
        first = low if math.isfinite(low) else high - 11 if math.isfinite(high) else -6
        return [first + k for k in range(12) if first + k <= high]
    shares = [k / 16 for k in range(1, 16)]
    if math.isfinite(low) and math.isfinite(high):
        return [low + (high - low) * s for s in shares]
    scale = [s / (1 - s) for s in shares]
    if math.isfinite(low):
        return [low + s for s in scale]
    return [high - s for s in scale] if math.isfinite(high) else [sign * s for s in scale for sign in (1, -1)]


def sign_checked(declared: Declared, point: Point, x: Any, at: str) -> None:
    """The density at one observation is a number that is not negative.

    Raises:
        InputError: it is not.
    """
    variable = declared.made.variable
    here = f"{at}and {variable} = {shown(x)}" if at else f"at {variable} = {shown(x)}"
    at_x = {**point, variable: x}
    try:
        if EMPTY[False].value(declared.made.density, at_x) >= 0:
            return
    except NoValue:
        # Floats overflow where fifty digits do not.
        pass
    try:
        value = EMPTY[True].value(declared.made.density, at_x)
    except NoValue as fault:
        if str(fault) in NOT_REAL:
            raise InputError(
                f"{declared.named} is not real everywhere on its support: {here} it has no value", "check the support"
            ) from None
        return
    if value < -1e-30:
        raise InputError(f"{declared.named} is negative: {here} it is {float(value):.6g}")


def one_hot(declared: Declared, point: Point, at: str) -> None:
    """The masses of the categories add up to one.

    Raises:
        InputError: they do not.
    """
    made, support = declared.made, declared.made.support
    assert isinstance(support, OneHot)
    size = int(support.size.xreplace(point))
    density = substitute(made.density, sizes(made)).doit()
    masses = []
    for hot in range(1, size + 1):
        put = {made.variable[k]: sp.Integer(int(k == hot)) for k in range(1, size + 1)}
        try:
            masses.append(float(EMPTY[True].value(density, {**point, **put})))
        except NoValue:
            return
    if min(masses) < 0 or abs(sum(masses) - 1) > EXCESS:
        raise InputError(f"{declared.named} does not sum to one: {at}it sums to {sum(masses):.6g}")


def total(declared: Declared, point: Point, low: float, high: float) -> Estimated | None:
    """Its integral or sum; None where that cannot be told."""
    log_density = logarithm(declared, point, precise=False)
    if declared.made.discrete:
        return summed(log_density, low, high)
    splits, width = modes(log_density, low, high)
    found = integral(log_density, low, high, apart(splits, low, high), width, STEP)
    if not found.whole and found.value > 1 and endless(logarithm(declared, point, precise=True), low, high):
        return Estimated(math.inf, 0.0, True)
    if not improper(found):
        return found
    # Before a refusal: all digits, so that no far peak is lost, and a finer rule.
    splits, width = modes(logarithm(declared, point, precise=True), low, high)
    return integral(log_density, low, high, apart(splits, low, high), width, FINE)


def endless(log_density: LogDensity, low: float, high: float) -> bool:
    """Does every power of ten nearer to an end (or further out) hold more than the one before?"""
    for end, inwards in ((low, 1), (high, -1)):
        towards = [10.0 ** (-k) for k in DECADES] if math.isfinite(end) else [10.0**k for k in DECADES]
        masses = [
            None if g is None else g + math.log(step)
            for step in towards
            for g in [log_density(end + inwards * step if math.isfinite(end) else -inwards * step)]
        ]
        known = [m for m in masses if m is not None]
        if len(known) == len(masses) and known[-1] > 0 and all(b > a + GROWS for a, b in pairwise(known)):
            return True
    return False


def summed(log_mass: LogDensity, low: float, high: float) -> Estimated | None:
    """The sum over integers, in both directions where there is no first one."""
    if math.isfinite(low):
        return series(log_mass, int(low), high)
    if math.isfinite(high):
        return series(lambda k: log_mass(-k), -int(high), math.inf)
    above, below = series(log_mass, 0, math.inf), series(lambda k: log_mass(-k), 1, math.inf)
    if above is None or below is None:
        return None
    return Estimated(above.value + below.value, above.error + below.error, above.whole and below.whole)


def apart(splits: list[float], low: float, high: float) -> list[float]:
    """Inner points that are told apart from each other and from the ends."""
    order = [x for x in splits if low < x < high]
    return [a for a, b in pairwise([*order, math.inf]) if b > a + 1e-12 * (1 + abs(a))]


def logarithm(declared: Declared, point: Point, precise: bool) -> LogDensity:
    """log f(x) as a function; None where it has no value, a very small number where f is zero."""
    columns, variable = EMPTY[precise], declared.made.variable
    at = {letter: columns.number(v) for letter, v in point.items()}

    def value(x: float) -> float | None:
        try:
            return float(columns.value(declared.opened, {**at, variable: x}))
        except (NoValue, OverflowError):
            pass
        try:
            plain = columns.value(declared.made.density, {**at, variable: x})
        except (NoValue, OverflowError):
            return None
        return float(math.log(plain)) if plain > 0 else -1e300 if plain == 0 else None

    return value


NOTHING = sp.IndexedBase("nothing")
EMPTY = {precise: Columns(NOTHING, [0], precise=precise) for precise in (True, False)}
