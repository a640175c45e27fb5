"""Hand-written lines and their verdicts: what is right holds, what is wrong is refuted, what says nothing is open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derive.cli import run
from derive.core.facts import Facts
from derive.documents.check import checked
from derive.documents.report import Entry
from derive.documents.source import source_of


def entries(text: str, name: str = "page.md") -> tuple[Entry, ...]:
    return checked(source_of(name, text), Facts(), 60.0).entries


def verdicts(*parts: str) -> list[str]:
    givens = [f"<!-- given: {part} -->" for part in parts[:-1]]
    return [entry.verdict.value for entry in entries("\n".join([*givens, "", parts[-1]]))]


POISSON = (r"Y_k ~ poisson(\lambda), k = 1..N", r"\lambda > 0")
NORMAL = (r"x_i ~ normal(\mu, \sigma^2), i = 1..n",)
LEAST_SQUARES = (r"w \in \mathbb{R}^d", r"A \in \mathbb{R}^{n \times d}", r"b \in \mathbb{R}^n")
BERNOULLI = ("D_i ~ bernoulli(p), i = 1..N",)

RIGHT = (
    (*BERNOULLI, r"$$\log P(D) = \sum_i (D_i \log p + (1-D_i)\log(1-p))$$"),
    (
        *BERNOULLI,
        r"$$\ell(p) = \sum_i \log P(D_i) \\ \frac{\partial\ell(p)}{\partial p} = \sum_i \frac{D_i-p}{p(1-p)}$$",
    ),
    (*NORMAL, r"$$\frac{\partial \log p(x\mid\mu)}{\partial\mu} = \frac{1}{\sigma^2}\sum_i (x_i-\mu)$$"),
    (*NORMAL, r"$$\sum_{i=1}^n (x_i-\mu)^2 = \sum_{i=1}^n x_i^2 - 2\mu\sum_{i=1}^n x_i + n\mu^2$$"),
    (r"v \in \mathbb{R}", r"$$\tanh(v) = \frac{e^v-e^{-v}}{e^v+e^{-v}}$$"),
    (r"p(x), q(x) pmf on \mathcal{X}", r"$$D_{KL}(p\|q) = H(p,q) - H(p)$$"),
    (r"p(x), q(x) pmf on \mathcal{X}", r"$$D_{KL}(p\|q) \ge 0$$"),
    ("0 < a < 1", r"$$\log 0.5 \approx -0.693$$"),
)
WRONG = (
    (*POISSON, r"$$\ell(\lambda; Y_1,\ldots,Y_N) = \sum_{k=1}^N -\lambda + Y_k\log(\lambda) + \log(Y_k!)$$"),
    (*NORMAL, r"$$\frac{\partial \log p(x\mid\mu)}{\partial\mu} = -\frac{1}{\sigma^2}\sum_i (x_i-\mu)$$"),
    (*NORMAL, r"$$\sum_{i=1}^n (x_i-\mu)^2 = \sum_{i=1}^n x_i^2 - \mu\sum_{i=1}^n x_i + n\mu^2$$"),
    (r"v \in \mathbb{R}", r"$$\tanh(v) = 2\,\frac{1}{1+e^{-v}} - 1$$"),
    (r"p(x), q(x) pmf on \mathcal{X}", r"$$D_{KL}(p\|q) = H(p,q) + H(p)$$"),
    (
        r"\mu \in \mathbb{R}",
        r"\sigma > 0",
        r"$$N(\mu,\sigma) = \frac{1}{\sqrt{2\pi}\sigma} e^{\frac{(x-\mu)^2}{2\sigma^2}}$$",
    ),
    ("0 < a < 1", r"$$\log 0.5 \approx -0.683$$"),
    (*LEAST_SQUARES, r"$$\nabla_w \|Aw-b\|^2 = 2A^T(Aw+b)$$"),
)


@pytest.mark.parametrize("parts", RIGHT, ids=lambda parts: parts[-1])
def test_right_lines_hold(parts: tuple[str, ...]) -> None:
    found = verdicts(*parts)
    assert found and set(found) <= {"proved", "tested"}


@pytest.mark.parametrize("parts", WRONG, ids=lambda parts: parts[-1])
def test_wrong_lines_are_refuted(parts: tuple[str, ...]) -> None:
    assert "refuted" in verdicts(*parts)


def test_a_refutation_has_a_witness_in_simple_numbers_and_a_correction() -> None:
    text = "<!-- given: x_i \\in \\mathbb{R}, i = 1..n -->\n<!-- given: \\mu \\in \\mathbb{R} -->\n\n"
    (entry,) = entries(text + r"$$\sum_{i=1}^n (x_i-\mu) = \sum_{i=1}^n x_i + n\mu$$")
    assert entry.witness is not None and dict(entry.witness.point)["n"] == "2"
    assert entry.witness.left != entry.witness.right
    assert entry.suggestion is not None and entry.remarks[0].key == "slip_sign"


def test_a_derivative_set_to_zero_is_solved() -> None:
    lines = r"$$\frac{\partial \log P(D)}{\partial p} = \sum_i\frac{D_i}{p} - \sum_i\frac{1-D_i}{1-p} = 0$$"
    assert verdicts(*BERNOULLI, lines + "\n\n$$\\sum_i (p-D_i) = 0$$\n\n$$p = \\frac1N\\sum_i D_i$$") == ["proved"] * 3
    assert verdicts(*BERNOULLI, lines + "\n\n$$p = \\frac{1}{N-1}\\sum_i D_i$$")[-1] == "refuted"


def test_a_block_that_begins_with_a_sign_goes_on() -> None:
    first = r"$$\sum_i (x_i-\mu)$$"
    assert verdicts(*NORMAL, first + "\n\n$$= \\sum_i x_i - n\\mu$$") == ["proved"]
    assert verdicts(*NORMAL, first + "\n\n$$= \\sum_i x_i - \\mu$$") == ["refuted"]


def test_a_repaired_slip_is_found_and_its_repair_named() -> None:
    lines = r"$$\sum_i (x_i-\mu) = \sum_i x_i + n\mu = \sum_i x_i - n\mu$$"
    text = f"<!-- given: {NORMAL[0]} -->\n\n{lines}"
    first, second = entries(text)
    assert first.verdict.value == "refuted" and second.verdict.value in ("proved", "tested")
    assert [remark.key for remark in second.remarks] == ["remark_repairs"]


def test_what_inherits_a_mistake_is_not_blamed_again() -> None:
    lines = r"$$\sum_i (x_i-\mu) = \sum_i x_i + n\mu = n\mu + \sum_i x_i$$"
    first, second = entries(f"<!-- given: {NORMAL[0]} -->\n\n{lines}")
    assert (first.verdict.value, second.verdict.value) == ("refuted", "proved")
    assert [remark.key for remark in second.remarks] == ["remark_inherits"]


def test_argmax_forgives_constants_and_factors() -> None:
    normal = r"-\frac n2\log(2\pi) - \frac12\sum_i (x_i-\mu)^2"
    right = rf"$$\arg\max_\mu {normal} = \arg\min_\mu \sum_i (x_i-\mu)^2$$"
    assert verdicts(*NORMAL, right)[0] in ("proved", "tested")
    assert verdicts(*NORMAL, right.replace("min", "max"))[0] == "refuted"


def test_definitions_are_no_claims() -> None:
    assert verdicts("0 < p < 1", r"$$L(p) = p^4(1-p)^2$$") == []


def test_letters_without_a_meaning_leave_a_line_open() -> None:
    assert verdicts("a > 0", r"$$a + 1 = b + c$$") == ["unknown"]


def test_letters_without_a_meaning_come_with_lines_that_would_give_them_one() -> None:
    text = "<!-- given: a > 0 -->\n\n$$a + 1 = b + c$$\n"
    report = checked(source_of("page.md", text), Facts(), 60.0)
    assert [(m.letter, m.line, m.given) for m in report.missing] == [
        ("b", 3, r"b \in \mathbb{R}"),
        ("c", 3, r"c \in \mathbb{R}"),
    ]
    pasted = "".join(f"<!-- given: {m.given} -->\n" for m in report.missing) + text
    (entry,) = checked(source_of("page.md", pasted), Facts(), 60.0).entries
    assert entry.verdict.value == "refuted"


@pytest.mark.parametrize("text", [r"$$\frac{a}{b $$", "$$ a = b", r"\begin{align} a &= b", "$$ ( a = b ) ) $$"])
def test_broken_formulas_are_unread(text: str) -> None:
    assert {entry.verdict.value for entry in entries(text)} <= {"unread", "unknown"}


HOSTILE = (
    r"$$ 9^{9^{9^9}} = 1 $$",
    r"$$ \binom{10^9}{5\cdot 10^8} = 1 $$",
    "$$" + "(" * 500 + "$$",
    "$" * 4001,
    "<!-- given: " * 500,
    r"$$ x_{x_{x_{x_{x}}}} = \sum\prod\int\frac{}{} $$",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_end(text: str) -> None:
    assert all(entry.verdict.value in ("unread", "unknown", "refuted") for entry in entries(text))


def test_files_that_are_no_texts_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, data in (("a.md", b"\0\1\2"), ("b.md", b"\xff\xfe\xff"), ("c.md", b"x" * 10_000_000)):
        (tmp_path / name).write_bytes(data)
        assert run(["check", str(tmp_path / name)]) == 2
        assert name in capsys.readouterr().err
    assert run(["check", str(tmp_path / "none.md")]) == 2


def test_the_command_says_so_with_its_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text("$$ 1 + 1 = 2 $$")
    bad.write_text("$$ 1 + 1 = 3 $$")
    assert run(["check", str(good), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["proved"] == 1
    assert run(["check", str(tmp_path), "--format", "json"]) == 1
    made = json.loads(capsys.readouterr().out)
    assert [Path(file["file"]).name for file in made["files"]] == ["bad.md", "good.md"]
    (line,) = made["files"][0]["lines"]
    assert (line["line"], line["column"], line["verdict"], line["left"], line["right"]) == (1, 10, "refuted", "2", "3")


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_report_can_be_written(
    form: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.md"
    file.write_text("$$ 1 + 1 = 2 $$\n\n$$ 1 + 1 = 3 $$\n\n$$ ( 1 = 1 $$\n\n$$ a = b + c + \\sin $$\n")
    assert run(["check", str(file), "--format", form, "--lang", language]) == 1
    assert capsys.readouterr().out


def test_context_comes_from_options_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.tex"
    file.write_text("\\[ \\sum_i x_i - n\\mu = \\sum_i (x_i - \\mu) \\]\n")
    assert run(["check", str(file), "--given", NORMAL[0], "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["proved"] == 1
    assert run(["check", str(file), "--given", "x_i ~ nonsense(", "--format", "json"]) == 2


def test_places_are_those_of_the_relations() -> None:
    found = entries("text\n\n$$\n\\begin{aligned}\n1+1 &= 2\\\\\n  &= 3\n\\end{aligned}\n$$\n")
    assert [(entry.line, entry.column) for entry in found] == [(5, 6), (6, 4)]
