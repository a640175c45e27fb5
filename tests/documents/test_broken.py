"""Hostile and broken documents: a message or ``unread``, in bounded time, and nothing is overwritten."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from derive.cli import run
from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.source import source_of

BROKEN = (
    "$$ x = 1",
    "$$" * 5001,
    r"\begin{align} x &= 1 \\",
    r"\[ \frac{1}{ \]",
    "$$ " + "{" * 5000 + " $$",
    "$$ " + r"\frac{1}" * 3000 + " $$",
    r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}" + "\n" + r"\[ \a = 1 \]",
    "$$ 9^{9^{9^9}} = 1 $$",
    "<!-- given: " + "x" * 100_000 + " -->",
    "<!-- given: x = (" + "1," * 20_000 + "1), i = 1..N -->",
    "$x_1, " + "x_1, " * 3000 + r"\sim N(0, 1)$",
    "\\",
    "a" * 30_000,
    "$a b$ where " * 3_000,
    r"$x > 0$ \le where " * 2_000,
    r"Let $X_1, \dots, X_n$ be i.i.d. with density " + r"$f(x) = \(" * 2_000,
)


@pytest.mark.parametrize("text", BROKEN, ids=[str(k) for k in range(len(BROKEN))])
@pytest.mark.parametrize("name", ["a.md", "a.tex"])
def test_broken_documents(text: str, name: str) -> None:
    assert not checked(source_of(name, text), Facts(), 30.0).refuted


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02", b"\xff\xfe\xfa", b" " * 10_000_000], ids=["binary", "bytes", "10 MB"]
)
def test_what_is_no_document(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    assert run(["check", str(file)]) == 2
    assert file.read_bytes() == data


SOUP = (
    *(
        r"\operatorname{median}",
        r"\sum_i",
        r"\prod_{i=1}^N",
        "x_i",
        r"\lambda",
        "=",
        r"\log",
        r"\frac{1}{2}",
        "^2",
        "_k",
    ),
    *(r"\max_w", r"\arg\min", r"\nabla", r"\Sigma^{-1}", "(", ")", r"\left(", r"\right)", "|", r"\mathbb{E}", "[", "]"),
    *(
        r"\hat\mu",
        r"\bar{x}",
        "+",
        "-",
        "N",
        r"\int",
        "dx",
        r"\text{and}",
        r"\Rightarrow",
        r"\begin{cases}",
        "&",
        r"\\",
    ),
    *(r"\end{cases}", r"\partial", r"\binom{n}{k}", "!", r"\sqrt{x}", r"\mathcal{N}(\mu,\Sigma)", r"\mid", r"\propto"),
    *(r"\approx 3.14", "0", r"\det", r"\operatorname{tr}", r"\sim"),
)


@pytest.mark.parametrize("seed", range(8))
def test_soup_of_commands_ends_in_a_report(seed: int) -> None:
    draw = random.Random(seed)
    displays = [" ".join(draw.choice(SOUP) for _ in range(draw.randint(2, 14))) for _ in range(60)]
    text = "<!-- given: x_i ~ poisson(\\lambda), i = 1..N -->\n" + "\n\n".join(f"$${d}$$" for d in displays)
    assert checked(source_of("page.md", text), Facts(), 60.0).name == "page.md"
