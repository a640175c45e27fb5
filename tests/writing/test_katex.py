"""Every formula of the gallery is typeset by KaTeX, which is told to forgive nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import sphinxcontrib.katex

import derive
from derive.writing.formats.katex import SCRIPT_HASH, VERSION, katex_files
from tests.writing.formulas import of_html, of_markdown

OUTPUTS = Path(__file__).parent.parent.parent / "outputs"
SCRIPT = Path(sphinxcontrib.katex.__file__).parent / "katex.min.js"
PAGES = sorted(path.relative_to(OUTPUTS).as_posix() for path in OUTPUTS.rglob("*") if path.suffix in (".html", ".md"))
TYPESET = """function (latex, display) {
    try { katex.renderToString(latex, {displayMode: display, strict: "error", trust: false}); return ""; }
    catch (error) { return error.message; }
}"""


@pytest.fixture(scope="session")
def typeset() -> Any:
    import quickjs

    context = quickjs.Context()
    context.eval(SCRIPT.read_text("utf-8"))
    function = context.eval(f"globalThis.typeset = {TYPESET}")
    seen: dict[tuple[str, bool], str] = {}

    def complaint(latex: str, display: bool) -> str:
        if (latex, display) not in seen:
            seen[latex, display] = function(latex, display)
        return seen[latex, display]

    return complaint


def test_a_wrong_formula_is_noticed(typeset: Any) -> None:
    assert typeset("x^2", False) == ""
    for wrong in (r"\frac{1}{2", r"x\unknown", "似然"):
        assert typeset(wrong, False), wrong


@pytest.mark.parametrize("name", PAGES)
def test_katex_sets_every_formula(typeset: Any, name: str) -> None:
    text = (OUTPUTS / name).read_text("utf-8")
    formulas = of_html(text) if name.endswith("html") else of_markdown(text)
    assert len(formulas) > 5
    complaints = {latex: typeset(latex, display) for latex, display in formulas}
    assert {latex: said for latex, said in complaints.items() if said} == {}


def test_katex_sets_every_formula_of_a_report(typeset: Any, tmp_path: Path) -> None:
    """Sides that run over several rows, and delimiters that belong to a side."""
    page = tmp_path / "post.md"
    page.write_text(
        "<!-- given: x_i ~ normal(\\mu, \\sigma^2), i = 1..n -->\n\n$$\n\\begin{aligned}\n"
        "\\ell(\\mu) &= \\left(\\sum_i \\frac{(x_i - \\mu)^2}{-2\\sigma^2} \\right. \\nonumber\\\\[4pt]\n"
        "&\\quad \\left. {} - \\frac n2 \\log(2\\pi\\sigma^2) \\right) \\tag{1}\\\\\n"
        "&= \\left(\\sum_i \\frac{(x_i - \\mu)^2}{-2\\sigma^2}\\right) \\\\\n"
        "&\\quad - \\frac n2 \\log(2\\pi\\sigma^2)\n"
        "\\end{aligned}\n$$\n",
        encoding="utf-8",
    )
    result = derive.check(str(page))
    formulas = of_markdown(result.text("md"))
    assert len(formulas) == 2
    assert [typeset(latex, display) for latex, display in formulas] == ["", ""]


def test_the_linked_script_is_the_one_tested() -> None:
    content = SCRIPT.read_bytes()
    assert f'version:"{VERSION}"'.encode() in content
    assert "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode() == SCRIPT_HASH


def test_a_page_links_katex_with_hashes() -> None:
    page = (OUTPUTS / "en" / "normal.html").read_text("utf-8")
    files = katex_files("")
    for address, digest in ((files.style, files.style_hash), (files.script, files.script_hash)):
        assert f'"{address}" integrity="{digest}" crossorigin="anonymous"' in page
        assert len(base64.b64decode(digest.removeprefix("sha384-"))) == 48
    assert json.dumps(VERSION)[1:-1] in files.script
