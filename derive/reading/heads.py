"""Is a name before a bracket a function, or a factor?"""

from __future__ import annotations

from typing import Any

from derive.reading.cursor import parted
from derive.reading.fixed_matrices import sizes
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Command, Leaf, Node, Nodes, Scripted, core, is_mark, name_of, unwrapped

HEADS = (
    "f",
    "g",
    "h",
    "p",
    "q",
    "r",
    "s",
    "u",
    "v",
    "l",
    r"\ell",
    r"\phi",
    r"\varphi",
    r"\psi",
    r"\sigma",
    r"\eta",
)


MULTIPLIERS = (r"\eta", "u", "v", "l", "s", "r")
"""Of these nobody takes a value at what is zero where a sum is one."""


STRONG = ("f", "g", "h", r"\ell", r"\mathcal{L}", r"\mathscr{L}", "L", "J", "F", "P", "Q")


DENSITIES = ("p", "P", "q", "f", "g")


SEPARATORS = (",", ";", "|", r"\|", "=", r"\sim", ":")


def function_name(
    scope: Scope, node: Node, base: Node, sub: Nodes | None, full: str, bracket: Bracket
) -> tuple[str, list[Any]] | None:
    """The function's name and the arguments that its subscript adds; None: it multiplies."""
    stem = name_of((base,))
    for table in (scope.names.functions, scope.names.laws):
        if full in table:
            if _is_letter_too(scope, full) and not _separated(bracket.items):
                return _either(scope, node, full, bracket)
            return str(table[full]), []
    for table in (scope.names.functions, scope.names.laws):
        if sub is not None and stem in table and stem not in scope.names.families and not is_number(sub):
            return str(table[stem]), [scope.value(sub)]
    if _barred(bracket.items) and full not in scope.names.letters:
        return full, []
    if is_size(scope, full) and (_barred(bracket.items) or not _compound(bracket.items)) and bracket.open == "(":
        # The p of ℝ^p is no factor of a single letter, and nothing stands under a condition but an event.
        return full, []
    if _listed(bracket.items) and bracket.open == "(" and full in scope.names.letters:
        # A number is not multiplied by a list.
        return full, []
    if _is_letter_too(scope, full) or (sub is not None and scope.names.families.get(stem) is not None):
        return None
    return _undeclared(scope, node, full, stem, bracket)


def is_size(scope: Scope, full: str) -> bool:
    """Is it a letter for densities that counts something here?"""
    return full in DENSITIES and scope.names.letters.get(full) in sizes(scope)


def _listed(items: Nodes) -> bool:
    return len(parted(items, (",", ";"))) > 1


def _is_letter_too(scope: Scope, name: str) -> bool:
    known = name in scope.names.letters or name in scope.names.families or name + "^2" in scope.names.letters
    return known or scope.bound_letter(name) is not None


def _either(scope: Scope, node: Node, name: str, bracket: Bracket) -> tuple[str, list[Any]] | None:
    """A letter that is declared both as a number and as a function."""
    if _mentions(bracket.items, name) or _compound(bracket.items):
        return None
    return str(scope.names.functions.get(name, scope.names.laws.get(name))), []


def _undeclared(scope: Scope, node: Node, full: str, stem: str, bracket: Bracket) -> tuple[str, list[Any]] | None:
    if isinstance(node, Scripted) and node.sup is not None:
        return None
    if _separated(bracket.items):
        return full, []
    if _mentions(bracket.items, full):
        return None
    word = stem.isalpha() and len(stem) > 1
    if not _compound(bracket.items) or stem in STRONG or word:
        # Nobody puts a single letter that is a factor into brackets.
        return full, []
    if stem in MULTIPLIERS and _is_constraint(bracket.items):
        return None
    if stem in HEADS:
        inside = name_of(bracket.items)
        hint = rf"declare it (`given: {full}(x) pdf`, `given: {full} > 0`), or write {full} \cdot ({inside})"
        raise scope.refuse(f"{full}({inside}): is {full} a function of {inside}, or a factor?", node, hint)
    return None


def _is_constraint(items: Nodes) -> bool:
    r"""``1 - \sum_k \pi_k`` or ``\sum_k \pi_k - 1``: what a multiplier multiplies."""
    places = [k for k, n in enumerate(items) if is_mark(n, "-")]
    if len(places) != 1 or any(is_mark(n, "+") for n in items):
        return False
    sides = [items[: places[0]], items[places[0] + 1 :]]
    one = [is_number(side) for side in sides]
    return sum(one) == 1 and name_of(unwrapped(sides[one.index(False)])[:1]).startswith(r"\sum")


def _barred(items: Nodes) -> bool:
    return sum(is_mark(n, "|", ";") for n in items) == 1


def _separated(items: Nodes) -> bool:
    return any(isinstance(n, Leaf) and n.kind in ("mark", "command") and n.text in SEPARATORS for n in items)


def _compound(items: Nodes) -> bool:
    """Is it more than one letter with scripts?"""
    inner = unwrapped(items)
    only = core(inner[0]) if len(inner) == 1 else None
    return not (isinstance(only, Leaf) and only.kind in ("letter", "command", "word")) and not isinstance(only, Command)


def _mentions(nodes: Nodes, name: str) -> bool:
    return any(name_of((n,)).split("^")[0] == name for n in nodes) or any(
        _mentions(n.items, name) for n in nodes if isinstance(n, Bracket)
    )


def is_number(nodes: Nodes) -> bool:
    """Is it one number?"""
    inner = unwrapped(nodes)
    return len(inner) == 1 and isinstance(inner[0], Leaf) and inner[0].kind == "number"
