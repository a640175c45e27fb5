"""Small samples whose estimates are clean numbers, and never at the edge of what the estimate can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from derive.core.domains import Domain, Integers, Interval, OneHot
from derive.core.nodes import Median
from derive.core.trees import substitute
from derive.derivations.numbers import entries, inside, number_of, together
from derive.derivations.result import MaximumLikelihood
from derive.exercises.chance import Dice
from derive.exercises.clean import is_clean
from derive.models.sample import INDEX, SIZE
from derive.numerics.arithmetic import NoValue
from derive.numerics.columns import Columns

TRIES = 400


def values_in(support: Domain) -> tuple[Any, ...]:
    """Small numbers of a support, as a teacher would choose them; ends that are letters do not bind here.

    >>> values_in(Integers(sp.Integer(0), sp.Integer(1)))
    (0, 1)
    """
    if isinstance(support, OneHot):
        count = int(support.size) if support.size.is_number else 3
        return tuple(sp.Integer(k) for k in range(1, count + 1))
    if not isinstance(support, Interval | Integers):
        return ()
    lower = support.lower if support.lower.is_number else sp.Integer(0)
    upper = support.upper if support.upper.is_number else sp.oo
    if isinstance(support, Integers):
        start = lower if lower.is_finite else sp.Integer(-4)
        end = sp.Min(upper, start + 8)
        return tuple(sp.Integer(k) for k in range(int(start), int(end) + 1))
    if lower.is_finite and upper.is_finite:
        return tuple(lower + (upper - lower) * sp.Rational(k, 10) for k in range(1, 10))
    if upper.is_finite:
        return tuple(upper - k for k in range(1, 10))
    start = lower if lower.is_finite else sp.Integer(-4)
    return tuple(start + k for k in range(1, 13))


def sample_for(found: MaximumLikelihood, size: int, dice: Dice, calculator: bool) -> tuple[Any, ...] | None:
    """Observations with one estimate, inside its domain, that is a clean number (any number with a calculator).

    ``None`` where none was found; the observations are not all equal.
    """
    pool = values_in(found.sample.distribution.support)
    if not pool or size < 1:
        return None
    for _ in range(TRIES):
        values = tuple(dice.one(pool) for _ in range(size))
        if (size > 1 and len(set(values)) == 1) or not usable(found, values, calculator):
            continue
        return values
    return None


def usable(found: MaximumLikelihood, values: Sequence[Any], calculator: bool) -> bool:
    """Do the estimates exist for these observations, as clean numbers?"""
    if any(e.expr is None for e in found.estimates):
        # Only a search by numbers can tell, and it does.
        return calculator
    support = found.sample.distribution.support
    if isinstance(support, OneHot) and not support.size.is_number:
        # How many categories there are is what the data show.
        return set(values) == set(values_in(support))
    seen = vectors(found, values)
    observed = together(seen, [1] * len(seen))
    columns = Columns(found.sample.data, observed.values, observed.counts, INDEX, SIZE)
    point: dict[Any, Any] = {}
    for estimate in found.estimates:
        for _, expr in entries(estimate, found.sample):
            try:
                value = number_of(expr, observed, columns)
            except NoValue:
                return False
            if not (calculator or is_clean(value)) or not inside(value, estimate, found.sample, point):
                return False
            if any(not one_middle(node, values) for node in expr.atoms(Median)):
                return False
            point[estimate.letter] = value
    return True


def one_middle(median: Any, values: Sequence[Any]) -> bool:
    """Is the median the only point that halves these observations? Between two middle ones every point does."""
    entries = median.function.atoms(sp.Indexed)
    order = sorted(substitute(median.function, dict.fromkeys(entries, value)) for value in values)
    return bool(order[(len(order) - 1) // 2] == order[len(order) // 2])


def vectors(found: MaximumLikelihood, values: Sequence[Any]) -> tuple[Any, ...]:
    """The observations as the estimates want them: a category as its one-hot vector."""
    support = found.sample.distribution.support
    if not isinstance(support, OneHot):
        return tuple(values)
    count = int(support.size)
    return tuple(tuple(sp.Integer(k == value) for k in range(1, count + 1)) for value in values)
