"""Marking: the key's own page, other routes, wrong lines, bare results, labels, numbers, and input of no use."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from derive.api.marking import mark
from derive.api.problems import Deriver, exercise
from derive.cli import run
from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.documents.source import source_of
from derive.exercises.argument import Own, Task
from derive.exercises.chance import Dice
from derive.exercises.kinds import MAKERS
from derive.exercises.wanted import Wanted
from derive.marking.answers import handed_in, parts
from derive.marking.labelled import label_in, order_in
from derive.marking.mark import words
from derive.marking.marks import ProblemMarks, halves
from derive.results.exercises import problem_of
from derive.results.marking import MarkResult, harmless_cell
from derive.writing.voice import Voice

DERIVER = Deriver()
POISSON = Task("mle", ("poisson",))
NORMAL = Task("mle", ("normal",))
KL = Task("kl", ("exponential", "exponential"))
ENTROPY = Task("entropy", ("exponential",))


def key(folder: Path, *problems: tuple[Task, str, int]) -> Path:
    """A key with these problems, the letters those of the derivations."""
    made = []
    for number, (task, kind, points) in enumerate(problems, start=1):
        wanted = Wanted(kind, task.verb, (task.subjects,), task.own, points=points)  # type: ignore[arg-type]
        problem = MAKERS[kind](wanted, DERIVER(task), Dice("1"), DERIVER)  # type: ignore[index]
        assert problem is not None
        made.append(problem_of(problem, number, Voice(Notation(), "en"), "brief"))
    path = folder / "key.json"
    path.write_text(json.dumps({"command": "exercises", "sheets": [{"variant": 1, "problems": made}]}))
    return path


def only(path: Path, text: str, name: str = "ada.md", **options: Any) -> ProblemMarks:
    """The marks for one answer to a key with one problem."""
    answer = path.parent / name
    answer.write_text(text, encoding="utf-8")
    (problem,) = mark(path, answer, **options).students[0].problems
    return problem


def got(problem: ProblemMarks) -> tuple[float, float]:
    """Least and most."""
    return float(problem.least), float(problem.most)


# The page of the key, handed in as an answer.

OWN = [
    ("mle", ("poisson",), "derive", "en"),
    ("mle", ("poisson",), "derive", "zh"),
    ("mle", ("normal",), "derive", "zh"),
    ("mle", ("bernoulli",), "derive", "en"),
    ("mle", ("laplace",), "derive", "en"),
    ("mle", ("uniform",), "derive", "en"),
    ("mle", ("gamma",), "derive", "en"),
    ("mle", ("categorical",), "derive", "en"),
    ("entropy", ("exponential",), "derive", "zh"),
    ("entropy", ("bernoulli",), "derive", "en"),
    ("kl", ("normal", "normal"), "derive", "en"),
    ("kl", ("poisson", "poisson"), "derive", "zh"),
    ("cross-entropy", ("poisson", "poisson"), "derive", "en"),
    ("loss", ("logistic-regression",), "derive", "en"),
    ("loss", ("linear-regression",), "derive", "zh"),
    ("mle", ("geometric",), "fill-in", "en"),
    ("mle", ("rayleigh",), "fill-in", "zh"),
    ("kl", ("gamma", "gamma"), "fill-in", "en"),
    ("mle", ("exponential",), "order", "en"),
    ("mle", ("exponential",), "order", "zh"),
    ("mle", ("geometric",), "find-error", "en"),
    ("mle", ("normal",), "find-error", "zh"),
    ("mle", ("bernoulli",), "name-law", "en"),
    ("kl", ("exponential", "exponential"), "name-law", "zh"),
    ("mle", ("poisson",), "compute", "en"),
    ("mle", ("normal",), "compute", "zh"),
    ("kl", ("bernoulli", "bernoulli"), "compute", "en"),
    ("loss", ("linear-regression",), "which-distribution", "en"),
    ("mle", ("poisson",), "which-distribution", "zh"),
    ("mle", ("exponential",), "maximum", "en"),
    ("mle", ("normal",), "maximum", "zh"),
]


@pytest.mark.parametrize(("verb", "subjects", "kind", "language"), OWN)
def test_the_key_gets_all_points(
    tmp_path: Path, verb: str, subjects: tuple[str, ...], kind: str, language: str
) -> None:
    made = exercise(verb, *subjects, kind=kind, seed=3, points=12)
    path = tmp_path / "key.json"
    path.write_text(made.text("json", language), encoding="utf-8")
    problem = only(path, made.text("md", language))
    assert problem.wrong is None
    assert got(problem) == (12, 12), [(p.what, p.least, p.why) for p in problem.parts if p.least < p.points]


def test_a_key_in_tex_gets_all_points(tmp_path: Path) -> None:
    made = exercise("mle", "poisson", seed=3)
    path = tmp_path / "key.json"
    path.write_text(made.text("json"), encoding="utf-8")
    assert got(only(path, made.text("tex"), "ada.tex")) == (6, 6)


# Answers as students write them: (task, points, answer, least, most, the first wrong line).

OWN_ROUTES = {
    "log-likelihood to maximum": (
        POISSON,
        10,
        r"""
