"""Whatever comes in, an expression or an error with a place comes out, in bounded time and memory."""

from __future__ import annotations

import ast
import json
import random
import runpy
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import sympy as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import derive.reading
from derive.core.errors import InputError
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.reading import Reader, formula, lines
from derive.reading.given import given as declared
from derive.writing.latex import latex

HERE = Path(__file__).parent
READ = json.loads((HERE / "table.json").read_text("utf-8"))["read"]
plain = runpy.run_path(str(HERE / "test_round_trip.py"))["plain"]

a, b, x = sp.symbols("a b x", positive=True)
n = sp.Symbol("n", integer=True, positive=True)
i = sp.Symbol("i", integer=True, positive=True)
y = sp.IndexedBase("y", positive=True)
FACTS = Facts(
    domains={s: derive.core.domains.POSITIVE for s in (a, b, x, y)} | {n: derive.core.domains.NATURALS},
    shapes={y: (n,)},
    indices={i: n},
)
LEAVES = st.one_of(st.sampled_from([a, b, x, n, sp.pi]), st.integers(1, 9).map(sp.Integer))


def grown(inner: Any) -> Any:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: p[0] + p[1]),
        pair.map(lambda p: p[0] - p[1]),
        pair.map(lambda p: p[0] * p[1]),
        pair.map(lambda p: p[0] / p[1] if p[1] != 0 else p[0]),
        st.tuples(inner, st.integers(-3, 4)).map(lambda p: p[0] ** p[1] if p[0] != 0 else p[0]),
        inner.map(lambda e: sp.exp(e)),
        inner.map(lambda e: sp.log(1 + e**2)),
        inner.map(lambda e: sp.sqrt(1 + e**2)),
        inner.map(lambda e: sp.Sum(e * y[i], (i, 1, n))),
        inner.map(lambda e: sp.Product(y[i] ** 2 + e**2, (i, 1, n))),
        inner.map(lambda e: sp.Abs(e - a)),
        inner.map(lambda e: sp.gamma(e**2 + a)),
    )


EXPRESSIONS = st.recursive(LEAVES, grown, max_leaves=7)


@settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EXPRESSIONS)
def test_printed_is_read_back(expr: Any) -> None:
    if expr.has(sp.zoo, sp.nan, sp.oo):
        return
    text = latex(expr)
    value = formula(text, FACTS).value
    assert plain(value) == plain(expr) or plain(apart(value)) == plain(apart(expr)), text


def apart(e: Any) -> Any:
    """With √(2a² + 2) as √2 √(a² + 1)."""
    return sp.expand_power_base(sp.factor_terms(e))


TOKENS = [
    *[
        r"\frac",
        r"\sum",
        r"\prod",
        r"\int",
        r"\log",
        r"\ln",
        r"\exp",
        r"\partial",
        r"\nabla",
        r"_",
        r"^",
        r"{",
        r"}",
        r"(",
        r")",
        r"[",
        r"]",
        r"|",
        r"\|",
        r"&",
        r"\\",
        r"+",
        r"-",
        r"=",
        r"<",
        r">",
        r"\le",
        r",",
        r";",
        r".",
        r"!",
        r"'",
        r"/",
        r"*",
        r"\cdot",
        r"x",
        r"y",
        r"i",
        r"N",
        r"1",
        r"2",
        r"0.5",
        r"10",
        r"\mu",
        r"\sigma",
        r"\hat",
        r"\bar",
        r"\mathbf",
        r"\mathbb",
        r"E",
        r"P",
        r"p",
        r"L",
        r"f",
        r"\Gamma",
        r"\sqrt",
        r"\binom",
        r"\text{if}",
        r"\left(",
        r"\right)",
        r"\left|",
        r"\right|",
        r"\begin{cases}",
        r"\end{cases}",
        r"\begin{aligned}",
        r"\end{aligned}",
        r"\arg",
        r"\max",
        r"\in",
        r"\mathcal{X}",
        r"\sim",
        r"\mid",
        r"\infty",
        r"d",
        r"\quad",
        r"\underset",
        r"\mathrm{d}",
        r"\mathop",
        r"\limits",
        r"\over",
        r"\choose",
        r"θ",
        r"−",
        r"，",
        r"其中",
        r"\{",
        r"\}",
        r"\operatorname{Var}",
        r"H",
        r"D_{KL}",
        r"\iff",
        r"\Rightarrow",
        r"e",
        r"T",
    ]
]


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=25))
def test_soup(pieces: list[str]) -> None:
    text = " ".join(pieces)
    try:
        formula(text)
    except InputError as error:
        assert str(error)
    for chain in lines(Reader(Facts()), text):
        assert len(chain.sides) == len(chain.links) + 1


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_text(text: str) -> None:
    for read in (formula, lambda t: declared(t, Facts())):
        try:
            read(text)
        except InputError as error:
            assert str(error)


