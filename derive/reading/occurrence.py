"""Where a letter occurs free in what is written, and where it is bound."""

from __future__ import annotations

from derive.reading.cursor import parted
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
        if nodes:
            made.append(name_of((nodes[0],)))
    return tuple(made)


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