$$ \ell(\lambda) = \sum_{i=1}^N x_i \log\lambda - N\lambda - \sum_{i=1}^N \log(x_i!) $$
$$ \frac{d\ell}{d\lambda} = \frac{1}{\lambda}\sum_{i=1}^N x_i - N = 0 $$
$$ \frac{1}{\lambda}\sum_{i=1}^N x_i - N = 0 \iff \sum_{i=1}^N x_i = N\lambda \iff \hat\lambda = \bar x $$
$$ \frac{d^2\ell}{d\lambda^2} = -\frac{1}{\lambda^2}\sum_{i=1}^N x_i < 0 $$
$$ \sum_{i=1}^N x_i > 0 $$
""",
        10,
        10,
        None,
    ),
    "the mean negative log-likelihood": (
        POISSON,
        10,
        r"""
$$ J(\lambda) = \lambda - \bar x \log\lambda + \frac1N \sum_{i=1}^N \log(x_i!) $$
$$ J'(\lambda) = 1 - \frac{\bar x}{\lambda} $$
$$ \lambda = \bar x $$
$$ J''(\lambda) = \frac{\bar x}{\lambda^2} > 0 $$
""",
        9,
        9,
        None,
    ),
    "no second-order condition": (
        POISSON,
        10,
        r"""
\[ \ell(\lambda) = \sum_i (x_i \ln \lambda - \lambda) + c \]
\begin{align*}
\frac{d\ell}{d\lambda} &= \frac{\sum_i x_i}{\lambda} - N = 0\\
\Rightarrow \hat\lambda &= \frac{\sum_i x_i}{N}
\end{align*}
""",
        7,
        7,
        None,
    ),
    "in Chinese": (
        POISSON,
        10,
        r"""
似然函数为
$$L(\lambda)=\prod_{i=1}^N \frac{\lambda^{x_i}e^{-\lambda}}{x_i!}$$
取对数，得
$$\ln L(\lambda)=\sum_{i=1}^N x_i\ln\lambda-N\lambda-\sum_{i=1}^N\ln(x_i!)$$
求导
$$\frac{\mathrm{d}\ln L}{\mathrm{d}\lambda}=\frac{1}{\lambda}\sum_{i=1}^N x_i-N=0$$
解得 $\hat\lambda=\bar x$。再求一次导
$$\frac{\mathrm{d}^2\ln L}{\mathrm{d}\lambda^2}=-\frac{1}{\lambda^2}\sum_{i=1}^N x_i<0$$
""",
        9,
        9,
        None,
    ),
    "by σ in place of σ²": (
        NORMAL,
        12,
        r"""
$$ \ell(\mu,\sigma) = -\frac N2\log(2\pi) - N\log\sigma - \frac{1}{2\sigma^2}\sum_{i=1}^N (x_i-\mu)^2 $$
$$ \frac{\partial \ell}{\partial\mu} = \frac{1}{\sigma^2}\sum_{i=1}^N(x_i-\mu) = 0 \implies \hat\mu = \bar x $$
$$ \frac{\partial \ell}{\partial\sigma} = -\frac{N}{\sigma} + \frac{1}{\sigma^3}\sum_{i=1}^N(x_i-\mu)^2 = 0 $$
$$ \hat\sigma = \sqrt{\frac1N\sum_{i=1}^N(x_i-\bar x)^2} $$
$$ \frac{\partial^2\ell}{\partial\mu^2} = -\frac{N}{\sigma^2} < 0 $$
$$ \frac{\partial^2\ell}{\partial\sigma^2} = \frac{N}{\sigma^2} - \frac{3}{\sigma^4}\sum_{i=1}^N(x_i-\mu)^2 $$
""",
        None,
        None,
        None,
    ),
    "with letters of one's own": (
        Task("mle", ("bernoulli",)),
        10,
        r"""
