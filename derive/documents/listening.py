"""Context as a document gives it: in its ``given:`` lines, and in its own sentences and formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.documents.course import Course
from derive.documents.equations.held_said import hold, is_held
from derive.documents.finding import Passage
from derive.documents.inline import FARTHEST, conditional
from derive.documents.laws.joint_laws import with_values
from derive.documents.laws.likelihood_laws import with_likelihood_laws
from derive.documents.macros import Macro, expanded
from derive.documents.placed import read_chains
from derive.documents.source import Source
from derive.reading.reader import Reader
from derive.said.averages import with_averages_said
from derive.said.bars import conditionals_said
from derive.said.context import with_context
from derive.said.contrasts import Said, are_dependent, heard
from derive.said.densities import with_densities_said
from derive.said.domains import with_domains_said
from derive.said.joint_uses import with_joints_used
from derive.said.moments import with_moments
from derive.said.named_densities import with_densities_named
from derive.said.sets import with_sets
from derive.said.spoken import base_said, families_said, laws_said, operators_said, taken_up, understood
from derive.said.stacked import with_stacked
from derive.said.supports import support_said
from derive.said.weights import with_weights

# In this order: a law needs the domains of its parameters, a set may speak of what has a law.
WAYS: tuple[Said, ...] = (
    with_domains_said,
    with_densities_said,
    with_likelihood_laws,
    with_moments,
    with_averages_said,
    with_densities_named,
    with_weights,
    with_joints_used,
    with_sets,
)
LONGEST_INLINE = 1_000


# Nobody reads a longer text as one derivation, and it is gone through for every letter.
LONGEST_TEXT = 200_000


def letter_and_law(said: str) -> tuple[str, str]:
    """The letter of which a line of context gives the law, and that law without blanks."""
    return re.split(r"_| ~ ", said)[0], re.sub(r"[\s{}]", "", said.partition(" ~ ")[2].rpartition(")")[0])


class Listener:
    """What one document says; each thing that is taken from its text is remarked once, at the next entry."""

    def __init__(self, source: Source, facts: Facts, macros: Mapping[str, Macro]) -> None:
        self.source, self.macros = source, macros
        self.text = source.text if len(source.text) <= LONGEST_TEXT else ""
        # From where on the text speaks of the laws in hand; before that there are blanks.
        self.scope = self.text
        self.laws: dict[str, str] = {}
        self.told: list[str] = []
        self.heard: list[Phrase] = []
        self.looked = False
        base = base_said(self.text)
        told = (
            understood(rf"\log base {base}", facts) if base is not None and "\\log" not in facts.definitions else None
        )
        if told is not None:
            self.remark(rf"\log base {base}", 1)
        said = {"operators": operators_said(self.text), "conditionals": conditionals_said(self.text)}
        self.start = replace(told or facts, **said)  # type: ignore[arg-type]

    def remark(self, given: str, line: int) -> None:
        """The text amounts to this line of context."""
        self.heard.append(Phrase("remark_from_text", {"given": given, "line": line}))

    def heard_so_far(self) -> tuple[Phrase, ...]:
        """What was taken from the text since it was last asked for."""
        heard = tuple(self.heard)
        self.heard.clear()
        return heard

    def know(self, course: Course, block: Sequence[Passage]) -> dict[int, InputError]:
        """Lines of context; the errors of those that cannot be understood, by their place."""
        self.told += [p.text for p in block]
        before, laws = course.facts.definitions, course.facts.laws
        line, _ = self.source.place(block[-1].offset)
        course.facts, errors = with_context(course.facts, [p.text for p in block], self.text)
        for said in families_said(self.text, course.facts):
            facts = understood(said, course.facts)
            if facts is not None:
                course.facts = facts
                self.remark(said, line)
        told = {k for k, v in course.facts.definitions.items() if before.get(k) != v}
        course.forget(told | {k.name for k, law in course.facts.laws.items() if laws.get(k) != law})
        self.look(course)
        for place in errors:
            course.spoiled |= set(re.findall(r"\\?[A-Za-z]+", block[place].text))
        return errors

    def look(self, course: Course) -> None:
        """What the text says of its letters: domains, densities, weights, laws of several variables, sets."""
        self.looked = True
        self.hear(course, *WAYS)
        course.facts = with_values(with_stacked(course.facts, self.scope), self.scope)

    def hear(self, course: Course, *ways: Said) -> None:
        """What the whole text says in these ways."""
        for way in ways:
            course.facts, taken = heard(way, course.facts, self.scope)
            for given, at in taken:
                self.remark(given, self.source.place(at)[0])

    def forget(self) -> None:
        """``given: nothing``: no line of context holds any longer."""
        self.told.clear()

    def listen(self, course: Course, passage: Passage, afresh: Callable[[Course], Course]) -> Course:
        """A law that the text names is context, unless a line of context speaks of the same letter.

        Another law for a letter that had one begins again: a new course.
        """
        if len(passage.text) > LONGEST_INLINE:
            return course
        formula, (line, _) = expanded(passage.text, self.macros), self.source.place(passage.offset)
        said_here = list(laws_said(formula, self.text))
        if not said_here and (named := support_said(formula)) is not None and named[0] in self.laws:
            # Another law, of which nobody can say what its arguments mean.
            return self.begun_again(afresh(course), passage.offset)
        for said in said_here:
            stem, law = letter_and_law(said)
            if "= 1.." in said and are_dependent(self.source.text, passage.offset, passage.offset + len(passage.text)):
                continue
            if self.laws.get(stem, law) != law:
                course = self.begun_again(afresh(course), passage.offset)
                if conditional(self.source.text[max(0, passage.offset - FARTHEST) : passage.offset]):
                    # A sentence that supposes may speak of another case for a moment only.
                    continue
            facts = taken_up(said, course.facts)
            if facts is not None:
                self.laws[stem] = law
                course.facts = facts
                self.remark(said, line)
                self.hear(course, with_averages_said)
        return course

    def begun_again(self, course: Course, place: int) -> Course:
        """What is said from this paragraph on is about other laws: only the lines of context and domains stay."""
        self.laws.clear()
        course.facts, _ = with_context(course.facts, self.told, self.text)
        self.hear(course, with_domains_said)
        above = max(self.text.rfind("\n\n", 0, place), 0)
        self.scope = re.sub(r"[^\n]", " ", self.text[:above]) + self.text[above:]
        self.look(course)
        return course

    def hold(self, course: Course, passage: Passage) -> None:
        """A family that the sentence says is held fixed is known by its sign and total alone."""
        text, end = self.source.text, passage.offset + len(passage.text)
        before = text[max(0, passage.offset - FARTHEST) : passage.offset].rstrip("$\\(")
        if is_held(before, text[end : end + FARTHEST].lstrip("$\\)")):
            for chain in read_chains(Reader(course.facts), self.source, passage, self.macros):
                if hold(course, chain.sides[0].value):
                    self.remark(rf"{passage.text.strip()} \in \mathbb{{R}}", self.source.place(end)[0])
