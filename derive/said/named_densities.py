r"""Laws with names by the densities that a sentence gives: "let $p(x) = \lambda e^{-\lambda x}$ and $q(x) = …$"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.core.facts import Facts
from derive.reading.names import names_of, spelling
from derive.said.densities import cut, formulas, is_density, support_in
from derive.said.domains import stated_in
from derive.said.spoken import understood

_HEAD = re.compile(
    r"\s*(?P<name>[pqfg](?:_\{?\d\}?)?)\s*\(\s*(?P<letter>[a-z])\s*\)\s*&?\s*:?=(?P<rest>.*)\Z", re.DOTALL
)
_DIVERGENCE = (
    r"(?:KL|D|D_\{[^{}]*(?:\{[^{}]*\})?[^{}]*\}|D_[A-Z]+|mathrm\{KL\})\s*\}?\s*(?:\\left|\\[bB]igg?l?)?\s*\(\s*"
)
LONGEST = 300
"""No sentence says a density or a set at greater length."""


def is_used_as_law(name: str, text: str) -> bool:
    r"""Does the text take a divergence, an entropy or an expected value of the law with this name?

    >>> is_used_as_law("q", r"$\mathrm{KL}(p\,\|\,q)$"), is_used_as_law("q", r"$p q$")
    (True, False)
    """
    one = re.escape(name)
    bars = r"(?:\\[,;!: ]|\s)*(?:\\\||\\parallel|\|\|?|\\Vert)(?:\\[,;!: ]|\s|\|)*"
    uses = (
        rf"{bars}{one}\s*(?:\\right|\\[bB]igg?r?)?\)",
        rf"{_DIVERGENCE}{one}{bars}",
        rf"(?<![A-Za-z])H\s*\(\s*(?:[pqfg](?:_\w)?\s*,\s*)?{one}\s*[,)]",
        rf"\\sim\s*{one}\s*\}}",
    )
    return any(re.search(use, text) for use in uses)


def densities_named(text: str, facts: Facts) -> Iterator[tuple[str, int]]:
    r"""The ``given:`` lines of such laws, where the text says one set for their letter and one formula for each.

    >>> text = r"Let $p(x) = e^{-x}$, $q(x) = 2e^{-2x}$ ($x \ge 0$). Then $D(p \| q)$"
    >>> [line for line, _ in densities_named(text, Facts())]
    ['p(x) ~ density(e^{-x}, x \\ge 0)', 'q(x) ~ density(2e^{-2x}, x \\ge 0)']
    """
    said: dict[str, list[tuple[str, str, int]]] = {}
    supports: dict[str, set[str]] = {}
    for inside, start, _ in formulas(text):
        if len(inside) > LONGEST:
            continue
        for part in stated_in(inside):
            for letter in "xyzt":
                if (where := support_in(part, letter)) is not None:
                    supports.setdefault(letter, set()).add(where)
        head = _HEAD.match(inside)
        if head is None:
            continue
        formula, behind = cut(head["rest"])
        if not formula or "=" in formula or "(" + head["letter"] + ")" in formula:
            continue
        for part in behind:
            if (where := support_in(part, head["letter"])) is not None:
                supports.setdefault(head["letter"], set()).add(where)
        said.setdefault(head["name"], []).append((head["letter"], formula, start))
    for name, ones in said.items():
        letter, formula, at = ones[0]
        known = names_of(facts)
        if len({one[:2] for one in ones}) > 1 or len(supports.get(letter, ())) != 1 or known.knows(letter):
            continue
        if known.knows(spelling(name)) or name in facts.joints or not is_used_as_law(name, text):
            continue
        (where,) = supports[letter]
        yield f"{name}({letter}) ~ density({formula}, {where})", at


def with_densities_named(facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """The facts with these laws, and what was taken from the text; what does not add up to one is no density."""
    taken: list[tuple[str, int]] = []
    for line, at in list(densities_named(text, facts)):
        made = understood(line, facts)
        law = None if made is None else made.law(line.partition("(")[0])
        if made is not None and law is not None and is_density(law, made):
            facts = made
            taken.append((line, at))
    return facts, taken
