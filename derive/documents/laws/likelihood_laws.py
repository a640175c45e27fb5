r"""The law that a likelihood says its sample has: ``\prod_i f(x_i; \theta)`` with a density f of the context."""

from __future__ import annotations

import re
from dataclasses import replace

import sympy as sp

from derive.core.domains import Integers, Interval, assumptions
from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.trees import substitute
from derive.documents.laws.densities import is_density_name
from derive.said.densities import is_density

_ARGUMENT = r"\s*(?:\\left)?\(\s*(?P<letter>[A-Za-z])_\{?(?P<index>[a-z])\}?\s*(?:;|,|\||\\mid|\))"


def with_likelihood_laws(facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """The facts with the law of a sample without one, and what was taken from the text.

    The product runs over the whole sample, and what is multiplied adds up to one where the observations live.
    """
    taken: list[tuple[str, int]] = []
    for name, meaning in facts.definitions.items():
        if not isinstance(name, str) or not isinstance(meaning, sp.Lambda) or not is_density_name(name):
            continue
        product = (
            rf"\\prod(?:\\limits)?_\{{\s*(?P<over>[a-z])\s*=\s*1\s*\}}\^\{{?(?P<size>[A-Za-z])\}}?\s*{re.escape(name)}"
        )
        found = re.search(product + _ARGUMENT, text)
        if found is None or found["over"] != found["index"]:
            continue
        base = next((b for b in facts.shapes if str(b.label) == found["letter"]), None)
        if base is None or facts.laws or facts.shapes[base] != (sp.Symbol(found["size"], integer=True, positive=True),):
            continue
        support, formal = facts.domains.get(base), meaning.signature[0]
        if not isinstance(support, Interval | Integers):
            continue
        letter = sp.Symbol(found["letter"], **assumptions(support))
        law = Law(letter, support, substitute(meaning.expr, {formal: letter}))
        if is_density(law, facts):
            facts = replace(facts, laws={**facts.laws, letter: law})
            line = rf"{found['letter']}_{found['index']} \sim {name}, {found['index']} = 1..{found['size']}"
            taken.append((line, found.start()))
    return facts, taken
