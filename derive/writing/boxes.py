"""From a layout tree to a box of lines: stacked fractions, limits over and under their signs."""

from __future__ import annotations

from collections.abc import Sequence

from derive.writing.box import Box, stacked, text_box
from derive.writing.line import BARS, inline, without_idle_gaps
from derive.writing.mathtree import (
    Accent,
    Applied,
    BigOperator,
    Binomial,
    Brackets,
    Cases,
    Fraction,
    Gap,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
)
from derive.writing.unicode import accented, character, lowered, raised

TALL = {
    "round": ("⎛⎜⎝", "⎞⎟⎠"),
    "square": ("⎡⎢⎣", "⎤⎥⎦"),
    "bars": ("│││", "│││"),
    "norm": ("║║║", "║║║"),
    "floor": ("││⌊", "││⌋"),
    "ceiling": ("⌈││", "⌉││"),
    "braces": ("⎧⎨⎩", "⎫⎬⎭"),
}


def boxed(node: Node) -> Box:
    """A layout tree as a box."""
    match node:
        case Row(items):
            return _boxed_row(without_idle_gaps(items))
        case Applied(head, arguments):
            return boxed(head).beside(boxed(arguments))
        case Fraction(over, under):
            top, bottom = boxed(over), boxed(under)
            wide = max(top.width, bottom.width) + 2
            return stacked([top, text_box("─" * wide), bottom], 1)
        case Binomial(top_node, bottom_node):
            return _delimited(stacked([boxed(top_node), text_box(" "), boxed(bottom_node)], 1), "round")
        case Root(content):
            return _root(boxed(content))
        case Scripts():
            return _scripted(node)
        case BigOperator(text, lower, upper):
            parts = [text_box(inline(upper) if upper else ""), text_box(character(text))]
            made = stacked([*parts, text_box(_compact(lower))], 1)
            return made if lower or upper else text_box(character(text))
        case Brackets(content, kind):
            return _delimited(boxed(content), kind)
        case Cases(rows):
            lines = [boxed(row_).beside(text_box(",  ")).beside(boxed(condition)) for row_, condition in rows]
            left = stacked(lines, len(lines) // 2, centred=False)
            brace = ["⎧", *["⎪"] * max(left.height - 2, 0), "⎩"] if left.height > 1 else ["{"]
            if left.height > 2:
                brace[left.height // 2] = "⎨"
            return Box(tuple(brace), left.baseline).beside(text_box(" ")).beside(left)
        case Accent(kind, content) if boxed(content).height == 1:
            return text_box(accented(kind, inline(content)))
        case _:
            return text_box(inline(node))


def _boxed_row(items: Sequence[Node]) -> Box:
    """Side by side, signs with air around them; a box that ends in a blank needs no gap unless a Σ follows."""
    made = Box(("",), 0)
    for k, item in enumerate(items):
        if isinstance(item, Sign):
            mark = character(item.text)
            made = made.beside(text_box(f" {mark} " if k else mark))
        elif isinstance(item, Gap) and made.lines[made.baseline].endswith(" "):
            if isinstance(items[k + 1], BigOperator):
                made = made.beside(text_box(" "))
        else:
            made = made.beside(boxed(item))
    return made


def _compact(node: Node | None) -> str:
    return inline(node).replace(" = ", "=") if node else ""


def _scripted(node: Scripts) -> Box:
    """Scripts in the line where Unicode has them, else a raised or lowered box."""
    base = boxed(node.base)
    sub, sup = _compact(node.sub), _compact(node.sup)
    if base.height == 1 and (lowered(sub) or not sub) and (raised(sup) or not sup):
        return base.beside(text_box(lowered(sub) + raised(sup)))
    below = boxed(node.sub) if node.sub else None
    above = boxed(node.sup) if node.sup else None
    if sub and lowered(sub) and base.height == 1:
        base, below = base.beside(text_box(lowered(sub))), None
    if above is None and below is None:
        return base
    wide = max(part.width for part in (above, below) if part is not None)
    column = ([*above.lines] if above else []) + [" " * wide] * base.height + ([*below.lines] if below else [])
    right = Box(tuple(column), (above.height if above else 0) + base.baseline)
    return base.beside(right)


def _delimited(content: Box, kind: str) -> Box:
    if content.height == 1:
        return text_box(BARS[kind][0]).beside(content).beside(text_box(BARS[kind][1]))
    left, right = (
        Box((marks[0], *marks[1] * (content.height - 2), marks[2]), content.baseline) for marks in TALL[kind]
    )
    return left.beside(content).beside(right)


def _root(content: Box) -> Box:
    if content.height == 1:
        line = content.lines[0]
        return text_box(f"√{line}" if content.width == 1 else f"√({line})")
    over = "_" * content.width
    left = (" ", *["│"] * (content.height - 1), "√")
    return Box(tuple(a + b for a, b in zip(left, (over, *content.lines), strict=True)), content.baseline + 1)
