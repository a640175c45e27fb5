"""A few observations to try an estimate on, where none were given."""

from __future__ import annotations

import sympy as sp

from derive.core.domains import Domain, Integers, Interval, OneHot, contains

_PLACES = (sp.Rational(1, 2), sp.Rational(1, 5), sp.Rational(4, 5), sp.Rational(3, 10), sp.Rational(13, 20))
_STEPS = (sp.Rational(7, 10), sp.Rational(3, 10), sp.Rational(19, 10), sp.Rational(11, 10), sp.Rational(13, 5))


def example_data(support: Domain) -> str:
    """Values inside a support, as they are typed; empty where its ends are letters.

    >>> from derive.core.domains import BINARY, POSITIVE
    >>> example_data(BINARY), example_data(POSITIVE)
    ('0 1 1 0 1', '0.7 0.3 1.9 1.1 2.6')
    """
    if isinstance(support, OneHot):
        size = int(support.size) if support.size.is_number else 3
        return " ".join(str(k) for k in (*range(1, size + 1), 1))
    if not isinstance(support, Interval | Integers):
        return ""
    lower, upper = support.lower, support.upper
    if lower.free_symbols or upper.free_symbols:
        return ""
    if isinstance(support, Integers):
        start = lower if lower.is_finite else sp.Integer(0)
        values = [start + k for k in (0, 1, 3, 2, 1)]
        if upper.is_finite:
            values = [min(v, upper - (k % 2 if upper - start > 1 else 0)) for k, v in enumerate(values)]
            values[3] = start
    elif lower.is_finite and upper.is_finite:
        values = [lower + (upper - lower) * place for place in _PLACES]
    elif upper.is_finite:
        values = [upper - step for step in _STEPS]
    else:
        values = [(lower if lower.is_finite else 0) + step for step in _STEPS]
    assert all(contains(support, v) for v in values)
    return " ".join(str(v if v.is_Integer else float(v)) for v in values)
