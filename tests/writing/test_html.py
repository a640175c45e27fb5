"""The page of HTML: inert, accessible, and the same in a real browser."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import derive
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.pages.blocks import Blank, Heading, Link, Listing, Marks, Page, Picture, Prose, Table
from derive.writing.formats import write
from derive.writing.formats.look import Look

VOID = {"meta", "link", "img", "br", "hr"}
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)> ' & \\(x\\) $y$ \x1b[31m"
NAMED = Phrase("document_coin")


class Outline(HTMLParser):
    """Tags in order, each closed; headings; what stands in scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["normal", "categorical"])
def test_a_page_is_well_formed(language: str, name: str) -> None:
    page = derive.mle(name).text("html", language)
    outline = Outline(page)
    assert outline.open == [] and page.startswith("<!DOCTYPE html>")
    assert outline.named("html")[0]["lang"] == {"en": "en", "zh": "zh-Hans"}[language]
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    identities = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(identities) == len(set(identities)) > 5
    assert "prefers-color-scheme: dark" in page and "@media print" in page
    # Folding needs no script: the only ones are KaTeX and the call of it.
    assert outline.named("details") and len(outline.named("script")) == 2


def test_nothing_of_a_user_is_markup() -> None:
    x, s = sp.symbols("x s")
    half = sp.Interval.open(0, sp.oo)
    mine = derive.distribution(
        sp.exp(-x / s) / s, variable=x, support=half, parameters={s: half}, id="mine", names={"en": HOSTILE}
    )
    page = derive.mle(mine).text("html")
    outline = Outline(page)
    assert outline.open == [] and not outline.named("img") and len(outline.named("script")) == 2
    assert "\x1b" not in page
    # What looks like mathematics in a name is not given to KaTeX, which fills its own elements only.
    assert all("y" not in text for text in re.findall(r'class="math[^"]*">([^<]*)<', page))


def test_every_block_is_inert() -> None:
    blocks = (
        Heading(NAMED),
        Prose((NAMED,)),
        Table((NAMED,), ((HOSTILE,), (Link(HOSTILE, f"a b/{HOSTILE}"),))),
        Listing(f"{HOSTILE}\n\n\n  end", HOSTILE),
        Picture(NAMED, "figure.png", b"\x89PNG"),
        Marks(3),
        Blank(4),
    )
    page = write(Page(NAMED, blocks, Notation(), Facts()), "html", "en", "brief")
    outline = Outline(page)
    assert outline.open == [] and len(outline.named("script")) == 2 and len(outline.named("img")) == 1
    assert not any(key.startswith("on") for _, attributes in outline.tags for key in attributes)
    assert outline.named("img")[0]["src"] == "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
    assert outline.named("img")[0]["alt"] == "the coin tossed ten times"
    assert "\n\n\n  end</code>" in page


def test_a_copy_of_katex_of_ones_own() -> None:
    page = derive.mle("poisson").text("html", look=Look(katex='https://example.org/"katex'))
    assert 'href="https://example.org/&#34;katex/katex.min.css"' in page
    assert "integrity" not in page and "jsdelivr" not in page


BROWSER = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None
)
COPIES = (Path("/usr/share/javascript/katex"), Path("/usr/share/nodejs/katex/dist"))
KATEX = next((folder for folder in COPIES if (folder / "katex.min.css").is_file()), None)
PROBE = """<script>
const errors = []; addEventListener("error", e => errors.push(e.message));
addEventListener("load", () => setTimeout(() => {
  const folded = [...document.querySelectorAll("details")]; folded.forEach(d => d.open = true);
  const scrolled = ".katex, .math, .table, .source, pre, .hidden, head";
  const wide = [...document.querySelectorAll("body *")].filter(e => !e.closest(scrolled)
    && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80));
  document.body.insertAdjacentHTML("beforeend", "<pre id=probe>" + JSON.stringify({
    errors: errors, wide: wide, scroll: document.documentElement.scrollWidth, width: innerWidth, folded: folded.length,
    typeset: document.querySelectorAll(".katex").length, math: document.querySelectorAll(".math").length,
    spoken: document.querySelectorAll("math").length, failed: document.querySelectorAll(".katex-error").length,
    paper: getComputedStyle(document.body).backgroundColor, ink: getComputedStyle(document.body).color
  }).replaceAll("<", "&lt;") + "</pre>");
}, 50));
</script></head>"""


