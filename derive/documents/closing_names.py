r"""A chain that ends with a name: ``\log p(x) \ge E_q[…] \triangleq \mathcal{L}(q)``, ``… =: Z``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.relation import DEFINED
from derive.documents.definitions import introduced, introduction
from derive.documents.letters import is_letter
from derive.reading.chains import Link, Side

if TYPE_CHECKING:
    from derive.documents.course import Course


def named_behind(course: Course, left: Side, link: Link, right: Side) -> bool:
    """Is the right side a new name for the left one? It then has its meaning."""
    name, value = right.value, left.value
    if link.relation != DEFINED or not isinstance(value, sp.Basic) or not isinstance(name, sp.Symbol | AppliedUndef):
        return False
    if (
        is_letter(value)
        or isinstance(value, AppliedUndef)
        or value.is_number
        or introduced(course, name, value) is None
    ):
        return False
    introduction(course, name, value, link.line)
    return True
