"""One small page in every format: what a reader of that format relies on."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import sympy as sp

from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.relation import GREATER
from derive.core.statement import Statement, equation
from derive.pages.blocks import Formula, Heading, Line, Lines, Page, Prose, Table
from derive.writing.formats import WRITERS, write
from derive.writing.formats.breaking import parted, printed_width
from derive.writing.formats.columns import COLUMNS, width, wrap
from derive.writing.formats.markdown import MarkdownPen
from derive.writing.formats.tex import TexPen

p = sp.Symbol("p", positive=True)
N = sp.Symbol("N", integer=True, positive=True)

# Sentences that exist in every language: the ones of the writers themselves.
NOTE = Phrase("tested_note")
GIVEN = Phrase("provided", {"conditions": (Statement(p, GREATER, sp.Integer(0)), Statement(N, GREATER, sp.Integer(1)))})

FINER = Line(None, "=", N * p + p**2 + p - p, NOTE, verdict="proved")
LINES = Lines(
    (
        Line(p**2, "=", N * p + p**2, GIVEN, verdict="proved"),
        Line(
            None,
            "=",
            p * (N + p),
            NOTE,
            needs=(Statement(p, GREATER, sp.Integer(0)),),
            inside=(FINER, Line(None, "=", p * (N + p), NOTE)),
        ),
    )
)


def page(*blocks: Any, title: Phrase = NOTE) -> Page:
    return Page(title, blocks, Notation(), Facts())


PAGE = page(
    Heading(NOTE, 2),
    Prose((GIVEN, NOTE)),
    LINES,
    Formula(equation(p, N)),
    Table((NOTE, NOTE), ((p, "a|b_c"), (NOTE, "50%"))),
)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("detail", ["brief", "full"])
def test_every_format(form: str, language: str, detail: Any) -> None:
    text = write(PAGE, form, language, detail)
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert "\ue000" not in text and "{{" not in text and "<<" not in text
    assert ("2.1" in text) == (detail == "full")
    assert bool(re.search(r"[\u4e00-\u9fff]", text)) == (language == "zh")


def test_an_unknown_format() -> None:
    with pytest.raises(InputError, match="no format is called 'docx'"):
        write(PAGE, "docx", "en", "brief")


def test_markdown_displays_stand_alone() -> None:
    lines = write(PAGE, "md", "en", "brief").splitlines()
    fences = [i for i, line in enumerate(lines) if line == "$$"]
    assert len(fences) == 6
    for opening, closing in zip(fences[::2], fences[1::2], strict=True):
        assert lines[opening - 1] == "" and lines[closing + 1] == ""


def test_markdown_finer_lines_are_quoted() -> None:
    text = write(page(LINES), "md", "en", "full")
    assert text.count("> $$\n") == 4
    assert "> **2.1.**" in text and "> **2.2.**" in text


def test_the_mark_of_tested_lines_is_explained() -> None:
    proved = page(Lines((Line(p, "=", p, GIVEN, verdict="proved"),)))
    tested = page(Lines((Line(p, "=", p, GIVEN, verdict="tested"),)))
    for form, mark in (("md", "†"), ("text", "†"), ("tex", r"$\dagger$")):
        assert mark not in write(proved, form, "en", "brief")
        assert write(tested, form, "en", "brief").count(mark) == 2


SPECIAL = r"a_b*c # 50% & {x} $1 <y> ~ ^ \z | `k` [l]"


def test_markdown_specials() -> None:
    pen = MarkdownPen(Notation())
    assert pen.words("a_b*c [l] <y> | `k`") == r"a\_b\*c \[l\] \<y\> \| \`k\`"
    assert pen.words("- x") == r"\- x"
    assert pen.words("1) x") == r"\1) x" or pen.words("1) x") == r"1\) x"


def test_tex_specials() -> None:
    pen = TexPen(Notation())
    assert pen.words("50% & {x} $1 _ # ~ ^ \\") == (
        r"50\% \& \{x\} \$1 \_ \# \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )


@pytest.mark.parametrize("form", ["md", "tex"])
def test_names_are_harmless_in_tables(form: str) -> None:
    text = write(page(Table((NOTE,), ((SPECIAL,),))), form, "en", "brief")
    unescaped = {"md": r"(?<!\\)[*`<]|(?<!\\)\[", "tex": r"(?<!\\)[%#_]"}[form]
    row = next(line for line in text.splitlines() if "50" in line)
    assert not re.search(unescaped, row)


def test_tex_is_balanced() -> None:
    text = write(PAGE, "tex", "en", "full")
    begun = re.findall(r"\\begin\{([a-z*]+)\}", text)
    assert sorted(begun) == sorted(re.findall(r"\\end\{([a-z*]+)\}", text))
    assert not re.search(r"\n\n+\\end\{align", text)
    assert r"\allowdisplaybreaks" in text and "hyperref" not in text


def test_tex_classes() -> None:
    assert r"\documentclass{article}" in write(PAGE, "tex", "en", "brief")
    assert r"\documentclass{ctexart}" in write(PAGE, "tex", "zh", "brief")


def test_structure_is_json() -> None:
    found = json.loads(write(PAGE, "structure", "en", "full"))
    assert [block["kind"] for block in found["blocks"]] == ["heading", "prose", "lines", "formula", "table"]
    assert len(found["blocks"][2]["steps"][1]["inside"]) == 2


def test_text_is_aligned_and_narrow() -> None:
    text = write(page(LINES, Prose((GIVEN,) * 5)), "text", "en", "full")
    assert max(map(width, text.splitlines())) <= COLUMNS
    steps = [line.index("=") for line in text.splitlines() if "=" in line]
    assert steps[0] == steps[1]


def test_text_wraps_what_is_too_wide() -> None:
    long = sp.Add(*sp.symbols("alpha1:40", positive=True))
    text = write(page(Lines((Line(p, "=", long, NOTE),))), "text", "en", "brief")
    assert max(map(width, text.splitlines())) <= COLUMNS


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("似然函数取对数。", ["似然函", "数取对", "数。"]),
        ("a\N{NO-BREAK SPACE}b c d ef", ["a b c d", "ef"]),
        ("averylongword b", ["averylongword", "b"]),
        ("", [""]),
    ],
)
def test_wrap(text: str, lines: list[str]) -> None:
    assert wrap(text, columns=7).split("\n") == lines


@pytest.mark.parametrize(
    ("latex", "pieces"),
    [
        ("a+b", ["a+b"]),
        ("aaaa+bbbb-cccc", ["aaaa", "+bbbb", "-cccc"]),
        (r"-aaaa-\left(b+c\right)", ["-aaaa", r"-\left(b+c\right)"]),
        (r"\frac{a+b}{c+d}+\left[e+f\right)+g", [r"\frac{a+b}{c+d}", r"+\left[e+f\right)", "+g"]),
        (r"\left\{aa+bb\right\}-ccccc", [r"\left\{aa+bb\right\}", "-ccccc"]),
        (r"aaaaaa\cdot -b", [r"aaaaaa\cdot -b"]),
    ],
)
def test_parted(latex: str, pieces: list[str]) -> None:
    assert parted(latex, longest=5) == pieces


def test_printed_width_of_commands() -> None:
    assert printed_width(r"\log \left(\theta\right)") == 4
