r"""Sets of vectors, matrices and families: "with $\mathbf{x}_i \in \mathbb{R}^d$ and $y_i \in \{0, 1\}$"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derive.core.facts import Facts
from derive.reading.names import names_of, spelling
from derive.said.defined import is_defined
from derive.said.spoken import laws_said, ranges, understood
from derive.said.supports import support_said

BOLD = r"\\(?:mathbf|boldsymbol|bm|vec)\s*\{\s*\\?[A-Za-z]+\s*\}"
_NAME = rf"(?P<name>{BOLD}|\\[A-Za-z]+|[A-Za-z])(?:\s*_\s*\{{?\s*(?P<index>[A-Za-z]|\d)\s*\}}?)?"
_ENTRY = re.compile(rf"\s*{_NAME}\s*\Z")
_DOTS = re.compile(r"\s*\\[lc]?dots[a-z]?\s*\Z")
_MEMBER = re.compile(rf"\s*{_NAME}\s*\\in(?![A-Za-z])\s*(?P<set>\S.*?)\s*\Z", re.DOTALL)
_POSITIVE = re.compile(rf"\s*{_NAME}\s*(?P<sign>>|\\geq?(?:slant)?(?![A-Za-z])|≥)\s*0\s*\Z")
_BETWEEN = re.compile(
    rf"\s*0\s*(?P<low><|\\leq?(?:slant)?(?![A-Za-z])|≤)\s*{_NAME}\s*(?P<high><|\\leq?(?:slant)?(?![A-Za-z])|≤)\s*1\s*\Z"
)
_SETS = re.compile(
    r"\\mathbb\s*\{?[RNZ]\}?(?:[_^](?:\{[^{}]*\}|\S))*|\\R(?![A-Za-z])(?:\^(?:\{[^{}]*\}|\S))?"
    r"|\\\{[^{}]*\\\}|[(\[]\s*0\s*,\s*(?:1|\\infty)\s*[)\]]"
)
_WIDE = re.compile(r"\\(?:mathbb\s*\{?R\}?|R)\s*\^(?!\s*\{?\s*\+)")
# A sentence that speaks of a case, or draws a conclusion, says nothing of the letter elsewhere.
_CASE = re.compile(
    r"\b(?:if|when|whenever|unless|provided|iff|case|cases|example|instance|not|cannot|were|would)\b"
    r"|\bfor\b[^,，]*\Z|\b(?:then|so|hence|thus|therefore|get|gives|only)\s*\Z|若|当|如果|假如|例如|比如|[则故对]\s*\Z",
    re.IGNORECASE,
)
_CASE_BEHIND = re.compile(r"\s*(?:时|的情形|的情况|case\b)")
# Vectors and matrices of which the sentence says more than their sizes.
_MORE = re.compile(
    r"symmetric|orthogonal|orthonormal|unit|one-?hot|probabilit|simplex|stochastic|invertible|singular|rank|diagonal"
    r"|definite|idempotent|projection|normali[sz]|cent(?:er|re)d|standardi[sz]ed|whitened|sum|mean|sparse|binary"
    r"|对称|正交|单位|独热|概率|可逆|满秩|对角|正定|归一|标准化|中心化|和为",
    re.IGNORECASE,
)
_INLINE = re.compile(r"(?<!\$)\$(?!\$)(?P<dollar>[^$\n]{3,200})\$(?!\$)|\\\((?P<round>[^\n]{3,200}?)\\\)")
_FORMULA = re.compile(r"\$[^$]*\$|\\\(.*?\\\)")
_SENTENCE = re.compile(r"[.!?。！？；;]\s|[。！？；]|\n\s*\n")
FARTHEST = 300


@dataclass(frozen=True, slots=True)
class SetSaid:
    """One letter, the index that it is written with, its set as ``\\in …`` or ``> 0``, and the place."""

    name: str
    index: str
    size: str
    where: str
    at: int


def sets_said(text: str, facts: Facts) -> Iterator[tuple[str, int]]:
    r"""The ``given:`` lines that such sentences amount to, with their places.

    A single number's domain is heard elsewhere. Not of a letter that is declared or has a law, that the text defines,
    that is an index or a size, or of which the text says two different things.
    """
    said: dict[str, list[SetSaid]] = {}
    for found in _INLINE.finditer(text):
        formula = found["dollar"] or found["round"]
        before = _SENTENCE.split(text[max(0, found.start() - FARTHEST) : found.start()])[-1]
        behind = text[found.end() : found.end() + FARTHEST]
        if _CASE.search(_FORMULA.sub(" ", before).rstrip()) or _CASE_BEHIND.match(behind):
            continue
        sentence = _FORMULA.sub(" ", before + " " + _SENTENCE.split(behind)[0])
        for one in in_formula(formula, found.start()):
            if _WIDE.search(one.where) and _MORE.search(sentence):
                # More is said of it than its size.
                one = SetSaid(one.name, one.index, one.size, "", one.at)
            said.setdefault(spelling(one.name), []).append(one)
    reach: dict[str, set[str]] = {}
    for index, size in ranges(text):
        reach.setdefault(index, set()).add(size)
    counted = {*reach, *(size for sizes in reach.values() for size in sizes)}
    lawful = {spelling(line.split(" ~ ")[0].split("_")[0]) for line in laws_said(text, text)}
    names = names_of(facts)
    for name, ones in said.items():
        families = [one for one in ones if one.index]
        chosen = families or ones
        first = chosen[0]
        if len({one.where for one in chosen}) > 1 or not first.where or name in counted:
            continue
        if any(other in lawful or names.knows(other) for other in {name, name.upper(), name.lower()} if len(name) == 1):
            # The x_i beside a sample X_i are its values.
            continue
        if (
            name in lawful
            or names.knows(name)
            or name + "_" in facts.matrices
            or is_defined(first.name, text)
            or is_applied(first, text)
        ):
            continue
        if not first.index and _WIDE.search(first.where):
            yield f"{first.name} {first.where}", first.at
        if not first.index:
            continue
        sizes = {first.size} if first.size else reach.get(first.index, set())
        index = first.index
        if first.size:
            index = next((i for i, ends in reach.items() if ends == {first.size}), index)
        if len(sizes) == 1:
            yield f"{first.name}_{index} {first.where}, {index} = 1..{min(sizes)}", first.at


def in_formula(formula: str, at: int) -> Iterator[SetSaid]:
    r"""What one formula says of its letters.

    >>> [(s.name, s.index, s.where) for s in in_formula(r"x_i \in \mathbb{R}, a, b > 0", 0)]
    [('x', 'i', '\\in \\mathbb{R}'), ('a', '', '> 0'), ('b', '', '> 0')]
    >>> [(s.name, s.index, s.size) for s in in_formula(r"x_1, \dots, x_n > 0", 0)]
    [('x', 'i', 'n')]
    """
    waiting: list[tuple[str, str]] = []
    if (supported := support_said(formula)) is not None:
        yield SetSaid(*supported, at)
        return
    for part in parts_of(formula):
        if _DOTS.match(part) or (found := _ENTRY.match(part)) is not None:
            waiting.append(("", "") if _DOTS.match(part) else (found["name"], found["index"] or ""))  # type: ignore[index]
            continue
        read = with_set(part)
        if read is None:
            waiting = []
            continue
        name, index, where = read
        names = [*waiting, (name, index)]
        waiting = []
        if ("", "") in names:
            # x_1, …, x_n
            stems = {n for n, _ in names if n}
            if len(stems) == 1 and names[0][1] == "1" and not index.isdigit():
                yield SetSaid(name, "i", index, where, at)
            continue
        for one, place in names:
            if place.isdigit():
                yield SetSaid(f"{one}_{place}", "", "", where, at)
            elif not place.isupper():
                yield SetSaid(one, place, "", where, at)


def with_set(part: str) -> tuple[str, str, str] | None:
    """The letter, its index and its set; None where the part of a formula is not of this kind."""
    if (found := _MEMBER.match(part)) is not None and _SETS.fullmatch(found["set"]):
        return found["name"], found["index"] or "", rf"\in {found['set']}"
    if (found := _POSITIVE.match(part)) is not None:
        return found["name"], found["index"] or "", "> 0" if found["sign"] == ">" else r"\ge 0"
    if (found := _BETWEEN.match(part)) is not None:
        opened, closed = ("(" if found["low"] == "<" else "["), (")" if found["high"] == "<" else "]")
        return found["name"], found["index"] or "", rf"\in {opened}0, 1{closed}"
    return None


def parts_of(formula: str) -> list[str]:
    r"""Between the commas that stand in no brackets.

    >>> parts_of(r"p \in (0, 1), q > 0")
    ['p \\in (0, 1)', ' q > 0']
    """
    depth, parts = 0, [""]
    for character in formula:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def is_applied(said: SetSaid, text: str) -> bool:
    r"""Is the letter a function's name too, as σ in ``\sigma(z)``?"""
    return (
        re.search(rf"(?<![A-Za-z\\]){re.escape(said.name)}\s*(?:\\left)?\(\s*\\?[A-Za-z]+(?:_\w)?\s*\)", text)
        is not None
    )


def with_sets(facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """The facts with these letters, and what was taken from the text."""
    taken: list[tuple[str, int]] = []
    for line, at in sets_said(text, facts):
        made = understood(line, facts)
        if made is not None:
            facts = made
            taken.append((line, at))
    return facts, taken
