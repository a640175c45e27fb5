"""What both platforms share: the same bytes again, harmless titles, numbers in decimals, and the commands."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import sphinxcontrib.katex
import sympy as sp

from derive.api import exercises
from derive.cli import run
from derive.core.errors import InputError
from derive.exercises.problem import KINDS
from derive.writing.platforms.files import FILES, platform_file
from derive.writing.platforms.item import decimal, items_of, tolerance
from derive.writing.platforms.tree import legal, node, parsed, written

SMALL = """
title = "Week 3"
[[problems]]
kind = "compute"
distribution = ["poisson", "normal"]
points = 4
[[problems]]
kind = "name-law"
distribution = "geometric"
points = 2
"""


def small(tmp_path: Path, text: str = SMALL) -> Path:
    path = tmp_path / "sheet.toml"
    path.write_text(text)
    return path


def test_the_sheet_has_every_kind_and_every_form(made: Any) -> None:
    assert {problem.kind for _, problem in made.pairs} == set(KINDS)
    assert {item.form for item in made.items} == {"essay", "choice", "number", "order"}
    assert {len(item.blanks) for item in made.items if item.form == "number"} == {1, 2}


@pytest.mark.parametrize("form", FILES)
def test_the_same_variants_give_the_same_bytes(made: Any, form: str) -> None:
    again = tuple(item for one in made.variants for item in items_of(one, made.language))
    first, second = (platform_file(form, made.sheet, items, made.language) for items in (made.items, again))
    assert first == second


@pytest.mark.parametrize("form", FILES)
def test_one_seed_gives_one_file_whatever_the_number_of_processes(tmp_path: Path, form: str) -> None:
    path = small(tmp_path)
    made = [exercises(path, variants=3, seed=4, form=form, jobs=jobs) for jobs in (1, 2)]
    assert made[0] == made[1]
    assert sorted(made[0]) == sorted(["exercises.json", FILES[form]])


def test_a_zip_holds_no_clock(made: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(platform_file("qti", made.sheet, made.items, made.language))) as package:
        entries = package.infolist()
    assert entries[0].filename == "imsmanifest.xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    names = [entry.filename for entry in entries[1:]]
    assert names == sorted(set(names))


def texts(made: Any) -> list[str]:
    """Every document of both platforms."""
    moodle = platform_file("moodle", made.sheet, made.items, made.language)
    with zipfile.ZipFile(io.BytesIO(platform_file("qti", made.sheet, made.items, made.language))) as package:
        return [moodle.decode(), *(package.read(name).decode() for name in package.namelist())]


def test_a_hostile_title_is_a_title(made: Any) -> None:
    title = made.sheet.title.in_language(made.language)
    assert "</question><script>" in title
    shown = []
    for text in texts(made):
        root = ET.fromstring(text)
        assert "<script" not in text
        assert not any("script" in element.tag for element in root.iter())
        shown += [value for element in root.iter() for value in (*element.attrib.values(), element.text or "")]
    # A category writes slashes twice and ends without one.
    assert any(title in value for value in shown)
    assert any(title.replace("/", "//")[:-4] in value for value in shown)


def test_words_are_no_mathematics(made: Any) -> None:
    # The page of a question holds no name that a lecturer typed; of the signs in sentences see the pen.
    from derive.core.notation import Notation
    from derive.writing.platforms.fragment import XhtmlPen

    said = XhtmlPen(Notation()).words(r"<b> \(x\) $$y$$ & z")
    assert "".join(parsed(said).itertext()) == r"<b> \(x\) $$y$$ & z"
    assert not re.search(r"\\[(\[]|\$\$|<b>", said)


TYPESET = """function (latex, display) {
    try { katex.renderToString(latex, {displayMode: display, strict: "error", trust: false}); return ""; }
    catch (error) { return error.message; }
}"""


def test_every_formula_can_be_typeset(made: Any) -> None:
    import quickjs

    context = quickjs.Context()
    context.eval((Path(sphinxcontrib.katex.__file__).parent / "katex.min.js").read_text("utf-8"))
    typeset = context.eval(f"globalThis.typeset = {TYPESET}")
    seen = set()
    for item in made.items:
        parts = [item.question, item.key, *(text for _, text in item.options), *(b.label for b in item.blanks)]
        for plain in ("".join(parsed(part).itertext()) for part in parts):
            found = re.findall(r"\\\((.*?)\\\)|(?<!\\)\\\[(.*?)(?<!\\)\\\]", plain, re.S)
            seen.update((inline or display, bool(display)) for inline, display in found)
    assert len(seen) > 100
    complaints = {latex: typeset(latex, display) for latex, display in sorted(seen)}
    assert {latex: said for latex, said in complaints.items() if said} == {}


NUMBERS = {
    sp.Integer(40): ("40", "0.001"),
    sp.Integer(0): ("0", "0.001"),
    sp.Rational(54, 5): ("10.8", "0.001"),
    sp.Rational(-5, 3): ("-1.666666666667", "0.001"),
    sp.Rational(1, 24): ("0.041666666667", "0.0001"),
    sp.Rational(1, 8): ("0.125", "0.001"),
    sp.log(3) - sp.Rational(1, 2): ("0.598612288668", "0.001"),
    sp.Rational(1, 3) * sp.Integer(10) ** 6: ("333333.333333333333", "0.001"),
}


@pytest.mark.parametrize("value", NUMBERS)
def test_numbers_in_decimals(value: Any) -> None:
    assert (decimal(value), tolerance(value)) == NUMBERS[value]


def test_characters_that_xml_has_no_place_for_are_left_out() -> None:
    text = written(node("name", legal("a\x00\x0b\ufffe\ud7ff\U0001f600 b"))).decode()
    assert ET.fromstring(text).text == "a\ud7ff\U0001f600 b"


def test_a_template_that_breaks_the_page_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "xhtml").mkdir()
    (tmp_path / "xhtml" / "page.xhtml").write_text("<p>{{ page.blocks[0].text }}")
    with pytest.raises(InputError, match="no well-formed XHTML"):
        parsed("<p>")
    for form in FILES:
        made = ["exercise", "mle", "poisson", "--kind", "compute", "--format", form, "--templates", str(tmp_path)]
        assert run(made) == 2
        assert "no well-formed XHTML" in capsys.readouterr().err


def test_the_command_writes_what_the_ending_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = str(small(tmp_path))
    assert run(["exercises", sheet, "--variants", "2", "--out", str(tmp_path / "week.xml")]) == 0
    assert run(["exercises", sheet, "--variants", "2", "--out", str(tmp_path / "week.zip")]) == 0
    assert run(["exercises", sheet, "--variants", "2", "--format", "moodle", "--out", str(tmp_path / "set")]) == 0
    assert (tmp_path / "set" / "exercises.xml").read_bytes() == (tmp_path / "week.xml").read_bytes()
    assert json.loads((tmp_path / "set" / "exercises.json").read_text())["command"] == "exercises"
    assert zipfile.is_zipfile(tmp_path / "week.zip")
    capsys.readouterr()
    assert run(["exercises", sheet, "--variants", "2", "--format", "moodle"]) == 0
    assert capsys.readouterr().out.encode() == (tmp_path / "week.xml").read_bytes()
    assert run(["exercises", sheet, "--format", "qti", "--out", str(tmp_path / "other.xml")]) == 2
    assert "the format is qti" in capsys.readouterr().err
    assert not (tmp_path / "other.xml").exists()


def test_a_single_exercise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["exercise", "mle", "poisson", "--kind", "compute", "--seed", "3"]
    assert run([*asked, "--format", "moodle"]) == 0
    root = ET.fromstring(capsys.readouterr().out)
    assert [question.get("type") for question in root] == ["category", "numerical"]
    assert root.findtext("question/category/text") == "$course$/top/Compute"
    assert run([*asked, "--out", str(tmp_path / "one.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "one.zip") as package:
        assert len(package.namelist()) == 3
    # No other command makes exercises.
    assert run(["mle", "poisson", "--out", str(tmp_path / "page.zip")]) == 2
    assert "no format has the ending .zip" in capsys.readouterr().err


def test_the_help_lists_the_formats(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("exercises", "exercise"):
        assert run([command, "--help"]) == 0
        assert "moodle|qti" in re.sub(r"\s", "", capsys.readouterr().out)
