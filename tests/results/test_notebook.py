"""The notebook runs from top to bottom, and its check can fail."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
import sympy as sp
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import derive
from derive.core.domains import BINARY, COUNTS, POSITIVE, REALS, UNIT, Domain, Integers, Interval, OneHot
from derive.results.examples import example_data

ROOT = Path(__file__).parent.parent.parent


def notebook(text: str) -> Any:
    made = nbformat.reads(text, as_version=4)
    nbformat.validate(made)
    return made


def run(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # The kernel is another process; it finds this package as the tests do.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    NotebookClient(made, timeout=120, kernel_name="python3").execute()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_notebook_runs(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = notebook(derive.mle("bernoulli", data="1 1 0 1").text("ipynb", language))
    kinds = [cell.cell_type for cell in made.cells]
    assert kinds[-3:] == ["markdown", "code", "code"] and kinds.count("markdown") > 6
    run(made, monkeypatch)
    assert made.cells[-1].outputs[0]["data"]["text/plain"] == "{p: 3/4}"
    assert "$$" in made.cells[-2].outputs[0]["data"]["text/markdown"]


def test_the_check_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    made = notebook(derive.mle("poisson", data="2 0 1").text("ipynb"))
    made.cells[-1].source = made.cells[-1].source.replace("result.best", "(2.0,)")
    made.cells[-1].source = made.cells[-1].source.replace("log_likelihood()", "log_likelihood(2.0)")
    with pytest.raises(CellExecutionError, match="AssertionError"):
        run(made, monkeypatch)


def test_a_figure_goes_along() -> None:
    from derive.core.phrase import Phrase
    from derive.pages.blocks import Picture
    from derive.writing.formats.look import Look

    look = Look(picture=Picture(Phrase("figure_heading"), "figure.png", b"\x89PNG"))
    made = json.loads(derive.mle("poisson").text("ipynb", look=look))
    (cell,) = [cell for cell in made["cells"] if "attachments" in cell]
    assert "attachment:figure.png" in "".join(cell["source"])
    assert cell["attachments"] == {"figure.png": {"image/png": "iVBORw=="}}


def test_code_only_where_it_can_be_written_down() -> None:
    x, s = sp.symbols("x s")
    half = sp.Interval.open(0, sp.oo)
    mine = derive.distribution(sp.exp(-x / s) / s, variable=x, support=half, parameters={s: half})
    assert derive.mle(mine).code() == ()
    assert len(derive.mle("poisson").code()) == 2
    assert len(derive.mle("normal", known=("mu",)).code()) == 1
    hostile = derive.mle("poisson", data="1 2", notation=("data=D",)).source
    assert hostile == "derive.mle('poisson', data='1 2', notation=('data=D',))"


@pytest.mark.parametrize("name", ["bernoulli", "poisson", "normal", "exponential", "geometric", "categorical", "beta"])
def test_no_neighbour_of_an_estimate_is_more_likely(name: str) -> None:
    first = derive.mle(name)
    data = example_data(first.derivation.sample.distribution.support)
    result = derive.mle(name, data=data)
    assert result.best and result.data is not None
    top = result.log_likelihood()
    assert top == pytest.approx(float(result.derivation.log_likelihood))
    neighbours = result.data.neighbours(result.best)
    assert len(neighbours) == 2 * len(result.best)
    assert all(result.log_likelihood(*point) < top for point in neighbours)


@pytest.mark.parametrize(
    "support",
    [
        *(REALS, POSITIVE, UNIT, BINARY, COUNTS),
        *(Integers(sp.Integer(0), sp.Integer(10)), Integers(sp.Integer(3), sp.oo), OneHot(sp.Integer(4))),
        *(Interval(-sp.oo, sp.Integer(3)), Interval(sp.Integer(2), sp.Integer(5))),
    ],
)
def test_examples_vary(support: Domain) -> None:
    assert len(set(example_data(support).split())) > 1


def test_no_example_where_the_support_is_a_letter() -> None:
    assert example_data(Interval(sp.Integer(0), sp.Symbol("theta"))) == ""


SOURCES = (
    derive.entropy("bernoulli", at="p=0.5", base=2),
    derive.cross_entropy("bernoulli(p)", "bernoulli(q)"),
    derive.kl("exponential", "exponential"),
    derive.mle("poisson", data="1 2"),
)


@pytest.mark.parametrize("result", SOURCES, ids=lambda result: result.name)
def test_the_source_of_a_result_gives_it_again(result: Any) -> None:
    again: dict[str, Any] = {"derive": derive}
    exec(f"found = {result.source}", again)
    assert again["found"].text("md") == result.text("md")
