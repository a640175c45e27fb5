"""Formulas as people write them, under the facts of their page: what they mean, and what is refused at which place."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from derive.core.facts import Facts
from derive.core.statement import Statement
from derive.reading import Reader, Unreadable, context, formula, lines

HERE = Path(__file__).parent
TABLE = json.loads((HERE / "table.json").read_text("utf-8"))
PAGES = json.loads((HERE / "documents.json").read_text("utf-8"))


@cache
def facts_of(name: str) -> Facts:
    return context(TABLE["given"][name], Facts())


def shown(value: Any) -> str:
    if isinstance(value, Statement):
        return f"{value.left} [{value.relation.id}] {value.right}"
    return str(value)


@pytest.mark.parametrize(("name", "text", "wanted", "remarks"), TABLE["read"])
def test_read(name: str, text: str, wanted: str, remarks: list[str]) -> None:
    reading = formula(text, facts_of(name))
    assert shown(reading.value) == wanted
    assert [r.key.removeprefix("remark_") for r in reading.remarks] == remarks


@pytest.mark.parametrize(("name", "text", "reason", "column"), TABLE["refused"])
def test_refused(name: str, text: str, reason: str, column: int) -> None:
    with pytest.raises(Unreadable) as error:
        formula(text, facts_of(name))
    assert (error.value.reason, error.value.column, error.value.line) == (reason, column, 1)
    _, source, caret = error.value.message.rstrip("\n").split("\n")
    assert source.strip() == text.strip() and caret.index("^") == column + 1


@cache
def reader_of(page: str) -> Reader:
    return Reader(context(PAGES["given"][page], Facts()))


@pytest.mark.parametrize("page", sorted(PAGES["given"]))
def test_documents(page: str) -> None:
    reader = Reader(context(PAGES["given"][page], Facts()))
    for key, text, wanted in PAGES["displays"]:
        if key != page:
            continue
        chains = lines(reader, text)
        sides = [s for c in chains for k, s in enumerate(c.sides) if not (c.continues and k == 0)]
        got = [f"! {s.error.reason}" if s.error else shown(s.value) for s in sides]
        assert got == wanted, text


def test_most_of_the_documents_is_read() -> None:
    refused = [text for _, text, sides in PAGES["displays"] if any(s.startswith("! ") for s in sides)]
    # 0 log 0, brackets that do not match, a sum without an index, lists of numbers without their subscripts.
    assert len(refused) == 7
    assert len(PAGES["displays"]) == 118
