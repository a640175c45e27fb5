r"""Moodle XML: one file for the question bank.

The elements and their values are those that Moodle's own reader of this format takes (question/format/xml) and, for
ordering, that of the question type, which Moodle has had since 4.4. Mathematics stands between ``\(…\)``, which
Moodle's MathJax filter shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from derive.writing.platforms.item import Item
from derive.writing.platforms.tree import Node, node, parsed, written
from derive.writing.words import harmless

LONGEST_NAME = 255
"""Characters that the names of questions and categories have room for."""
FEWEST_LINES, MOST_LINES = 5, 40
ATTACHMENTS = 3
"""Photographs of a derivation that is written by hand."""
TYPES = {"essay": "essay", "choice": "multichoice", "order": "ordering"}


def moodle(title: str, items: Sequence[Item]) -> bytes:
    """All problems: a category for each place on the sheet, in it a question for each variant.

    A quiz that draws one question at random from each category gives every student another sheet.
    """
    questions: list[Node] = []
    for place in sorted({item.place for item in items}):
        mine = [item for item in items if item.place == place]
        questions.append(category(title, mine[0].group))
        questions += map(question, sorted(mine, key=lambda item: item.variant))
    return written(node("quiz", questions))


def category(title: str, group: str) -> Node:
    """The category of the questions that follow; a slash in a name is written twice."""
    names = [harmless(name)[:LONGEST_NAME].strip("/ ").replace("/", "//") for name in (title, group)]
    path = "/".join(["$course$", "top", *(name for name in names if name)])
    return node("question", [node("category", [text(path)])], type="category")


def question(item: Item) -> Node:
    """One problem."""
    kind = TYPES.get(item.form) or ("numerical" if len(item.blanks) == 1 else "cloze")
    asked = item.question + (cloze(item) if kind == "cloze" else "")
    parts = [
        node("name", [text(item.title[:LONGEST_NAME])]),
        formatted("questiontext", asked),
        formatted("generalfeedback", item.key),
        node("defaultgrade", str(item.points)),
        node("penalty", "0"),
        node("hidden", "0"),
        *BODIES[kind](item),
        node("tags", [node("tag", [text(f"variant-{item.variant:02}")])]),
    ]
    return node("question", parts, type=kind)


def essay(item: Item) -> Iterator[Node]:
    """The scheme and the key are there for who marks it."""
    yield node("responseformat", "editor")
    yield node("responserequired", "0")
    yield node("responsefieldlines", str(min(MOST_LINES, max(FEWEST_LINES, item.lines))))
    yield node("attachments", str(ATTACHMENTS))
    yield node("attachmentsrequired", "0")
    yield formatted("graderinfo", f"{item.scheme}\n{item.key}")
    yield formatted("responsetemplate", "")


def multichoice(item: Item) -> Iterator[Node]:
    """One of several."""
    yield node("single", "true")
    yield node("shuffleanswers", "true")
    yield node("answernumbering", "abc")
    yield node("showstandardinstruction", "1")
    yield from feedback()
    for label, what in item.options:
        yield formatted("answer", what, fraction=100 if label in item.right else 0)


def numerical(item: Item) -> Iterator[Node]:
    """One number without a unit."""
    blank = item.blanks[0]
    yield node("answer", [text(blank.value), node("tolerance", blank.tolerance)], fraction=100)
    yield node("unitgradingtype", "0")
    yield node("showunits", "3")


def cloze(item: Item) -> str:
    """Several numbers, each after its letter; the weights are the points."""
    blanks = (f"<p>{b.label} {{{b.points}:NUMERICAL:={b.value}:{b.tolerance}}}</p>" for b in item.blanks)
    return "\n" + "\n".join(blanks)


def ordering(item: Item) -> Iterator[Node]:
    """The lines in their right order, which Moodle shuffles; each one in its place counts."""
    yield node("layouttype", "VERTICAL")
    yield node("selecttype", "ALL")
    yield node("selectcount", "0")
    yield node("gradingtype", "ABSOLUTE_POSITION")
    yield node("showgrading", "SHOW")
    yield node("numberingstyle", "none")
    yield from feedback()
    yield node("shownumcorrect", "1")
    lines = dict(item.options)
    for number, label in enumerate(item.right, start=1):
        yield formatted("answer", lines[label], fraction=number)


def nothing(item: Item) -> Iterable[Node]:
    """All is in the text."""
    return ()


BODIES = {
    "essay": essay,
    "multichoice": multichoice,
    "numerical": numerical,
    "cloze": nothing,
    "ordering": ordering,
}


def feedback() -> Iterator[Node]:
    """The key is the feedback, whatever the answer."""
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        yield formatted(name, "")


def formatted(tag: str, xhtml: str, **attributes: object) -> Node:
    """XHTML as the text of an element."""
    # A template of the user's may have broken it.
    parsed(xhtml)
    return node(tag, [text(xhtml)], format="html", **attributes)


def text(content: str) -> Node:
    return node("text", content)
