"""What people type or keep in files, and the sample that is read from it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.core.errors import InputError
from derive.data import read_data
from derive.data.files import LARGEST_FILE

TYPED = [
    ("1 1 0 1", [1, 1, 0, 1]),
    ("1,1,0,1", [1, 1, 0, 1]),
    (" 1, 1;0\n1 ", [1, 1, 0, 1]),
    ("1，1、0", [1, 1, 0]),
    ("0.1 .5 2. -3", [Fraction(1, 10), Fraction(1, 2), 2, -3]),
    ("1e-3 2E2", [Fraction(1, 1000), 200]),
    ("1/3", [Fraction(1, 3)]),
    ("\N{MINUS SIGN}2", [-2]),
    ("１、２．５；－３", [1, Fraction(5, 2), -3]),
    ("0：2 1：1", [0, 0, 1]),
    ("0:3 1:2", [0, 0, 0, 1, 1]),
    ("0:0 1", [1]),
]

TYPED_WRONG = [
    ("", "empty"),
    (" ,, ", "empty"),
    ("0:0", "no observations"),
    ("1 2 O 1", "value 3: 'O' is not a number"),
    ("1 nan", "value 2: 'nan' is not a finite number"),
    ("1 -inf", "value 2: '-inf' is not a finite number"),
    ("1 1e999999999", "value 2: '1e999999999' is not a number"),
    ("1 1e999", "value 2: '1e999' is not a number"),
    ("1 1/0", "value 2: '1/0' is not a number"),
    ("1 1_000", "value 2: '1_000' is not a number"),
    ("1 ٣", "value 2: '٣' is not a number"),
    ("0:x 1:2", "value 1: '0:x' has no count"),
    ("0:-1", "value 1: '0:-1' has no count"),
    ("heights", "'heights' is neither a file nor a list of numbers"),
    ("my data.csv", "'my data.csv' is neither a file nor a list of numbers"),
    ("no/such/file", "neither a file"),
    ("1 " + "9" * 2000, "value 2: '9999"),
]

FILES = [
    ("a.txt", "1 0\n\n1\n", None, [1, 0, 1], (1, 1, 3)),
    ("a.txt", "# coins\n0:7 1:2 # twice\n", None, [0] * 7 + [1] * 2, (2, 2)),
    ("a.csv", "x\n1.5\n2\n", None, [Fraction(3, 2), 2], (2, 3)),
    ("a.csv", "1.5\n2\n", None, [Fraction(3, 2), 2], (1, 2)),
    ("a.csv", "\ufeffx,y\r\n1,2\r\n3,4\r\n", "x", [1, 3], (2, 3)),
    ("a.csv", "name;y\nAnn;2\n\nBob;4\n", "y", [2, 4], (2, 4)),
    ("a.tsv", "x\ty\n1\t2\n", "y", [2], (2,)),
    ("a.csv", '"a, b",y\n"1",2\n', "a, b", [1], (2,)),
    ("a.txt", "x,y\n1,2\n", "y", [2], (2,)),
    ("a.csv", "\n\nx\n1\n", None, [1], (4,)),
]

FILES_WRONG = [
    ("a.txt", b"", None, "no observations"),
    ("a.csv", b"x\n", None, "no observations"),
    ("a.txt", b"1\n2\nthree\n", None, "row 3: 'three' is not a number"),
    ("a.csv", b"x,y\n1,2\n", None, "has 2 columns (choose with --column: x, y)"),
    ("a.csv", b"x,y\n1,2\n", "z", "has no column 'z' (the columns are: x, y)"),
    ("a.csv", b"x,x\n1,2\n", "x", "has several columns 'x'"),
    ("a.csv", b"1,2\n3,4\n", None, "does not name the columns"),
    ("a.csv", b"x,y\n1,2\n3\n", "y", "row 3, column y: the value is missing"),
    ("a.csv", b"x,y\n1,\n", "y", "row 2, column y: the value is missing"),
    ("a.csv", b"x\n1\n12:30\n", None, "row 3, column x: '12:30' is not a number"),
    ("a.csv", b"x;y\n1;0,5\n", "y", "'0,5' is not a number (decimals are written with a point)"),
    ("a.csv", b"x\n1\nNaN\n", None, "row 3, column x: 'NaN' is not a finite number"),
    ("a.csv", b'x\n1\n"' + b"9" * 200_000 + b"\n", None, "row 3: field larger than field limit"),
    ("a.txt", b"\x00\x01\x02", None, "is not a text file"),
    ("a.txt", b"\xff\xfe\x31", None, "is not a text file in UTF-8"),
    ("a.txt", b"1 " * (LARGEST_FILE // 2 + 1), None, "is larger than"),
]


@pytest.mark.parametrize(("text", "values"), TYPED)
def test_typed(text: str, values: list[Fraction]) -> None:
    sample = read_data(text)
    assert [v for v, n in zip(sample.values, sample.counts, strict=True) for _ in range(n)] == values
    assert sample.size == len(values)


@pytest.mark.parametrize(("text", "message"), TYPED_WRONG)
def test_typed_wrong(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_data(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(("name", "text", "column", "values", "rows"), FILES)
def test_files(
    tmp_path: Path, name: str, text: str, column: str | None, values: list[Fraction], rows: tuple[int, ...]
) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    sample = read_data(str(path), column)
    assert [v for v, n in zip(sample.values, sample.counts, strict=True) for _ in range(n)] == values
    assert sample.rows == rows


@pytest.mark.parametrize(("name", "text", "column", "message"), FILES_WRONG)
def test_files_wrong(tmp_path: Path, name: str, text: bytes, column: str | None, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(text)
    with pytest.raises(InputError) as caught:
        read_data(str(path), column)
    assert message in str(caught.value)


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory"):
        read_data(str(tmp_path))


def test_a_column_of_typed_values() -> None:
    with pytest.raises(InputError, match="not a CSV file"):
        read_data("1 2", "x")


@pytest.mark.parametrize("text", ["red blue red", "red:1 blue:1 red:1"])
def test_categories_only_when_asked(text: str) -> None:
    assert read_data(text, categories=True).values == ("red", "blue", "red")
    with pytest.raises(InputError, match="value 1: 'red' is not a number"):
        read_data(text)


@settings(derandomize=True)
@given(
    st.lists(
        st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9), min_size=1
    )
)
def test_decimals_are_exact(decimals: list[object]) -> None:
    assert list(read_data(" ".join(map(str, decimals))).values) == [Fraction(str(d)) for d in decimals]
