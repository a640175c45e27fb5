"""Lists behind a relation: ``k = 1, 2, …, K``, ``x_1, …, x_n ~ p``, ``0 < x_1, …, x_n``."""

from __future__ import annotations

from collections.abc import Sequence

from derive.reading.cursor import DOTS
from derive.reading.signs import sign_of
from derive.reading.tree import Bracket, Leaf, Node, Scripted, is_command, is_mark, name_of, unwrapped


def with_lists(parts: list[tuple[list[Node], bool]]) -> list[list[Node]]:
    r"""``k = 1, 2, \dots, K`` is one part: that k is one of them."""
    made: list[list[Node]] = []
    place = 0
    while place < len(parts):
        part = parts[place][0]
        place += 1
        if (bounded := _bounded(parts[place - 1 : place + 2])) is not None:
            made.append(bounded)
            place += 2
            continue
        if (sample := _sample(parts[place - 1 : place + 2])) is not None:
            made.append(sample)
            place += 2
            continue
        end = place
        while end < len(parts) and parts[end][1] and _is_member(parts[end][0]):
            end += 1
        members = [tuple(p) for p, _ in parts[place:end]]
        signs = [k for k, node in enumerate(part) if sign_of(node)]
        right = part[signs[0] + 1 :] if len(signs) == 1 and is_mark(part[signs[0]], "=") else []
        if members and _is_member(right) and (any(map(_is_dots, members)) or all(map(_is_number, (right, *members)))):
            at = right[0].at
            listed = [n for m in (tuple(right), *members) for n in (*m, Leaf("mark", ",", at))][:-1]
            part = [*part[: signs[0]], Leaf("command", r"\in", at), Bracket(r"\{", r"\}", tuple(listed), at, at)]
            place = end
        made.append(part)
    return made


def _sample(parts: list[tuple[list[Node], bool]]) -> list[Node] | None:
    r"""``x_1, \dots, x_n \sim p`` with its left side in brackets; None for anything else."""
    if len(parts) < 3 or not (parts[1][1] and parts[2][1] and _is_dots(parts[1][0])):
        return None
    first, last = parts[0][0], parts[2][0]
    sign = next((k for k, node in enumerate(last) if sign_of(node)), None)
    if sign is None or any(sign_of(n) for n in first):
        return None
    at = first[0].at
    comma = Leaf("mark", ",", at)
    return [Bracket("(", ")", (*first, comma, *parts[1][0], comma, *last[:sign]), at, at), *last[sign:]]


def _bounded(parts: list[tuple[list[Node], bool]]) -> list[Node] | None:
    r"""``0 < x_1, \dots, x_n < \theta`` as ``0 < x_i < \theta``; None for anything else."""
    if len(parts) < 3 or not (parts[1][1] and parts[2][1] and _is_dots(parts[1][0])):
        return None
    (first, _), _, (last, _) = parts
    signs = [[k for k, node in enumerate(part) if sign_of(node)] for part in (first, last)]
    if len(signs[0]) != 1 or len(signs[1]) > 1:
        return None
    start = unwrapped(tuple(first[signs[0][0] + 1 :]))
    end = unwrapped(tuple(last[: signs[1][0]] if signs[1] else last))
    one, other = (s[0] if len(s) == 1 else None for s in (start, end))
    if (
        not isinstance(one, Scripted)
        or not isinstance(other, Scripted)
        or name_of((one.base,)) != name_of((other.base,))
    ):
        return None
    if one.sub is None or name_of(one.sub) != "1":
        return None
    any_of_them = Scripted(one.base, (Leaf("letter", "i", one.at),), None, 0, one.at)
    return [*first[: signs[0][0] + 1], any_of_them, *(last[signs[1][0] :] if signs[1] else [])]


def _is_member(part: Sequence[Node]) -> bool:
    """Is it a number, a letter, or dots?"""
    inner = unwrapped(tuple(part))
    return bool(inner) and (_is_dots(part) or _is_number(part) or (len(inner) == 1 and isinstance(inner[0], Leaf)))


def _is_number(part: Sequence[Node]) -> bool:
    inner = unwrapped(tuple(part))
    if len(inner) == 2 and is_mark(inner[0], "-"):
        inner = inner[1:]
    return len(inner) == 1 and isinstance(inner[0], Leaf) and inner[0].kind == "number"


def _is_dots(part: Sequence[Node]) -> bool:
    inner = unwrapped(tuple(part))
    return len(inner) == 1 and is_command(inner[0], *DOTS)
