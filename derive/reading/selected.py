r"""Sums over the terms that meet a condition: ``\sum_{i : y_i = 1}``, ``\sum_{x_i > 0}``, ``\sum_{i < j}``."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import sympy as sp

from derive.core.phrase import Phrase
from derive.reading.cursor import RELATIONS, is_relation
from derive.reading.limits import Range, over, size_of
from derive.reading.occurrence import count, indices_below, uses
from derive.reading.scope import Scope
from derive.reading.tree import Command, Leaf, Node, Nodes, Scripted, core, is_mark, name_of, unwrapped

BELOW = {"<": 1, r"\le": 0}
ORDER = (*BELOW, ">", r"\ge")


def ranges(scope: Scope, node: Node, sub: Nodes | None, sup: Nodes | None, body: Nodes) -> list[Range] | None:
    """What a sum with a condition below it runs over, outermost first; None where there is no condition.

    Raises:
        Unreadable: the condition leaves open what is summed over.
    """
    inner = unwrapped(sub or ())
    place = next((k for k, n in enumerate(inner) if k and _separates(n)), None)
    if place is not None:
        return _with_condition(scope, node, inner[:place], inner[place + 1 :], sup, body)
    signs = [k for k, n in enumerate(inner) if is_relation(n)]
    if not signs:
        return None
    sides = _split(inner, signs)
    texts = [_relation(inner[k]) for k in signs]
    if len(texts) == 1 and (texts[0] == r"\in" or _is_accented(sides[0])):
        return None
    letters = [_letter(scope, side) for side in sides]
    if letters[0] is not None and len(texts) == 1:
        if texts[0] == r"\ne" and letters[1] is not None:
            _mind_the_other(scope, node, letters[0], letters[1], inner, body)
        return _up_to(scope, node, inner, sides, texts[0], body) if texts[0] in ORDER else None
    if len(texts) > 1 and all(t in BELOW for t in texts) and all(letters[1:-1]):
        return _between(scope, sides, [str(x) for x in letters[1:-1]], [BELOW[t] for t in texts])
    if letters[0] is None:
        return _with_condition(scope, node, (), inner, sup, body)
    raise scope.refuse(f"a sum over {name_of(inner)} cannot be read", node, "write its limits")


def _is_accented(side: Nodes) -> bool:
    """Is it one letter in bold, with an accent or a stroke?"""
    inner = unwrapped(side)
    only = inner[0] if len(inner) == 1 else None
    primed = isinstance(only, Scripted) and only.primes > 0 and only.sub is None and only.sup is None
    return isinstance(only, Command) or (primed and only is not None and isinstance(core(only), Leaf | Command))


def _separates(node: Node) -> bool:
    return is_mark(node, ":", "|") or (isinstance(node, Leaf) and node.kind == "text")


def _relation(node: Node) -> str:
    return RELATIONS[node.text] if isinstance(node, Leaf) else ""


def _split(nodes: Nodes, places: list[int]) -> list[Nodes]:
    ends = [-1, *places, len(nodes)]
    return [nodes[a + 1 : b] for a, b in pairwise(ends)]


def _letter(scope: Scope, side: Nodes) -> str | None:
    """The index that stands alone on a side."""
    inner = unwrapped(side)
    only = inner[0] if len(inner) == 1 else None
    if not isinstance(only, Leaf) or only.kind not in ("letter", "command"):
        return None
    return name_of((only,))


def _with_condition(
    scope: Scope, node: Node, front: Nodes, condition: Nodes, sup: Nodes | None, body: Nodes
) -> list[Range]:
    """``i : y_i = 1``, or the condition alone, which must name one index."""
    names = [name_of((n,)) for n in front if isinstance(n, Leaf) and n.kind == "letter"]
    if not names:
        below = indices_below(condition)
        names = [n for n in below if scope.bound_letter(n) is None and n not in scope.outer]
    if len(names) != 1:
        raise scope.refuse("what is summed over cannot be told from this condition", node, r"write \sum_{i : y_i = 1}")
    if any(is_relation(n) for n in front):
        raise scope.refuse("a sum with limits and a condition cannot be read", node, "write one or the other")
    whole = over(scope, node, names[0], sup, body)
    return [Range(whole.name, whole.letter, whole.low, whole.high, keeps=condition)]


def _up_to(scope: Scope, node: Node, inner: Nodes, sides: list[Nodes], sign: str, body: Nodes) -> list[Range] | None:
    """``i < j``, ``i \\le n``, ``k > 0``."""
    name, other = name_of(unwrapped(sides[0])), _letter(scope, sides[1])
    free = (
        other is not None and scope.is_index(other) and not any(str(n) == other for n in scope.facts.indices.values())
    )
    if other is None or not free or not uses(body, other) or _fixed(scope, other, inner, body):
        return [_one_sided(scope, node, name, sides[1], sign)]
    # Nothing else speaks of j: the sum runs over all pairs.
    outer = over(scope, node, other, None, body)
    with scope.binding(other, outer.letter):
        return [outer, _one_sided(scope, node, name, sides[1], sign)]


def _one_sided(scope: Scope, node: Node, name: str, end: Nodes, sign: str) -> Range:
    value = scope.value(end)
    letter = _bound(scope, name)
    if sign in BELOW:
        return Range(name, letter, sp.Integer(1), value - BELOW[sign])
    if value.is_number and scope.declared_index(name) is None:
        return Range(name, letter, value + (1 if sign == ">" else 0), sp.oo)
    top = size_of(scope, node, name)
    scope.remark(Phrase("remark_sum_limit", {"index": name, "high": str(top)}))
    return Range(name, letter, value + (1 if sign == ">" else 0), top)


def _bound(scope: Scope, name: str) -> Any:
    declared = scope.declared_index(name)
    return sp.Symbol(name, integer=True, positive=True) if declared is None else declared


def _between(scope: Scope, sides: list[Nodes], names: list[str], strict: list[int]) -> list[Range]:
    """``1 \\le i \\le n``; ``1 \\le i < j \\le n``: the last letter outermost."""
    low, high = scope.value(sides[0]), scope.value(sides[-1])
    made: list[Range] = []
    top = high - strict[-1]
    for place in reversed(range(len(names))):
        letter = _bound(scope, names[place])
        made.append(Range(names[place], letter, low + strict[0], top))
        top = letter - strict[place]
    return made


def _mind_the_other(scope: Scope, node: Node, name: str, other: str, inner: Nodes, body: Nodes) -> None:
    """``i \\ne j`` with a j that nothing else speaks of: is it summed over too?

    Raises:
        Unreadable: it could be either.
    """
    if scope.is_index(other) and uses(body, other) and not _fixed(scope, other, inner, body):
        hint = rf"write \sum_{{{other}}} \sum_{{{name} \ne {other}}} for both, or say what {other} is"
        raise scope.refuse(f"is {other} fixed in this sum, or summed over too?", node, hint)


def _fixed(scope: Scope, name: str, inner: Nodes, body: Nodes) -> bool:
    """Does anything outside the sum speak of the letter?"""
    if scope.bound_letter(name) is not None or name in scope.outer:
        return True
    return count(scope.side, name) > count(inner, name) + count(body, name)
