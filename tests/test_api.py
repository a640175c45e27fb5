"""The verbs as a user meets them: results, refusals, and a distribution of one's own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

import derive
from derive import api
from derive.checking.judge import judge
from derive.core.claim import Claim
from derive.core.derivation import Step
from derive.core.relation import EQUAL

REFUSED = [
    (("bernoulli",), {"data": "1 2 0"}, "row 2: 2 lies outside the support"),
    (("bernoulli",), {"data": ""}, "empty"),
    (("poisson",), {"data": "1 2.5"}, "row 2: 2.5"),
    (("exponential",), {"data": "1 -0.5 2"}, "row 2: -0.5"),
    (("binomial",), {"data": "3 4"}, "depends on n"),
    (("binomial(10, p)",), {"data": "3 11"}, "11 lies outside"),
    (("normal",), {"data": "1 x"}, "x"),
    (("normal(0, -1)",), {}, "outside the domain"),
    (("normal(0)",), {}, "2 parameters"),
    (("normal(0, a b)",), {}, "does not always lie in the domain"),
    (("normal(a, a)",), {}, "share one letter"),
    (("normal",), {"known": ("k",)}, "no such parameter"),
    (("normal",), {"known": ("mu", "sigma^2")}, "nothing to estimate"),
    (("normal",), {"notation": ("data=\\mu",)}, "is a parameter"),
    (("binomial",), {"notation": ("size=n",)}, "is a parameter"),
    (("normal",), {"notation": ("dta=D",)}, "not a setting"),
    (("normal",), {"known": ("mu",), "data": "1 2 4"}, "known but has no number"),
    (("norml",), {}, "did you mean normal"),
    (("categorical(2, \\pi)",), {"data": "1 2 3"}, "only 2"),
]


@pytest.mark.parametrize(("args", "options", "says"), REFUSED)
def test_refuses(args: Any, options: Any, says: str) -> None:
    with pytest.raises(derive.InputError) as error:
        derive.mle(*args, **options)
    assert says in str(error.value)


BOUNDARY = [
    ("bernoulli", "1 1 1"),
    ("bernoulli", "0"),
    ("binomial(10, p)", "10 10"),
    ("geometric", "1 1"),
    ("poisson", "0 0 0"),
    ("normal", "2"),
    ("normal", "3 3 3"),
    ("categorical(3, \\pi)", "1 1 3"),
]


@pytest.mark.parametrize(("name", "data"), BOUNDARY)
def test_no_number_where_no_estimate_exists(name: str, data: str) -> None:
    result = derive.mle(name, data=data)
    assert result.derivation.optimum.kind == "none"
    assert set(result.values.values()) == {None}
    for language in ("en", "zh"):
        assert json.loads(result.text("json", language))["estimates"][0]["value"] is None


@pytest.mark.parametrize("data", ["1 1 1", "0 0"])
def test_numbers_first_at_the_boundary(data: str) -> None:
    assert derive.mle("bernoulli", data=data, numbers_first=True).derivation.optimum.kind == "none"


def test_json_is_as_promised() -> None:
    made = json.loads(derive.mle("bernoulli", data="1 1 0 1 1 1 1 0 1 1").text("json"))
    assert made["command"] == "mle"
    (estimate,) = made["estimates"]
    assert estimate["parameter"] == "p"
    assert estimate["latex"] == r"\frac{1}{N} \sum_{i=1}^{N} x_i"
    assert estimate["form"] == "closed"
    assert estimate["value"] == 0.8
    assert made["data"]["size"] == 10
    assert made["data"]["log_likelihood"] == pytest.approx(-5.004024235381879)
    assert made["optimum"]["kind"] == "maximum"
    steps = [s for c in made["chains"] for s in c["steps"]]
    assert {s["verdict"] for s in steps} <= {"proved", "tested"}
    assert {"relation", "latex", "rule", "because", "needs", "verdict"} <= set(steps[0])


def test_a_distribution_of_ones_own() -> None:
    x, s = sp.symbols("x s")
    half = sp.Interval.open(0, sp.oo)
    mine = derive.distribution(x / s * sp.exp(-(x**2) / (2 * s)), variable=x, support=half, parameters={s: half})
    result = derive.mle(mine, data=[1, 2, 3])
    assert list(result.values.values()) == [sp.Rational(7, 3)]
    assert all(step.verdict and step.verdict.outcome == "proved" for step in result.steps)
    assert "$$" in result._repr_markdown_()


def test_a_wrong_step_is_withheld() -> None:
    derivation = derive.mle("poisson").derivation
    section = next(s for s in derivation.sections if s.heading.key == "score_heading")
    chain = section.chains[0]
    last = chain.steps[-1]
    wrong = Step(last.before, EQUAL, last.after + 1, last.rule, last.because)
    broken = replace(section, chains=(replace(chain, steps=(*chain.steps[:-1], wrong)),))
    with pytest.raises(derive.Unproved, match="differentiated"):
        api.judged(replace(derivation, sections=(broken,)))


@pytest.mark.parametrize("name", ["bernoulli", "categorical", "poisson", "normal"])
def test_sentences_about_equal_sides_are_true(name: str) -> None:
    result = derive.mle(name)
    for chain in result.chains:
        for step in (s for outer in chain.steps for s in (outer, *outer.inside)):
            slots = step.because.slots
            if {"before", "after"} <= set(slots):
                assert judge(Claim(slots["before"], EQUAL, slots["after"], chain.facts)).holds, step.rule


@pytest.mark.parametrize(
    "name", ["bernoulli", "binomial", "categorical", "geometric", "poisson", "exponential", "normal"]
)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("form", ["text", "md", "tex", "html", "ipynb", "json"])
def test_every_page_can_be_written(name: str, language: str, form: str) -> None:
    text = derive.mle(name).text(form, language, "full")
    assert "None" not in text and "Dummy" not in text
