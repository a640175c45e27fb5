"""Where the mathematics of a document stands."""

from __future__ import annotations

import pytest

from derive.documents.finding import passages
from derive.documents.source import source_of

MARKDOWN = (
    ("a $$x=1$$ b", [("display", "x=1")]),
    ("```\n$$x=1$$\n```\n$$y=2$$", [("display", "y=2")]),
    ("`$x$` and $y$", [("inline", "y")]),
    ("costs \\$5 and \\$6", []),
    ("<!-- given: x > 0 -->\n$$x$$", [("given", "x > 0"), ("display", "x")]),
    ("<!-- $$x=1$$ -->", []),
    ("---\ntitle: $$x$$\n---\n$$y$$", [("display", "y")]),
    (r"\[ x=1 \]", [("display", " x=1 ")]),
    (r"\\[ x=1 \\]", [("display", " x=1 ")]),
    (r"\begin{align} x \end{align}", [("display", r"\begin{align} x \end{align}")]),
    ("$$ x = 1\n\nwords\n", [("broken", " x = 1")]),
    ("# Title\n$$x$$", [("heading", "# Title"), ("display", "x")]),
)
LATEX = (
    ("% given: x > 0\n\\[x\\]", [("given", "x > 0"), ("display", "x")]),
    ("% $$x=1$$\n$$y$$", [("display", "y")]),
    ("\\begin{verbatim}$$x$$\\end{verbatim}$$y$$", [("display", "y")]),
    ("a \\\\[5pt] b $x$", [("inline", "x")]),
    ("\\verb|$x$| $y$", [("inline", "y")]),
)


@pytest.mark.parametrize(("text", "wanted"), MARKDOWN, ids=[t for t, _ in MARKDOWN])
def test_markdown(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(p.kind, p.text) for p in passages(source_of("a.md", text))] == wanted


@pytest.mark.parametrize(("text", "wanted"), LATEX, ids=[t for t, _ in LATEX])
def test_latex(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(p.kind, p.text) for p in passages(source_of("a.tex", text))] == wanted


def test_offsets_point_into_the_text() -> None:
    source = source_of("a.md", "one\n\n  $$x=1$$ and $y$\n")
    assert all(source.text.startswith(p.text, p.offset) for p in passages(source))
    assert [source.place(p.offset) for p in passages(source)] == [(3, 5), (3, 16)]