@pytest.mark.parametrize("seed", range(4))
def test_truncations(seed: int) -> None:
    draw = random.Random(seed)
    for _, text, _, _ in draw.sample(READ, 40):
        cut = text[: draw.randrange(len(text) + 1)]
        try:
            formula(cut)
        except InputError as error:
            assert str(error)


DEEP = 3_000
MONSTERS = [
    r"9^{9^{9^9}}",
    r"\binom{10^9}{5\cdot 10^8}",
    r"(10^{9})!",
    r"((10^3)!)!",
    r"(1/3)^{10^9}",
    r"(2x)^{10^9}",
    r"\sqrt{2}^{10^9}",
    r"((2^{9999})^{9999})^{9999}",
    r"\Gamma(10^9)",
    r"\psi(10^9)",
    r"\zeta(-10^9)",
    r"2^{-10^{9}}",
    r"0.1^{10^8}",
    r"\sum_{i=1}^{10^9} i^{10^9}",
    r"\prod_{i=1}^{10^9} 2",
    r"\log 10^{10^9}",
    r"e^{e^{e^{99999}}}",
    r"\max_i 9^{9^{9^{x_i}}}",
    "9" * 5_000,
    "{" * DEEP + "x" + "}" * DEEP,
    "(" * DEEP + "x" + ")" * DEEP,
    r"\frac{1}{" * DEEP + "x" + "}" * DEEP,
    "-" * DEEP + "x",
    r"\log" * DEEP + "x",
    r"\sqrt" * DEEP + "x",
    "x^{" * DEEP + "x" + "}" * DEEP,
    r"\sum_{i=1}^N " * DEEP + "x_i",
    r"\begin{cases}" * DEEP,
    "x+" * 200_000 + "x",
    "x" * 400_000,
    r"\\" * 300_000,
    "{" * 400_000,
    "|" * 9_999,
    "x!" * 2_000,
    "x'" + "'" * 3_000,
    r"\hat" * DEEP + "x",
    r"\sum_i x_i + " * 400 + "1",
]


@pytest.mark.parametrize("text", MONSTERS, ids=lambda t: t[:18])
def test_monsters(text: str) -> None:
    tracemalloc.start()
    try:
        made = formula(text).value
        assert len(sp.srepr(made)) < 10**6 if made is not None else True
    except InputError as error:
        assert len(str(error)) < 2_000
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 300 * 2**20


def test_no_text_is_run() -> None:
    banned = {"eval", "exec", "sympify", "parse_expr", "compile", "S", "parse_latex", "literal_eval"}
    for file in sorted(Path(derive.reading.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                head = node.func
                name = head.id if isinstance(head, ast.Name) else head.attr if isinstance(head, ast.Attribute) else ""
                of_re = isinstance(head, ast.Attribute) and isinstance(head.value, ast.Name) and head.value.id == "re"
                assert name not in banned or of_re, f"{file.name}:{node.lineno}: {name}"


def test_notation_is_minded() -> None:
    sample = declared(r"x_i ~ poisson(\lambda), i = 1..N", Facts())
    page = Notation(data="D", index="t", size="M")
    assert formula(r"\sum_{t=1}^{M} D_t", sample, page).value == formula(r"\sum_{i=1}^{N} x_i", sample).value
