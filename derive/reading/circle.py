r"""The number π beside weights π_k: in ``\sqrt{2\pi}`` no family is meant."""

from __future__ import annotations

from derive.reading.cursor import Cursor
from derive.reading.scope import Scope
from derive.reading.tree import Leaf, Node, Scripted, core


def is_the_number(scope: Scope, node: Node, cursor: Cursor) -> bool:
    r"""Is the ``\pi`` just taken the number, though a family or a vector has that name?

    It is behind a number: nobody writes twice a vector of weights, and everybody 2π. A single letter π is what it was
    declared to be.
    """
    if core(node) != node and not (isinstance(node, Scripted) and node.sub is None and not node.primes):
        return False
    if scope.names.letters.get(r"\pi") is not None or scope.bound_letter(r"\pi") is not None:
        return False
    if scope.family(r"\pi") is None and scope.matrix(r"\pi") is None and scope.matrix(r"\pi_") is None:
        return False
    before = [n for n in cursor.nodes[: cursor.place - 1] if not (isinstance(n, Leaf) and n.kind == "gap")]
    return bool(before) and isinstance(before[-1], Leaf) and before[-1].kind == "number"
