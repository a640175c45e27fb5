r"""Joint laws that nobody declares: ``p(x, z)``, ``p(x)`` and ``p(z | x)`` of one name, by how the text uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import sympy as sp

from derive.core.domains import REALS, Integers
from derive.core.facts import Facts
from derive.core.information import Cardinality
from derive.core.joints import MOST_VARIABLES
from derive.reading.names import names_of, spelling
from derive.said.spoken import laws_said, understood

_HEAD = re.compile(
    r"(?<![A-Za-z\\_}])(?P<head>[pPqQ]|\\Pr)\s*(?:\\left|\\[bB]igg?l?)?\s*\((?P<inside>[^()$]{1,80}?)(?:\\right|\\[bB]igg?r?)?\)"
)
_BAR = re.compile(r"\||;|\\mid(?![A-Za-z])|\\vert(?![A-Za-z])")
_ARGUMENT = re.compile(
    r"\s*(?P<letter>\\[A-Za-z]+|[A-Za-z])\s*'*(?:_\s*(?:\{\s*[a-z]\s*\}|[a-z]))?(?:\^\s*(?:\{[^{}]*\}|\w))?'*\s*(?:=[^=]*)?\Z"
)


NO = "no"


@dataclass(slots=True)
class Use:
    """The letters before the bar and behind it, and whether one of them is seen in both places or beside another."""

    shown: dict[str, None] = field(default_factory=dict)
    behind: dict[str, None] = field(default_factory=dict)
    several: bool = False
    clear: bool = True
    at: int = 0


def joints_used(text: str, facts: Facts) -> Iterator[tuple[str, int]]:
    r"""The ``given:`` lines that the uses of p amount to, with the place of the first.

    A name is taken for a joint law if every letter before a bar has a set to live in: one that is declared, or a sum or
    an integral of the text runs over it. Where anything else stands between the brackets, nothing is taken.
    """
    uses: dict[str, Use] = {}
    for found in _HEAD.finditer(text):
        note(uses.setdefault(found["head"], Use(at=found.start())), found["inside"])
    names = names_of(facts)
    for head, use in uses.items():
        variables = list(use.shown)
        joint = use.several or any(v in use.behind for v in variables)
        if not use.clear or not joint or names.knows(head) or head in facts.joints or head.startswith("\\"):
            continue
        if not 2 <= len(variables) <= MOST_VARIABLES or len({v.lower() for v in variables}) < len(variables):
            continue
        kinds = {v: kind_of(v, text, facts) for v in variables}
        known = set(kinds.values()) - {""}
        if len(known) != 1 or NO in known or any(not k and is_declared(v, facts) for v, k in kinds.items()):
            # A letter that nothing sums over may be of either kind; one with a law or a domain of its own may not.
            continue
        behind = [b for b in use.behind if b not in variables]
        parameters = "; " + ", ".join(behind) if behind else ""
        (kind,) = known
        yield f"{head}({', '.join(variables)}{parameters}) {kind}", use.at
        # Another law of one of the variables, as q(z) beside p(x, z).
        for other, one in uses.items():
            alone = len(one.shown) == 1 and set(one.shown) <= set(variables) and one.clear and not one.several
            if other != head and alone and not one.behind and not names.knows(other) and kinds[next(iter(one.shown))]:
                yield f"{other}({next(iter(one.shown))}) {kind}", one.at


def note(use: Use, inside: str) -> None:
    """One application."""
    front, *behind = _BAR.split(inside)
    sides = [[_ARGUMENT.match(a) for a in side.split(",")] for side in (front, *behind)]
    if any(a is None for side in sides for a in side):
        use.clear = False
        return
    shown, *after = [[a["letter"] for a in side if a is not None] for side in sides]
    use.several |= len(shown) > 1
    use.clear &= len(set(shown)) == len(shown) and not any(set(shown) & set(side) for side in after)
    use.shown |= dict.fromkeys(shown)
    use.behind |= {letter: None for side in after for letter in side}


def is_declared(name: str, facts: Facts) -> bool:
    """Does the context say what the letter is?"""
    return names_of(facts).knows(spelling(name))


def kind_of(name: str, text: str, facts: Facts) -> str:
    """Is it a variable of a pmf or a pdf? ``NO`` where it has a law of its own or another domain; else empty."""
    name = spelling(name)
    named = [law for law in (name, name.upper(), name.lower()) if facts.law(law) is not None]
    said = any(line.split(" ~ ")[0].split("_")[0] == name for line in laws_said(text, text))
    if named or said or name in facts.matrices or name + "_" in facts.matrices:
        return NO
    domains = [d for k, d in facts.domains.items() if spelling(str(getattr(k, "label", k))) == name]
    if domains:
        (domain, *_) = domains
        finite = isinstance(domain, Integers) and (
            isinstance(domain.upper, Cardinality) or (domain.lower.is_Integer and domain.upper.is_Integer)
        )
        return "pmf" if finite else "pdf" if domain == REALS else NO
    letter = re.escape(name)
    if re.search(rf"\\sum(?:\\limits)?_(?:\{{[^{{}}]*(?<![A-Za-z\\]){letter}(?![A-Za-z_])[^{{}}=]*\}}|{letter})", text):
        return "pmf"
    return "pdf" if re.search(rf"\\int[^$]*?d\s*{letter}(?![A-Za-z])", text) else ""


def with_joints_used(facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """The facts with these laws, and what was taken from the text."""
    said: list[tuple[str, int]] = []
    for line, at in joints_used(text, facts):
        behind = re.findall(r"\\[A-Za-z]+|[A-Za-z]", line[line.index(";") : line.rindex(")")]) if ";" in line else []
        wider = facts
        for letter in behind:
            if not names_of(facts).knows(letter):
                wider = wider.placing({sp.Symbol(letter, real=True): REALS})
        made = understood(line, wider)
        if made is not None and (made.joints != facts.joints or made.laws != facts.laws):
            facts = made
            said.append((line, at))
    return facts, said
