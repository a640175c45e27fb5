"""Every formula of the gallery is typeset by KaTeX, which is told to forgive nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

import derive
from derive.core.facts import Facts
from derive.documents.finding import passages
from derive.documents.macros import macros_in
from derive.documents.outline import block_of
from derive.documents.placed import read_chains
from derive.documents.source import source_of
from derive.reading.reader import Reader
from derive.writing.formats.katex import SCRIPT_HASH, VERSION, katex_files
from derive.writing.verdicts.commands import COMMANDS, INSTEAD
from derive.writing.verdicts.settable import settable
from tests.writing.conftest import SCRIPT
from tests.writing.formulas import of_html, of_markdown

OUTPUTS = Path(__file__).parent.parent.parent / "outputs"
PAGES = sorted(path.relative_to(OUTPUTS).as_posix() for path in OUTPUTS.rglob("*") if path.suffix in (".html", ".md"))


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


ROWS = """<!-- given: x_i ~ normal(\\mu, \\sigma^2), i = 1..n -->

$$
\\begin{aligned}
\\ell(\\mu) &= \\left(\\sum_i \\frac{(x_i - \\mu)^2}{-2\\sigma^2} \\right. \\nonumber\\\\[4pt]
&\\quad \\left. {} - \\frac n2 \\log(2\\pi\\sigma^2) \\right) \\tag{1}\\\\
&= \\left(\\sum_i \\frac{(x_i - \\mu)^2}{-2\\sigma^2}\\right) \\\\
&\\quad - \\frac n2 \\log(2\\pi\\sigma^2)
\\end{aligned}
$$
"""
MACROS = r"""\newcommand{\E}{\mathbb{E}}
\newcommand{\lik}[1]{\mathcal{L}\left(#1\right)}
\newcommand{\opt}[2][x]{#1 + #2}
% given: x_i ~ normal(\mu, \sigma^2), i = 1..n
\section{The mean $\E[x_i] = \foo$}
\begin{align}
\E[x_i] + \E[x_1] &= 2\mu \\ \E[x_i] + \E[x_1] &= 3\mu \\ &= \opt{\mu} \label{eq:last}
\end{align}
\[ \lik{\mu} = \frobnicate \] \[ \frac{\mu}{ = \mu \] \[ \mu^ = 1 % half a line \]
"""
BLOG = """<!-- given: 0 < p < 1 -->

## 似然 $L_p$

$$\\begin{array}{l}{C = p \\cdot 1 = p^{2}+} {(p \\vert q)} &lt; 3 \\end{array} ，其中 p>0$$

$$\\text{log}\\ p = \\ln p \\Rightarrow p = \\exp(\\ln p), \\quad p \\neq q$$

$$\\mathbbm{1}(p) = \\sup_{q} q\\_1 \\textcolor{red}{p} $$
"""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "text", "least"), [("rows.md", ROWS, 1), ("macros.tex", MACROS, 3), ("blog.md", BLOG, 3)]
)
def test_katex_sets_every_formula_of_a_report(
    typeset: Any, tmp_path: Path, name: str, text: str, least: int, language: str
) -> None:
    page = tmp_path / name
    page.write_text(text, encoding="utf-8")
    result = derive.check(str(page))
    unfenced = re.sub(r"^  ```.*?^  ```$", "", result.text("md", language), flags=re.MULTILINE | re.DOTALL)
    for formulas in (of_markdown(unfenced), of_html(result.text("html", language))):
        assert len(formulas) >= least
        complaints = {latex: typeset(latex, display) for latex, display in formulas}
        assert {latex: said for latex, said in complaints.items() if said} == {}


def sides_of(text: str, name: str) -> list[str]:
    """All sides of a document as a report shows them."""
    source = source_of(name, text)
    macros = macros_in(text)
    made: list[str] = []
    for passage in passages(source):
        if passage.kind in ("display", "inline"):
            for shown in block_of(1, read_chains(Reader(Facts()), source, passage, macros), ()).chains:
                made += [shown.start, *(row.latex for row in shown.rows), *shown.conditions]
    return [side for side in made if side]


DOCUMENTS = Path(__file__).parent.parent / "documents"
SHOWN = [*sorted((DOCUMENTS / "pages").glob("*.md")), *sorted((OUTPUTS / "en").glob("*.md"))[::5]]


@pytest.mark.parametrize("file", SHOWN, ids=lambda file: file.name)
def test_every_side_that_people_write_can_be_set(typeset: Any, file: Path) -> None:
    sides = sides_of(file.read_text("utf-8"), file.name)
    assert len(sides) > 5
    assert [side for side in sides if settable(side) is None] == []
    assert {side: said for side in sides if (said := typeset(settable(side), True))} == {}


def test_katex_knows_the_commands_that_are_let_through(typeset: Any) -> None:
    complaints = {name: typeset(rf"\{name}", True) for name in sorted(COMMANDS)}
    assert {name for name, said in complaints.items() if "Undefined control sequence" in said} == set()
    assert not COMMANDS & {"href", "url", "includegraphics", "htmlClass", "def", "newcommand", "rule", "kern"}
    for command in INSTEAD.values():
        assert "Undefined" not in typeset(command or "x", True), command


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
