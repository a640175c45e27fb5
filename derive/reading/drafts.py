"""The rows of a display as drafts of chains: sides not read yet, with the signs between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from derive.core.relation import EQUAL, IMPLIES, TENDS
from derive.reading.building import build
from derive.reading.cursor import RELATIONS
from derive.reading.errors import Unreadable
from derive.reading.pieces import (
    Piece,
    begins_with_operator,
    ends_with_operator,
    pieces,
)
from derive.reading.rows import rows
from derive.reading.signs import MEANINGS, Sign, mind_the_second
from derive.reading.tokens import Source
from derive.reading.tree import Leaf, Nodes, Scripted, is_mark, unwrapped


@dataclass(slots=True)
class Draft:
    """A chain before its sides are read; ``glosses`` are words that stand for a side, by the side before them."""

    sides: list[Nodes]
    signs: list[Sign]
    error: Unreadable | None = None
    conditions: list[Piece] = field(default_factory=list)
    glosses: list[tuple[int, str]] = field(default_factory=list)


def drafts(source: Source) -> list[Draft]:
    """The chains of a display, rows that go on joined to those above; what cannot be taken apart has its error."""
    try:
        found = rows(source)
    except Unreadable as error:
        return [Draft([(), ()], [Sign(EQUAL, 0)], error)]
    made: list[Draft] = []
    for row in found:
        try:
            nodes = build(source, list(row.tokens))
            for count, piece in enumerate(pieces(source, nodes)):
                _add(source, made, piece, first=count == 0, aligned=row.aligned)
        except Unreadable as error:
            made.extend(_unreadable(row.tokens, error))
    for draft in made:
        _arrows(draft)
    return made


def _arrows(draft: Draft) -> None:
    r"""``a = b \to c = d``: an arrow before an equation that has one in front, or nothing, says what follows."""
    for k, sign in enumerate(draft.signs[:-1]):
        before = draft.signs[k - 1].relation if k else EQUAL
        alone = k == 0 and unwrapped(draft.sides[0])
        if sign.relation == TENDS and before == EQUAL == draft.signs[k + 1].relation and not alone:
            draft.signs[k] = Sign(IMPLIES, sign.at, sign.demanded)


def _unreadable(tokens: Any, error: Unreadable) -> list[Draft]:
    """One entry for each relation of a row that cannot be taken apart."""
    depth, signs = 0, []
    for token in tokens:
        depth += (token.text == "{") - (token.text == "}")
        if token.text in RELATIONS and depth <= 0:
            signs.append(Sign(MEANINGS[RELATIONS[token.text]], token.at))
    return [Draft([()] * (len(signs) + 1), signs, error)]


def _add(source: Source, made: list[Draft], piece: Piece, first: bool, aligned: bool) -> None:
    last = made[-1] if made else None
    if last is None and not piece.signs and not piece.sides[0]:
        told = source.refuse("only words, or nothing, stand on this side", piece.at)
        made.append(Draft([(), ()], [Sign(EQUAL, piece.at)], told))
    elif last is not None and first and not piece.sides[0]:
        _continue_at_sign(source, last, piece)
    elif last is not None and first and last.error is None and _goes_on(last.sides[-1], piece, aligned):
        try:
            start = _without_repeated_sign(source, last.sides[-1], piece.sides[0])
        except Unreadable as error:
            last.error = error
            return
        _extend(last, (last.sides[-1] + start, *piece.sides[1:]), piece)
    elif last is not None and not first and _is_condition(piece):
        last.conditions.append(piece)
    elif first or piece.signs or piece.glosses or (last is not None and not last.signs and last.error is None):
        made.append(Draft(list(piece.sides), list(piece.signs), None, [], list(piece.glosses)))
    else:
        told = source.refuse("this stands beside the formula, and nothing says what it is", piece.at)
        made.append(Draft([piece.sides[0]], [], told))


def _extend(last: Draft, sides: Sequence[Nodes], piece: Piece) -> None:
    """The draft with its last side put anew, and what follows it."""
    offset = len(last.sides) - 1
    last.sides[-1:] = sides
    last.signs.extend(piece.signs)
    last.glosses.extend((place + offset, words) for place, words in piece.glosses)


def _continue_at_sign(source: Source, last: Draft, piece: Piece) -> None:
    """A row that begins with a sign; the sign may stand at the end of the row above too."""
    if piece.signs and last.signs and not last.sides[-1] and last.error is None:
        mind_the_second(source, last.signs[-1], piece.signs[0], apart=True)
        last.signs.pop()
        last.sides.pop()
    _extend(last, (last.sides[-1], *piece.sides[1:]), piece)


def _goes_on(end: Nodes, piece: Piece, aligned: bool) -> bool:
    """Does a row go on with the side at which the row above broke off?"""
    open_end = not end or ends_with_operator(end)
    return open_end or (begins_with_operator(piece.sides[0]) and (aligned or not piece.signs))


def _without_repeated_sign(source: Source, end: Nodes, start: Nodes) -> Nodes:
    r"""``a + \\ + b``: an operator at the end of a row and again at the beginning of the next is one.

    Raises:
        Unreadable: it is a minus, and could be two.
    """
    if not (end and start and ends_with_operator(end) and begins_with_operator(start)):
        return start
    before, after = end[-1], start[0]
    if is_mark(before, "-") and is_mark(after, "-"):
        raise source.refuse("is this minus the one at the end of the row above, or a second one?", after.at)
    alike = isinstance(before, Leaf) and isinstance(after, Leaf) and before.text == after.text
    return start[1:] if alike else start


def _is_condition(piece: Piece) -> bool:
    """``i \\neq j``, ``x \\ge x_m``, ``x \\in \\mathcal{X}`` behind a chain."""
    if len(piece.signs) == 0 or not piece.sides[0]:
        return False
    left = unwrapped(piece.sides[0])
    simple = len(left) == 1 and isinstance(left[0], Leaf | Scripted)
    ids = {s.relation.id for s in piece.signs}
    if ids == {"equal"}:
        right = unwrapped(piece.sides[1])
        both = [left, right]
        return len(piece.signs) == 1 and all(
            len(n) == 1 and isinstance(n[0], Leaf) and n[0].text in ("i", "j", "k", "l", "m", "n") for n in both
        )
    return simple and not ids & {
        "equal",
        "approximately",
        "proportional",
        "implies",
        "equivalent",
        "distributed",
        "defined",
    }
