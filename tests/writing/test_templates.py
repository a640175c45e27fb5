"""Templates and words of the user's own go before the project's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import derive
from derive.cli import run
from derive.core.errors import DeriveError
from derive.writing.formats.look import Look
from derive.writing.templates import languages, templates_folder


def test_a_layout_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "md").mkdir()
    (tmp_path / "md" / "page.md").write_text("My course: {{ page.title }}, {{ page.blocks | length }} blocks\n")
    mine = Look(templates=tmp_path)
    assert derive.mle("poisson").text("md", look=mine).startswith("My course: Maximum likelihood for")
    # The other formats are as before.
    assert derive.mle("poisson").text("tex", look=mine) == derive.mle("poisson").text("tex")


def test_a_part_of_a_layout(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "page.css").write_text("body { color: teal; }")
    page = derive.mle("poisson").text("html", look=Look(templates=tmp_path))
    assert "body { color: teal; }" in page and "--paper" not in page


def test_some_words_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text("score_heading = 'Score function'\n")
    result = derive.mle("poisson")
    look = Look(templates=tmp_path)
    assert "## Score function\n" in result.text("md", look=look)
    assert "## Score function\n" not in result.text("md")
    assert "Log-likelihood" in result.text("md", look=look)


def test_a_third_language_is_one_more_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "words").mkdir()
    words = (templates_folder() / "words" / "en.toml").read_text("utf-8")
    german = words.replace("'Log-likelihood'", "'Log-Likelihood-Funktion'")
    (tmp_path / "words" / "de.toml").write_text(german, "utf-8")
    assert languages(tmp_path) == ("de", *languages())
    for form in ("md", "html", "tex", "text", "ipynb", "json"):
        assert run(["mle", "poisson", "--lang", "de", "--templates", str(tmp_path), "--format", form]) == 0
        shown = capsys.readouterr().out
        assert form == "json" or "Log-Likelihood-Funktion" in shown
        assert form != "json" or json.loads(shown)["title"]
        assert form != "html" or '<html lang="de">' in shown


def test_words_with_a_wrong_hole_are_named(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text("solved = 'Solve for {what}.'\n")
    with pytest.raises(DeriveError, match="en: solved: the sentence has the holes"):
        derive.mle("poisson").text("md", look=Look(templates=tmp_path))


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(derive.InputError, match="no such folder"):
        derive.mle("poisson").text("md", look=Look(templates=tmp_path / "none"))


def test_templates_go_with_the_package(tmp_path: Path) -> None:
    kinds = {path.parent.name for path in templates_folder().glob("*/*")}
    assert kinds == {"html", "md", "tex", "text", "words", "xhtml"}
    shutil.copytree(templates_folder(), tmp_path / "copy")
    assert derive.mle("poisson").text("md", look=Look(templates=tmp_path / "copy")) == derive.mle("poisson").text("md")
