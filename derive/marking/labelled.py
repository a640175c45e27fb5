"""Answers that are labels: one of several choices, or all lines in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from derive.core.phrase import Phrase
from derive.marking.goals import milestones
from derive.marking.key import Asked, Share
from derive.marking.lines import Followed
from derive.marking.marks import Part, ProblemMarks, full, none, unsure
from derive.marking.milestones import Key
from derive.marking.reached import reached

WHY = ("likelihood_heading", "log_likelihood_heading", "loss_heading")
SHOWN = {"mle": "log_likelihood_heading", "loss": "loss_heading"}
"""Which of them the question shows, by the derivation that it comes from."""
JOINING = ("and", "then")
"""Words between labels, as far as they are in Latin letters."""
_LABEL = r"(?<![A-Za-z\\])[A-J](?![A-Za-z])"
_ALONE = _LABEL + r"(?=[\s.,;:)。，、；：）]|$)"


def named(asked: Asked, answer: Followed) -> ProblemMarks:
    """Which law is it?"""
    return ProblemMarks(asked.number, asked.kind, tuple(chosen(share, asked, answer) for share in asked.scheme))


def family(asked: Asked, answer: Followed, key: Key) -> ProblemMarks:
    """Which distribution is it, and why?"""
    parts = [
        chosen(s, asked, answer) if s.part == "share_family" else because(s, asked, answer, key) for s in asked.scheme
    ]
    return ProblemMarks(asked.number, asked.kind, tuple(parts), None, answer.undecided)


def ordered(asked: Asked, answer: Followed) -> ProblemMarks:
    """Is the order the key's?"""
    return ProblemMarks(asked.number, asked.kind, tuple(in_order(share, asked, answer) for share in asked.scheme))


def chosen(share: Share, asked: Asked, answer: Followed) -> Part:
    """Points for the right label; a choice that is told in words is compared with the words of the key."""
    if answer.empty:
        return none(share.what, share.points, Phrase("mark_nothing"))
    if not asked.labels:
        return unsure(share.what, share.points, Phrase("mark_for_a_person"))
    label = label_in(words(answer), asked.choices or {})
    # "A) is wrong, so B": a person reads which is meant. In running English, "A" is an article and "I" a person.
    if label is None or set(re.findall(_ALONE, answer.prose)) & set(asked.choices or {}) - {label, "A", "I"}:
        return unsure(share.what, share.points, Phrase("mark_no_label"))
    slots = {"found": label}
    if label == asked.labels[0]:
        return full(share.what, share.points, Phrase("mark_label_right", slots))
    return none(share.what, share.points, Phrase("mark_label_wrong", slots))


def words(answer: Followed) -> str:
    """The text without the marks around it."""
    return " ".join(
        re.sub(r"[*_`#$>|]|<!--.*?-->|\\(?:text|textbf|mathrm|boxed|item)(?![A-Za-z])|[{}]", " ", answer.text).split()
    )


def label_in(text: str, choices: Mapping[str, str]) -> str | None:
    """The one label that a text names; None where it names none, or several.

    >>> label_in("Answer: B", {"A": "x", "B": "y"}), label_in("A sum is linear", {"A": "x", "B": "y"})
    ('B', None)
    """
    first = re.match(r"[-(\[]?\s*([A-J])\s*(?:[.:;,)\]。：，、]|$)", text)
    marked = [first.group(1)] if first is not None else []
    marked += re.findall(r"(?:[:：=]|\(|（)\s*([A-J])(?![A-Za-z'’])(?=\s*(?:[.;,)）。，]|$))", text)
    found = {label for label in marked if label in choices}
    if not found:
        found = {label for label in re.findall(_LABEL, text) if label in choices}
        # In running English, "A" is an article and "I" a person.
        found = set() if found & {"A", "I"} and len(text) > 1 else found
    if not found:
        told = " ".join(text.casefold().split())
        found = {k for k, v in choices.items() if " ".join(v.replace("$", " ").casefold().split()) in told}
    return next(iter(found)) if len(found) == 1 else None


def because(share: Share, asked: Asked, answer: Followed, key: Key) -> Part:
    """The likelihood of the family that leads to the loss."""
    # What the question shows is no reason.
    ways = [m for m in milestones(key) if m.key in WHY[: WHY.index(SHOWN[asked.task.verb])]]
    for milestone in ways:
        found = [reached(g, answer, key) for g in milestone.groups]
        if found and all(f.yes for f in found):
            return full(share.what, share.points, Phrase("mark_stated", {"lines": str(found[0].line)}))
    rest = re.sub(_LABEL, " ", words(answer))
    if len(re.findall(r"\w", rest)) < 2:
        return none(share.what, share.points, Phrase("mark_not_stated"))
    return unsure(share.what, share.points, Phrase("mark_for_a_person"))


def in_order(share: Share, asked: Asked, answer: Followed) -> Part:
    """Points for all labels in the key's order."""
    if answer.empty:
        return none(share.what, share.points, Phrase("mark_nothing"))
    found = order_in(words(answer), asked.choices or {})
    if found is None:
        return unsure(share.what, share.points, Phrase("mark_no_order"))
    slots = {"found": " ".join(found)}
    if found == asked.labels:
        return full(share.what, share.points, Phrase("mark_order_right", slots))
    return none(share.what, share.points, Phrase("mark_order_wrong", slots))


def order_in(text: str, choices: Mapping[str, str]) -> tuple[str, ...] | None:
    """The labels in the order that a text gives them; None where it names not all of them, or has several orders.

    >>> order_in("The order: B and A", {"A": "", "B": ""}), order_in("AB or BA", {"A": "", "B": ""})
    (('B', 'A'), None)
    """
    count = len(choices)
    found = {
        tuple(run)
        for run in re.findall(rf"(?<![A-Za-z])[A-J]{{{count}}}(?![A-Za-z])", text)
        if set(run) == set(choices)
    }
    between = rf"(?:[^A-Za-z0-9\\]|\\[a-z]+|{'|'.join(map(re.escape, JOINING))}){{0,12}}"
    spread = re.compile(rf"[A-J](?:{between}(?<![A-Za-z])[A-J](?![A-Za-z])){{{count - 1}}}")
    behind = 0
    for start in re.finditer(_LABEL, text):
        run = spread.match(text, start.start()) if start.start() >= behind else None
        labels = re.findall(_LABEL, run.group()) if run is not None else []
        if run is not None and len(labels) == count and set(labels) == set(choices):
            found.add(tuple(labels))
            behind = run.end()
    return next(iter(found)) if len(found) == 1 else None
