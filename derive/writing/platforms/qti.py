r"""Items of QTI 2.1: a file for each problem.

What a machine can mark is marked by the item; the rest of the points is left to a scorer, who finds scheme and key
in a rubric of his own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derive.writing.platforms.item import Blank, Item
from derive.writing.platforms.tree import Node, node, parsed, written

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {
    "xmlns": QTI,
    "xmlns:xsi": XSI,
    "xsi:schemaLocation": f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
}
SHOWN, KEY = "FEEDBACK", "KEY"


@dataclass(frozen=True, slots=True)
class Response:
    """One thing that is answered.

    Args:
        declaration: of its variable, with the right answer where there is one.
        body: the interaction.
        points: for the right answer; 0 where a scorer gives them.
        test: whether the answer is right.
    """

    declaration: Node
    body: Node
    points: int = 0
    test: Node | None = None


def item_file(item: Item, identifier: str, language: str) -> bytes:
    """The item as a document."""
    found = list(responses(item))
    parts = [
        *(response.declaration for response in found),
        outcome("SCORE", 0, normalMaximum=item.points, normalMinimum=0),
        outcome("MAXSCORE", item.points),
        node("outcomeDeclaration", identifier=SHOWN, cardinality="single", baseType="identifier"),
        node("itemBody", [parsed(item.question), *rubric(item), *(response.body for response in found)]),
        node("responseProcessing", [*(rule(r) for r in found if r.test is not None), shown()]),
        node("modalFeedback", [parsed(item.key)], outcomeIdentifier=SHOWN, identifier=KEY, showHide="show"),
    ]
    about = {"identifier": identifier, "title": item.title, "xml:lang": language}
    return written(node("assessmentItem", parts, **NAMESPACES, **about, adaptive="false", timeDependent="false"))


def rubric(item: Item) -> Iterator[Node]:
    """Scheme and key, for scorers only."""
    if item.form == "essay":
        yield node("rubricBlock", [parsed(item.scheme), parsed(item.key)], view="scorer tutor")


def responses(item: Item) -> Iterator[Response]:
    """All that is answered, in order."""
    left = item.points - sum(blank.points for blank in item.blanks)
    count = len(item.blanks) + (item.form in ("choice", "order") or left > 0)
    names = iter(["RESPONSE"] if count == 1 else [f"RESPONSE{k}" for k in range(1, count + 1)])
    for blank in item.blanks:
        yield number(blank, next(names))
    if item.form in ("choice", "order"):
        yield chosen(item, next(names))
    elif left > 0:
        yield essay(item, next(names))


def number(blank: Blank, name: str) -> Response:
    """A number within its tolerance."""
    body = parsed(f"{blank.label} ", "p")
    body.append(node("textEntryInteraction", responseIdentifier=name, expectedLength=10))
    mode = {"toleranceMode": "exact"}
    if blank.tolerance != "0":
        mode = {"toleranceMode": "absolute", "tolerance": f"{blank.tolerance} {blank.tolerance}"}
    test = node("equal", [node("variable", identifier=name), node("correct", identifier=name)], **mode)
    return Response(declared(name, "single", "float", [blank.value]), body, blank.points, test)


def chosen(item: Item, name: str) -> Response:
    """One of several, or all in order."""
    options = [with_identifier(parsed(what, "simpleChoice"), label) for label, what in item.options]
    if item.form == "choice":
        body = node("choiceInteraction", options, responseIdentifier=name, shuffle="true", maxChoices=1)
    else:
        body = node("orderInteraction", options, responseIdentifier=name, shuffle="true")
    test = node("match", [node("variable", identifier=name), node("correct", identifier=name)])
    cardinality = "single" if item.form == "choice" else "ordered"
    return Response(declared(name, cardinality, "identifier", item.right), body, item.points, test)


def with_identifier(option: Node, label: str) -> Node:
    option.set("identifier", label)
    return option


def essay(item: Item, name: str) -> Response:
    """A text."""
    body = node("extendedTextInteraction", responseIdentifier=name, expectedLines=max(1, item.lines))
    return Response(declared(name, "single", "string", ()), body)


def declared(name: str, cardinality: str, base: str, right: tuple[str, ...] | list[str]) -> Node:
    """The variable of a response."""
    answer = [node("correctResponse", [node("value", value) for value in right])] if right else []
    return node("responseDeclaration", answer, identifier=name, cardinality=cardinality, baseType=base)


def outcome(name: str, start: int, **limits: int) -> Node:
    """A number that comes out."""
    about = {"identifier": name, "cardinality": "single", "baseType": "float"}
    return node("outcomeDeclaration", [node("defaultValue", [node("value", str(start))])], **about, **limits)


def rule(response: Response) -> Node:
    """Points for the right answer are added to the score."""
    assert response.test is not None
    added = [node("variable", identifier="SCORE"), node("baseValue", str(response.points), baseType="float")]
    score = node("setOutcomeValue", [node("sum", added)], identifier="SCORE")
    return node("responseCondition", [node("responseIf", [response.test, score])])


def shown() -> Node:
    """The key is the feedback, whatever the answer."""
    return node("setOutcomeValue", [node("baseValue", KEY, baseType="identifier")], identifier=SHOWN)
