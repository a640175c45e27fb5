"""What stands above a factor: a power, or the T of a transpose."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.errors import InputError
from derive.core.phrase import Phrase
from derive.core.vectors import is_matrix
from derive.reading import matrices, numbers, scripts
from derive.reading.scope import Scope
from derive.reading.tree import Leaf, Node, Nodes, Scripted, is_mark, unwrapped


def guarded(scope: Scope, node: Node, make: Any, *args: Any) -> Any:
    """A node of SymPy's, its refusal with a place."""
    try:
        return make(*args)
    except InputError as error:
        raise scope.refuse(error.message, node, error.hint) from None


def _transposed_power(scope: Scope, node: Node, matrix: Any, exponent: Nodes) -> Any:
    r"""``A^{-T}``, ``A^{-1\\top}``; ``X^t`` of what has no powers. None for other exponents."""
    inner = unwrapped(exponent)
    last = inner[-1:]
    if len(inner) > 1 and scripts.is_transpose(last):
        power = -1 if len(inner) == 2 and is_mark(inner[0], "-") else scope.value(inner[:-1])
        return matrices.transposed(guarded(scope, node, matrices.power, matrix, sp.Integer(power)))
    square = matrix.shape[0] == matrix.shape[1]
    if not square and len(inner) == 1 and isinstance(inner[0], Leaf) and inner[0].text == "t":
        return matrices.transposed(matrix)
    return None


def raised(scope: Scope, node: Node, value: Any) -> Any:
    """The value with the node's exponent; a subscript has no meaning here."""
    if not isinstance(node, Scripted):
        return value
    if node.sub is not None:
        raise scope.refuse("a subscript has no meaning here", node)
    if node.primes == 1 and is_matrix(value):
        value = matrices.transposed(value)
    elif node.primes:
        raise scope.refuse("a prime has no meaning here", node)
    return value if node.sup is None else to_the(scope, node, value, node.sup)


def to_the(scope: Scope, node: Node, value: Any, exponent: Nodes) -> Any:
    """value^exponent; T transposes what can be transposed."""
    if scripts.is_transpose(exponent) and (is_matrix(value) or scope.letter("T") is None):
        if not is_matrix(value):
            scope.remark(Phrase("remark_transpose_of_number", {"written": scope.spelled(node)}))
            return value
        return matrices.transposed(value)
    if is_matrix(value) and (made := _transposed_power(scope, node, value, exponent)) is not None:
        return made
    inner = unwrapped(exponent)
    if len(inner) == 1 and isinstance(inner[0], Leaf) and inner[0].text in ("*", r"\star"):
        raise scope.refuse("a star is no exponent", node)
    if is_matrix(value):
        return guarded(scope, node, matrices.power, value, scope.value(exponent))
    return guarded(scope, node, numbers.power, value, scope.value(exponent))
