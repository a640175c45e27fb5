r"""``= … + C`` and ``= C \cdot …``: what a constant stands for is not said, only what it does not depend on.

The claim is that the difference (the ratio) of the sides is free of the letters that are spoken of. Where the text does
not say which these are, it holds if the difference is free of all that may be meant, and it fails if it depends on each
of them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.budget import Budget
from derive.checking.efforts import averages
from derive.checking.expressions import forgiving
from derive.checking.judge import judge
from derive.checking.numbers import at_points
from derive.checking.settling import Settled, settled
from derive.checking.slips import Slip, slips
from derive.core.claim import Claim, Outcome
from derive.core.relation import EQUAL, PROPORTIONAL, UP_TO_CONSTANT, Relation
from derive.core.vectors import is_matrix
from derive.documents.claims import parameters_in, shown_in
from derive.documents.doubts import doubt, doubted
from derive.documents.known import known_letters
from derive.documents.laws.bayes import is_parameter
from derive.documents.laws.densities import is_density_name
from derive.documents.laws.evidence import without_evidence
from derive.documents.laws.sample_laws import law_at
from derive.documents.letters import is_letter, name_of
from derive.reading.chains import ReadChain

if TYPE_CHECKING:
    from derive.documents.course import Course

WORDS = frozenset(["const", "const.", "Const", "Const.", "constant", "Constant", "constants", "cst", "cst."])
"""Names that say themselves that they are constants."""
_LETTER = re.compile(r"[Cc](?:_\{?\w\}?)?'*\Z")
MOST_SLIPS = 80


def up_to_a_constant(course: Course, left: Any, relation: Relation, right: Any, chain: ReadChain) -> Settled | None:
    """The verdict on sides of which one or both have a constant of their own; None where there is none."""
    if relation != EQUAL or is_matrix(left) or is_matrix(right):
        return None
    parts = [parted(side, course) for side in (left, right)]
    kinds = {kind for _, kind, _ in parts} - {""}
    if len(kinds) != 1:
        return None
    first, second = (without_evidence(rest) for rest, _, _ in parts)
    names = {name for _, _, name in parts} - {""}
    forgiving = UP_TO_CONSTANT if kinds == {"term"} else PROPORTIONAL
    letters, together = free_of(course, first, second, chain)
    if not letters:
        return doubt("letter")
    whole = settled([Claim(first, forgiving, second, course.facts, letters)])
    if whole.holds:
        return whole
    if not (course.constants.spoken or names & WORDS):
        return doubt("letter")
    alone = [whole] if together else [settled(claims(first, forgiving, second, course, u)) for u in letters]
    wrong = [found for found in alone if found.verdict.outcome is Outcome.REFUTED]
    if len(wrong) < len(alone):
        return doubt("letter")
    slip = slip_beside(Claim(first, forgiving, second, course.facts, letters), right) if left == first else None
    return doubted(course, first, second, replace(wrong[0], slip=slip))


def claims(left: Any, relation: Relation, right: Any, course: Course, letter: Any) -> list[Claim]:
    """That they differ by what is free of one letter; a factor may be negative."""
    made = [Claim(left, relation, right, course.facts, (letter,))]
    return made if relation == UP_TO_CONSTANT else [*made, Claim(left, relation, -right, course.facts, (letter,))]


def parted(side: Any, course: Course) -> tuple[Any, str, str]:
    """The side without its constant, whether that is a term or a factor, and its name; the side itself without one."""
    found = [s for s in side.free_symbols if isinstance(s, sp.Symbol) and is_constant(s, course)]
    if len(found) == 1:
        (letter,) = found
        for kind in (sp.Add, sp.Mul):
            rest = [a for a in kind.make_args(side) if a not in (letter, -letter)]
            one = len(rest) == len(kind.make_args(side)) - 1
            if one and rest and not any(a.has(letter) for a in rest):
                return kind(*rest), "term" if kind is sp.Add else "factor", letter.name
    return side, "", ""


def is_constant(letter: Any, course: Course) -> bool:
    """A name that says so, or the letter that everybody takes for one and nothing declares."""
    if letter.name in known_letters(course.facts) or {letter.name} & (
        course.functions.keys() | course.constants.defined
    ):
        return False
    return letter.name in WORDS or _LETTER.match(letter.name) is not None


def free_of(course: Course, left: Any, right: Any, chain: ReadChain) -> tuple[tuple[Any, ...], bool]:
    """The letters that the constant is free of, and whether it is said to be free of all of them."""
    letters = tuple(parameters_in(course, left, right))
    said = course.constants.letters
    if said:
        named = tuple(s for s in letters if name_of(s) in said)
        return (named, True) if {name_of(s) for s in named} == said else (letters, False)
    head = course.head if chain.continues or chain.sides[0].value is None else chain.sides[0].value
    if isinstance(head, sp.Basic):
        if shown := shown_in(head, course):
            return shown, True
        inner = head.args[0] if isinstance(head, sp.log) else head
        if isinstance(inner, AppliedUndef) and not is_density_name(inner.func.__name__):
            own = tuple(a for a in inner.args if is_letter(a) and a in letters)
            if own:
                return own, False
        drawn = inner.args[:1] if isinstance(inner, AppliedUndef) else ()
    else:
        drawn = ()
    # A density may be meant as one of what is drawn, or as a likelihood.
    random = [s for s in letters if law_at(s, course.facts) is not None and is_parameter(s, course.facts)]
    return tuple(dict.fromkeys((*random, *(s for s in drawn if s in letters)))) if random else letters, False


def likelihood_up_to_a_constant(course: Course, left: Any, right: Any, objectives: list[Any]) -> Settled | None:
    """The verdict on a name for a likelihood that is one but for a constant; None where it may be anything else."""
    rest, kind, _ = parted(right, course)
    if not kind:
        return None
    letters = tuple(parameters_in(course, sp.Add(*objectives), rest))
    inner = left.args[0] if isinstance(left, sp.log) else left
    own = tuple(s for s in letters if isinstance(inner, AppliedUndef) and s in inner.args)
    forgiving = UP_TO_CONSTANT if kind == "term" else PROPORTIONAL
    made = [Claim(objective, forgiving, rest, course.facts, own or letters) for objective in objectives]
    for claim in made if letters else ():
        found = settled([claim])
        if found.holds:
            return found
    if not course.constants.spoken or len(own or letters) != 1:
        return None
    for claim in made[:2]:
        slip = slip_beside(claim, right)
        if slip is not None and slip.kind != "term":
            return replace(settled([claim]), slip=slip)
    return None


def slip_beside(claim: Claim, written: Any) -> Slip | None:
    """The first variant of the right side that makes it true but for a constant, with the constant."""
    if averages(claim):
        return None
    sizes = {s for shape in claim.facts.shapes.values() for size in shape for s in size.free_symbols}
    for slip in islice(slips(claim.right, tuple(sorted(sizes, key=str))), MOST_SLIPS):
        tried = replace(claim, right=slip.made)
        glance = at_points(tried, partial(forgiving, tried), Budget(), False, 1)
        if glance.witness is None and glance.tried and judge(tried).holds:
            term = claim.relation == UP_TO_CONSTANT
            return replace(slip, made=slip.made + written - claim.right if term else slip.made * written / claim.right)
    return None