def seen_in_a_browser(folder: Path, page: str, width: int, dark: bool) -> dict[str, Any]:
    """What the probe finds in a page as wide as this."""
    shutil.copytree(str(KATEX), folder / "katex")
    (folder / "page.html").write_text(page.replace("</head>", PROBE, 1), "utf-8")
    # Chromium's window is never narrower than 500 points, so that a phone is a frame.
    frame = f'<iframe src="page.html" style="border:0;width:{width}px;height:800px"></iframe>'
    outer = "<script>addEventListener('load', () => setTimeout(() => document.body.insertAdjacentHTML('beforeend',"
    outer += "frames[0].document.getElementById('probe').outerHTML), 1500))</script>"
    (folder / "frame.html").write_text(frame + outer, "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--window-size=1300,900"]
    flags += [f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--virtual-time-budget=8000", "--dump-dom"]
    run = subprocess.run(
        [str(BROWSER), *flags, (folder / "frame.html").as_uri()], capture_output=True, timeout=120, check=True
    )
    found = re.search(r'<pre id="probe">(.*?)</pre>', run.stdout.decode(), re.DOTALL)
    assert found, run.stderr[-2000:]
    seen: dict[str, Any] = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert seen["errors"] == [] and seen["failed"] == 0
    assert seen["wide"] == [] and seen["width"] == width and seen["scroll"] <= width
    light = [sum(map(int, re.findall(r"\d+", seen[key])[:3])) for key in ("paper", "ink")]
    assert (light[0] < light[1]) == dark
    return seen


@pytest.mark.skipif(not (BROWSER and KATEX), reason="no Chromium, or no copy of KaTeX, is installed")
@pytest.mark.parametrize(
    ("language", "width", "dark"), [("en", 390, True), ("en", 1200, False), ("zh", 390, False), ("zh", 1200, True)]
)
def test_in_a_browser(tmp_path: Path, language: str, width: int, dark: bool) -> None:
    page = derive.mle("normal").text("html", language, "brief", Look(katex="katex"))
    seen = seen_in_a_browser(tmp_path, page, width, dark)
    assert seen["typeset"] == seen["spoken"] == seen["math"] > 50 and seen["folded"] > 5


LONG = " + ".join(rf"\\frac{{{k}}}{{{k} + \\mu^2}}" for k in range(1, 30))
REPORTED = f"""<!-- given: x_i ~ normal(\\mu, \\sigma^2), i = 1..n -->

# {"Averylongword" * 20}

$$\\begin{{aligned}}
{LONG} &= {LONG} \\\\
&= 0 \\\\
&= \\foo{{{"x" * 200}}}
\\end{{aligned}}$$

$$\\mu = b + \\frac{{c}}{{ {"d" * 200}$$

$$\\sum_i (x_i - \\mu) = \\sum_i x_i - \\mu$$
"""


@pytest.mark.skipif(not (BROWSER and KATEX), reason="no Chromium, or no copy of KaTeX, is installed")
@pytest.mark.parametrize(("language", "width", "dark"), [("en", 390, True), ("zh", 1200, False)])
def test_a_report_in_a_browser(tmp_path: Path, language: str, width: int, dark: bool) -> None:
    file = tmp_path / "post.md"
    file.write_text(REPORTED, "utf-8")
    seen = seen_in_a_browser(tmp_path, derive.check(str(file)).text("html", language, katex="katex"), width, dark)
    assert seen["typeset"] == seen["spoken"] == seen["math"] > 5
