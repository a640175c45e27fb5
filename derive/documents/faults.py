"""What SymPy raises on expressions that it cannot build; the line is then left undecided."""

from __future__ import annotations

from sympy.polys.polyerrors import BasePolynomialError
from sympy.tensor.indexed import IndexException

FAULTS = (
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    LookupError,
    NotImplementedError,
    RecursionError,
    IndexException,
    BasePolynomialError,
)
