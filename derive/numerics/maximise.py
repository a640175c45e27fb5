"""The one door to numerical maxima."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from derive.core.domains import Interval
from derive.numerics.columns import Columns
from derive.numerics.found import Boundary, Found
from derive.numerics.one_letter import maximum_of_one
from derive.numerics.several import maximum_of_several


def maximum(
    objective: Any, gradient: Mapping[Any, Any], domains: Mapping[Any, Interval], columns: Columns
) -> Found | Boundary:
    """The largest maximum of an objective over open intervals.

    Args:
        objective: an expression over the data, in the letters.
        gradient: by letter its derivative, or a positive multiple of it.
        domains: of each letter; the ends are numbers.

    Raises:
        NoDerivation: an expression has a node that cannot be evaluated.
    """
    if len(gradient) == 1:
        ((letter, score),) = gradient.items()
        return maximum_of_one(objective, score, letter, domains[letter], columns)
    # Newton's method needs the derivatives themselves: multiples of them have no symmetric matrix.
    slopes = {letter: sp.diff(objective, letter) for letter in gradient}
    return maximum_of_several(objective, slopes, domains, columns)
