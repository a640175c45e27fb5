"""Blocks in posts: filled, refreshed, refused; the text around them untouched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from derive.cli import asked, run
from derive.core.errors import InputError
from derive.filling import BEGIN, END, allowed, filled

POST = """---
title: Mine
---
Text with $x_1$ and `code`,  two blanks

### The coin

```derive
mle bernoulli --lang zh
```
Right behind it.

````
```derive
not a block
```
````

~~~ derive
derive mle poisson --data "2 0 1"
~~~
"""


def fill(post: str, **options: Any) -> str:
    return filled(post, asked, **options)


def without_output(post: str) -> str:
    lines: list[str] = []
    inside = False
    for line in post.split("\n"):
        if line == BEGIN:
            inside = True
            lines.pop()
        if not inside:
            lines.append(line)
        inside = inside and line != END
    return "\n".join(lines)


def test_blocks_are_filled_and_the_rest_is_left() -> None:
    post = fill(POST)
    assert post.count(BEGIN) == post.count(END) == 2
    assert without_output(post) == POST
    assert "#### 似然函数" in post and "#### Likelihood" in post and "# 伯努利" not in post
    assert "not a block\n```\n````" in post


def test_filling_twice_is_filling_once() -> None:
    once = fill(POST)
    assert fill(once) == once
    assert fill(once.replace("$$", "$").replace("似然", "x")) == once


def test_line_ends_stay() -> None:
    post = fill(POST.replace("\n", "\r\n"))
    assert post.count("\n") == post.count("\r\n") and post.replace("\r\n", "\n") == fill(POST)


def test_mathematics_for_a_site() -> None:
    assert r"\\(p\\)" in fill(POST, site="hugo")
    assert "$$p$$" in fill(POST, site="jekyll")


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ("gallery", "not a derivation"),
        ("fill post.md", "not a derivation"),
        ("check post.md", "not a derivation"),
        ("rm -rf /", "not a derivation"),
        ("mle bernoulli --out x.md", "--out has no place"),
        ("mle bernoulli --out=x.md", "--out has no place"),
        ("mle bernoulli --plot x.svg", "--plot has no place"),
        ("mle bernoulli --templates .", "--templates has no place"),
        ("mle bernoulli --format pdf", "--format has no place"),
        ("mle bernoulli --help", "--help has no place"),
        ("mle bernoulli --data /etc/passwd", "outside the folder"),
        ("mle bernoulli --data=/etc/passwd", "outside the folder"),
        ("mle bernoulli --data ../post.md", "outside the folder"),
        ("mle 'bernoulli", "no closing quotation"),
        ("mle bernoulli; rm x", "unexpected extra argument"),
        ("mle bernoulli --nonsense", "No such option"),
        ("mle norml", "did you mean normal"),
        ("mle $(touch x)", "unexpected extra argument"),
        ("mle '$(touch x)'", "not a distribution"),
        ("", "one command"),
        ("mle bernoulli\nmle poisson", "one command"),
    ],
)
def test_refused(block: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "post.md").touch()
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    with pytest.raises(InputError) as error:
        fill(f"one\n\n```derive\n{block}\n```\n", folder=Path(), name="post.md")
    assert says.lower() in str(error.value).lower() and "post.md, line 3: " in str(error.value)
    assert list((tmp_path / "inner").iterdir()) == []


@pytest.mark.parametrize(
    ("post", "says"),
    [
        ("```derive\nmle poisson\n", "the block has no end"),
        (f"```derive\nmle poisson\n```\n{BEGIN}\ntext", "the output has no end"),
        (f"```derive\nmle poisson\n```\n{BEGIN}\ntext\n{BEGIN}\n{END}", "the output has no end"),
        (f"text\n{BEGIN}\n{END}\n", "stands without its block"),
    ],
)
def test_posts_that_are_broken(post: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        fill(post)


def test_data_beside_the_post(tmp_path: Path) -> None:
    (tmp_path / "tosses.txt").write_text("1 1 0 1")
    post = tmp_path / "post.md"
    post.write_text("```derive\nmle bernoulli --data tosses.txt\n```\n", "utf-8")
    assert run(["fill", str(post), "--check"]) == 1
    assert run(["fill", str(post), "--lang", "zh"]) == 0
    assert r"\frac{3}{4}" in post.read_text("utf-8") and "似然" in post.read_text("utf-8")
    assert run(["fill", str(post), "--lang", "zh", "--check"]) == 0


def test_nothing_is_written_if_one_block_fails(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.md", tmp_path / "b.md"
    good.write_text("```derive\nmle poisson\n```\n")
    bad.write_text("```derive\nmle poison\n```\n")
    assert run(["fill", str(good), str(bad)]) == 2
    assert good.read_text() == "```derive\nmle poisson\n```\n"


def test_arguments_of_a_block() -> None:
    def wanted(command: str) -> Sequence[str]:
        return allowed(command)

    assert wanted("derive mle 'normal(0, v)' --detail full") == ["mle", "normal(0, v)", "--detail", "full"]
    assert wanted("kl p q --at 'p=0.1, q=0.2'")[-1] == "p=0.1, q=0.2"
