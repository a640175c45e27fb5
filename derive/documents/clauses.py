r"""What one name is said to be at several places: ``P(1 \mid x)`` and ``P(0 \mid x)``, ``p(x \mid \theta)`` and
``p(\theta)``, ``H(D_1)`` and ``H(D_2)`` are different functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from derive.documents.laws.densities import is_density_name
from derive.documents.letters import name_of


@dataclass(frozen=True, slots=True)
class Function:
    """A function that the document defines.

    Args:
        formals: the arguments as they stood in its definition; none for a bare name.
        body: what it stands for.
        line: where it was defined.
        section: under which heading.
        instead: what it ought to stand for, where its definition is refuted.
    """

    formals: tuple[Any, ...]
    body: Any
    line: int = 0
    section: int = 0
    instead: Any = None

    @property
    def of_things(self) -> bool:
        """May it be said of something named, not of a variable: ``H(D_1) = 0.97``?"""
        return bool(self.formals) and self.body.is_number and not any(f.is_Number for f in self.formals)


def clause_for(head: str, clauses: Sequence[Function], args: tuple[Any, ...]) -> Function | None:
    """The clause that f(args…) means; of densities the one of the same letter, else what was said last."""
    if sum(one.of_things for one in clauses) > 1:
        # H(D_1) and H(D_2): no value is put in.
        return next((one for one in clauses if one.formals == args), None)
    alike = [one for one in clauses if fixed(one.formals) == fixed(args)]
    if alike:
        first = first_name(head, args)
        own = [one for one in alike if first_name(head, one.formals) == first]
        exact = [one for one in own if not first or spoken_of(one.formals) == spoken_of(args)]
        if exact or own:
            # Of p(x | a) and p(x | b) neither is p(x | c).
            return exact[-1] if exact else own[0] if len(own) == 1 else None
        # p(z) after p(x) is renamed; p(θ) after p(x | θ) is another density.
        others = [one for one in alike if not first or first not in {name_of(f) for f in one.formals}]
        return next(reversed(others), None)
    return clauses[0] if len(clauses) == 1 and not any(f.is_Number for f in clauses[0].formals) else None


def with_clause(head: str, clauses: Sequence[Function], added: Function) -> tuple[Function, ...]:
    """One more clause; it takes the place of an earlier one of the same numbers and, for densities, the same letter."""
    return (*(one for one in clauses if not replaces(head, one, added)), added)


def replaces(head: str, old: Function, new: Function) -> bool:
    """Is the new clause said in the old one's place?"""
    if fixed(old.formals) != fixed(new.formals):
        return False
    if is_density_name(head) and old.formals and spoken_of(old.formals) != spoken_of(new.formals):
        return False
    return not (old.of_things and new.of_things and old.formals != new.formals)


def fixed(formals: tuple[Any, ...]) -> tuple[Any, ...]:
    """The numbers among the arguments."""
    return tuple(f for f in formals if f.is_Number)


def first_name(head: str, formals: tuple[Any, ...]) -> str:
    """The letter that a density is one of; nothing for other functions, which are the same of any letter."""
    return name_of(formals[0]) if formals and is_density_name(head) else ""


def spoken_of(args: tuple[Any, ...]) -> tuple[str, frozenset[str]]:
    """Whose density it is, and what stands behind the bar."""
    first, *rest = [name_of(a) for a in args] or [""]
    return first, frozenset(rest)
