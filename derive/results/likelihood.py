"""The log-likelihood of data as a function of the parameters, in floating point: for checks and for figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derive.core.domains import Domain, Integers, Interval, Simplex, Vector, contains
from derive.core.errors import InputError
from derive.models.sample import INDEX, Sample

MOST = 5000
_FUNCTIONS = {"loggamma": math.lgamma, "lgamma": math.lgamma}


@dataclass(frozen=True, slots=True)
class DataLikelihood:
    """log L at given data, written down from the density alone and not from any derivation.

    Args:
        values, counts: the observations, and how often each occurs.
    """

    sample: Sample
    values: Sequence[Any]
    counts: Sequence[int]

    @property
    def letters(self) -> tuple[Any, ...]:
        """The unknowns, a vector by its entries."""
        entries: list[Any] = []
        for p in self.sample.unknown:
            vector = isinstance(p.domain, Vector)
            entries += [p.letter[k] for k in range(1, int(p.domain.size) + 1)] if vector else [p.letter]  # type: ignore[union-attr]
        return tuple(entries)

    @property
    def expr(self) -> Any:
        """Σ_i log f(x_i; θ), the numbers put in.

        Raises:
            InputError: there are too many different observations to write the sum down.
        """
        if len(self.values) > MOST:
            raise InputError(f"there are more than {MOST} different observations", "take a part of them, or round them")
        density = self.sample.density_at(INDEX).doit()
        observed = [e for e in density.atoms(sp.Indexed) if e.base == self.sample.data]
        terms = []
        for value, count in zip(self.values, self.counts, strict=True):
            put = {e: value[int(e.indices[1]) - 1] if len(e.indices) > 1 else value for e in observed}
            terms.append(count * sp.expand_log(sp.log(density.xreplace(put)), force=True))
        return sp.Add(*terms)

    def function(self) -> Callable[..., float]:
        """log L of the letters' numbers, in their order; −∞ outside the domain or where the data cannot occur."""
        return numeric(self.letters, self.expr, self.possible)

    def score(self, letter: Any) -> Callable[..., float]:
        """∂ log L/∂θ for one of the letters."""
        return numeric(self.letters, sp.diff(self.expr, letter), self.possible)

    def possible(self, point: Mapping[Any, float]) -> bool:
        """Do the parameters lie in their domains, and the data in the support?"""
        for p in self.sample.unknown:
            if isinstance(p.domain, Vector):
                entries = [v for letter, v in point.items() if getattr(letter, "base", None) == p.letter]
                if min(entries) <= 0 or (isinstance(p.domain, Simplex) and abs(sum(entries) - 1) > 1e-9):
                    return False
            elif not contains(p.domain, point[p.letter]):
                return False
        support = placed(self.sample.distribution.support, point)
        return support is None or all(contains(support, value) for value in self.values)

    def neighbours(self, best: Sequence[Any], step: float = 1e-2) -> tuple[tuple[float, ...], ...]:
        """Points around an estimate, one letter moved at a time (in a probability vector: two against each other)."""
        at = [float(v) for v in best]
        made = []
        for k, letter in enumerate(self.letters):
            other = next((j for j, o in enumerate(self.letters) if j != k and _together(letter, o)), None)
            for sign in (-1, 1):
                moved = list(at)
                moved[k] += sign * step * (abs(at[k]) or 1.0)
                if other is not None:
                    moved[other] -= moved[k] - at[k]
                made.append(tuple(moved))
        return tuple(made)


def _together(one: Any, other: Any) -> bool:
    return isinstance(one, sp.Indexed) and isinstance(other, sp.Indexed) and one.base == other.base


def placed(support: Domain, point: Mapping[Any, float]) -> Domain | None:
    """A support whose ends depend on the parameters, at this point; None where they do not."""
    if not isinstance(support, Interval | Integers) or not (support.lower.free_symbols | support.upper.free_symbols):
        return None
    return replace(support, lower=support.lower.xreplace(dict(point)), upper=support.upper.xreplace(dict(point)))


def numeric(letters: Sequence[Any], expr: Any, possible: Callable[[Mapping[Any, float]], bool]) -> Callable[..., float]:
    """An expression as a function of floats; −∞ where it is not possible."""
    names = [sp.Dummy(real=True) for _ in letters]
    plain = expr.xreplace(dict(zip(letters, names, strict=True)))
    fast = sp.lambdify(names, plain, modules=[_FUNCTIONS, "math"])
    exact = sp.lambdify(names, plain, modules="mpmath")

    def value(*point: float) -> float:
        if not possible(dict(zip(letters, point, strict=True))):
            return -math.inf
        try:
            return float(fast(*point))
        except (NameError, ValueError, OverflowError, ZeroDivisionError, TypeError):
            # A function that only mpmath knows, or a point at the edge of what floats can do.
            return float(exact(*point).real)

    return value
