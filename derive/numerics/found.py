"""What a search for a maximum comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """A maximum inside the open domain, the largest of those that were found.

    Args:
        point: the letters' values, numbers of the columns' arithmetic.
        objective: the value there.
        hessian_negative: the second derivatives are negative definite there; where not, the maximum may be flat.
        others: how many other local maxima were seen.
        tied: how many of them are as high, as far as the digits tell.
    """

    point: Mapping[Any, Any]
    objective: Any
    hessian_negative: bool
    others: int = 0
    tied: int = 0


@dataclass(frozen=True, slots=True)
class Boundary:
    """There is no maximum inside: the objective is largest towards the boundary.

    Args:
        letters, ends: which letters leave the domain, and towards which ends of it.
        attained: the ends belong to the domain.
        flat: the objective does not depend on the letters at all.
    """

    letters: tuple[Any, ...]
    ends: tuple[Any, ...]
    attained: bool = False
    flat: bool = False
