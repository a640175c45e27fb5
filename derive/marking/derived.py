"""A whole derivation, or its end: points for the milestones that are reached."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from derive.core.claim import Outcome
from derive.core.phrase import Phrase
from derive.core.statement import Statement
from derive.documents.report import Entry
from derive.marking.goals import milestones, results
from derive.marking.key import Asked, Share
from derive.marking.lines import Followed, Said, Term
from derive.marking.marks import ZERO, Part, ProblemMarks, full, halves, none, unsure
from derive.marking.milestones import Key, Milestone, Solution, Unclosed
from derive.marking.reached import Found, oriented, plain, reached, stated, strangers

OF_SHARE = {
    "share_second_order": "second_order_heading",
    "share_existence": "existence_heading",
}
ARGUED = ("curvature_heading", "second_order_heading", "existence_heading", "stationary_heading", "supports_heading")
"""Sections that may be argued in words."""


def derived(asked: Asked, answer: Followed, key: Key, arguing: tuple[str, ...]) -> ProblemMarks:
    """A derivation against the milestones of the key's.

    Args:
        arguing: words by which an argument without formulas is told.
    """
    answer = settled_by_key(answer, key)
    known = {m.key: m for m in milestones(key)}
    turned = is_turned(known, answer, key)
    found = {name: [oriented(g, answer, key, turned) for g in m.groups] for name, m in known.items()}
    for name, one in known.items():
        further = found.get(one.implied, [])
        if further and all(f.yes for f in further):
            found[name] = [f if f.yes else further[0] for f in found[name]]
    wrong = first_wrong(answer)
    accepted = wrong is None and result_found(key, known, found, answer)
    working = has_working(known, found)
    parts = []
    for share in asked.scheme:
        name = OF_SHARE.get(share.part, share.part)
        milestone = known.get(name)
        if milestone is None or not milestone.groups:
            parts.append(words_only(share, answer, arguing))
            continue
        bare = name == "stationary_heading" and not working and milestone.role == "way"
        got = [Found(False, doubt=f.doubt) for f in found[name]] if bare else found[name]
        parts.append(marked(share, milestone, got, answer, accepted and working, arguing))
    notes = [Phrase("mark_accepted")] if accepted and working else []
    return ProblemMarks(asked.number, asked.kind, tuple(parts), wrong, answer.undecided, tuple(notes))


def is_turned(known: dict[str, Milestone], answer: Followed, key: Key) -> bool | None:
    """Is it the negative log-likelihood that is minimised? None where neither is stated."""
    milestone = known.get("log_likelihood_heading")
    if milestone is None:
        return None
    if all(oriented(g, answer, key, False).yes for g in milestone.groups):
        return False
    return True if all(reached(g, answer, key).yes for g in milestone.groups) else None


def marked(
    share: Share, milestone: Milestone, found: list[Found], answer: Followed, accepted: bool, arguing: tuple[str, ...]
) -> Part:
    """Points for one milestone."""
    given = [f.yes for f in found]
    weights = [g.weight for g in milestone.groups]
    least = halves(share.points, weights, given)
    lines = ", ".join(dict.fromkeys(str(f.line) for f in found if f.yes))
    if all(given):
        return full(share.what, share.points, Phrase("mark_stated", {"lines": lines}))
    most = Fraction(share.points)
    doubt = next((f.doubt for f in found if f.doubt and not f.yes), 0)
    unread = next((e.line for e in answer.unread), 0)
    if milestone.key in ARGUED and says(answer, arguing):
        return Part(share.what, share.points, least, most, Phrase("mark_in_words"))
    if doubt:
        return Part(share.what, share.points, least, most, Phrase("mark_doubt", {"line": doubt}))
    if accepted and milestone.role == "way":
        return Part(share.what, share.points, least, most, Phrase("mark_other_way"))
    if unread:
        return Part(share.what, share.points, least, most, Phrase("mark_unread", {"line": unread}))
    if least > ZERO:
        return Part(share.what, share.points, least, least, Phrase("mark_partly", {"lines": lines}))
    return none(share.what, share.points, Phrase("mark_not_stated"))


def words_only(share: Share, answer: Followed, arguing: tuple[str, ...]) -> Part:
    """What the key has no formula for."""
    if answer.prose.strip() or answer.said:
        return unsure(share.what, share.points, Phrase("mark_for_a_person"))
    return none(share.what, share.points, Phrase("mark_not_stated"))


def says(answer: Followed, words: tuple[str, ...]) -> bool:
    """Is one of the words in the text?"""
    text = answer.prose.casefold()
    return any(word in text for word in words)


def result_found(key: Key, known: dict[str, Milestone], found: dict[str, list[Found]], answer: Followed) -> bool:
    """Is the final answer the key's?"""
    ends = [name for name, m in known.items() if m.role == "result" and m.groups]
    if ends:
        return all(f.yes for name in ends for f in found[name])
    groups = list(results(key))
    return bool(groups) and all(reached(g, answer, key).yes for g in groups)


