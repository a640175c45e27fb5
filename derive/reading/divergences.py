"""Entropies and divergences between laws with names: ``H(p, q)``, ``D_{KL}(p\\|q)``."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derive.core.information import CrossEntropy, Divergence, Entropy
from derive.core.phrase import Phrase
from derive.reading import joint_information
from derive.reading.cursor import Cursor, parted
from derive.reading.named_laws import law_of
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Scripted, core, is_mark, name_of, unwrapped


def divergence(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """D_{KL}(p‖q); None where the arguments name no laws."""
    bracket = core(cursor.peek() or node)
    assert isinstance(bracket, Bracket)
    parts = [p for p in parted(bracket.items, ("|", r"\|", ",", ";", ":")) if unwrapped(p)]
    if (spelled := joint_information.divergence(scope, parts)) is not None:
        cursor.take()
        return _in_base(scope, spelled)
    barred = any(is_mark(n, "|", r"\|") for n in bracket.items)
    if not barred and not all(_names_a_law(scope, p, 2) for p in parts):
        return None
    laws = [law_of(scope, _with_lost_subscript(scope, p)) for p in parts]
    if len(parts) != 2 or any(law is None for law in laws):
        raise scope.refuse("a divergence is read between two laws with names", node, "`given: p(x), q(x) pmf on …`")
    cursor.take()
    return _in_base(scope, Divergence(*laws))


def is_between_laws(scope: Scope, following: Node | None) -> bool:
    r"""Is it the bracket of ``D(p \| q)`` or ``D(p || q)``?"""
    bracket = core(following) if following is not None else None
    if not isinstance(bracket, Bracket) or not any(is_mark(n, "|", r"\|") for n in bracket.items):
        return False
    parts = [p for p in parted(bracket.items, ("|", r"\|")) if unwrapped(p)]
    if len(parts) != 2 or not any(_names_a_law(scope, p, 2) for p in parts):
        return False
    return all(_names_a_law(scope, p, 2) or _is_free_name(scope, p) for p in parts)


def _is_free_name(scope: Scope, nodes: Nodes) -> bool:
    """One letter that is declared nowhere: beside a law, it names another."""
    inner = unwrapped(nodes)
    return len(inner) == 1 and isinstance(inner[0], Leaf | Scripted) and not scope.names.knows(name_of(inner))


def _with_lost_subscript(scope: Scope, nodes: Nodes) -> Nodes:
    """``p 1`` for ``p_1``, where the sign of the subscript was lost: a law is no product."""
    inner = unwrapped(nodes)
    if len(inner) != 2 or not all(isinstance(n, Leaf) for n in inner):
        return nodes
    stem, below = inner
    if not isinstance(below, Leaf) or below.kind != "number" or not isinstance(stem, Leaf) or stem.kind != "letter":
        return nodes
    made = Scripted(stem, (below,), None, 0, stem.at)
    scope.remark(Phrase("remark_same_letter", {"written": f"{stem.text} {below.text}", "meant": name_of((made,))}))
    return (made,)


def entropy(scope: Scope, node: Node, stem: str, cursor: Cursor) -> Any:
    """H(p), H(X), H(p, q), H_p(q); None where the arguments are no laws (a loss called H)."""
    bracket = core(cursor.peek() or node)
    assert isinstance(bracket, Bracket)
    if not isinstance(node, Scripted) and (spelled := joint_information.entropy(scope, bracket)) is not None:
        cursor.take()
        return _in_base(scope, spelled)
    parts = parted(bracket.items, (",", ";", r"\|"))
    sub = node.sub if isinstance(node, Scripted) else None
    if (isinstance(node, Scripted) and node.sup is not None) or len(parts) > 2 or (sub is not None and len(parts) > 1):
        return None
    names = [*((sub,) if sub is not None else ()), *parts]
    if any(not _names_a_law(scope, n, len(names)) for n in names):
        return None
    laws = [law_of(scope, n) for n in names]
    if any(law is None for law in laws):
        return None
    cursor.take()
    return _in_base(scope, Entropy(laws[0]) if len(laws) == 1 else CrossEntropy(*laws))


def information(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """I(X; Y); None where I is something else."""
    bracket = core(cursor.peek() or node)
    made = joint_information.information(scope, bracket) if isinstance(bracket, Bracket) else None
    if made is not None:
        cursor.take()
    return None if made is None else _in_base(scope, made)


def _in_base(scope: Scope, nats: Any) -> Any:
    """In the unit of the page's logarithm."""
    base = scope.facts.definitions.get(r"\log")
    return nats if base is None else nats / sp.log(base)


def _names_a_law(scope: Scope, nodes: Nodes, count: int) -> bool:
    """A declared law or variable; undeclared, the letters that everybody uses for one."""
    inner = unwrapped(nodes)
    bare = tuple(n for n in inner if not isinstance(n, Bracket))
    name = name_of(bare)
    if any(isinstance(n, Leaf) and n.kind == "mark" for n in inner):
        return False
    known = {k.lower() for k in (*scope.names.laws, *scope.names.variables)}
    if name.lower() in known:
        return True
    return not scope.names.knows(name) and name in ("p", "q", "P", "Q", *(("X", "Y") if count == 1 else ()))