Let $k = \sum_{i=1}^N x_i$. Then
$$ L(p) = p^{k} (1-p)^{N-k} $$
$$ \log L(p) = k\log p + (N-k)\log(1-p) $$
$$ \frac{d}{dp}\log L(p) = \frac{k}{p} - \frac{N-k}{1-p} = 0 $$
$$ \hat p = \frac{k}{N} $$
$$ \frac{d^2}{dp^2}\log L(p) = -\frac{k}{p^2} - \frac{N-k}{(1-p)^2} < 0 $$
""",
        8,
        8,
        None,
    ),
    "a loss with gradient and Hessian": (
        Task("loss", ("linear-regression",)),
        6,
        r"""
$$ \log L(w,\sigma^2) = -\frac N2 \log(2\pi\sigma^2) - \frac{1}{2\sigma^2}\sum_{i=1}^N (y_i - w^T x_i)^2 $$
$$ J(w) = \frac12 \sum_{i=1}^N (y_i - w^T x_i)^2 $$
$$ \nabla_w J(w) = \sum_{i=1}^N (w^T x_i - y_i) x_i $$
$$ \nabla_w^2 J(w) = \sum_{i=1}^N x_i x_i^T $$
""",
        None,
        None,
        None,
    ),
    "a divergence by expected values": (
        KL,
        6,
        r"""
$$ D_{KL}(p_1\|p_2) = E_{p_1}[\log\frac{p_1(x)}{p_2(x)}]
 = E_{p_1}\left[\log\frac{\lambda_1}{\lambda_2} + (\lambda_2-\lambda_1)x\right] $$
$$ E_{p_1}[x] = \frac{1}{\lambda_1} $$
$$ D_{KL}(p_1\|p_2) = \log\frac{\lambda_1}{\lambda_2} + \frac{\lambda_2}{\lambda_1} - 1 $$
""",
        6,
        6,
        None,
    ),
    "an entropy": (
        ENTROPY,
        6,
        r"""
$$ H(p) = -\int_0^\infty p(x)\log p(x)\,dx = \lambda E_p[x] - \log\lambda $$
$$ E_p[x] = \frac1\lambda $$
$$ H(p) = 1 - \log\lambda $$
""",
        6,
        6,
        None,
    ),
}

WRONG = {
    "the largest for the smallest": (
        Task("mle", ("uniform",)),
        10,
        r"$$ \hat a = \max_i x_i $$",
        0,
        0,
        None,
    ),
    "a sign in the derivative": (
        POISSON,
        10,
        r"""
$$ \log L(\lambda) = \sum_{i=1}^N x_i \log\lambda - N\lambda - \sum_{i=1}^N\log (x_i!) $$
$$ \frac{\partial \log L(\lambda)}{\partial\lambda} = \frac{1}{\lambda}\sum_{i=1}^N x_i + N $$
$$ \hat\lambda = -\frac1N\sum_{i=1}^N x_i $$
""",
        3,
        3,
        3,
    ),
    "a term without its size": (
        POISSON,
        10,
        r"""
$$ \ell(\lambda) = \sum_{i=1}^N x_i \log\lambda - \lambda - \sum_{i=1}^N\log (x_i!) $$
$$ \frac{d\ell}{d\lambda} = \frac{1}{\lambda}\sum_{i=1}^N x_i - 1 $$
""",
        0,
        0,
        2,
    ),
    "the wrong mean of squares": (
        NORMAL,
        12,
        r"$$ \hat\mu = \bar x $$ $$ \hat\sigma^2 = \frac{1}{N-1}\sum_{i=1}^N(x_i-\bar x)^2 $$",
        1,
        1,
        1,
    ),
    "two letters swapped at the end": (
        KL,
        6,
        r"""
