"""Markdown engines hand every formula on as it was written."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import sympy as sp
from markdown_it import MarkdownIt

import derive
from derive.writing.formats.look import Look
from derive.writing.formats.markdown import display, escaped, kept

NAMES = ("bernoulli", "normal", "categorical", "poisson")
BLOCK = r"\$\$(.+?)\$\$"
INLINE = {"": r"(?<![\\$])\$([^$\n]+?)\$", "hugo": r"\\\\\((.+?)\\\\\)", "jekyll": r"\$\$(.+?)\$\$"}


@pytest.fixture(scope="module")
def pages() -> list[tuple[str, str, str]]:
    results = [derive.mle(name, notation=("data=D",)) for name in NAMES]
    return [
        (site, language, r.text("md", language, "full", Look(front_matter=site)))
        for r in results
        for site in ("", "jekyll", "hugo")
        for language in ("en", "zh")
    ]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"^> ?", "", html.unescape(text), flags=re.MULTILINE)).strip()


def body_of(page: str) -> str:
    return page.split("---\n", 2)[2] if page.startswith("---\n") else page


def written(page: str, site: str) -> list[str]:
    found = re.findall(f"{BLOCK}|{INLINE[site]}", body_of(page), re.DOTALL)
    return [plain("".join(groups) if isinstance(groups, tuple) else groups) for groups in found]


def test_commonmark_leaves_formulas_alone(pages: Any) -> None:
    # The rules of Goldmark without any extension for mathematics, its typographer and tables on.
    engine = MarkdownIt("commonmark", {"typographer": True}).enable(["table", "replacements", "smartquotes"])
    for site, _, page in pages:
        rendered = engine.render(body_of(page))
        inline = {"hugo": r"\\\((.+?)\\\)"}.get(site, INLINE[site])
        found = re.findall(f"{BLOCK}|{inline}", rendered, re.DOTALL)
        assert [plain("".join(g) if isinstance(g, tuple) else g) for g in found] == written(page, site)
        assert not re.search(r"<(em|table|code|a|img)\b", rendered)


@pytest.mark.skipif(shutil.which("kramdown") is None, reason="kramdown is not installed")
def test_kramdown_takes_formulas_for_mathematics(pages: Any) -> None:
    for site, _, page in pages:
        if site == "jekyll":
            run = subprocess.run(["kramdown"], input=body_of(page).encode(), capture_output=True, check=True)
            rendered = run.stdout.decode()
            found = re.findall(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", rendered, re.DOTALL)
            assert [plain(a or b) for a, b in found] == written(page, site)
            assert not re.search(r"<(em|table|code|a|img)\b", rendered)


@pytest.mark.skipif(shutil.which("hugo") is None, reason="hugo is not installed")
def test_hugo_leaves_formulas_alone(pages: Any, tmp_path: Path) -> None:
    (tmp_path / "layouts" / "_default").mkdir(parents=True)
    (tmp_path / "content").mkdir()
    (tmp_path / "config.toml").write_text('disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "home"]\n')
    (tmp_path / "layouts" / "_default" / "single.html").write_text("<title>{{ .Title }}</title>{{ .Content }}")
    chosen = {f"p{k}": page for k, (site, _, page) in enumerate(pages) if site == "hugo"}
    for name, page in chosen.items():
        (tmp_path / "content" / f"{name}.md").write_text(page, "utf-8")
    subprocess.run(["hugo", "-s", str(tmp_path)], check=True, capture_output=True)
    for name, page in chosen.items():
        rendered = (tmp_path / "public" / name / "index.html").read_text("utf-8")
        found = re.findall(rf"{BLOCK}|\\\((.+?)\\\)", rendered, re.DOTALL)
        assert [plain(a or b) for a, b in found] == written(page, "hugo")


# What an engine would read as its own inside a formula: escapes, sides of cells, Liquid, tags and quotes.
OWN = (r"\\[,;:!{}|\\]", r"\|", r"\{[{%]", r"[<>*~']", r"[^\w\s]_(?=\S)")


@pytest.mark.parametrize("site", ["", "jekyll", "hugo"])
def test_the_rules_behind_it(pages: Any, site: str) -> None:
    for where, _, page in pages:
        for formula in written(page, site) if where == site else []:
            assert [pattern for pattern in OWN if re.search(pattern, formula)] == [], formula
        lines = body_of(page).splitlines() if where == site else []
        fences = [k for k, line in enumerate(lines) if line.removeprefix("> ") == "$$"]
        for opening, closing in zip(fences[::2], fences[1::2], strict=True):
            assert lines[opening - 1].strip("> ") == "" and [*lines, ""][closing + 1].strip("> ") == ""
            for line in lines[opening + 1 : closing]:
                assert not re.match(r"\s*([-+*=#>]|\d+[.)])", line.removeprefix("> ")), line


@pytest.mark.parametrize(
    ("latex", "spelled"),
    [
        (r"\{0\}", r"\lbrace 0\rbrace "),
        (r"a \, b", r"a \thinspace b"),
        (r"D(p\|q)", r"D(p\Vert q)"),
        ("|x|", r"\vert x\vert "),
        (r"\hat{p}_1", r"\hat{p} _ 1"),
        ("x_{i}", "x_{i}"),
        ("f'(x)", r"f^{\prime}(x)"),
        (r"\frac{{a}}{b}", r"\frac{ {a}}{b}"),
    ],
)
def test_spellings(latex: str, spelled: str) -> None:
    assert kept(latex) == spelled


def test_no_line_of_a_display_begins_as_a_list() -> None:
    assert display("- x\n+ y\n= z\n1. w\nv") == "{}- x\n{}+ y\n{}= z\n{}1. w\nv"


HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %} ![x](javascript:y) `c` **b** $z$ --- # h | t ~~s~~ &lt;"


@pytest.mark.parametrize("site", ["", "jekyll", "hugo"])
def test_a_hostile_name_is_inert(site: str) -> None:
    x, s = sp.symbols("x s")
    half = sp.Interval.open(0, sp.oo)
    mine = derive.distribution(
        sp.exp(-x / s) / s, variable=x, support=half, parameters={s: half}, id="mine", names={"en": HOSTILE}
    )
    page = derive.mle(mine).text("md", look=Look(front_matter=site))
    assert "{{" not in body_of(page) and "{%" not in body_of(page)
    rendered = MarkdownIt("js-default").render(body_of(page))
    assert not re.search(r"<(script|img|a|em|strong><|s|code)\b", rendered.replace("<strong>", ""))
    assert html.escape("<script>alert(1)</script>") in rendered


def test_front_matter() -> None:
    result = derive.mle("poisson")
    assert result.text("md", "zh", look=Look(front_matter="jekyll")).startswith(
        '---\nlayout: post\ntitle: "泊松分布的最大似然估计：λ"\nlang: zh\nmath: true\n'
    )
    assert result.text("md", look=Look(front_matter="hugo")).startswith(
        '---\ntitle: "Maximum likelihood for the Poisson distribution: λ"\ndraft: false\nmath: true\n'
    )
    assert "\n# " not in result.text("md", look=Look(front_matter="hugo"))
    with pytest.raises(derive.InputError, match="jekyll, hugo"):
        result.text("md", look=Look(front_matter="wordpress"))


def test_words_are_escaped_once() -> None:
    assert escaped("a & b &lt;") == "a &amp; b &amp;lt;"
