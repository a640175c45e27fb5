"""Packages of QTI 2.1: every file keeps the rules of the specification, and marks right answers as right.

The tables say what the XML Schema of QTI 2.1 (imsqti_v2p1.xsd; of the manifest: imscp_v1p1.xsd) says of the elements
that are used here: what stands in them, in which order, and with which attributes. They are stricter where the schema
lets in what is not used. What no schema says, as that every response has its declaration, is said in the
Assessment Test, Section and Item Information Model 2.1 under the class of that name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from derive.writing.platforms.files import platform_file

QTI, PACKAGE = "http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imscp_v1p1"

IDENTIFIER, NUMBER, YES = r"[A-Za-z_][\w-]*", r"-?\d+(\.\d+)?", "true|false"
TYPE = "identifier|boolean|integer|float|string|point|pair|directedPair|duration|file|uri"
# A * before the name: the attribute must stand there.
VARIABLE = {
    "*identifier": IDENTIFIER,
    "*cardinality": "single|multiple|ordered|record",
    "baseType": TYPE,
}
ROOT = {"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation": rf"({QTI}|{PACKAGE}) http://\S+\.xsd"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ATTRIBUTES: dict[str, dict[str, str]] = {
    # An item and its variables
    "assessmentItem": ROOT
    | {"*identifier": ".+", "*title": ".*", LANGUAGE: "en|zh-Hans", "*adaptive": YES, "*timeDependent": YES},
    "responseDeclaration": VARIABLE,
    "outcomeDeclaration": VARIABLE | {"normalMaximum": NUMBER, "normalMinimum": NUMBER},
    # What stands in its body
    "rubricBlock": {"*view": "((author|candidate|proctor|scorer|testConstructor|tutor)( |$))+"},
    "choiceInteraction": {"*responseIdentifier": IDENTIFIER, "*shuffle": YES, "*maxChoices": r"\d+"},
    "orderInteraction": {"*responseIdentifier": IDENTIFIER, "*shuffle": YES},
    "simpleChoice": {"*identifier": IDENTIFIER},
    "textEntryInteraction": {"*responseIdentifier": IDENTIFIER, "expectedLength": r"\d+"},
    "extendedTextInteraction": {"*responseIdentifier": IDENTIFIER, "expectedLines": r"[1-9]\d*"},
    # Response and outcome processing
    "setOutcomeValue": {"*identifier": IDENTIFIER},
    "variable": {"*identifier": IDENTIFIER},
    "correct": {"*identifier": IDENTIFIER},
    "baseValue": {"*baseType": TYPE},
    "equal": {"*toleranceMode": "exact|absolute|relative", "tolerance": rf"{NUMBER}( {NUMBER})?"},
    "testVariables": {"*variableIdentifier": IDENTIFIER},
    # Feedback
    "modalFeedback": {"*outcomeIdentifier": IDENTIFIER, "*identifier": IDENTIFIER, "*showHide": "show|hide"},
    # A test
    "assessmentTest": ROOT | {"*identifier": ".+", "*title": ".*"},
    "testPart": {
        "*identifier": IDENTIFIER,
        "*navigationMode": "linear|nonlinear",
        "*submissionMode": "individual|simultaneous",
    },
    "itemSessionControl": {"maxAttempts": r"\d+", "showFeedback": YES},
    "assessmentSection": {"*identifier": IDENTIFIER, "*title": ".*", "*visible": YES},
    "assessmentItemRef": {"*identifier": IDENTIFIER, "*href": r"[\w./-]+"},
    # A package
    "manifest": ROOT | {"*identifier": IDENTIFIER},
    "resource": {
        "*identifier": IDENTIFIER,
        "*type": "imsqti_item_xmlv2p1|imsqti_test_xmlv2p1",
        "*href": r"[\w./-]+",
    },
    "file": {"*href": r"[\w./-]+"},
    "dependency": {"*identifierref": IDENTIFIER},
}
# What stands in an element, as an expression over the names of its children; # before it: text may stand there too.
BLOCK = "(p|div|h3|table|rubricBlock|choiceInteraction|orderInteraction|extendedTextInteraction)"
STATIC = "(p|div|h3|table)"
INLINE = "(strong|span|textEntryInteraction)"
EXPRESSION = "(match|equal|sum|variable|correct|baseValue|testVariables)"
CONTENT = {
    "assessmentItem": "responseDeclaration* outcomeDeclaration* itemBody? responseProcessing? modalFeedback*",
    "responseDeclaration": "correctResponse?",
    "outcomeDeclaration": "defaultValue?",
    "correctResponse": "value+",
    "defaultValue": "value+",
    "itemBody": f"{BLOCK}*",
    "rubricBlock": f"{STATIC}*",
    "modalFeedback": f"#({STATIC}|strong|span)*",
    "choiceInteraction": "simpleChoice+",
    "orderInteraction": "simpleChoice+",
    "simpleChoice": f"#({STATIC}|strong|span)*",
    "div": f"#({STATIC}|{INLINE})*",
    "p": f"#{INLINE}*",
    "h3": "#(strong|span)*",
    "strong": "#(strong|span)*",
    "span": "#(strong|span)*",
    "table": "thead? tbody+",
    "thead": "tr+",
    "tbody": "tr+",
    "tr": "(th|td)*",
    "th": f"#({STATIC}|{INLINE})*",
    "td": f"#({STATIC}|{INLINE})*",
    "responseProcessing": "(responseCondition|setOutcomeValue)*",
    "responseCondition": "responseIf",
    "responseIf": f"{EXPRESSION} setOutcomeValue*",
    "setOutcomeValue": EXPRESSION,
    "match": f"{EXPRESSION} {EXPRESSION}",
    "equal": f"{EXPRESSION} {EXPRESSION}",
    "sum": f"{EXPRESSION}+",
    "baseValue": "#",
    "value": "#",
    "assessmentTest": "outcomeDeclaration* testPart+ outcomeProcessing?",
    "testPart": "itemSessionControl? assessmentSection+",
    "assessmentSection": "assessmentItemRef*",
    "outcomeProcessing": "setOutcomeValue*",
    "manifest": "metadata organizations resources",
    "metadata": "schema schemaversion",
    "schema": "#",
    "schemaversion": "#",
    "resources": "resource*",
    "resource": "file* dependency*",
}
EMPTY = {
    "textEntryInteraction",
    "extendedTextInteraction",
    "variable",
    "correct",
    "testVariables",
    "itemSessionControl",
    "assessmentItemRef",
    "file",
    "dependency",
    "organizations",
}
INTERACTIONS = {
    "choiceInteraction": ("single", "identifier"),
    "orderInteraction": ("ordered", "identifier"),
    "textEntryInteraction": ("single", "float"),
    "extendedTextInteraction": ("single", "string"),
}
"""What each interaction asks of its variable: cardinality and base type."""


def expression(model: str) -> re.Pattern[str]:
    """A content model over names that are each followed by a semicolon."""
    return re.compile(re.sub(r"[A-Za-z]\w*", lambda name: f"(?:{name[0]};)", model).replace(" ", "").replace("#", ""))


def broken(root: ET.Element, namespace: str) -> Iterator[str]:
    """Every rule about elements and attributes that a file breaks."""
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{namespace}}}")
        if name not in CONTENT and name not in EMPTY:
            yield f"no element {element.tag}"
            continue
        children = "".join(child.tag.removeprefix(f"{{{namespace}}}") + ";" for child in element)
        if not expression(CONTENT.get(name, "")).fullmatch(children):
            yield f"{name} holds {children}"
        text = "".join([element.text or "", *(child.tail or "" for child in element)])
        if text.strip() and "#" not in CONTENT.get(name, ""):
            yield f"{name} holds text"
        rules = ATTRIBUTES.get(name, {})
        for attribute, value in element.attrib.items():
            pattern = rules.get(attribute, rules.get(f"*{attribute}"))
            if pattern is None or not re.fullmatch(pattern, value):
                yield f"{name} {attribute}={value}"
        yield from (f"{name} without {a[1:]}" for a in rules if a[0] == "*" and a[1:] not in element.attrib)


def loose(item: ET.Element) -> Iterator[str]:
    """Every name in an item that is declared twice, or that nothing declares, or that is of another type."""
    declared = {d.get("identifier"): d for d in item if d.tag.endswith("Declaration")}
    if len(declared) != sum(d.tag.endswith("Declaration") for d in item):
        yield "declared twice"
    if not {"SCORE", "MAXSCORE"} <= declared.keys():
        yield "no score"
    answered = [e for e in item.iter() if "responseIdentifier" in e.attrib]
    names = [e.get("responseIdentifier") for e in answered]
    if sorted(map(str, names)) != sorted(str(n) for n, d in declared.items() if d.tag.endswith("responseDeclaration")):
        yield f"responses {names}"
        return
    for element in answered:
        variable, kind = declared[element.get("responseIdentifier")], element.tag.split("}")[1]
        if (variable.get("cardinality"), variable.get("baseType")) != INTERACTIONS[kind]:
            yield f"{kind}: {variable.attrib}"
        labels = [choice.get("identifier") for choice in element if "identifier" in choice.attrib]
        if len(set(labels)) != len(labels) or (labels and not set(values(variable)) <= set(labels)):
            yield f"labels {labels}"
    for element in item.iter():
        if element.tag.split("}")[1] in ("variable", "correct", "setOutcomeValue"):
            name = element.get("identifier")
            if name not in declared or (element.tag.endswith("correct") and not values(declared[name])):
                yield f"{name} is not declared"
    for feedback in item.findall(f"{{{QTI}}}modalFeedback"):
        shown = [e.text for e in item.iter(f"{{{QTI}}}baseValue") if e.get("baseType") == "identifier"]
        if feedback.get("outcomeIdentifier") not in declared or feedback.get("identifier") not in shown:
            yield "feedback that is never shown"


def values(declaration: ET.Element) -> list[str]:
    return [value.text or "" for value in declaration.iter(f"{{{QTI}}}value")]


def opened(archive: bytes) -> dict[str, ET.Element]:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        assert files.testzip() is None
        return {name: ET.fromstring(files.read(name)) for name in files.namelist()}


@pytest.fixture(scope="module")
def files(made: Any) -> dict[str, ET.Element]:
    return opened(platform_file("qti", made.sheet, made.items, made.language))


def items(files: dict[str, ET.Element], made: Any) -> list[tuple[ET.Element, Any, Any]]:
    """Every item of the package with what it was made from, in the order of the tests."""
    found = [
        files[reference.get("href") or ""]
        for name in sorted(name for name in files if "-test-" in name)
        for reference in files[name].iter(f"{{{QTI}}}assessmentItemRef")
    ]
    return [(file, item, problem) for file, (item, problem) in zip(found, made.pairs, strict=True)]


def test_every_file_keeps_the_schema(files: dict[str, ET.Element]) -> None:
    for name, root in files.items():
        namespace = PACKAGE if name == "imsmanifest.xml" else QTI
        assert list(broken(root, namespace)) == [], name


def test_every_name_is_declared(files: dict[str, ET.Element]) -> None:
    for name, root in files.items():
        assert not name.startswith("items/") or list(loose(root)) == [], name


def test_the_manifest_lists_every_file_once(files: dict[str, ET.Element]) -> None:
    resources = list(files["imsmanifest.xml"].iter(f"{{{PACKAGE}}}resource"))
    listed = {r.get("identifier"): r for r in resources}
    assert len(listed) == len(resources)
    assert sorted(str(r.get("href")) for r in resources) == sorted(files.keys() - {"imsmanifest.xml"})
    for resource in resources:
        root = files[str(resource.get("href"))]
        assert resource[0].get("href") == resource.get("href")
        assert root.get("identifier") == resource.get("identifier")
        assert (root.tag == f"{{{QTI}}}assessmentTest") == (resource.get("type") == "imsqti_test_xmlv2p1")
        needs = {d.get("identifierref") for d in resource.iter(f"{{{PACKAGE}}}dependency")}
        assert needs == {r.get("identifier") for r in root.iter(f"{{{QTI}}}assessmentItemRef")}
        assert needs <= listed.keys()


def test_a_test_for_each_variant_with_its_problems_in_order(files: dict[str, ET.Element], made: Any) -> None:
    tests = [files[name] for name in sorted(name for name in files if "-test-" in name)]
    assert len(tests) == len(made.variants)
    for test, variant in zip(tests, made.variants, strict=True):
        assert total(test) == variant.points
        assert len(list(test.iter(f"{{{QTI}}}assessmentItemRef"))) == len(variant.problems)
    assert [total(file) for file, _, _ in items(files, made)] == [problem.points for _, problem in made.pairs]


def total(root: ET.Element) -> int:
    """The greatest score, said in two places."""
    outcomes = {o.get("identifier"): o for o in root.iter(f"{{{QTI}}}outcomeDeclaration")}
    assert values(outcomes["MAXSCORE"]) == [outcomes["SCORE"].get("normalMaximum")]
    return int(values(outcomes["MAXSCORE"])[0])


def score(item: ET.Element, given: dict[str, Any]) -> tuple[float, str]:
    """What response processing makes of the responses: the score, and which feedback is shown."""
    outcomes: dict[str, Any] = {"SCORE": 0.0, "FEEDBACK": None}
    correct = {d.get("identifier"): values(d) for d in item.findall(f"{{{QTI}}}responseDeclaration")}

    def value(e: ET.Element) -> Any:
        match e.tag.split("}")[1]:
            case "variable":
                return {**outcomes, **given}[str(e.get("identifier"))]
            case "correct":
                return correct[e.get("identifier")]
            case "baseValue":
                return float(e.text or "") if e.get("baseType") == "float" else e.text
            case "sum":
                return sum(map(value, e))
            case "match":
                return value(e[0]) == value(e[1])
            case "equal":
                low, high = map(float, (e.get("tolerance") or "0 0").split())
                seen, right = value(e[0]), float(value(e[1])[0])
                return right - low <= seen <= right + high
        raise AssertionError(e.tag)

    def run(rules: Any) -> None:
        for rule in rules:
            if rule.tag.endswith("setOutcomeValue"):
                outcomes[rule.get("identifier")] = value(rule[0])
            elif value(rule[0][0]):
                run(rule[0][1:])

    run(item.find(f"{{{QTI}}}responseProcessing"))
    return outcomes["SCORE"], outcomes["FEEDBACK"]


def test_right_answers_get_all_points_and_wrong_ones_none(files: dict[str, ET.Element], made: Any) -> None:
    forms = set()
    for file, item, problem in items(files, made):
        right: dict[str, Any] = {}
        wrong: dict[str, Any] = {}
        numbers = iter(problem.answer.values or (problem.answer.line,))
        for declaration in file.findall(f"{{{QTI}}}responseDeclaration"):
            name, labels = str(declaration.get("identifier")), list(problem.answer.labels)
            match declaration.get("baseType"):
                case "float":
                    number = float(next(numbers))
                    right[name], wrong[name] = number, number + 0.01
                case "identifier":
                    right[name], wrong[name] = labels, labels[1:]
                case "string":
                    right[name] = wrong[name] = "text"
        by_scorer = sum(share.points for share in problem.scheme if share.what.key != "share_wrong_line")
        assert score(file, right) == (problem.points - (by_scorer if item.form == "essay" else 0), "KEY")
        assert score(file, wrong) == (0, "KEY")
        forms.add(item.form)
    assert forms == {"essay", "choice", "number", "order"}


def test_scorers_alone_see_the_scheme(files: dict[str, ET.Element], made: Any) -> None:
    for file, item, problem in items(files, made):
        rubrics = list(file.iter(f"{{{QTI}}}rubricBlock"))
        assert len(rubrics) == (item.form == "essay")
        for rubric in rubrics:
            assert "candidate" not in str(rubric.get("view"))
            numbers = [int(cell.text or "") for cell in rubric.iter(f"{{{QTI}}}td") if (cell.text or "").isdigit()]
            assert sum(numbers) == problem.points


WRONG = (
    (' adaptive="false"', ""),
    ('shuffle="true"', 'shuffle="perhaps"'),
    ("responseIf>", "if>"),
    ('identifier="RESPONSE"', 'identifier="ANSWER"'),
    ('responseIdentifier="RESPONSE', 'responseIdentifier="ANSWER'),
    ('toleranceMode="absolute"', ""),
    ("<itemBody>", "<itemBody>text"),
    ('<outcomeDeclaration identifier="SCORE"', '<outcomeDeclaration identifier="TOTAL"'),
    ('identifier="KEY"', 'identifier="LOCK"'),
    ("<strong>", "<b>"),
)


@pytest.mark.parametrize(("right", "wrong"), WRONG, ids=[right for right, _ in WRONG])
def test_a_broken_item_is_noticed(made: Any, right: str, wrong: str) -> None:
    archive = platform_file("qti", made.sheet, made.items, made.language)
    changed = 0
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        for name in package.namelist():
            text = package.read(name).decode()
            if name.startswith("items/") and right in text:
                text = text.replace(right, wrong).replace("</strong>", "</b>" if wrong == "<b>" else "</strong>")
                root = ET.fromstring(text)
                assert [*broken(root, QTI), *loose(root)], name
                changed += 1
    assert changed
