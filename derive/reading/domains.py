r"""Where a letter lives: ``\lambda > 0``, ``0 < p < 1``, ``x \in \{0, 1, 2, \dots\}``, ``\theta \in \mathbb{R}``."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import sympy as sp

from derive.core.domains import COUNTS, NATURALS, POSITIVE, REALS, Domain, Integers, Interval
from derive.core.information import Cardinality
from derive.core.relation import AT_LEAST, AT_MOST, GREATER, LESS, MEMBER, Relation
from derive.reading.cursor import DOTS, parted
from derive.reading.pieces import Piece
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, is_command, is_mark, name_of, unwrapped

SETS: dict[str, Domain] = {
    r"\mathbb{R}": REALS,
    r"\R": REALS,
    "R": REALS,
    r"\mathbb{R}_+": POSITIVE,
    r"\mathbb{R}^+": POSITIVE,
    r"\mathbb{R}_{>0}": POSITIVE,
    r"\mathbb{R}_{++}": POSITIVE,
    r"\mathbb{R}_{\ge0}": Interval(sp.Integer(0), sp.oo, False),
    r"\mathbb{R}_{\geq0}": Interval(sp.Integer(0), sp.oo, False),
    r"\mathbb{N}": NATURALS,
    r"\mathbb{N}_0": COUNTS,
    r"\mathbb{Z}": Integers(-sp.oo, sp.oo),
    r"\mathbb{N}_{>0}": NATURALS,
    r"\mathbb{Z}_{\ge0}": COUNTS,
    r"\mathbb{Z}_+": NATURALS,
    r"\mathbb{Z}_{\geq0}": COUNTS,
    r"\mathbb{N}^+": NATURALS,
    r"\mathbb{N}_+": NATURALS,
    r"\mathbb{Z}^+": NATURALS,
}


def domain(scope: Scope, piece: Piece) -> tuple[Nodes, Domain]:
    r"""The letter, as it is written, and its domain; ``|x| < a`` is the interval from −a to a.

    Raises:
        Unreadable: it is no domain that can be used.
    """
    relations = [s.relation for s in piece.signs]
    letter, where = _domain(scope, piece, relations)
    if any(isinstance(n, Bracket) or is_mark(n, "|", "+", "-") for n in unwrapped(letter)):
        raise scope.refuse(f"{name_of(letter)} is no letter", piece.at, HINT)
    if isinstance(where, Interval | Integers):
        room = where.upper - where.lower
        if room.is_negative or (room.is_zero and isinstance(where, Interval)):
            raise scope.refuse(f"no value lies between {where.lower} and {where.upper}", piece.at, HINT)
    return letter, where


def _domain(scope: Scope, piece: Piece, relations: list[Relation]) -> tuple[Nodes, Domain]:
    for size, end, within in ((0, 1, (LESS, AT_MOST)), (1, 0, (GREATER, AT_LEAST))):
        if len(relations) == 1 and relations[0] in within and (inner := _between_bars(piece.sides[size])):
            far = scope.value(piece.sides[end])
            strict = relations[0] in (LESS, GREATER)
            return inner, _interval(-far, far, strict, strict)
    if relations == [MEMBER]:
        return piece.sides[0], member(scope, unwrapped(piece.sides[1]))
    if len(relations) == 2 and len(set(r in (LESS, AT_MOST) for r in relations)) == 1:
        low, letter, high = piece.sides
        if relations[0] in (LESS, AT_MOST):
            ends, opened = (low, high), (relations[0] is LESS, relations[1] is LESS)
        elif relations[0] in (GREATER, AT_LEAST):
            ends, opened = (high, low), (relations[1] is GREATER, relations[0] is GREATER)
        else:
            raise scope.refuse("this is no domain", piece.at, HINT)
        return letter, _interval(scope.value(ends[0]), scope.value(ends[1]), *opened)
    if len(relations) == 1 and relations[0] in (LESS, AT_MOST, GREATER, AT_LEAST):
        return _half_line(scope, piece)
    raise scope.refuse("this is no domain", piece.at, HINT)


HINT = r"write x > 0, 0 < x < 1, x \in \mathbb{R} or x \in \{0, 1, 2, \dots\}"


def _between_bars(nodes: Nodes) -> Nodes:
    """The letter of ``|x|``; nothing where there are no bars around one letter."""
    only = unwrapped(nodes)
    if len(only) == 1 and isinstance(only[0], Bracket) and only[0].open == only[0].close == "|":
        inner = only[0].items
    elif len(only) > 2 and is_mark(only[0], "|", r"\vert") and is_mark(only[-1], "|", r"\vert"):
        inner = only[1:-1]
    else:
        return ()
    return inner if len(unwrapped(inner)) == 1 else ()


def _half_line(scope: Scope, piece: Piece) -> tuple[Nodes, Domain]:
    left, right = piece.sides
    if not (unwrapped(left) and unwrapped(right)):
        raise scope.refuse("a side of this relation is empty", piece.at, HINT)
    up = piece.signs[0].relation in (GREATER, AT_LEAST)
    if isinstance(unwrapped(left)[0], Leaf) and _is_number(left):
        left, right, up = right, left, not up
    end = scope.value(right)
    opened = piece.signs[0].relation in (GREATER, LESS)
    return left, _interval(end, sp.oo, opened, True) if up else _interval(-sp.oo, end, True, opened)


def _is_number(nodes: Nodes) -> bool:
    return all(isinstance(n, Leaf) and (n.kind in ("number", "gap") or n.text in "+-") for n in nodes)


def _interval(low: Any, high: Any, low_open: bool, high_open: bool) -> Interval:
    return Interval(low, high, low_open or low == -sp.oo, high_open or high == sp.oo)


def member(scope: Scope, nodes: Nodes) -> Domain:
    """The set that a letter is a member of.

    Raises:
        Unreadable: a set that is no interval and no run of integers.
    """
    name = name_of(nodes)
    if name in SETS:
        return SETS[name]
    only = nodes[0] if len(nodes) == 1 else None
    if isinstance(only, Bracket) and only.open in "([" and len(parts := parted(only.items, (",",))) == 2:
        low, high = (scope.value(p) for p in parts)
        return _interval(low, high, only.open == "(", only.close == ")")
    if isinstance(only, Bracket) and only.open == r"\{":
        return _listed(scope, only)
    if name.startswith(r"\mathcal{"):
        return Integers(sp.Integer(1), Cardinality(name))
    at: Node | int = nodes[0] if nodes else 0
    raise scope.refuse(f"the set {name} is not known", at, HINT)


def set_of(scope: Scope, bracket: Bracket) -> Any:
    r"""``\{0, 1\}``, ``\{0, 1, \dots, n\}``, ``[0, 1)`` as a set.

    Raises:
        Unreadable: the brackets hold neither members nor two ends.
    """
    parts = [unwrapped(p) for p in parted(bracket.items, (",",))]
    if bracket.open == r"\{" and not any(len(p) == 1 and is_command(p[0], *DOTS) for p in parts):
        return sp.FiniteSet(*(scope.value(p) for p in parts))
    if bracket.open != r"\{" and len(parts) != 2:
        raise scope.refuse("an interval has two ends", bracket)
    where = member(scope, (bracket,))
    if isinstance(where, Integers):
        return sp.Range(where.lower, where.upper + 1)
    assert isinstance(where, Interval)
    return sp.Interval(where.lower, where.upper, where.lower_open, where.upper_open)


def _listed(scope: Scope, braces: Bracket) -> Domain:
    """{0, 1}, {0, 1, 2, …}, {1, …, n}, {…, −1, 0, 1, …}: members that are written next to each other differ by one."""
    parts = [unwrapped(p) for p in parted(braces.items, (",",))]
    dots = [k for k, p in enumerate(parts) if len(p) == 1 and is_command(p[0], *DOTS)]
    values = {k: scope.value(p) for k, p in enumerate(parts) if k not in dots}
    follows = all(sp.expand(values[b] - values[a]) == 1 for a, b in pairwise(values) if b == a + 1)
    last = len(parts) - 1
    between = [k for k in dots if 0 < k < last]
    if values and follows and len(between) <= 1 and all(k in values for d in between for k in (d - 1, d + 1)):
        written = list(values.values())
        low, high = -sp.oo if 0 in dots else written[0], sp.oo if last in dots else written[-1]
        if all(v.is_integer is not False for v in written):
            return Integers(low, high)
    raise scope.refuse("the members are no run of integers", braces, HINT)
