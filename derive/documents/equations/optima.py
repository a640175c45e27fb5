r"""Best values: a solution, or ``\hat\theta = \arg\max_\theta f``, by what is to be optimised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derive.checking.settling import Settled, settled
from derive.core.claim import Claim, Outcome, Verdict
from derive.core.information import Extremum
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.trees import substitute
from derive.documents.equations.best_together import together
from derive.documents.equations.together import names_in
from derive.documents.kinds import differ, kind_of
from derive.documents.known import unfolded
from derive.documents.laws.likelihoods import log_likelihood
from derive.documents.letters import base_of

if TYPE_CHECKING:
    from derive.documents.course import Course


def optimal(course: Course, letter: Any, value: Any) -> Settled | None:
    """Is the value the best one for what is to be optimised, by the document or the sample's law? None: nothing is."""
    objectives = [e for e in reversed(course.extrema) if letter in e.args[1]][:1]
    if not objectives:
        made = [log_likelihood(course, (letter,), prior) for prior in (False, True)]
        meant = unfolded(value, course).free_symbols
        made = [m for m in made if m is not None and meant & m.free_symbols]
        objectives = [Extremum(m, (letter,), "argmax") for m in dict.fromkeys(made)]
    if not objectives:
        return None
    known = {k: v for k, v in course.solved.items() if k != letter}
    claims = []
    for objective in objectives:
        function, (_, _, kind) = objective.args[0], objective.args
        for table in [known, {}] if known else [{}]:
            put, best = (substitute(side, table) if table else side for side in (function, value))
            claims.append(Claim(Extremum(put, (letter,), kind), EQUAL, best, course.facts))
        function = substitute(function, known) if known else function
    found = settled(claims)
    if found.verdict.outcome is not Outcome.REFUTED:
        return found
    if not course.extrema and not course.seeks:
        # Nobody said that it is the best value.
        return Settled(Verdict(Outcome.UNKNOWN, "aim"), Phrase("check_unknown", {"reason": "aim"}))
    if (elsewhere := together(course, claims[0].left, letter, value)) is not None:
        return elsewhere
    others = names_in(function) - names_in(value) - {base_of(letter)} - sizes(course)
    if any(is_parameter(course, name) for name in others):
        # Other letters are free: the best value may only be the best at their best.
        return Settled(Verdict(Outcome.UNKNOWN, "letter"), Phrase("check_unknown", {"reason": "letter"}))
    return found


def is_parameter(course: Course, name: Any) -> bool:
    """Is it declared, and no datum?"""
    facts = course.facts
    law = facts.law(str(getattr(name, "label", getattr(name, "name", ""))))
    sample = law is not None and bool(facts.shapes.get(name)) and facts.shapes[name][0] in facts.indices.values()
    return name in facts.domains and not sample and name not in facts.definitions and name not in facts.indices


def sizes(course: Course) -> set[Any]:
    """The letters that count."""
    return {s for shape in course.facts.shapes.values() for size in shape for s in size.free_symbols}


def extremum_opens(course: Course, extremum: Any) -> Settled | None:
    r"""``\hat\theta = \arg\max_\theta f``: the verdict by what is to be optimised; None where nothing says."""
    letters = tuple(extremum.args[1])
    kind = kind_of(course.head)
    alike = [e for e in course.extrema if not differ(course.sought.get(e, ("", "")), kind)]
    before = next((e for e in reversed(alike) if set(e.args[1]) == set(letters)), None)
    course.extrema.append(extremum)
    course.sought[extremum] = kind
    if before is not None:
        return settled([Claim(before, EQUAL, extremum, course.facts)])
    wanted = [log_likelihood(course, letters, prior) for prior in (True, False)]
    known = {k: v for k, v in course.solved.items() if k not in letters}
    wanted += [substitute(w, known) for w in wanted if w is not None and known]
    claims = [Claim(Extremum(w, letters, "argmax"), EQUAL, extremum, course.facts) for w in wanted if w is not None]
    if not claims:
        return None
    found = settled(claims)
    return found if found.holds else None
