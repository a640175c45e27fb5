r"""``+ \text{const.}`` and ``+ \text{常数}``: words next to a plus sign that are a term, the constant."""

from __future__ import annotations

import re

from derive.reading.tree import Leaf, Node, Nodes, is_gap, is_mark

NAME = "const"
_WORD = re.compile(r"\s*[(（]?\s*(?:const(?:ant)?s?\.?|cst\.?|常[数量]项?)\s*[)）]?\s*[.,;。，；]?\s*\Z", re.IGNORECASE)


def with_constants(nodes: Nodes) -> Nodes:
    """The nodes with a name in the place of such words."""
    made: list[Node] = list(nodes)
    solid = [at for at, node in enumerate(nodes) if not is_gap(node)]
    for place, at in enumerate(solid):
        node = nodes[at]
        near = [nodes[solid[k]] for k in (place - 1, place + 1) if 0 <= k < len(solid)]
        if isinstance(node, Leaf) and node.kind == "text" and _WORD.match(node.text) and any(map(is_plus, near)):
            made[at] = Leaf("word", NAME, node.at)
    return tuple(made)


def is_plus(node: Node) -> bool:
    """A sign between terms."""
    return is_mark(node, "+", "-")