$$ D_{KL}(p_1\|p_2) = \int_0^\infty p_1(x)\log\frac{p_1(x)}{p_2(x)}\,dx $$
$$ = \log\frac{\lambda_1}{\lambda_2} + \frac{\lambda_1}{\lambda_2} - 1 $$
""",
        1,
        1,
        3,
    ),
}

BARE = {
    "only the result": (POISSON, 10, r"$$ \hat\lambda = \frac1N \sum_{i=1}^N x_i $$", 1, 1, None),
    "only the result, in a line": (POISSON, 10, r"So it is $\lambda^* = \bar{x}$.", 1, 1, None),
    "only a wrong result": (POISSON, 10, r"$$ \hat\lambda = \frac{N}{\sum_{i=1}^N x_i} $$", 0, 0, 1),
    "only a divergence": (
        KL,
        6,
        r"$D_{KL}(p_1\|p_2) = \log\frac{\lambda_1}{\lambda_2} - 1 + \lambda_2/\lambda_1$",
        2.5,
        2.5,
        None,
    ),
    "nothing": (POISSON, 10, "", 0, 0, None),
    "the domain of the parameter": (POISSON, 10, r"Here $\lambda > 0$.", 0, 0, None),
    "the density once more": (Task("mle", ("uniform",)), 10, r"The density is $\frac{1}{b-a}$.", 0, 0, None),
    "only words": (POISSON, 10, "The estimate is the mean because the log-likelihood is concave.", 0, 5, None),
    "a letter without a meaning": (POISSON, 10, r"$$ \hat\lambda = \frac{T}{N} $$", 0, 10, None),
    "an empty display": (POISSON, 10, "$$ $$", 0, 0, None),
}


@pytest.mark.parametrize("name", [*OWN_ROUTES, *WRONG, *BARE])
def test_points_for_what_is_stated(tmp_path: Path, name: str) -> None:
    task, points, answer, least, most, wrong = {**OWN_ROUTES, **WRONG, **BARE}[name]
    problem = only(key(tmp_path, (task, "derive", points)), answer)
    assert (problem.wrong and problem.wrong.line) == wrong
    assert (least, most) in (got(problem), (None, None)), [(p.what, p.why) for p in problem.parts]


def test_a_wrong_line_is_named_with_its_witness_and_slip(tmp_path: Path) -> None:
    _, _, answer, *_ = WRONG["a sign in the derivative"]
    problem = only(key(tmp_path, (POISSON, "derive", 10)), answer)
    assert problem.wrong is not None
    assert problem.wrong.witness is not None
    assert [r.key for r in problem.wrong.remarks][:1] == ["slip_sign"]
    text = mark(tmp_path / "key.json", tmp_path / "ada.md").text("md")
    assert "The first wrong line is line 3 of the file." in text
    assert "It should be" in text


def test_a_density_of_ones_own(tmp_path: Path) -> None:
    own = Own(r"\lambda e^{-\lambda x}", (r"\lambda > 0",), "x > 0")
    path = key(tmp_path, (Task("mle", (), own), "derive", 10))
    answer = r"""
