"""Matrices of numbers, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from derive.checking.budget import GivesUp

if TYPE_CHECKING:
    from derive.checking.walker import Walker

LARGEST = 60


def filled(walker: Walker, e: Any, cell: Callable[[int, int], Any]) -> Any:
    """The matrix of the cells (i, j), counted from 1."""
    rows, columns = size(walker, e)
    made = walker.ctx.matrix(rows, columns)
    for i in range(rows):
        for j in range(columns):
            made[i, j] = cell(i + 1, j + 1)
    return made


def size(walker: Walker, e: Any) -> tuple[int, int]:
    """Rows and columns at this point."""
    rows, columns = (walker.whole(n) for n in e.shape)
    if not (1 <= rows <= LARGEST and 1 <= columns <= LARGEST):
        raise GivesUp("size")
    return rows, columns


def same_shape(a: Any, b: Any) -> None:
    """Refuse what does not fit.

    Raises:
        GivesUp: the shapes differ.
    """
    if (a.rows, a.cols) != (b.rows, b.cols):
        raise GivesUp("shapes")


def largest(matrix: Any) -> Any:
    """The largest entry."""
    return max((abs(v) for v in matrix), default=0)
