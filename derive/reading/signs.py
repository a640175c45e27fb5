"""Relations as they stand: what each sign means, and which may stand side by side."""

from __future__ import annotations

from dataclasses import dataclass

from derive.core.relation import (
    APPROXIMATELY,
    AT_LEAST,
    AT_MOST,
    DEFINED,
    DISTRIBUTED,
    EQUAL,
    EQUIVALENT,
    GREATER,
    IMPLIES,
    LESS,
    MEMBER,
    PROPORTIONAL,
    TENDS,
    UNEQUAL,
    Relation,
)
from derive.reading.cursor import RELATIONS, is_relation
from derive.reading.tokens import Source
from derive.reading.tree import Command, Leaf, Node, Scripted, name_of, unwrapped

MEANINGS: dict[str, Relation] = {
    "=": EQUAL,
    r"\equiv": EQUAL,
    "<": LESS,
    ">": GREATER,
    r"\le": AT_MOST,
    r"\ge": AT_LEAST,
    r"\ll": LESS,
    r"\gg": GREATER,
    r"\approx": APPROXIMATELY,
    r"\iff": EQUIVALENT,
    r"\implies": IMPLIES,
    r"\propto": PROPORTIONAL,
    r"\ne": UNEQUAL,
    ":=": DEFINED,
    r"\leftarrow": DEFINED,
    r"\sim": DISTRIBUTED,
    r"\in": MEMBER,
    r"\subset": MEMBER,
    r"\to": TENDS,
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A relation as it stands: its meaning, its place, and whether it says "shall be"."""

    relation: Relation
    at: int
    demanded: bool = False


def sign_of(node: Node) -> Sign | None:
    r"""The relation that a node is: ``=``, ``\stackrel{!}{=}``, ``\overset{(a)}{=}``, ``\xrightarrow{d}``."""
    if isinstance(node, Leaf) and is_relation(node):
        return Sign(MEANINGS[RELATIONS[node.text]], node.at)
    if isinstance(node, Scripted):
        return sign_of(node.base)
    if isinstance(node, Command) and node.name in ("overset", "stackrel", "underset"):
        inner = unwrapped(node.args[1])
        found = sign_of(inner[0]) if len(inner) == 1 else None
        above = name_of(node.args[0])
        demanded = "!" in above or above.lower() in ("set", "令")
        if above in ("def", r"\Delta", "\\triangle", r"\triangle"):
            return Sign(DEFINED, node.at) if found is not None else None
        return Sign(found.relation, node.at, demanded) if found is not None else None
    if isinstance(node, Command) and node.name == "xrightarrow":
        return Sign(TENDS, node.at)
    return None


def arrows_between_equations(signs: list[Sign]) -> list[Sign]:
    r"""The signs, ``\\to`` between two equations as "implies": ``2w - 2b = 0 \\to w = b``."""
    made = list(signs)
    for k in range(1, len(signs) - 1):
        if signs[k].relation == TENDS and signs[k - 1].relation == EQUAL == signs[k + 1].relation:
            made[k] = Sign(IMPLIES, signs[k].at)
    return made


def mind_the_second(source: Source, first: Sign, second: Sign, apart: bool) -> None:
    """A sign may be repeated behind a gap, and an equation may follow an arrow; other pairs have no meaning."""
    repeated = first.relation == second.relation and apart
    follows = first.relation in (IMPLIES, EQUIVALENT) and second.relation not in (IMPLIES, EQUIVALENT)
    if not repeated and not follows:
        raise source.refuse("two relations stand side by side", second.at, "leave one of them out")
