"""What stands below and above a letter: indices, iterates, decorations, the T of a transpose."""

from __future__ import annotations

from typing import Any

from derive.reading.cursor import parted
from derive.reading.scope import SIZES, Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, is_mark, name_of, unwrapped

DECORATIONS = ("old", "new", "MLE", "ML", "MAP", "OLS", "LS", "opt", "true")


TRANSPOSED = ("T", r"\top", r"\intercal", r"\mathsf{T}")


def is_word(sub: Nodes) -> bool:
    """Does a word stand below, as in ``w_{MAP}``?"""
    inner = unwrapped(sub)
    letters = [n for n in inner if isinstance(n, Leaf) and n.kind == "letter"]
    return any(isinstance(n, Leaf) and n.kind in ("word", "text") for n in inner) or (
        len(letters) > 1 and all(n.text.isupper() for n in letters)
    )


def all_indices(scope: Scope, sub: Nodes) -> bool:
    """Do only indices stand below?"""
    letters = [n for n in unwrapped(sub) if isinstance(n, Leaf) and n.kind == "letter"]
    others = [n for n in unwrapped(sub) if not (isinstance(n, Leaf) and n.kind in ("letter", "number", "mark"))]
    return bool(letters) and not others and all(scope.is_index(n.text) for n in letters)


def indices_of(scope: Scope, base: Node, sub: Nodes) -> tuple[Any, ...]:
    """The indices below: ``i``, ``i,k``, ``ik``, ``12``, ``i+1``."""
    made: list[Any] = []
    for part in parted(unwrapped(sub), (",",)):
        nodes = unwrapped(part)
        letters = all(isinstance(n, Leaf) and n.kind in ("letter", "number") for n in nodes)
        pieces = [(n,) for n in nodes] if letters and len(nodes) > 1 else [nodes]
        if letters and len(nodes) > 1 and all(isinstance(n, Leaf) and n.kind == "number" for n in nodes):
            pieces = [nodes]
        made.extend(index_of(scope, piece) for piece in pieces)
    return tuple(made)


def index_of(scope: Scope, nodes: Nodes) -> Any:
    """One index: a letter, or an expression such as i + 1."""
    if len(nodes) == 1 and isinstance(nodes[0], Leaf) and nodes[0].kind == "letter":
        return scope.index(nodes[0].text)
    return scope.value(nodes)


def index_above(scope: Scope, base: Node, sup: Nodes) -> Any:
    """The index of ``x^{(i)}``; None where the exponent is none."""
    inner = unwrapped(sup)
    if len(inner) != 1 or not isinstance(inner[0], Bracket) or inner[0].open != "(":
        return None
    inside = unwrapped(inner[0].items)
    stem = name_of((base,))
    known = scope.family(stem) is not None or scope.matrix(stem + "_") is not None
    if _is_step(inside) and (known or scope.is_index(name_of(inside[:1]))):
        scope.index(name_of(inside[:1]))
        return scope.value(inside)
    if len(inside) != 1 or not isinstance(inside[0], Leaf):
        return None
    if inside[0].kind == "letter" and (known or scope.is_index(inside[0].text)):
        return scope.index(inside[0].text)
    if inside[0].kind == "number" and known:
        return scope.value(inside)
    return None


def _is_step(nodes: Nodes) -> bool:
    """Is it an index and a number, the t + 1 of the next iterate?"""
    if len(nodes) != 3 or not all(isinstance(n, Leaf) for n in nodes):
        return False
    first, sign, last = nodes
    letter = isinstance(first, Leaf) and first.kind == "letter" and first.text not in SIZES
    return letter and is_mark(sign, "+", "-") and isinstance(last, Leaf) and last.kind == "number"


def is_decoration(sup: Nodes) -> bool:
    r"""Does the script belong to the name: ``\theta^*``, ``\theta^{(t)}``, ``\theta^{old}``?"""
    inner = unwrapped(sup)
    if len(inner) != 1:
        return name_of(inner) in DECORATIONS
    only = inner[0]
    if isinstance(only, Bracket):
        return only.open == "(" and len(unwrapped(only.items)) == 1 and isinstance(unwrapped(only.items)[0], Leaf)
    return isinstance(only, Leaf) and (
        only.text in ("*", r"\star", r"\ast", r"\dagger") or only.kind in ("text", "word")
    )


def is_transpose(sup: Nodes) -> bool:
    """Is the exponent a T?"""
    inner = unwrapped(sup)
    return len(inner) == 1 and isinstance(inner[0], Leaf) and inner[0].text in TRANSPOSED
