"""The reports of checked documents: whole chains, a mark at each relation, nothing of a document is markup."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

import derive
from derive.cli import run
from derive.core.claim import Outcome
from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.report import Block, FileReport, Title
from derive.documents.source import source_of
from derive.writing.verdicts.reporter import Reporter
from derive.writing.verdicts.said import MARKS
from derive.writing.verdicts.text import BarePen
from derive.writing.verdicts.view import ReportView
from tests.writing.formulas import of_html, of_markdown

POST = r"""<!-- given: x_i ~ normal(\mu, \sigma^2), i = 1..n -->

# The *mean* $\mu_0$

$$
\begin{aligned}
\ell(\mu) &= \sum_i (x_i - \mu) \\
&= \sum_i x_i - n\mu \\
&= \sum_i x_i + n\mu \\
\Rightarrow \mu &= \frac1n \sum_i x_i
\end{aligned}
$$

where $\sum_i 1 = n$.

$$ a + 1 = b $$

$$ ( \mu = \mu $$
"""


def report(text: str, name: str = "post.md") -> FileReport:
    return checked(source_of(name, text), Facts(), 60.0)


def view(text: str, name: str = "post.md", language: str = "en") -> ReportView:
    return Reporter(language, BarePen(), BarePen()).report([report(text, name)])


@pytest.fixture(scope="module")
def result(tmp_path_factory: Any) -> Any:
    file = tmp_path_factory.mktemp("reports") / "post.md"
    file.write_text(POST, "utf-8")
    return derive.check(str(file))


def test_every_verdict_has_its_own_mark() -> None:
    assert len(set(MARKS.values())) == len(Outcome)


def test_the_outline_holds_every_entry_once() -> None:
    found = report(POST)
    assert [part.text for part in found.outline if isinstance(part, Title)] == [r"The *mean* $\mu_0$"]
    rows = [row for part in found.outline if isinstance(part, Block) for chain in part.chains for row in chain.rows]
    said = [row.entry for row in rows if row.entry is not None]
    assert sorted(map(id, said)) == sorted(map(id, found.entries))
    assert [(row.line, row.column) for row in rows if row.entry] == [(e.line, e.column) for e in said]


def test_a_chain_is_shown_as_a_chain() -> None:
    (file,) = view(POST).files
    heading, chain, *rest = file.parts
    assert (heading.level, heading.text) == (1, r"The mean \mu_0")
    assert [(row.left.latex, row.right.latex, row.verdict) for row in chain.rows[:3]] == [
        (r"\ell(\mu)", r"= \sum_i (x_i - \mu)", ""),
        ("", r"= \sum_i x_i - n\mu", "proved"),
        ("", r"= \sum_i x_i + n\mu", "refuted"),
    ]
    assert (chain.rows[3].left.latex, chain.rows[3].right.latex) == (r"\implies \mu", r"= \frac1n \sum_i x_i")
    assert [row.address for row in chain.rows] == ["line-7", "line-8", "line-9", "line-10"]
    assert chain.rows[2].correction and "sign" in " ".join(chain.rows[2].says)
    assert rest[0].rows[0].verdict == "proved", "said in passing"
    assert file.summary[0] == "Line 9 is wrong."
    assert file.lines == (r"<!-- given: a \in \mathbb{R} -->", r"<!-- given: b \in \mathbb{R} -->")


def test_what_cannot_be_read_is_shown_where_it_stands() -> None:
    (file,) = view("text\n\n$$ \\mu + \\foo{x} = 1 $$\n").files
    (row,) = file.parts[0].rows
    assert row.verdict == "unread" and row.left.latex == "" and row.left.source == r"\mu + \foo{x}"
    assert row.excerpt is not None and row.excerpt.before.endswith(r"\mu + ") and row.excerpt.at == "\\"


def test_a_display_that_cannot_be_taken_apart_says_so_once() -> None:
    text = "$$ ( a = b = c < d $$\n"
    assert [entry.verdict.value for entry in report(text).entries] == ["unread"] * 3
    (file,) = view(text).files
    assert len(file.parts[0].rows) == 1
    assert derive_text(text).count("never closed") == 1 and derive_text(text).endswith("3 unread\n")


def derive_text(text: str, **how: Any) -> str:
    from derive.writing.verdicts.text import write

    return write([report(text)], "en", **how)


def test_places_are_those_of_the_document_in_spite_of_macros() -> None:
    text = "\\newcommand{\\E}{\\mathbb{E}}\n% given: x_i ~ poisson(\\mu), i = 1..n\n\\[ \\E[x_i] = \\foo \\]\n"
    (entry,) = report(text, "a.tex").entries
    assert (entry.line, entry.column) == (3, 4 + len("\\E[x_i] "))
    assert entry.trouble is not None
    assert entry.source[entry.trouble.column - 1 :].startswith("\\foo")


def test_a_text_counts_what_holds_and_shows_the_rest() -> None:
    brief, full = derive_text(POST), derive_text(POST, verbose=True)
    assert "proved" in brief.splitlines()[-1] and not re.search(r"^post.md:.*proved$", brief, re.MULTILINE)
    assert len(re.findall(r"^post.md:.*proved$", full, re.MULTILINE)) == 2
    assert brief.splitlines()[-1] == full.splitlines()[-1]
    assert "\n  | &= \\sum_i x_i + n\\mu \\\\\n  |  ^\n" in brief and "μ = " in brief
    assert "\x1b[1;31m" in derive_text(POST, colours=True)


def test_no_character_of_a_document_moves_the_terminal() -> None:
    assert "\x1b" not in derive_text("$$ a \x1b[31m = b $$ \x1b]0;title\x07\n")


class Tags(HTMLParser):
    """What a browser takes for elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


EVIL = "</script><img src=x onerror=alert(1)>\"'<b> {{ 7*7 }} `c` [x](javascript:y) <!-- z -->"
HOSTILE = "\n\n".join(
    [
        f"# {EVIL} $</script>$",
        rf"$$ a = \text{{{EVIL}}} $$",
        f"$$ a {EVIL} = 2 $$",
        r"$$ \href{javascript:alert(1)}{a} = \htmlClass{x}{b} $$",
        f"$$ ( {EVIL} = 1 $$",
        f"<!-- given: x ~ {EVIL[:20]} -->",
        "$$ 1 + 1 = 3 $$",
        f"$$ {EVIL}",
    ]
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_of_a_document_is_markup(language: str, tmp_path: Path) -> None:
    file = tmp_path / "<b>post_1_.md"
    file.write_text(HOSTILE, "utf-8")
    result = derive.check(str(file))
    assert sum(result.counts.values()) > 5
    tags = Tags(result.text("html", language))
    names = [tag for tag, _ in tags.found]
    assert tags.open == [] and names.count("script") == 2 and not {"img", "b"} & set(names)
    assert not any(key.startswith("on") for _, attributes in tags.found for key in attributes)
    assert all(str(a["href"]).startswith("#") for tag, a in tags.found if tag == "a")
    page = result.text("md", language)
    rendered = MarkdownIt("js-default", {"html": True}).render(page)
    assert not re.search(r"<(script|img|b|a)\b", rendered)
    assert "href" not in "".join(latex for latex, _ in of_html(result.text("html", language)))
    shown = re.sub(r"^  ```.*?^  ```$", "", page, flags=re.MULTILINE | re.DOTALL)
    assert "href" not in "".join(latex for latex, _ in of_markdown(shown))


def test_a_page_is_well_formed(result: Any) -> None:
    for language in ("en", "zh"):
        page = result.text("html", language)
        tags = Tags(page)
        assert tags.open == [] and page.startswith("<!DOCTYPE html>")
        identities = [a["id"] for _, a in tags.found if "id" in a]
        assert len(identities) == len(set(identities)) > 5
        assert {str(a["href"])[1:] for tag, a in tags.found if tag == "a"} <= set(identities)
        assert 'integrity="sha384-' in page and "prefers-color-scheme: dark" in page and "@media print" in page
    assert "integrity" not in result.text("html", katex="mine")


def test_several_files_have_a_table(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("$$ 1 + 1 = 3 $$\n", "utf-8")
    result = derive.check(str(tmp_path))
    page = result.text("html")
    identities = [a["id"] for _, a in Tags(page).found if "id" in a]
    assert sorted(identities) == ["file-1", "file-1-line-1", "file-2", "file-2-line-1"]
    assert "Check of 2 files" in page and result.text("md").count("\n## ") == 2


def test_markdown_keeps_formulas_and_underscores(result: Any) -> None:
    page = result.text("md")
    rendered = MarkdownIt("commonmark", {"typographer": True}).enable(["table", "smartquotes"]).render(page)
    assert not re.search(r"<(em|table|a|img)\b", rendered)
    formulas = [re.sub(r"\s+", " ", latex) for latex, _ in of_markdown(page)]
    kept = re.sub(r"\s+", " ", html.unescape(rendered))
    assert formulas and all(latex in kept for latex in formulas)
    assert page.count(r"\checkmark") == 2 and r"\boldsymbol{\times}" in page
    assert "```html\n<!-- given: a " in page


@pytest.mark.parametrize("form", ["md", "html", "text"])
def test_chinese_is_chinese(form: str, result: Any) -> None:
    page = result.text(form, "zh")
    assert "有误" in page and "应为" in page and not re.search(r"\b(line|wrong|proved|refuted|settled)\b", body(page))


def body(page: str) -> str:
    page = page.split("<body>")[-1]
    page = re.sub(r'class="[^"]*"|id="[^"]*"|href="[^"]*"', "", page)
    return page


def test_the_command_has_the_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.md"
    file.write_text("$$ 1 + 1 = 2 $$\n", "utf-8")
    assert run(["check", str(file), "--format", "text"]) == 0
    assert capsys.readouterr().out == "1 proved\n"
    assert run(["check", str(file), "--format", "text", "--verbose"]) == 0
    assert "✓ proved" in capsys.readouterr().out
    assert run(["check", str(file), "--format", "html", "--katex", "https://example.org/katex"]) == 0
    assert "https://example.org/katex/katex.min.js" in capsys.readouterr().out
    assert run(["check", str(file), "--format", "md", "--katex", "https://example.org/katex"]) == 2
