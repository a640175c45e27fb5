r"""Posteriors of letters whose likelihood the document only writes: p(θ | x) = p(x | θ) p(θ) / p(x).

Where the text writes ``p(x \mid \theta)``, its ``p(\theta \mid x)`` is no prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derive.core.facts import Facts
from derive.core.nodes import named_function
from derive.documents.clauses import Function
from derive.documents.laws.bayes import observed, unknown
from derive.documents.laws.priors import is_drawn
from derive.documents.letters import name_of


def turned_round(head: str, args: tuple[Any, ...], clauses: Sequence[Function], facts: Facts) -> Any:
    """p(x | θ) p(θ) / p(x) for the p(θ | x) of a θ whose prior is known; None where it is none of those.

    Nothing is known of it where it speaks of other letters too.
    """
    if len(args) < 2 or args[0].is_Number:
        return None
    names = [name_of(a) for a in args]
    data = [a for a, name in zip(args[1:], names[1:], strict=True) if (head, name, names[0]) in facts.conditionals]
    if not data or (head, names[0], "") not in facts.conditionals or any(observed(a, facts) is not None for a in data):
        return None
    if any(rests_on(names[0], name_of(a), facts) for a in data):
        return None
    if not is_drawn(names[0], facts) and not any([name_of(f) for f in c.formals] == names[:1] for c in clauses):
        return None
    if any({name_of(f) for f in c.formals} == set(names) and name_of(c.formals[0]) == names[0] for c in clauses):
        # The document says what it is.
        return None
    if len(args) > 2:
        return unknown(args)
    p = named_function(head)
    return p(args[1], args[0]) * p(args[0]) / p(args[1])


def rests_on(name: str, other: str, facts: Facts) -> bool:
    """Does the law that the context gives the letter speak of the other one?"""
    laws = [law for n in (name, name.lower()) if (law := facts.law(n)) is not None and law.density is not None]
    return any(other in {name_of(s) for s in law.density.free_symbols} for law in laws)
