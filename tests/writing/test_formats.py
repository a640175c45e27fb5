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
from derive.writing.formats.breaking import parted
from derive.writing.formats.columns import COLUMNS, width, wrap
from derive.writing.formats.markdown import MarkdownPen
from derive.writing.formats.tex import TexPen
from derive.writing.formats.view import Scribe
from derive.writing.formats.widths import printed_width
from derive.writing.layout import layout
from derive.writing.mathtree import Atom, Brackets, Fraction, Node, Scripts, Sign, row

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
    # A page of HTML holds its finer lines in any case, folded or open.
    assert ("2.1" in text) == (detail == "full" or form == "html")
    assert form != "html" or ("<details open>" in text) == (detail == "full")
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
    assert pen.words("1) x") == r"1\) x"
    assert pen.words("1. x") == r"1\. x"


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
    assert r"\documentclass[fleqn]{article}" in write(PAGE, "tex", "en", "brief")
    assert r"\documentclass[fleqn]{ctexart}" in write(PAGE, "tex", "zh", "brief")


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


a, b, c, d = (Atom(4 * letter) for letter in "abcd")
PLUS, MINUS, IS = Sign("+", True), Sign("-", True), Sign("=", True)


@pytest.mark.parametrize(
    ("node", "pieces"),
    [
        (row(a, PLUS, b), ["aaaa + bbbb"]),
        (row(a, PLUS, b, MINUS, c), ["aaaa + bbbb", "{} - cccc"]),
        (row(MINUS, a, MINUS, b, PLUS, c), ["- aaaa - bbbb", "{} + cccc"]),
        (row(a, IS, b, PLUS, c, IS, d), ["aaaa", "{} = bbbb", "{} + cccc", "{} = dddd"]),
        (row(a, IS, MINUS, b, MINUS, c), ["aaaa", "{} = - bbbb", "{} - cccc"]),
        (row(a, Brackets(row(b, PLUS, c, PLUS, d))), [r"aaaa\bigl(bbbb", "{} + cccc", r"{} + dddd\bigr)"]),
        (Fraction(row(a, PLUS, b, PLUS, c), d), [r"\frac{aaaa + bbbb + cccc}{dddd}"]),
        (row(a, b, c), ["aaaabbbbcccc"]),
    ],
)
def test_parted(node: Node, pieces: list[str]) -> None:
    assert parted(node, longest=7.5) == pieces


def test_no_line_is_longer_than_asked() -> None:
    terms = sp.Add(*sp.symbols("alpha1:60", positive=True))
    lines = parted(layout(sp.log(terms)), longest=20)
    assert len(lines) > 3
    assert "".join(lines).replace("{} ", "").count("+") == 58


def test_printed_width() -> None:
    assert printed_width(Atom(r"\theta")) == printed_width(Atom("x"))
    assert printed_width(Fraction(a, Atom("1"))) < printed_width(row(a, Atom("1")))
    assert printed_width(Scripts(Atom("x"), a)) < printed_width(row(Atom("x"), a))


LONG = equation(sp.Add(*sp.symbols("alpha1:20", positive=True)), p)
SAYS_LONG = Phrase("provided", {"conditions": (LONG,)})


@pytest.mark.parametrize(("form", "shown"), [("md", "\n\n$$\n"), ("tex", r"\begin{align*}"), ("html", "math display")])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_formula_leaves_its_sentence(form: str, shown: str, language: str) -> None:
    assert shown in write(page(Prose((SAYS_LONG,))), form, language, "brief")
    assert shown not in write(page(Prose((GIVEN,))), form, language, "brief")
    # A heading and a cell are one line.
    assert shown not in write(page(Heading(SAYS_LONG), Table((NOTE,), ((SAYS_LONG,),))), form, language, "brief")


def test_air_between_ideographs_and_formulas() -> None:
    words = {"provided": "当{conditions}时", "tested_note": ""}
    scribe = Scribe(MarkdownPen(Notation()), Notation(), "zh", "brief")
    scribe._words = words
    assert scribe.sentence(Phrase("provided", {"conditions": p})) == "当 $p$ 时"
