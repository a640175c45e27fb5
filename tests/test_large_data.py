"""Very many observations: read in blocks, put in as numbers, judged against the data."""

from __future__ import annotations

import math
import random
import tracemalloc
from array import array
from fractions import Fraction
from pathlib import Path

import pytest

import derive
from derive.core.errors import InputError
from derive.core.observed import Once
from derive.data import read_data
from derive.data.large import MANY

DRAW = random.Random(11)
NUMBERS = [round(DRAW.gauss(3, 2), 6) for _ in range(MANY + 2000)]
COUNTS = [DRAW.choice((0, 0, 1, 2, 5)) for _ in range(MANY * 4)]


def written(path: Path, lines: list[object], head: str = "x\n", end: str = "\n") -> str:
    path.write_text(head + "".join(f"{line}{end}" for line in lines), newline="")
    return str(path)


@pytest.mark.parametrize(
    ("name", "head", "end", "column", "first"),
    [
        ("a.csv", "x\n", "\n", None, 2),
        ("a.csv", "x\r\n", "\r\n", None, 2),
        ("a.csv", "", "\n", None, 1),
        ("a.csv", "\n\nx\n", "\n", None, 4),
        ("a.csv", "x,y\n", ",7\n", "x", 2),
        ("a.tsv", "x\ty\n", "\t7\n", "x", 2),
        ("a.txt", "", "\n", None, 1),
    ],
)
def test_many_numbers_are_floats(
    tmp_path: Path, name: str, head: str, end: str, column: str | None, first: int
) -> None:
    found = read_data(written(tmp_path / name, [*NUMBERS], head, end), column)
    assert isinstance(found.values, array) and list(found.values) == NUMBERS
    assert isinstance(found.counts, Once) and found.size == len(NUMBERS)
    assert found.rows == range(first, first + len(NUMBERS))


def test_empty_lines_at_the_end_hold_nothing(tmp_path: Path) -> None:
    assert read_data(written(tmp_path / "a.csv", [*NUMBERS, "", ""])).size == len(NUMBERS)


@pytest.mark.parametrize("odd", ['"1.5"', "1/2", "1e-400", "\N{MINUS SIGN}1.5"])
def test_what_floats_cannot_read_is_read_exactly(tmp_path: Path, odd: str) -> None:
    found = read_data(written(tmp_path / "a.csv", [*NUMBERS, odd]))
    assert found.size == len(NUMBERS) + 1
    assert found.values[-1] == pytest.approx(float(odd.strip('"').replace("\N{MINUS SIGN}", "-").replace("1/2", "0.5")))


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        ("nan", "'nan' is not a finite number"),
        ("inf", "'inf' is not a finite number"),
        ("x7", "'x7' is not a number"),
        ("1_0", "'1_0' is not a number"),
        ("1,5", None),
    ],
)
def test_a_wrong_value_is_said_with_its_row(tmp_path: Path, odd: str, message: str | None) -> None:
    path = written(tmp_path / "a.txt", [*NUMBERS[:7000], odd, *NUMBERS[7000:]], "")
    if message is None:
        assert read_data(path).size == len(NUMBERS) + 2
        return
    with pytest.raises(InputError, match="row 7001") as caught:
        read_data(path)
    assert message in str(caught.value)


def test_few_different_values_stay_exact(tmp_path: Path) -> None:
    lines: list[object] = ["0.1" if n % 3 else "2" for n in range(MANY * 2)]
    found = read_data(written(tmp_path / "a.csv", lines))
    assert found.values == (2, Fraction(1, 10)) and found.rows == (2, 3)
    assert sum(found.counts) == found.size == MANY * 2


def test_many_names(tmp_path: Path) -> None:
    lines: list[object] = [("New York", "Rome", "Rome")[n % 3] for n in range(MANY * 3)]
    found = read_data(written(tmp_path / "a.csv", lines, "city\n"), categories=True)
    assert found.values == ("New York", "Rome") and found.counts == (MANY, 2 * MANY)


@pytest.mark.parametrize("data", [NUMBERS, [*NUMBERS, 1], tuple(NUMBERS)])
def test_a_python_sequence(data: list[float]) -> None:
    assert read_data(data).size == len(data)
    assert list(read_data(data).values) == list(data)


def test_estimates_from_many_numbers(tmp_path: Path) -> None:
    result = derive.mle("normal", data=written(tmp_path / "a.csv", [*NUMBERS]))
    mean = math.fsum(NUMBERS) / len(NUMBERS)
    spread = math.fsum((v - mean) ** 2 for v in NUMBERS) / len(NUMBERS)
    assert [float(v) for v in result.values.values()] == pytest.approx([mean, spread], rel=1e-13)
    log_likelihood = -len(NUMBERS) / 2 * (math.log(2 * math.pi * spread) + 1)
    assert float(result.derivation.log_likelihood) == pytest.approx(log_likelihood, rel=1e-13)
    last = [s for s in result.steps if s.rule == "numbers_put_in"]
    assert [s.relation.latex for s in last] == [r"\approx", r"\approx"]
    assert all(s.verdict is not None and s.verdict.holds for s in last)


def test_estimates_from_many_counts_are_exact() -> None:
    result = derive.mle("poisson", data=COUNTS)
    assert list(result.values.values()) == [Fraction(sum(COUNTS), len(COUNTS))]
    assert result.derivation.optimum.verdict == "proved"


@pytest.mark.parametrize("name", ["exponential", "lognormal", "poisson"])
def test_outside_the_support(tmp_path: Path, name: str) -> None:
    lines: list[object] = [abs(v) + 1 for v in NUMBERS[:6000]] if name != "poisson" else [*range(6000)]
    lines = [*lines, -1.5, *lines]
    with pytest.raises(InputError, match=r"row 6002: -1.5 lies outside the support"):
        derive.mle(name, data=written(tmp_path / "a.csv", lines))


def test_memory_is_bounded_by_the_data(tmp_path: Path) -> None:
    draw = random.Random(2)
    path = written(tmp_path / "a.csv", [draw.random() for _ in range(200_000)])
    derive.mle("normal", data="1 2 4")
    tracemalloc.start()
    derive.mle("normal", data=path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # Eight bytes for each number and its growth, and columns of one block.
    assert peak < 200_000 * 8 * 3 + 16 * 2**20
