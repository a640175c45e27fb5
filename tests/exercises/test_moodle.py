"""Moodle XML: what its reader takes, the answers that it would mark right, and the points.

The rules are those of Moodle's documentation of the format ("Moodle XML format", "Embedded answers (Cloze) question
type") and of its reader: an element that it does not read is a mistake here.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import sympy as sp

from derive.writing.latex import latex
from derive.writing.platforms.files import platform_file

TYPES = ["essay", "essay", "ordering", "essay", "multichoice", "numerical", "cloze", "essay", "multichoice", "essay"]
TYPES += ["essay", "essay", "numerical"]


COMMON = ["name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "tags"]
FEEDBACK = ["correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"]
ESSAY = "responseformat responserequired responsefieldlines attachments attachmentsrequired graderinfo responsetemplate"
ORDERING = "layouttype selecttype selectcount gradingtype showgrading numberingstyle shownumcorrect answer"
READ = {
    "essay": re.split(" ", ESSAY),
    "multichoice": ["single", "shuffleanswers", "answernumbering", "showstandardinstruction", *FEEDBACK, "answer"],
    "numerical": ["answer", "unitgradingtype", "showunits"],
    "cloze": [],
    "ordering": [*FEEDBACK, *re.split(" ", ORDERING)],
}
"""What Moodle reads of each type, besides what is common to all."""
VALUES = {
    "defaultgrade": r"[1-9]\d*",
    "penalty": "0",
    "hidden": "0",
    "responseformat": "editor|editorfilepicker|plain|monospaced|noinline",
    "responserequired": "0|1",
    "responsefieldlines": r"\d+",
    "attachments": "-1|0|1|2|3",
    "attachmentsrequired": "0|1|2|3",
    "single": "true|false",
    "shuffleanswers": "true|false",
    "answernumbering": "none|abc|ABCD|123|iii|IIII",
    "showstandardinstruction": "0|1",
    "unitgradingtype": "0",
    "showunits": "3",
    "layouttype": "VERTICAL|HORIZONTAL",
    "selecttype": "ALL|RANDOM|CONTIGUOUS",
    "selectcount": r"\d+",
    "gradingtype": "ALL_OR_NOTHING|ABSOLUTE_POSITION|LONGEST_ORDERED_SUBSET",
    "showgrading": "SHOW|HIDE",
    "numberingstyle": "none|abc|ABCD|123|iii|IIII",
    "shownumcorrect": "1?",
}
FORMATTED = {"questiontext", "generalfeedback", "graderinfo", "responsetemplate", *FEEDBACK}
NUMBER = r"-?\d+(?:\.\d+)?"
EMBEDDED = re.compile(rf"\{{(\d+):NUMERICAL:=({NUMBER}):({NUMBER})\}}")
BEGINS = re.compile(r"\{[0-9]*:(?:NUMERICAL|NM|MULTI|MC|MR|SHORTANSWER|SA|MW)")
PAIRS = re.compile(r"(\\\(\\\)|\\\[\\\])*")
TAGS = {"p", "h3", "strong", "span", "table", "thead", "tbody", "tr", "th", "td"}


def broken(root: ET.Element) -> list[str]:
    """Every rule of the format that the file breaks."""
    found = [] if root.tag == "quiz" and root[0].get("type") == "category" else ["no quiz that begins with a category"]
    for question in root:
        kind = question.get("type", "")
        if question.tag != "question" or (kind != "category" and kind not in READ):
            found.append(f"<{question.tag} type={kind}>")
        elif kind == "category":
            found += category(question)
        else:
            found += [f"{kind}: {what}" for what in broken_question(question, kind)]
    return found


def category(question: ET.Element) -> list[str]:
    path = question.findtext("category/text") or ""
    # A slash inside a name is written twice.
    names = re.split(r"(?<!/)/(?!/)", path)
    wrong = [] if names[:2] == ["$course$", "top"] and len(names) == 4 and all(names) else [path]
    return wrong + [name for name in names if len(name) > 255]


def broken_question(question: ET.Element, kind: str) -> list[str]:
    tags = [child.tag for child in question]
    wrong = [f"{tag} is not read" for tag in tags if tag not in COMMON + READ[kind]]
    wrong += [f"{tag} is missing" for tag in COMMON + READ[kind] if tag not in tags]
    wrong += [f"{tag} twice" for tag in set(tags) - {"answer"} if tags.count(tag) > 1]
    for child in question:
        if child.tag in VALUES and not re.fullmatch(VALUES[child.tag], child.text or ""):
            wrong.append(f"{child.tag}: {child.text}")
        if child.tag in FORMATTED or (child.tag == "answer" and kind != "numerical"):
            wrong += [f"{child.tag}: {what}" for what in broken_text(child)]
    name = question.findtext("name/text") or ""
    return wrong + ([] if 0 < len(name) <= 255 else ["name"]) + broken_answers(question, kind)


def broken_text(holder: ET.Element) -> list[str]:
    """A text in HTML, well-formed, of plain elements, its mathematics between pairs of signs."""
    if holder.get("format") != "html" or holder.find("text") is None:
        return ["no HTML"]
    try:
        tree = ET.fromstring(f"<div>{holder.findtext('text')}</div>")
    except ET.ParseError as error:
        return [str(error)]
    plain = "".join(tree.itertext())
    signs = "".join(re.findall(r"\\[()\[\]]", plain.replace("\\\\", "")))
    elements = [e for e in tree.iter() if e is not tree]
    return [e.tag for e in elements if e.tag not in TAGS or e.attrib] + ([] if PAIRS.fullmatch(signs) else ["signs"])


def broken_answers(question: ET.Element, kind: str) -> list[str]:
    answers = question.findall("answer")
    text = question.findtext("questiontext/text") or ""
    if kind == "multichoice":
        right = [answer.get("fraction") for answer in answers]
        return [] if sorted(right) == ["0", "0", "0", "100"] else ["not one right answer of four"]
    if kind == "numerical":
        value, tolerance = answers[0].findtext("text") or "", answers[0].findtext("tolerance") or ""
        fits = all(re.fullmatch(NUMBER, number) for number in (value, tolerance))
        return [] if fits and len(answers) == 1 and answers[0].get("fraction") == "100" else ["answer"]
    if kind == "ordering":
        texts = {answer.findtext("text") for answer in answers}
        return [] if len(answers) == len(texts) >= 4 else ["lines"]
    found = EMBEDDED.findall(text)
    if len(BEGINS.findall(text)) != len(found) or bool(found) != (kind == "cloze"):
        return ["embedded answers"]
    return [] if sum(int(w) for w, _, _ in found) == (points(question) if found else 0) else ["weights"]


def points(question: ET.Element) -> int:
    return int(question.findtext("defaultgrade") or 0)


@pytest.fixture(scope="module")
def root(made: Any) -> ET.Element:
    return ET.fromstring(platform_file("moodle", made.sheet, made.items, made.language))


def questions(root: ET.Element, made: Any) -> list[tuple[ET.Element, Any]]:
    """Every question with its problem: category after category, variant after variant."""
    order = sorted(made.pairs, key=lambda pair: (pair[0].place, pair[0].variant))
    return list(zip((q for q in root if q.get("type") != "category"), (problem for _, problem in order), strict=True))


def test_moodle_takes_the_file(root: ET.Element) -> None:
    assert broken(root) == []


def test_a_broken_file_is_noticed(made: Any) -> None:
    text = platform_file("moodle", made.sheet, made.items, made.language).decode()
    for right, wrong in (
        ("<single>true", "<single>yes"),
        ("NUMERICAL:=", "NUMERIC:="),
        ("<attachments>", "<attachment>"),
        ('fraction="100"', 'fraction="50"'),
        ("&lt;/p&gt;", ""),
        ("$course$/top/", "$course$/"),
        ("\\)", ")"),
        ('type="essay"', 'type="cloze"'),
    ):
        assert right in text
        changed = re.sub(r"(</?attachment)s>", r"\1>", text) if "<attach" in right else text.replace(right, wrong)
        assert broken(ET.fromstring(changed)), right


def test_a_category_for_each_place_and_a_question_for_each_variant(root: ET.Element, made: Any) -> None:
    kinds = [question.get("type") for question in root]
    assert kinds == [kind for one in TYPES for kind in ("category", *[one] * len(made.variants))]


def test_points_are_those_of_the_sheet(root: ET.Element, made: Any) -> None:
    found = questions(root, made)
    assert [points(question) for question, _ in found] == [problem.points for _, problem in found]
    assert sum(points(question) for question, _ in found) == sum(variant.points for variant in made.variants)


def test_numbers_are_those_of_the_key(root: ET.Element, made: Any) -> None:
    seen = 0
    for question, problem in questions(root, made):
        numbers = EMBEDDED.findall(text_of(question))
        if question.get("type") == "numerical":
            answer = question.find("answer")
            assert answer is not None
            numbers = [("1", answer.findtext("text") or "", answer.findtext("tolerance") or "")]
        values = problem.answer.values if numbers else ()
        for (_, value, tolerance), exact in zip(numbers, values, strict=True):
            assert abs(sp.Rational(value) - exact).evalf(30) < 1e-12
            # Three digits of the value at least are asked for, and the feedback has the exact one.
            assert 0 < sp.Rational(tolerance) <= sp.Rational(1, 1000)
            assert sp.Rational(tolerance) <= abs(exact) / 10 or exact == 0
            seen += 1
    assert seen >= 4 * len(made.variants)


def test_the_right_choice_is_that_of_the_key(root: ET.Element, made: Any) -> None:
    for question, problem in questions(root, made):
        answers = question.findall("answer")
        if question.get("type") == "multichoice":
            marked = [k for k, answer in enumerate(answers) if answer.get("fraction") == "100"]
            assert [problem.choices[k].label for k in marked] == list(problem.answer.labels)


def test_the_order_is_that_of_the_derivation(root: ET.Element, made: Any) -> None:
    for question, problem in questions(root, made):
        if question.get("type") == "ordering":
            lines = [step.after for section in problem.worked for chain in section.chains for step in chain.steps]
            # Moodle takes the order of the file for the right one.
            shown = [answer.findtext("text") for answer in question.findall("answer")]
            assert shown == [escape(rf"\({latex(line, problem.argument.notation)}\)", quote=False) for line in lines]


def test_an_essay_has_its_key_and_its_scheme(root: ET.Element, made: Any) -> None:
    for question, problem in questions(root, made):
        key = question.findtext("generalfeedback/text") or ""
        assert r"\[" in key
        if question.get("type") == "essay":
            info = question.findtext("graderinfo/text") or ""
            assert key in info
            found = re.findall(r"<td>(\d+)</td>", info)
            assert sum(map(int, found)) == problem.points


def test_no_question_shows_its_answer(root: ET.Element, made: Any) -> None:
    for question, problem in questions(root, made):
        text = re.sub(EMBEDDED, "", text_of(question))
        assert (question.findtext("generalfeedback/text") or "") not in text
        assert len(problem.answer.labels) < 2 or " ".join(problem.answer.labels) not in text


def text_of(question: ET.Element) -> str:
    return question.findtext("questiontext/text") or ""
