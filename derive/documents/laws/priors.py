r"""Priors that the document writes down itself: what ``p(\lambda) = …`` says of ``p(\lambda \mid k)``, and what not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derive.core.domains import Integers, Interval
from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.vectors import Vector
from derive.documents.laws.bayes import is_parameter
from derive.documents.letters import base_of, name_of

Clause = tuple[tuple[Any, ...], Any]
"""The arguments as they stood in the definition, and what it says."""


def clause_of_context(head: str, facts: Facts) -> Clause | None:
    """What a line of context says the function is."""
    said = facts.definitions.get(head)
    return (tuple(said.variables), said.expr) if isinstance(said, sp.Lambda) else None


def with_own_prior(head: str, clauses: tuple[Clause, ...], facts: Facts) -> Facts:
    """The facts in which a parameter has the law that the document's own p(θ) says it has.

    Only of a letter without a law, on which the law of another rests.
    """
    context = clause_of_context(head, facts)
    for formals, body in (*clauses, *((context,) if context is not None else ())):
        letter = formals[0] if len(formals) == 1 else None
        if not isinstance(letter, sp.Symbol | Vector) or not is_parameter(letter, facts):
            continue
        base = base_of(letter)
        name = sp.Symbol(name_of(letter))
        support = facts.domains.get(base)
        if facts.law(name.name) is not None or support is None:
            continue
        if isinstance(letter, sp.Symbol) and not isinstance(support, Interval | Integers):
            continue
        key = letter if isinstance(letter, sp.Symbol) else base.label
        facts = replace(facts, laws={**facts.laws, key: Law(letter, support, body)})
        if context is not None and body is context[1]:
            facts = replace(facts, definitions={k: v for k, v in facts.definitions.items() if k != head})
    return facts


def is_of_another(clause: Clause, args: tuple[Any, ...], facts: Facts) -> bool:
    """Is p(args…) another density than the one the clause gives: of another letter, or given other data?

    What stands behind the bar is data where it has a law; next to a parameter, whose density without them is the
    prior, so are families and letters of which nothing is known.
    """
    formals, body = clause
    if not formals or not args or formals[0].is_Number or args[0].is_Number:
        return False
    first, names = name_of(args[0]), {name_of(f) for f in formals}
    if first != name_of(formals[0]):
        return is_drawn(first, facts) and first not in names
    told = {name_of(s) for s in body.free_symbols} | names
    extra = {name_of(a) for a in args[1:] if a.free_symbols} - told - {""}
    missing = {n for n in names - {name_of(a) for a in args} if is_drawn(n, facts)}
    if is_parameter(args[0], facts):
        families = {str(base.label) for base in facts.shapes}
        known = {name_of(letter) for letter in facts.domains} - families
        return bool(missing or extra - known or any(is_drawn(n, facts) for n in extra))
    return bool(missing) or any(is_drawn(n, facts) for n in extra)


def is_drawn(name: str, facts: Facts) -> bool:
    """Is it a random letter, or a sample?"""
    return any((law := facts.law(n)) is not None and law.density is not None for n in (name, name.lower()))
