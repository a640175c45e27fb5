"""Observations as numbers of the model, each inside the support."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import Integers, Interval, OneHot, Vector, contains, sum_of
from derive.core.errors import InputError
from derive.data import Observations
from derive.models.sample import Sample


def checked(observations: Observations, model: Sample) -> Sequence[Any]:
    """The observations as SymPy numbers or one-hot vectors; very many numbers as the floats that they are.

    Where an end of the support is to be estimated, the data say where it lies.

    Raises:
        InputError: one lies outside the support; the message names its row and the value.
    """
    support = with_numbers(model)
    if isinstance(support, OneHot):
        return one_hot(observations, int(support.size))
    if isinstance(support, Vector):
        return vectors(observations, support, model)
    if isinstance(observations.values, array):
        outside = first_outside(observations.values, support)
        if outside is not None:
            refuse(outside, observations, model)
        return observations.values
    values = []
    for place, value in enumerate(observations.values):
        if isinstance(value, str):
            refuse(place, observations, model)
        number = sp.Rational(value.numerator, value.denominator)  # type: ignore[union-attr]
        if not contains(support, number):
            refuse(place, observations, model)
        values.append(number)
    return tuple(values)


def vectors(observations: Observations, support: Any, model: Sample) -> tuple[Any, ...]:
    """Each observation as a tuple of SymPy numbers.

    Raises:
        InputError: one lies outside the support, or a known parameter of the support has no number.
    """
    total = sum_of(support)
    if total is not None and total.free_symbols:
        raise InputError(
            f"the support depends on {next(iter(total.free_symbols))}, which has no number",
            f"give it one in its place in {model.distribution.id}(…)",
        )
    values = []
    rows: Any = zip(observations.rows, observations.values, strict=True)
    for row, value in rows:
        vector = tuple(sp.Rational(v.numerator, v.denominator) for v in value)
        if not contains(support, vector):
            listed = ", ".join(shown(v) for v in value)
            name = model.distribution.id
            raise InputError(f"row {row}: ({listed}) lies outside the support of the {name} distribution")
        values.append(vector)
    return tuple(values)


def with_numbers(model: Sample) -> Any:
    """The support, an end that is to be estimated moved to infinity.

    Raises:
        InputError: an end is a known parameter without a number.
    """
    support: Any = model.distribution.support
    if not isinstance(support, Interval | Integers):
        return support
    ends = []
    for end, far in ((support.lower, -sp.oo), (support.upper, sp.oo)):
        free = [s for s in end.free_symbols if s not in model.letters]
        if free:
            raise InputError(
                f"the support depends on {free[0]}, which has no number",
                f"give it one, as in {model.distribution.id}(10, p)",
            )
        ends.append(far if end.free_symbols else end)
    if isinstance(support, Integers):
        return Integers(*ends)
    return replace(support, lower=ends[0], upper=ends[1])


def first_outside(values: array[float], support: Any) -> int | None:
    """Where the first float outside an interval or a run of integers stands."""
    low, high = float(support.lower), float(support.upper)
    whole = isinstance(support, Integers)
    low_open, high_open = (False, False) if whole else (support.lower_open, support.upper_open)
    least, greatest = min(values), max(values)
    inside = (low < least or (low == least and not low_open)) and (
        greatest < high or (greatest == high and not high_open)
    )
    if inside and not (whole and any(v % 1 for v in values)):
        return None
    for place, v in enumerate(values):
        if v < low or v > high or (v == low and low_open) or (v == high and high_open) or (whole and v % 1):
            return place
    return None


def refuse(place: int, observations: Observations, model: Sample) -> None:
    """Say which observation lies outside.

    Raises:
        InputError: always.
    """
    value, row = observations.values[place], observations.rows[place]
    name = model.distribution.id
    raise InputError(f"row {row}: {shown(value)} lies outside the support of the {name} distribution")


def shown(value: Any) -> str:
    """A value as it may be recognised: a decimal rather than a fraction."""
    if isinstance(value, str):
        return repr(value)
    return str(value) if not isinstance(value, float) and value.denominator == 1 else repr(float(value))


def one_hot(observations: Observations, size: int) -> tuple[Any, ...]:
    """Each label as a vector of zeros with a single one.

    Raises:
        InputError: there are more labels than categories.
    """
    labels = sorted(set(observations.values), key=lambda v: (isinstance(v, str), v))
    if all(not isinstance(v, str) and v.denominator == 1 and 1 <= v <= size for v in labels):  # type: ignore[union-attr]
        places = {v: int(v) for v in labels}
    elif len(labels) <= size:
        places = {v: k for k, v in enumerate(labels, start=1)}
    else:
        raise InputError(f"there are {len(labels)} categories in the data, but only {size} are declared")
    units = {k: tuple(sp.Integer(1 if j == k else 0) for j in range(1, size + 1)) for k in range(1, size + 1)}
    return tuple(units[places[v]] for v in observations.values)
