r"""``C_n^k`` and ``C^k_n``: the ways to choose k of n, where C has no other meaning and both letters count."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.reading import numbers
from derive.reading.exponents import guarded
from derive.reading.scope import Scope
from derive.reading.tree import Leaf, Node, Nodes, Scripted, core, name_of, unwrapped

NAMES = ("C", r"\mathrm{C}", r"\mathbf{C}", r"\mathbb{C}", r"\mathsf{C}")


def read(scope: Scope, node: Node) -> Any:
    """The binomial coefficient; None where the letter stands for something else."""
    if not isinstance(node, Scripted) or node.sub is None or node.sup is None or node.primes:
        return None
    base = core(node)
    stem = name_of((base,))
    if stem not in NAMES or scope.names.knows("C") or scope.bound_letter("C") is not None:
        return None
    if scope.names.knows(name_of((Scripted(base, node.sub, None, 0, node.at),))):
        return None
    if not (counting(scope, node.sub) and counting(scope, node.sup)):
        return None
    of, chosen = scope.value(node.sub), scope.value(node.sup)
    if not all(isinstance(v, sp.Expr) and v.is_integer for v in (of, chosen)):
        return None
    return guarded(scope, node, numbers.binomial, of, chosen)


def counting(scope: Scope, nodes: Nodes) -> bool:
    """Do only numbers and letters that are known to count stand here?"""
    letters = [n for n in unwrapped(nodes) if isinstance(n, Leaf) and n.kind == "letter"]
    others = [n for n in unwrapped(nodes) if not (isinstance(n, Leaf) and n.kind in ("letter", "number", "mark"))]
    if others or any(isinstance(n, Leaf) and n.text in ("*", "'") for n in unwrapped(nodes)):
        return False
    return all(scope.is_index(n.text) or counts(scope, n.text) for n in letters)


def counts(scope: Scope, name: str) -> bool:
    """Is the letter declared, or bound by a sum, as an integer?"""
    value = scope.bound_letter(name)
    value = scope.letter(name) if value is None else value
    return value is not None and bool(getattr(value, "is_integer", False))
