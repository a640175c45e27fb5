"""Where a letter occurs free in what is written, and where it is bound."""

from __future__ import annotations

from itertools import pairwise

from derive.reading.cursor import is_relation, parted
from derive.reading.tree import (
    Bracket,
    Command,
    Leaf,
    Node,
    Nodes,
    Scripted,
    Table,
    core,
    is_command,
    name_of,
    unwrapped,
)


def bound_names(sub: Nodes) -> tuple[str, ...]:
    r"""The letters that a subscript binds: ``i=1``, ``i``, ``x \in X``, ``j \neq i``, ``i,j``."""
    made: list[str] = []
    for part in parted(unwrapped(sub), (",",)):
        nodes = unwrapped(part)
        signs = [k for k, n in enumerate(nodes) if is_relation(n)]
        if len(signs) > 1:
            # 1 <= i < j <= n
            made.extend(name_of(unwrapped(nodes[a + 1 : b])) for a, b in pairwise(signs))
        elif signs and isinstance(nodes[0], Scripted) and (below := indices_below(nodes)):
            made.extend(below)
        elif nodes:
            made.append(name_of((nodes[0],)))
    return tuple(made)


def indices_below(nodes: Nodes) -> list[str]:
    """The letters that stand in subscripts, each once."""
    made: dict[str, None] = {}
    for node in nodes:
        match node:
            case Scripted(base, sub, sup):
                below = [n for n in unwrapped(sub or ()) if isinstance(n, Leaf) and n.kind == "letter"]
                made |= dict.fromkeys(n.text for n in below)
                made |= dict.fromkeys(indices_below((base, *(sup or ()))))
            case Bracket(_, _, items):
                made |= dict.fromkeys(indices_below(items))
            case Command(_, args):
                made |= dict.fromkeys(n for a in args for n in indices_below(a))
    return list(made)


def count(nodes: Nodes, name: str) -> int:
    """How often the letter is written."""
    total = 0
    for node in nodes:
        match node:
            case Leaf(kind, text):
                total += text == name and kind in ("letter", "command")
            case Bracket(_, _, items):
                total += count(items, name)
            case Command(_, args):
                total += sum(count(a, name) for a in args)
            case Scripted(base, sub, sup):
                total += count((base, *(sub or ()), *(sup or ())), name)
            case Table(_, rows):
                total += sum(count(cell, name) for row in rows for cell in row)
    return total


def uses(nodes: Nodes, name: str) -> bool:
    """Does the letter occur free?"""
    for node in nodes:
        base = core(node)
        if _binds(base) and isinstance(node, Scripted) and name in bound_names(node.sub or ()):
            return bool(node.sup and uses(node.sup, name))
        if _uses(node, name):
            return True
    return False


def _binds(base: Node) -> bool:
    """Does this node bind the letter below it?"""
    picked = isinstance(base, Leaf) and base.kind == "word" and base.text in ("med", "max", "min")
    return picked or is_command(base, r"\sum", r"\prod", r"\max", r"\min")


def _uses(node: Node, name: str) -> bool:
    match node:
        case Leaf(kind, text):
            return text == name and kind in ("letter", "command")
        case Bracket(_, _, items):
            return uses(items, name)
        case Command(_, args):
            return any(uses(a, name) for a in args)
        case Scripted(base, sub, sup):
            return _uses(base, name) or uses(sub or (), name) or uses(sup or (), name)
        case Table(_, rows):
            return any(uses(cell, name) for row in rows for cell in row)
