r"""``\theta \mid x \sim \text{Beta}(a + s, b + n - s)`` as what it claims: p(θ | x) is that density at θ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.documents.laws.bayes import is_parameter
from derive.documents.laws.evidence import with_priors
from derive.reading.chains import ReadChain, lines
from derive.reading.densities import NAMES
from derive.reading.names import spelling
from derive.reading.reader import Reader

if TYPE_CHECKING:
    from derive.documents.course import Course, Finding

_GIVEN = re.compile(
    r"\s*(?P<letter>\\[A-Za-z]+|[A-Za-z])\s*(?:\||\\mid(?![A-Za-z])|\\vert(?![A-Za-z]))(?P<data>.+)\Z", re.DOTALL
)
_LAW = re.compile(
    r"\s*(?:\\(?:text|mathrm|operatorname|textrm|mathcal|mathsf)\s*\{\s*(?P<in>[A-Za-z]+)\s*\}|(?P<bare>[A-Za-z]+))"
    r"\s*(?:\\left|\\[bB]igg?l?)?\s*\((?P<inside>.*?)(?:\\right|\\[bB]igg?r?)?\)\s*[.,;]?\s*\Z",
    re.DOTALL,
)
# The second parameter may be a spread, or a scale.
_OTHERWISE = {"normal": r"({})^2", "gamma": r"\frac{{1}}{{{}}}", "exponential": r"\frac{{1}}{{{}}}"}


def as_density(course: Course, chain: ReadChain) -> ReadChain | None:
    """The chain that says the same of densities, in the first parametrisation in which it holds; None for others."""
    if chain.continues or [link.relation.id for link in chain.links] != ["distributed"]:
        return None
    read = list(readings(course, chain))
    for one in read:
        findings: list[Finding] = []
        course.tried(findings.append).follow(one)
        if findings and all(finding.settled.holds for finding in findings):
            return one
    return read[0] if read else None


def readings(course: Course, chain: ReadChain) -> Iterator[ReadChain]:
    """The claims that may be meant."""
    given, law = _GIVEN.match(chain.sides[0].latex), _LAW.match(chain.sides[1].latex)
    if given is None or law is None:
        return
    name = law["in"] or law["bare"]
    known = NAMES.get(name, NAMES.get(rf"\mathcal{{{name}}}"))
    law_of = with_priors(course).law(spelling(given["letter"]))
    if known is None or law_of is None or not is_parameter(law_of.variable, course.facts):
        # A model that is set up, not a posterior that is found.
        return
    *front, last = parts(law["inside"])
    for form in ("{}", _OTHERWISE.get(known, "")):
        if not form:
            continue
        behind = ", ".join([*front, form.format(last)])
        head = r"\mathcal{N}" if known == "normal" else rf"\text{{{name}}}"
        text = rf"p({given['letter']} \mid {given['data']}) = {head}({given['letter']} \mid {behind})"
        made = lines(Reader(course.facts), " ".join(text.split()), chain.links[0].line, chain.links[0].column)
        if len(made) == 1 and len(made[0].links) == 1 and all(side.error is None for side in made[0].sides):
            yield made[0]


def parts(inside: str) -> list[str]:
    """The arguments between the commas that stand in no brackets."""
    made, depth = [""], 0
    for character in inside:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            made.append("")
        else:
            made[-1] += character
    return made