$$ \ell(\lambda) = N \log\lambda - \lambda\sum_{i=1}^N x_i $$
$$ \ell'(\lambda) = \frac{N}{\lambda} - \sum_{i=1}^N x_i $$
$$ \hat\lambda = \frac{1}{\bar x} $$
$$ \ell''(\lambda) = -\frac{N}{\lambda^2} < 0 $$
"""
    problem = only(path, answer)
    assert problem.wrong is None
    assert {str(p.what): p.least == p.points for p in problem.parts}[str(Phrase("second_order_heading"))]


def test_what_a_student_declares_counts_for_nothing(tmp_path: Path) -> None:
    path = key(tmp_path, (POISSON, "derive", 10))
    cheat = "<!-- given: x_i ~ exponential(\\lambda), i = 1..N -->\n$$ \\hat\\lambda = \\frac{1}{\\bar x} $$"
    assert got(only(path, cheat)) == (0, 0)


# Lines to be supplied.


def test_a_hidden_line(tmp_path: Path) -> None:
    path = key(tmp_path, (POISSON, "fill-in", 6))
    (told,) = json.loads(path.read_text())["sheets"][0]["problems"]
    (formula,) = told["answer"]["formulas"]
    (shown,) = told["shown"]
    beside = [line for line in shown if line is not None]
    table = [
        (f"$${formula}$$", (6, 6)),
        (f"It is ${formula} + 0$.", (6, 6)),
        *((f"$${line}$$", (0, 0)) for line in beside),
        (f"$${formula} + N$$", (0, 0)),
        (f"$${formula} + N$$ or $${formula}$$", (0, 6)),
        ("I do not know.", (0, 6)),
        (r"$$\frac{$$", (0, 6)),
        ("", (0, 0)),
    ]
    for answer, wanted in table:
        assert got(only(path, answer)) == wanted, answer


def test_a_mended_line(tmp_path: Path) -> None:
    path = key(tmp_path, (POISSON, "find-error", 6))
    (told,) = json.loads(path.read_text())["sheets"][0]["problems"]
    (formula,), line = told["answer"]["formulas"], told["answer"]["line"]
    table = [
        (f"Line {line}: $${formula}$$", (6, 6)),
        (f"第 {line} 行错了，应为 ${formula}$。", (6, 6)),
        (f"Line {line + 1}: $${formula}$$", (0, 0)),
        (f"Line {line}: $${formula} + N$$", (3, 3)),
        (f"Line {line} is wrong.", (3, 3)),
        (f"$${formula}$$", (3, 6)),
        ("", (0, 0)),
    ]
    for answer, wanted in table:
        assert got(only(path, answer)) == wanted, answer


def test_a_key_that_says_something_else_is_refused(tmp_path: Path) -> None:
    for task, kind, change in (
        (POISSON, "fill-in", ("formulas", [r"\lambda"])),
        (POISSON, "find-error", ("formulas", [r"\lambda"])),
        (POISSON, "derive", ("formulas", [r"\hat{\lambda} = 2"])),
        (POISSON, "compute", ("exact", ["2000"])),
    ):
        path = key(tmp_path, (task, kind, 6))
        told = json.loads(path.read_text())
        told["sheets"][0]["problems"][0]["answer"].update([change])
        path.write_text(json.dumps(told))
        with pytest.raises(InputError, match=r"problems\[0\]\.answer"):
            only(path, "$1$")


# Numbers.


def test_numbers(tmp_path: Path) -> None:
    path = key(tmp_path, (Task("mle", ("exponential",)), "compute", 6))
    (told,) = json.loads(path.read_text())["sheets"][0]["problems"]
    exact = sp.Rational(told["answer"]["exact"][0])
    p, q = exact.p, exact.q
    rounded = f"{float(exact):.3f}"
    table = [
        (rf"$\hat\lambda = \frac{{N}}{{\sum_{{i=1}}^N x_i}} = \frac{{{p}}}{{{q}}}$", (6, 6)),
        (rf"$$\hat\lambda = \frac{{{3 * p}}}{{{q}+{q}+{q}}} = \frac{{{p}}}{{{q}}}$$", (6, 6)),
        (rf"$\hat\lambda = \frac{{{p}}}{{{q}}}$", (2, 6)),
        (rf"$\lambda = {p}/{q}$", (2, 6)),
        (f"{p}/{q}", (2, 6)),
        (f"The answer is {rounded}.", (2, 6)),
        (rf"$\hat\lambda \approx {rounded}$", (2, 6)),
        (rf"$\hat\lambda = {float(exact) + 0.002:.3f}$", (0, 0)),
        (rf"$\hat\lambda = {p + 1}$", (0, 0)),
        (rf"$\hat\lambda = \frac{{N}}{{\sum_{{i=1}}^N x_i}} = {p + 1}$", (4, 4)),
        (r"$\hat\lambda = \frac{N}{\sum_{i=1}^N x_i}$", (4, 4)),
        ("", (0, 0)),
    ]
    for answer, wanted in table:
        assert got(only(path, answer)) == wanted, answer


# Labels.

LABELS = {label: f"the law {label}" for label in "ABCD"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("B", "B"),
        ("**B**".strip("*"), "B"),
        ("Answer: B", "B"),
        ("答案：C", "C"),
        ("(D)", "D"),
        ("B. because it is linear", "B"),
        ("A", "A"),
        ("A sum is linear", None),
        ("A or B", None),
        ("B. A finite sum is linear", "B"),
        ("it is the law C", "C"),
        ("I think so", None),
        ("", None),
        ("E", None),
    ],
)
def test_a_label(text: str, label: str | None) -> None:
    assert label_in(text, LABELS) == label


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("DBCA", "DBCA"),
        ("D, B, C, A", "DBCA"),
        ("The order is D B C and A.", "DBCA"),
        ("正确的次序为 D、B、C 与 A。", "DBCA"),
        (r"D \to B \to C \to A", "DBCA"),
        ("D → B → C → A", "DBCA"),
        ("D B C", None),
        ("D B C C", None),
        ("DBCA or BDCA", None),
        ("D B C A. D C B A", None),
        ("D B C A, so D, B, C, A", "DBCA"),
        ("", None),
    ],
)
def test_an_order(text: str, order: str | None) -> None:
    found = order_in(text, LABELS)
    assert (None if found is None else "".join(found)) == order


@pytest.mark.parametrize(("kind", "task"), [("name-law", POISSON), ("order", Task("mle", ("exponential",)))])
def test_choices(tmp_path: Path, kind: str, task: Task) -> None:
    path = key(tmp_path, (task, kind, 6))
    (told,) = json.loads(path.read_text())["sheets"][0]["problems"]
    right = " ".join(told["answer"]["labels"])
    wrong = " ".join(reversed(told["answer"]["labels"])) if kind == "order" else min(set("ABCD") - {right})
    for answer, wanted in ((right, (6, 6)), (f"({wrong})", (0, 0)), ("no idea at all", (0, 6)), ("", (0, 0))):
        assert got(only(path, answer)) == wanted, answer


# Which problem, which variant, whose.

HEADINGS = [
    ("## Problem 1\none\n## Problem 2\ntwo\n", {1: "one", 2: "two"}),
    ("# 1\none\n# 2\ntwo\n", {1: "one", 2: "two"}),
    ("## 第 1 题\none\n## 第二题：推导\ntwo\n", {1: "one", 2: "two"}),
    ("**Problem 2**\ntwo\n**Problem 1:**\none\n", {1: "one", 2: "two"}),
    ("Problem 2:\ntwo\n", {2: "two"}),
    ("## Exercise 2 (6 points)\n### Step 1\ntwo\n", {2: "### Step 1 two"}),
    ("## Problem 2\nthe question\n### Answer\ntwo\n", {2: "two"}),
    ("## Problem 7\nseven\n## Problem 2\ntwo\n", {2: "two"}),
    ("## Problem 2\ntwo\n## Problem 1\none\n## Problem 2\nmore\n", {1: "one", 2: "two more"}),
    ("no heading\n", {}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "wanted"), HEADINGS)
def test_problems_are_told_apart_by_headings(text: str, wanted: dict[int, str]) -> None:
    made = parts(source_of("x.md", text), (1, 2), words())
    assert {n: " ".join(s.text.split()) for n, s in made.items()} == wanted


def test_problems_are_told_apart_in_tex() -> None:
    text = "\\section*{Problem 1}\none\n\\subsection*{Answer}\nright\n\\section{Problem 2}\ntwo\n"
    made = parts(source_of("x.tex", text), (1, 2), words())
    assert {n: s.text.split() for n, s in made.items()} == {1: ["right"], 2: ["two"]}
    assert made[2].text.split("\n")[5] == "two"


def test_a_key_with_one_problem_needs_no_heading() -> None:
    assert parts(source_of("x.md", "one"), (3,), words())[3].text == "one"


def test_variants_and_names(tmp_path: Path) -> None:
    sources = [
        source_of(n, t) for n, t in (("a/x.md", "<!-- variant: 3 -->"), ("b/x.tex", "% variant: 2"), ("y-03.md", ""))
    ]
    assert [(h.student, h.variant) for h in handed_in(sources)] == [("a-x", 3), ("b-x", 2), ("y-03", None)]
    for text in ("<!-- variant: three -->", "<!-- variant: 1 --><!-- variant: 2 -->"):
        with pytest.raises(InputError, match="variant"):
            handed_in([source_of("x.md", text)])
    with pytest.raises(InputError, match="two answers"):
        handed_in([source_of("a/x.md", ""), source_of("a/x.md", "")])


def test_no_headings_leave_all_to_a_person(tmp_path: Path) -> None:
    path = key(tmp_path, (POISSON, "derive", 10), (POISSON, "order", 6))
    (tmp_path / "ada.md").write_text(r"$$\hat\lambda = \bar x$$")
    (student,) = mark(path, tmp_path / "ada.md").students
    assert (student.least, student.most) == (0, 16)
    (tmp_path / "ada.md").write_text("## Problem 1\n\n$$\\hat\\lambda = \\bar x$$")
    (student,) = mark(path, tmp_path / "ada.md").students
    assert (student.least, student.most) == (1, 1)


# The class.


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A key, and a folder of answers."""
    folder = tmp_path_factory.mktemp("class")
    path = key(folder, (POISSON, "derive", 10))
    answers = folder / "answers"
    answers.mkdir()
    (answers / "=1+1.md").write_text(BARE["only the result"][2])
    (answers / "ada.md").write_text(OWN_ROUTES["log-likelihood to maximum"][2])
    (answers / "bob <script>alert(1)</script>.md".replace("/", "")).write_text(WRONG["a sign in the derivative"][2])
    return path, answers


