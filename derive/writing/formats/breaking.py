r"""Long formulas in several lines: broken at relations, then at plus and minus signs, last inside brackets."""

from __future__ import annotations

from collections.abc import Callable

from derive.writing.formats.widths import printed_width
from derive.writing.latex import DELIMITERS, joined, written
from derive.writing.mathtree import Brackets, Node, Row, Sign, is_tall

_TERM_SIGNS = frozenset({"+", "-"})
_INDENT = 2.0
"""What a line that goes on is pushed to the right, in em."""


def parted(node: Node, longest: float) -> list[str]:
    """The formula in lines of about that many em at most, each after the first beginning with its sign.

    A formula that has no place to be broken at stays on one line.

    >>> from derive.writing.mathtree import Atom
    >>> parted(Row((Atom("a"), Sign("+"), Atom("b"), Sign("-"), Atom("c"))), longest=1)
    ['a', '{} + b', '{} - c']
    """
    first, *rest = _lines(list(node.items) if isinstance(node, Row) else [node], longest)
    return [joined(map(written, first)).strip(), *("{} " + _continued(line) for line in rest)]


def _lines(items: list[Node], longest: float) -> list[list[Node]]:
    if printed_width(Row(tuple(items))) <= longest or len(items) < 1:
        return [items]
    for is_place in (_is_relation, _is_term_sign):
        pieces = _cut(items, is_place)
        if len(pieces) > 1:
            inner = [_inner(piece, longest, is_place) for piece in pieces]
            lines = [line for piece in inner for line in piece]
            # Beside a relation whose side fills several lines, nothing else stands.
            crowded = is_place is _is_relation and any(len(piece) > 1 for piece in inner)
            return lines if crowded else _filled(lines, longest)
    return _opened(items, longest)


def _inner(piece: list[Node], longest: float, is_place: Callable[[Node], bool]) -> list[list[Node]]:
    """A piece that is itself too long, broken further; its own leading sign is no place to break at."""
    head = piece[:1] if is_place(piece[0]) else []
    first, *rest = _lines(piece[len(head) :], longest - _INDENT)
    return [head + first, *rest]


def _cut(items: list[Node], is_place: Callable[[Node], bool]) -> list[list[Node]]:
    pieces: list[list[Node]] = [[]]
    for item in items:
        # A sign at the beginning, or right after another one, belongs to what follows.
        if is_place(item) and pieces[-1] and not isinstance(pieces[-1][-1], Sign):
            pieces.append([])
        pieces[-1].append(item)
    return pieces


def _filled(lines: list[list[Node]], longest: float) -> list[list[Node]]:
    """Neighbours put on one line where they fit."""
    made: list[list[Node]] = []
    for line in lines:
        together = printed_width(Row((*made[-1], *line))) if made else 0.0
        if made and together <= longest and not _is_open(made[-1]) and not _is_open(line):
            made[-1] = made[-1] + line
        else:
            made.append(line)
    return made


def _opened(items: list[Node], longest: float) -> list[list[Node]]:
    """Broken inside the widest pair of brackets; the two delimiters then stand on different lines."""
    places = [k for k, item in enumerate(items) if isinstance(item, Brackets)]
    if not places:
        return [items]
    at = max(places, key=lambda k: printed_width(items[k]))
    brackets = items[at]
    assert isinstance(brackets, Brackets)
    content: list[Node] = [brackets.content]
    if isinstance(brackets.content, Row):
        content = list(brackets.content.items)
    inner = _lines(content, longest - _INDENT)
    if len(inner) == 1:
        return [items]
    left, right = DELIMITERS[brackets.kind]
    size = "bigg" if is_tall(brackets.content) else "big"
    begin, end = _Delimiter(rf"\{size}l{left}"), _Delimiter(rf"\{size}r{right}")
    first, *middle, last = inner
    return [[*items[:at], begin, *first], *middle, [*last, end, *items[at + 1 :]]]


class _Delimiter(Sign):
    """One delimiter whose partner stands on another line."""


def _is_open(line: list[Node]) -> bool:
    return any(isinstance(item, _Delimiter) for item in line)


def _is_relation(item: Node) -> bool:
    return isinstance(item, Sign) and not isinstance(item, _Delimiter) and item.text not in _TERM_SIGNS


def _is_term_sign(item: Node) -> bool:
    return isinstance(item, Sign) and item.text in _TERM_SIGNS


def _continued(line: list[Node]) -> str:
    """A line that goes on from the one above: the sign it begins with has air on both sides."""
    head, *rest = line
    if rest and isinstance(head, Sign) and not isinstance(head, _Delimiter):
        return f"{head.text} " + joined(map(written, rest)).lstrip()
    return joined(map(written, line))
