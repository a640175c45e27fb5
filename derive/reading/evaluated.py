r"""What stands before a bar with a value below it, or in brackets with two ends: ``f'(x) |_{x=0}``, ``[x^2/2]_0^1``."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.nodes import At, Partial
from derive.core.trees import mentions, substitute
from derive.core.vectors import is_matrix
from derive.reading.cursor import is_relation, is_sign, parted
from derive.reading.derivatives import variable_of
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Command, Leaf, Node, Nodes, Scripted, core, is_mark, unwrapped

NOTHING = r"\left."


def gathered(nodes: Nodes) -> Nodes:
    """The nodes with what is evaluated gathered under one command with its bar, or its brackets."""
    nodes = tuple(_bracketed(n) for n in nodes) if any(map(_has_ends, nodes)) else nodes
    if not any(map(_concerns, nodes)):
        return nodes
    place = _place(nodes)
    if place is None:
        return tuple(n for n in nodes if not is_mark(n, NOTHING))
    bar = nodes[place]
    assert isinstance(bar, Scripted)
    opened = next((k for k in reversed(range(place)) if is_mark(nodes[k], NOTHING)), None)
    signs = (k + 1 for k in reversed(range(place)) if is_sign(nodes[k]) or is_relation(nodes[k]))
    start = opened if opened is not None else next(signs, 0)
    made = Command("evaluated", (nodes[start:place], bar.sub or (), bar.sup or ()), bar.at)
    return gathered((*nodes[:start], made, *nodes[place + 1 :]))


def _has_ends(node: Node) -> bool:
    """Is it ``[F]_a^b``?"""
    if not isinstance(node, Scripted) or not isinstance(node.base, Bracket) or node.primes:
        return False
    return (node.base.open, node.base.close) == ("[", "]") and node.sub is not None and node.sup is not None


def _bracketed(node: Node) -> Node:
    if not _has_ends(node):
        return node
    assert isinstance(node, Scripted) and isinstance(node.base, Bracket)
    return Command("evaluated", (node.base.items, node.sub or (), node.sup or ()), node.at)


def _concerns(node: Node) -> bool:
    base = node.base if isinstance(node, Scripted) else node
    return isinstance(base, Leaf) and base.text in ("|", NOTHING)


def _place(nodes: Nodes) -> int | None:
    """Where the first bar of this kind stands; a bar that another one opens is none."""
    opened = False
    for place, node in enumerate(nodes):
        if not is_mark(core(node), "|"):
            continue
        if place and not opened and is_bar(node):
            return place
        opened = not opened
    return None


def is_bar(node: Node) -> bool:
    """Is it a bar with equations below, ``|_{x=0}``, or with two ends, ``|_0^1``?"""
    if not isinstance(node, Scripted) or not is_mark(node.base, "|") or node.sub is None:
        return False
    if node.sup is not None:
        return True
    parts = [unwrapped(p) for p in parted(unwrapped(node.sub), (",",))]
    return all(len(p) > 2 and any(is_mark(n, "=") for n in p[1:]) for p in parts)


def value(scope: Scope, node: Command) -> Any:
    """The expression at the values below the bar.

    Raises:
        Unreadable: a side of an equation is missing, or a derivative by a vector is evaluated.
    """
    made = scope.value(node.args[0])
    if node.args[2]:
        return _between(scope, node, made)
    for part in parted(unwrapped(node.args[1]), (",",)):
        left, right = (unwrapped(side) for side in parted(part, ("=",)))
        if not left or not right:
            raise scope.refuse("a value below the bar is missing", node)
        letter, at = variable_of(scope, left, left[0]), scope.value(right)
        if is_matrix(letter) or is_matrix(at):
            raise scope.refuse("a value at a vector cannot be read", node, "write the function with its argument")
        made = _at(scope, made, letter, at)
    return made


def _between(scope: Scope, node: Command, expr: Any) -> Any:
    """The value at the upper end minus the one at the lower."""
    low, high = (parted(unwrapped(end), ("=",)) for end in node.args[1:])
    named = next((variable_of(scope, unwrapped(e[0]), node) for e in (low, high) if len(e) == 2), None)
    ends = scope.value(low[-1]), scope.value(high[-1])
    letters = [s for s in expr.free_symbols if isinstance(s, sp.Symbol)]
    if named is None and len(letters) > 1:
        # The letter of an integral of this page between the same ends.
        over = {name for name, *between in scope.integrated if tuple(between) == ends}
        letters = [s for s in letters if s.name in over]
    if named is None and len(letters) != 1:
        raise scope.refuse("which letter has these two ends?", node, r"write |_{x=0}^{x=1}")
    letter = letters[0] if named is None else named
    return _at(scope, expr, letter, ends[1]) - _at(scope, expr, letter, ends[0])


def _at(scope: Scope, expr: Any, letter: Any, at: Any) -> Any:
    derivatives = [p for p in expr.atoms(Partial) if p.args[1] == letter]
    hidden = any(not _shows(scope, part, letter) for part in (expr, *(p.args[0] for p in derivatives)))
    if not derivatives and not hidden:
        return substitute(expr, {letter: at})
    if not hidden and isinstance(at, sp.Symbol) and not mentions(expr, at):
        # The derivative is the same under another letter.
        return substitute(expr, {letter: at})
    return At(expr, letter, at)


def _shows(scope: Scope, expr: Any, letter: Any) -> bool:
    """Does the letter stand in the expression itself, and not behind the name of something else?"""
    if expr.is_number:
        return True
    named = [s for s in expr.free_symbols | expr.atoms(AppliedUndef) if s in scope.facts.definitions]
    return bool(mentions(expr, letter)) and not named