def test_the_table_of_the_class(marked: tuple[Path, Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(mark(*marked).text("csv"))))
    assert [row["student"] for row in rows] == ["'=1+1", "ada", "bob <script>alert(1)<script>"]
    assert [(row["least"], row["most"], row["of"]) for row in rows][:2] == [("1", "1", "10"), ("10", "10", "10")]
    assert [row["to be read"] for row in rows] == ["", "", ""]


@pytest.mark.parametrize("name", ["=cmd", "+1", "-1", "@x", "\t=1", " =1", "＝1"])
def test_no_cell_is_a_formula(name: str) -> None:
    assert harmless_cell(name).startswith("'")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_feedback_in_every_format(marked: tuple[Path, Path], form: str, language: str) -> None:
    text = mark(*marked).text(form, language)
    assert "ada" in text
    if form == "html":
        assert "<script>alert" not in text
    if form == "json":
        students = json.loads(text)["students"]
        assert students[2]["problems"][0]["wrong"]["line"] == 3
        assert students[1]["least"] == students[1]["points"] == 10


def test_marks_do_not_depend_on_the_number_of_processes(marked: tuple[Path, Path]) -> None:
    assert mark(*marked, jobs=2).text("json") == mark(*marked).text("json")


def test_the_command_writes_a_folder(marked: tuple[Path, Path], tmp_path: Path) -> None:
    path, answers = marked
    out, table = tmp_path / "out", tmp_path / "marks.csv"
    assert run(["mark", str(path), str(answers), "--out", str(out), "--csv", str(table), "--format", "html"]) == 0
    names = sorted(p.name for p in out.iterdir())
    assert names == ["1-1.html", "ada.html", "bob-script-alert-1-script.html", "class.csv"]
    assert table.read_text() == (out / "class.csv").read_text()


