"""A place in a row of nodes; gaps are passed over."""

from __future__ import annotations

from derive.reading.tree import Leaf, Node, Nodes, is_mark

RELATIONS = {
    "=": "=",
    r"\lt": "<",
    r"\gt": ">",
    "<": "<",
    ">": ">",
    r"\le": r"\le",
    r"\leq": r"\le",
    r"\leqslant": r"\le",
    r"\ge": r"\ge",
    r"\geq": r"\ge",
    r"\geqslant": r"\ge",
    r"\approx": r"\approx",
    r"\simeq": r"\approx",
    r"\propto": r"\propto",
    r"\equiv": r"\equiv",
    r"\ne": r"\ne",
    r"\neq": r"\ne",
    r"\sim": r"\sim",
    r"\in": r"\in",
    r"\to": r"\to",
    r"\rightarrow": r"\to",
    r"\longrightarrow": r"\to",
    r"\leftarrow": r"\leftarrow",
    r"\gets": r"\leftarrow",
    r"\triangleq": ":=",
    r"\coloneqq": ":=",
    r"\doteq": ":=",
    ":=": ":=",
    r"\iff": r"\iff",
    r"\Leftrightarrow": r"\iff",
    r"\Longleftrightarrow": r"\iff",
    r"\Rightarrow": r"\implies",
    r"\implies": r"\implies",
    r"\Longrightarrow": r"\implies",
    r"\therefore": r"\implies",
    r"\cong": r"\approx",
    r"\lesssim": r"\le",
    r"\ll": r"\ll",
    r"\gg": r"\gg",
    r"\subset": r"\subset",
    r"\subseteq": r"\subset",
    r"\mapsto": r"\to",
    r"\overset": "=",
}
DOTS = (r"\dots", r"\ldots", r"\cdots", r"\dotsc", r"\dotsb", r"\dotsm")
SIGNS = frozenset(("+", "-", r"\pm", r"\mp"))
ENDINGS = frozenset((*SIGNS, ",", ";", ":", ".", *RELATIONS))


class Cursor:
    """The nodes of one level and how far they are read."""

    __slots__ = ("nodes", "place")

    def __init__(self, nodes: Nodes, place: int = 0) -> None:
        self.nodes, self.place = nodes, place

    def peek(self) -> Node | None:
        """The next node that is not a gap."""
        nodes, place = self.nodes, self.place
        end = len(nodes)
        while place < end:
            node = nodes[place]
            if not (isinstance(node, Leaf) and node.kind == "gap"):
                self.place = place
                return node
            place += 1
        self.place = place
        return None

    def take(self) -> Node:
        """The next node, passed."""
        node = self.peek()
        assert node is not None
        self.place += 1
        return node

    def after_gap(self) -> bool:
        """Does a typed space stand before the next node?"""
        self.peek()
        before = self.nodes[self.place - 1] if 0 < self.place <= len(self.nodes) else None
        return isinstance(before, Leaf) and before.kind == "gap"

    def rest(self) -> Nodes:
        """What is not read yet."""
        return self.nodes[self.place :]

    def at(self, end: int = 0) -> int:
        """Where the next node stands in the source; at the end, where the last one does."""
        node = self.peek()
        return node.at if node is not None else (self.nodes[-1].at if self.nodes else end)


def is_relation(node: Node | None) -> bool:
    """Does a relation sign begin here?"""
    return isinstance(node, Leaf) and node.kind in ("mark", "command") and node.text in RELATIONS


def ends_term(node: Node | None) -> bool:
    """Does a product end before this node?"""
    if not isinstance(node, Leaf):
        return node is None
    return node.text in ENDINGS and node.kind in ("mark", "command")


def is_sign(node: Node | None) -> bool:
    """Plus, minus, or either."""
    return isinstance(node, Leaf) and node.text in SIGNS and node.kind in ("mark", "command")


def parted(nodes: Nodes, marks: tuple[str, ...]) -> list[Nodes]:
    """The pieces between marks of this level."""
    if not any(is_mark(node, *marks) for node in nodes):
        return [nodes]
    pieces: list[list[Node]] = [[]]
    for node in nodes:
        if is_mark(node, *marks):
            pieces.append([])
        else:
            pieces[-1].append(node)
    return [tuple(p) for p in pieces]
