"""The first relation of a chain: a definition, a law, the best value of something, or a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from derive.core.information import Extremum
from derive.core.relation import EQUAL
from derive.documents.closing_names import named_behind
from derive.documents.definitions import introduced, introduction
from derive.documents.equations.inverses import under_a_function
from derive.documents.equations.optima import extremum_opens
from derive.documents.equations.together import differentiated, is_multiplier
from derive.documents.estimates import note_estimate
from derive.documents.fisher import stated_information
from derive.documents.links import JUDGED
from derive.documents.sorts import is_averaged
from derive.documents.updates import updated
from derive.reading.chains import Link, Side
from derive.reading.names import spelling

if TYPE_CHECKING:
    from derive.documents.course import Course


def opened(course: Course, sides: list[Side], links: list[Link], follows: bool) -> int:
    """The first link, where it is no claim: a definition, a law. From which link on there are claims."""
    raw, relation = sides[0].value, links[0].relation
    if (written := spelling(sides[0].latex)) in course.whole:
        # A matrix that has a name: here the name is meant.
        raw = sp.Symbol(written, real=True)
    if isinstance(raw, sp.Identity) and is_averaged(sides[1].value):
        # No identity matrix is written as an integral: Fisher's information is meant.
        raw = sp.Symbol(written, real=True)
    if relation.id not in JUDGED:
        course.begin(None)
        if named_behind(course, sides[0], links[0], sides[1]):
            course.begin(course.meaning(raw))
        elif relation.id == "defined" and sides[1].value is not None:
            introduction(course, raw, sides[1].value, links[0].line)
            course.begin(course.meaning(sides[1].value))
        return 1
    if relation == EQUAL:
        note_estimate(course, raw, sides[1].value)
    if relation == EQUAL and isinstance(sides[1].value, Extremum) and not isinstance(raw, Extremum):
        value, course.head = course.meaning(sides[1].value), raw
        found = extremum_opens(course, value)
        course.begin(value)
        if found is not None:
            course.say(links[0], sides[0], sides[1], found)
        return 1
    if relation == EQUAL and isinstance(sides[1].value, sp.Basic):
        raw = updated(raw, sides[1].value, course.facts)
        named = under_a_function(course, raw, sides[1].value)
        if named is not None:
            introduction(course, *named, links[0].line)
            course.begin(course.meaning(sides[1].value))
            return 1
    if relation == EQUAL and sides[1].value is not None and not follows and not is_multiplier(course, raw):
        if (stated := stated_information(course, raw, sides[1].value)) is not None:
            course.begin(course.meaning(sides[1].value))
            course.say(links[0], sides[0], sides[1], stated)
            return 1
        name = introduced(course, raw, sides[1].value)
        if name is not None:
            found = introduction(course, raw, sides[1].value, links[0].line)
            course.begin(course.meaning(sides[1].value))
            if found is not None:
                course.say(links[0], sides[0], sides[1], found)
            return 1
    course.begin(course.meaning(raw))
    course.head = raw
    differentiated(course, raw)
    return 0