# Input of no use.


def test_input_of_no_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = key(tmp_path, (POISSON, "order", 6))
    good = tmp_path / "ada.md"
    good.write_text("A")
    for name, content in (
        ("binary.md", b"\0\1\2"),
        ("large.md", b"a" * 10_000_000),
        ("latin.md", b"\xff"),
        ("variant.md", b"<!-- variant: 9 -->"),
        ("unread.json", b"{"),
        ("list.json", b"[]"),
        ("other.json", b'{"command": "mle", "chains": []}'),
        ("empty.json", b'{"sheets": [{"variant": 1, "problems": [{}]}]}'),
        ("deep.json", b"[" * 100_000),
    ):
        (tmp_path / name).write_bytes(content)
    told = json.loads(path.read_text())
    for name, change in {
        "kind.json": ("kind", "essay"),
        "command.json": ("command", ["rm", "-rf"]),
        "option.json": ("command", ["mle", "poisson", "--out", "x"]),
        "family.json": ("command", ["mle", "nothing"]),
        "points.json": ("points", [{"for": "x", "part": "y", "points": -1}]),
        "number.json": ("number", True),
    }.items():
        again = json.loads(json.dumps(told))
        again["sheets"][0]["problems"][0].update([change, *([("kind", "derive")] if name == "family.json" else [])])
        (tmp_path / name).write_text(json.dumps(again))
    table = [
        ([str(path), str(tmp_path / "no.md")], "no.md"),
        ([str(path), str(tmp_path / "binary.md")], "not a text"),
        ([str(path), str(tmp_path / "large.md")], "too long"),
        ([str(path), str(tmp_path / "latin.md")], "UTF-8"),
        ([str(path), str(tmp_path / "variant.md")], "no variant 9"),
        ([str(path), str(good), "--variant", "2"], "no variant 2"),
        ([str(tmp_path / "unread.json"), str(good)], "line 1, column 2"),
        ([str(tmp_path / "list.json"), str(good)], "no key"),
        ([str(tmp_path / "other.json"), str(good)], "no sheets"),
        ([str(tmp_path / "empty.json"), str(good)], "sheets[0].problems[0].kind: it is missing"),
        ([str(tmp_path / "deep.json"), str(good)], "no JSON"),
        ([str(tmp_path / "missing.json"), str(good)], "missing.json"),
        ([str(tmp_path / "kind.json"), str(good)], "problems[0].kind"),
        ([str(tmp_path / "command.json"), str(good)], "problems[0].command"),
        ([str(tmp_path / "option.json"), str(good)], "--out"),
        ([str(tmp_path / "family.json"), str(good)], "problems[0].command"),
        ([str(tmp_path / "points.json"), str(good)], "points[0].points"),
        ([str(tmp_path / "number.json"), str(good)], "number: bool"),
        ([str(path), str(good), "--out", str(good)], "ada.md"),
    ]
    for arguments, said in table[:-1]:
        assert run(["mark", *arguments]) == 2, arguments
        assert said in capsys.readouterr().err, arguments


