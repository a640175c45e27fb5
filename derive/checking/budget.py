"""How much work a judgement may cost, and the ways in which it can give up."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.claim import Claim
from derive.core.statement import Statement

OPERATIONS = 400_000
NODES = 6_000
NESTING = 90
EXPONENT_BITS = 4_000


class GivesUp(Exception):
    """A procedure of the judge does not apply or would cost too much; never leaves this room.

    Args:
        reason: a short name, shown in the verdict.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Budget:
    """A count of operations, so that giving up does not depend on a clock."""

    def __init__(self, operations: int = OPERATIONS) -> None:
        self.left = operations

    def spend(self, amount: int = 1) -> None:
        """Count operations.

        Raises:
            GivesUp: there are none left.
        """
        self.left -= amount
        if self.left < 0:
            raise GivesUp("budget")


def unwritable(node: Any) -> bool:
    """Would SymPy write down a number too long, if it evaluated this node?"""
    if isinstance(node, sp.Integer):
        return int(node).bit_length() > EXPONENT_BITS
    if isinstance(node, sp.Pow) and not node.base.free_symbols:
        exponent = node.exp
        if exponent.is_Rational:
            return bool(abs(exponent) > EXPONENT_BITS)
        return any(
            isinstance(p, sp.Pow) and p.base.is_Integer and p.exp.is_number for p in sp.preorder_traversal(exponent)
        )
    if isinstance(node, sp.factorial | sp.gamma | sp.binomial):
        return any(arg.is_Number and abs(arg) > EXPONENT_BITS for arg in node.args)
    return False


def measured(claim: Claim) -> None:
    """Look at the size of both sides before anything walks them.

    Raises:
        GivesUp: too many nodes, too deep, or a power of numbers too large to write down.
    """
    waiting: list[tuple[Any, int]] = []
    for side in (claim.left, claim.right):
        waiting.extend((e, 0) for e in ((side.left, side.right) if isinstance(side, Statement) else (side,)))
    seen = 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        if seen > NODES or depth > NESTING:
            raise GivesUp("size")
        if unwritable(node):
            raise GivesUp("size")
        waiting.extend((arg, depth + 1) for arg in node.args)
