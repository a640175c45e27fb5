"""Laws of the sigmoid function σ(z) = 1/(1 + e^{−z})."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.facts import Facts
from derive.core.nodes import Sigmoid
from derive.rules.rule import rule


@rule("links")
def log_of_sigmoid(node: Any, facts: Facts) -> Any | None:
    """log σ(z) = z − log(1 + e^z)."""
    if isinstance(node, sp.log) and isinstance(node.args[0], Sigmoid):
        z = node.args[0].args[0]
        return z - sp.log(1 + sp.exp(z))
    return None


@rule("links")
def log_of_complement(node: Any, facts: Facts) -> Any | None:
    """log(1 − σ(z)) = −log(1 + e^z)."""
    if not isinstance(node, sp.log):
        return None
    rest = 1 - node.args[0]
    return -sp.log(1 + sp.exp(rest.args[0])) if isinstance(rest, Sigmoid) else None


@rule("links")
def sigmoid_recognised(node: Any, facts: Facts) -> Any | None:
    """e^z/(1 + e^z) = σ(z)."""
    if not isinstance(node, sp.Mul):
        return None
    for top in node.args:
        bottom = 1 / (1 + top)
        if isinstance(top, sp.exp) and bottom in node.args:
            rest = [a for a in node.args if a not in (top, bottom)]
            return sp.Mul(Sigmoid(top.args[0]), *rest)
    return None


LINKS = (log_of_sigmoid, log_of_complement, sigmoid_recognised)