def test_wrong_answers_are_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = key(tmp_path, (POISSON, "derive", 10))
    (tmp_path / "bob.md").write_text(WRONG["a sign in the derivative"][2])
    assert run(["mark", str(path), str(tmp_path / "bob.md")]) == 0
    assert "3 of 10 points" in capsys.readouterr().out


@pytest.mark.parametrize(
    "answer",
    [
        "$$" + "{" * 5000 + "$$",
        "$$ x = " + "9^{" * 40 + "9" + "}" * 40 + " $$",
        "$$ \\hat\\lambda = " + "+".join(["x_1"] * 3000) + " $$",
        "## 1\n" * 5000,
        "$" * 9999,
        "a" * 300_000,
    ],
)
def test_hostile_answers_end(tmp_path: Path, answer: str) -> None:
    problem = only(key(tmp_path, (POISSON, "derive", 10)), answer, seconds=5.0)
    assert problem.least == 0


def test_halves() -> None:
    assert [halves(2, [1, 1, 1], [True, False, False]), halves(4, [1, 2], [False, True])] == [
        Fraction(1, 2),
        Fraction(5, 2),
    ]


def test_formats_and_languages_are_checked() -> None:
    for form, language in (("pdf", "en"), ("md", "xx")):
        with pytest.raises(InputError):
            MarkResult("", ()).text(form, language)


def test_two_numbers_of_which_one_is_wrong_are_read_by_a_person(tmp_path: Path) -> None:
    path = key(tmp_path, (NORMAL, "compute", 4))
    right = json.loads(path.read_text())["sheets"][0]["problems"][0]["answer"]["exact"]
    problem = only(path, rf"$\hat\mu = {right[0]}$ and $\hat{{\sigma}}^2 = {right[1]} + 1$")
    assert got(problem)[0] == 0 and problem.parts[-1].why.key == "mark_number_open"


def test_the_loss_of_the_question_is_no_reason_for_a_family(tmp_path: Path) -> None:
    made = exercise("mle", "exponential", kind="which-distribution", seed=3, points=4)
    path = tmp_path / "key.json"
    path.write_text(made.text("json"), encoding="utf-8")
    sheet = exercise("mle", "exponential", kind="which-distribution", seed=3, points=4, solved=False).text("md")
    assert got(only(path, sheet))[0] == 0


def test_the_right_line_named_behind_another_is_read_by_a_person(tmp_path: Path) -> None:
    path = key(tmp_path, (Task("mle", ("geometric",)), "find-error", 6))
    (told,) = json.loads(path.read_text())["sheets"][0]["problems"]
    line = told["answer"]["line"]
    text = f"Line {line - 1} is right, line {line} is wrong.\n$$ {told['answer']['formulas'][0]} $$"
    assert got(only(path, text)) == (0, 6)
    assert got(only(path, text.partition(", ")[2])) == (6, 6)


def test_a_second_choice_in_words_is_read_by_a_person(tmp_path: Path) -> None:
    path = key(tmp_path, (POISSON, "name-law", 6))
    (told,) = json.loads(path.read_text())["sheets"][0]["problems"]
    (right,) = told["answer"]["labels"]
    other = min({"B", "C", "D"} - {right})
    assert got(only(path, f"{right}) is wrong, so {other}.")) == (0, 6)
    assert got(only(path, f"{right}) as A finite sum is linear, and $ {other}_{{KL}} = 1 $")) == (6, 6)
