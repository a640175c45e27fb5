"""SHEET.toml: what it may say, what is refused and where; variants of one set differ, and come again by their seed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derive.api import exercises, sheet, stress
from derive.api.problems import Deriver
from derive.cli import run
from derive.core.errors import InputError
from derive.exercises.chance import Dice
from derive.exercises.sheet_file import sheet_in, sheet_of
from derive.exercises.variants import variant
from derive.writing.templates import templates_folder

EXAMPLE = templates_folder() / "sheet.toml"

SMALL = """
title = "Week 3"
[[problems]]
kind = "compute"
distribution = ["poisson", "bernoulli"]
points = 4
[[problems]]
kind = "name-law"
distribution = "geometric"
points = 2
"""

REFUSED = {
    'titel = "x"\n[[problems]]\nkind = "derive"\ndistribution = "poisson"': r"line 1: titel.*did you mean title",
    '[[problems]]\nkind = "derive"\ndistribution = "poisson"': "title: it is missing",
    'title = "x"': "there are no problems",
    'title = 3\n[[problems]]\nkind = "derive"\ndistribution = "poisson"': "line 1: title: not a text",
    'title = "x"\n[[problems]]\nkind = "derve"\ndistribution = "poisson"': "line 3: kind: 'derve'.*mean derive",
    'title = "x"\n[[problems]]\ndistribution = "poisson"': "line 2: kind: it is missing",
    'title = "x"\n[[problems]]\nkind = "derive"': "line 3: distribution: it is missing",
    'title = "x"\n[[problems]]\nkind = "derive"\ndistribution = 3': "line 4: distribution: a text or a list",
    'title = "x"\n[[problems]]\nkind = "derive"\nderivation = "kl"\ndistribution = "normal"': "other: the second law",
    'title = "x"\n[[problems]]\nkind = "derive"\ndistribution = "normal"\nsize = [5, 2]': "line 5: size: from 1 to",
    'title = "x"\n[[problems]]\nkind = "derive"\ndistribution = "normal"\npoints = 0': "line 5: points: not a whole",
    'title = "x"\n[[problems]]\nkind = "derive"\ndistribution = "normal"\nvalues = { n = "a" }': "line 5: values: n is",
    'title = "x"\n[[problems]]\nkind = "derive"\ndistribution = "normal"\ncalculator = 1': "line 5: calculator:",
    'title = "x"\n[[problems]]\nkind = "derive"\nmodel = "ridge"\ndistribution = "normal"': "distribution",
    'title = "x"\n[[problems]]\nkind = "derive"\ndensity = "p"': "parameters: they are missing",
    'title = "x"\npoints = 9\n[[problems]]\nkind = "derive"\ndistribution = "normal"\npoints = 5': "line 2: points:.*5",
    'title = "x"\n[[problems]]\nkind = "derive"\ndistribution = "normal"\n\n[[problems]]\nkind = "x"': "line 7: kind",
    'title = "x"\n[[problems': "SHEET.toml",
    f'title = "x"\npoints = {"9" * 5000}': "SHEET.toml",
    f'title = "x"\nproblems = {"[" * 5000}': "nested too deeply",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[-40:])
def test_a_mistake_is_named_with_its_line(text: str) -> None:
    with pytest.raises(InputError, match=REFUSED[text]):
        sheet_of(text)


def test_a_problem_that_cannot_be_made_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "sheet.toml"
    path.write_text('title = "x"\n[[problems]]\nkind = "maximum"\nderivation = "entropy"\ndistribution = "normal"\n')
    with pytest.raises(InputError, match=r"line 3: kind: no problem of the kind maximum"):
        exercises(path)


def test_the_example_says_all_its_keys() -> None:
    found = sheet_in(EXAMPLE)
    assert sum(p.points for p in found.problems) == 27
    assert found.problems[3].values["n"] == tuple(map(str, range(4, 11)))
    assert found.title.in_language("zh") == "最大似然与散度"


def small(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.toml"
    path.write_text(SMALL)
    return path


def test_one_seed_gives_one_set_whatever_the_number_of_processes(tmp_path: Path) -> None:
    path = small(tmp_path)
    first = exercises(path, variants=5, seed=3, jobs=1)
    assert first == exercises(path, variants=5, seed=3, jobs=2)
    assert first != exercises(path, variants=5, seed=4, jobs=1)


def test_no_two_variants_are_the_same(tmp_path: Path) -> None:
    made = exercises(small(tmp_path), variants=12, seed=7, jobs=1)
    sheets = [content for name, content in made.items() if name.startswith("sheet-")]
    assert len(sheets) == 12
    assert len({content.split(b"\n", 1)[1] for content in sheets}) == 12


def test_sheets_do_not_hold_answers_and_keys_do(tmp_path: Path) -> None:
    made = exercises(small(tmp_path), variants=2, seed=3, jobs=1)
    assert set(made) == {"exercises.json", "sheet-01.md", "key-01.md", "sheet-02.md", "key-02.md", "keys.md"}
    assert b"### Answer" not in made["sheet-01.md"]
    assert made["key-01.md"].count(b"### Answer") == 2
    assert made["keys.md"].count(b"### Answer") == 4
    # The sheet's questions stand in the key word for word.
    questions = [line for line in made["sheet-01.md"].decode().splitlines()[1:] if line and line != "&nbsp;"]
    assert [line for line in questions if line not in made["key-01.md"].decode()] == []


def test_the_object_for_scripts(tmp_path: Path) -> None:
    told = json.loads(exercises(small(tmp_path), variants=2, seed=3, form="json", jobs=1)["exercises.json"])
    assert [one["seed"] for one in told["sheets"]] == [3, 3]
    computed, named = told["sheets"][0]["problems"]
    assert computed["kind"] == "compute"
    assert 0 < computed["answer"]["value"] < 9
    assert sum(share["points"] for share in computed["points"]) == 4
    assert computed["command"][0] == "mle"
    assert len(named["choices"]) == 4
    assert named["answer"]["labels"][0] in named["choices"]


def test_too_many_variants_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sheet.toml"
    path.write_text('title = "x"\n[[problems]]\nkind = "derive"\nderivation = "entropy"\ndistribution = "p"\n')
    with pytest.raises(InputError, match="different variants"):
        exercises(path, variants=30, jobs=1)


def test_a_stress_run_counts(tmp_path: Path) -> None:
    rows = stress(small(tmp_path), count=6, seed=2, jobs=1)
    assert [(row.kind, row.made, row.failures) for row in rows] == [("compute", 6, ()), ("name-law", 6, ())]


def test_one_page_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exercises", str(EXAMPLE), "--seed", "7", "--no-answer"]) == 0
    assert capsys.readouterr().out == sheet(EXAMPLE, seed=7, solved=False).text("md")


COMMANDS = {
    ("exercises", "missing.toml"): "missing.toml: No such file",
    ("exercises", str(EXAMPLE), "--variants", "2"): "--out",
    ("exercises", str(EXAMPLE), "--variants", "0", "--format", "json"): "--variants 0",
    ("exercises", str(EXAMPLE), "--variants", "-3"): "not a number from 1",
    ("exercises", str(EXAMPLE), "--lang", "xx"): "no words",
    ("exercise", "mle", "nothing"): "nothing",
    ("exercise", "mle", "poisson", "--kind", "riddle"): "no kind is called",
    ("exercise", "kl", "normal"): "2 laws",
}


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_that_cannot_be_used(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(list(arguments)) == 2
    assert COMMANDS[arguments] in capsys.readouterr().err


def test_files_in_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = small(tmp_path), tmp_path / "week 3"
    assert run(["exercises", str(path), "--format", "tex", "--out", str(out), "--jobs", "1"]) == 0
    assert sorted(p.name for p in out.iterdir()) == ["exercises.json", "key-01.tex", "keys.tex", "sheet-01.tex"]
    assert r"\titledquestion" in (out / "sheet-01.tex").read_text()
    assert run(["exercises", str(path), "--format", "tex", "--class", "article", "--out", str(out), "--jobs", "1"]) == 0
    assert "exam" not in (out / "sheet-01.tex").read_text().split(r"\begin{document}")[0]
    assert run(["exercise", "mle", "poisson", "--seed", "3", "--lang", "zh"]) == 0
    assert "最大似然" in capsys.readouterr().out


def test_chance_is_spread() -> None:
    dice = Dice("a")
    thrown = [dice.below(6) for _ in range(600)]
    assert all(60 < thrown.count(face) < 140 for face in range(6))
    assert sorted(dice.shuffled(range(9))) == list(range(9))


def test_a_file_that_begins_with_a_mark_of_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "sheet.toml"
    path.write_text('title = "x"\n[[problems]]\nkind = "derive"\ndistribution = "poisson"\n', encoding="utf-8-sig")
    assert sheet_in(path).problems[0].subjects == (("poisson",),)


def test_a_density_without_a_name_is_no_family_to_choose() -> None:
    own = "density = '\\lambda e^{-\\lambda x}'\nparameters = ['\\lambda > 0']\nsupport = 'x > 0'"
    sheet = sheet_of(f'title = "x"\n[[problems]]\nkind = "which-distribution"\n{own}')
    with pytest.raises(InputError, match="no problem of the kind which-distribution"):
        variant(sheet, 1, 1, Deriver())