def has_working(known: dict[str, Milestone], found: dict[str, list[Found]]) -> bool:
    """Is anything on the way to the result stated?"""
    for name, milestone in known.items():
        for one, group in zip(found[name], milestone.groups, strict=True):
            solved = any(isinstance(goal, Solution) for goal in group.goals)
            defined = any(isinstance(goal, Unclosed) for goal in group.goals)
            if one.yes and ((milestone.role == "way" and not solved) or defined):
                return True
    return False


def first_wrong(answer: Followed) -> Entry | None:
    """The first line that is refuted."""
    return next((e for e in answer.entries if e.verdict is Outcome.REFUTED), None)


def settled_by_key(answer: Followed, key: Key) -> Followed:
    """Lines of the key itself hold; so does its result, and what it says of a special case.

    A zero behind a side that was not read may be what a derivative is set to, and is no mistake; nor is a line with a
    letter that has no meaning here.
    """
    known = lines_of(key)
    special = [goal for m in milestones(key) if m.key == "existence_heading" for g in m.groups for goal in g.goals]
    ends = [goal for group in results(key) for goal in group.goals if isinstance(goal, Solution)]
    fine: set[tuple[int, int]] = set()
    strange: set[tuple[int, int]] = set()
    mistaken = False
    for said in answer.said:
        if said.outcome not in (Outcome.REFUTED, Outcome.UNKNOWN, Outcome.UNREAD):
            continue
        if is_line_of(said, known) or (said.blind and said.right.meaning == 0):
            fine.add((said.line, said.column))
        elif said.outcome is Outcome.REFUTED:
            alone = replace(answer, said=(replace(said, outcome=None),))
            if any(stated(goal, alone, key).yes for goal in (*special, *(() if mistaken else ends))):
                fine.add((said.line, said.column))
            elif any(t is not None and t.meaning is not None and strangers(t.meaning, key.facts) for t in sides(said)):
                strange.add((said.line, said.column))
            else:
                mistaken = True
    entries = tuple(unsettled(e) if (e.line, e.column) in strange else e for e in answer.entries)
    entries = tuple(e for e in entries if (e.line, e.column) not in fine)
    kept = tuple(replace(s, outcome=None) if (s.line, s.column) in fine | strange else s for s in answer.said)
    return replace(answer, entries=entries, said=kept)


def sides(said: Said) -> tuple[Term | None, Term]:
    """Left and right."""
    return said.left, said.right


def unsettled(entry: Entry) -> Entry:
    """The entry of a line with a letter that has no meaning."""
    because = Phrase("check_unknown", {"reason": "letter"})
    return replace(entry, verdict=Outcome.UNKNOWN, because=because, witness=None, suggestion=None, remarks=())


def lines_of(key: Key) -> set[tuple[str, str, str]]:
    """The lines of the derivation as they are printed: what stands before, the relation, and what stands after."""
    made: set[tuple[str, str, str]] = set()
    for chain in key.argument.chains:
        for step in chain.steps:
            for one in (step, *step.inside):
                if isinstance(one.after, Statement):
                    made |= {triple(key, *parts_of(s)) for s in (one.before, one.after) if isinstance(s, Statement)}
                else:
                    made |= {triple(key, left, one.relation.id, one.after) for left in (one.before, chain.start)}
    return made


def parts_of(statement: Statement) -> tuple[Any, str, Any]:
    """Left side, relation, right side."""
    return statement.left, statement.relation.id, statement.right


def triple(key: Key, left: Any, relation: str, right: Any) -> tuple[str, str, str]:
    """A line as it is compared."""
    return plain(key.show(left)), relation, plain(key.show(right))


def is_line_of(said: Said, known: set[tuple[str, str, str]]) -> bool:
    """Is it a line of the key?"""
    return said.left is not None and (plain(said.left.latex), said.relation, plain(said.right.latex)) in known
