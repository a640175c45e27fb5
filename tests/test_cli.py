"""What the command does with its arguments, with a stand-in for the engine."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import derive
from derive.cli import run
from derive.core.errors import InputError, NoDerivation, Unproved
from derive.core.phrase import Phrase


class Shown:
    """A result that says in which format, language, detail and look it was asked for."""

    name = "mle-normal"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def content(self, form: str, language: str, detail: str, look: Any) -> bytes:
        self._engine.look = look
        return f"{form} {language} {detail} \u2113\n".encode()

    def figure(self, ending: str, language: str, look: Any) -> tuple[Phrase, bytes]:
        return Phrase("figure_heading"), f"{ending} {language}".encode()


class Engine(SimpleNamespace):
    """Remembers what it was asked; fails as told."""

    asked: dict[str, Any] | None = None
    fault: Exception | None = None
    look: Any = None

    def mle(self, distribution: str, **options: Any) -> Any:
        self.asked = {"distribution": distribution, **options}
        if self.fault:
            raise self.fault
        return Shown(self)

    def listing(self, kind: str) -> list[tuple[str, str]]:
        return [("normal", "Normal"), ("t", "")] if kind == "distributions" else []


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine()
    monkeypatch.setitem(sys.modules, "derive.api", made)  # type: ignore[misc]
    monkeypatch.setattr(derive, "api", made, raising=False)
    return made


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        ("mle normal", "md en brief ℓ\n"),
        ("mle normal --format text --lang zh --detail full", "text zh full ℓ\n"),
        ("mle normal --format json", "json en brief ℓ\n"),
        ("list distributions", "normal  Normal\nt\n"),
        ("list", "distributions:\n  normal  Normal\n  t\n"),
    ],
)
def test_output(engine: Engine, capsys: pytest.CaptureFixture[str], arguments: str, output: str) -> None:
    assert run(arguments.split()) == 0
    assert capsys.readouterr().out == output


def test_every_option_arrives(engine: Engine) -> None:
    options = "--known mu --known sigma --data 1 --column x --notation data=D --notation size=n --numbers-first"
    assert run(["mle", "normal", *options.split()]) == 0
    assert engine.asked == {
        "distribution": "normal",
        "known": ("mu", "sigma"),
        "data": "1",
        "column": "x",
        "notation": ("data=D", "size=n"),
        "numbers_first": True,
    }


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.md", "md"),
        ("a.tex", "tex"),
        ("a.txt", "text"),
        ("a.json", "json"),
        ("a", "md"),
        ("a.HTML", "html"),
        ("a.ipynb", "ipynb"),
        ("a.pdf", "pdf"),
    ],
)
def test_the_ending_gives_the_format(engine: Engine, tmp_path: Path, name: str, form: str) -> None:
    assert run(["mle", "normal", "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text("utf-8") == f"{form} en brief ℓ\n"
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_folder_gets_a_file_of_the_result_s_name(engine: Engine, tmp_path: Path) -> None:
    assert run(["mle", "normal", "--out", str(tmp_path), "--format", "html"]) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["mle-normal.html"]


@pytest.mark.parametrize(
    ("form", "asked", "file", "inner"),
    [
        ("html", "b.svg", "../b.svg", b"svg zh"),
        ("html", "b.pdf", "figure.svg", b"svg zh"),
        ("md", "b.png", "../b.png", b"png zh"),
        ("tex", "b.pdf", "../b.pdf", b"pdf zh"),
        ("pdf", "b.svg", "figure.pdf", b"pdf zh"),
        ("ipynb", "b.png", "figure.png", b"png zh"),
    ],
)
def test_a_figure(
    engine: Engine, tmp_path: Path, monkeypatch: Any, form: str, asked: str, file: str, inner: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    arguments = ["mle", "normal", "--out", "pages/a", "--format", form, "--plot", asked, "--lang", "zh"]
    assert run(arguments) == 0
    assert (engine.look.picture.file, engine.look.picture.content) == (file, inner)
    assert (tmp_path / asked).read_bytes() == f"{asked[2:]} zh".encode()


@pytest.mark.parametrize(
    ("katex", "seen"),
    [("https://example.org/katex", "https://example.org/katex"), ("my katex", "../my%20katex"), ("/", None)],
)
def test_katex(engine: Engine, tmp_path: Path, monkeypatch: Any, katex: str, seen: str | None) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("pages", "my katex"):
        (tmp_path / name).mkdir()
    for name in ("katex.min.js", "katex.min.css"):
        (tmp_path / "my katex" / name).touch()
    status = run(["mle", "normal", "--out", "pages/a.html", "--katex", katex])
    assert (status, engine.look and engine.look.katex) == ((0, seen) if seen else (2, None))


def test_the_option_goes_before_the_ending(engine: Engine, tmp_path: Path) -> None:
    assert run(["mle", "normal", "--out", str(tmp_path / "a.html"), "--format", "tex"]) == 0
    assert (tmp_path / "a.html").read_text("utf-8").startswith("tex")


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(engine: Engine, tmp_path: Path) -> None:
    target, link = tmp_path / "a.md", tmp_path / "b.md"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    assert run(["mle", "normal", "--out", str(link)]) == 0
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_text("utf-8").startswith("md")


@pytest.mark.parametrize(
    ("fault", "status"),
    [(InputError("no such thing", "try this"), 2), (Unproved("withheld"), 1), (NoDerivation("beyond the plans"), 1)],
)
def test_faults(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path, fault: Exception, status: int
) -> None:
    engine.fault = fault
    out = tmp_path / "a.md"
    out.write_text("old")
    assert run(["mle", "normal", "--out", str(out)]) == status
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err == f"derive: {fault}\n"
    assert out.read_text() == "old" and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["mle"],
        ["mle", "normal", "--lang", "fr"],
        ["mle", "normal", "--format", "docx"],
        ["mle", "normal", "--column", "x"],
        ["mle", "normal", "--numbers-first"],
        ["mle", "normal", "--front-matter", "jekyll", "--format", "tex"],
        ["mle", "normal", "--front-matter", "wordpress"],
        ["mle", "normal", "--katex", "https://example.org/katex"],
        ["mle", "normal", "--katex", "no/such/folder", "--format", "html"],
        ["mle", "normal", "--katex", "javascript:alert(1)", "--format", "html"],
        ["mle", "normal", "--plot", "a.gif"],
        ["mle", "normal", "--plot", "no/such/folder/a.svg"],
        ["mle", "normal", "--plot", "a.svg", "--format", "tex"],
        ["mle", "normal", "--plot", "a}\\input{x.pdf", "--format", "tex"],
        ["mle", "normal", "--plot", "a.pdf", "--format", "md"],
        ["mle", "normal", "--templates", "no/such/folder"],
        ["mle", "normal", "--out", "a.xyz"],
        ["mle", "normal", "--out", "no/such/folder/a.md"],
        ["nothing"],
        ["list", "nothing"],
    ],
)
def test_unusable(engine: Engine, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err
    assert engine.asked is None


def test_help_imports_no_engine() -> None:
    code = "import sys, derive.cli; derive.cli.run(['--help']); sys.exit(bool({'sympy', 'jinja2'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_a_reader_that_leaves() -> None:
    code = "import sys, derive.cli as c; from types import SimpleNamespace as S;"
    code += "derive = sys.modules['derive']; derive.api = S(listing=lambda kind: [('y' * 99, '')] * 9999);"
    code += "sys.modules['derive.api'] = derive.api; sys.exit(c.run(['list']))"
    piped = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert piped.stdout is not None and piped.stderr is not None
    piped.stdout.readline()
    piped.stdout.close()
    assert (piped.wait(timeout=60), piped.stderr.read()) == (0, b"")
    piped.stderr.close()


def test_a_formula_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--format", "json", "--given", r"\sigma > 0", r"x^2/2\sigma^2"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["formulas"]
    assert entry["latex"] == r"\frac{x^2}{2\sigma^2}"
    assert entry["letters"][r"\sigma"] == "parameter, > 0"
    assert len(entry["remarks"]) == 1 and entry["error"] is None


def test_what_cannot_be_read_is_shown_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", r"a + x_ij"]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and "line 1, column 8" in shown.err and "x_{ij}" in shown.err
    assert shown.err.splitlines()[2].index("^") == 2 + len("a + x_i")


def test_a_density_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    spoken = ["--density", r"\lambda e^{-\lambda x}", "--parameter", r"\lambda > 0", "--support", "x > 0"]
    assert run(["mle", *spoken, "--data", "1 2 3", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["estimates"][0]["value"] == 0.5
    file = tmp_path / "mine.toml"
    file.write_text(
        "name = 'mine'\nvariable = 'x'\ndensity = '\\lambda e^{-\\lambda x}'\nsupport = 'x > 0'\n"
        "parameters = ['\\lambda > 0']\n"
    )
    assert run(["mle", str(file), "--data", "1 2 3", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["estimates"][0]["value"] == 0.5
    assert run(["mle"]) == 2 and run(["mle", "normal", *spoken]) == 2
