"""Formulas as people write them, under the facts of their page: what they mean, and what is refused at which place."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from derive.core.facts import Facts
from derive.core.statement import Statement
from derive.reading import Reader, Unreadable, context, formula, lines
from tests.reading import documents
from tests.reading.table import GIVEN, READ, REFUSED


@cache
def facts_of(name: str) -> Facts:
    return context(GIVEN[name], Facts())


def shown(value: Any) -> str:
    if isinstance(value, Statement):
        return f"{value.left} [{value.relation.id}] {value.right}"
    return str(value)


@pytest.mark.parametrize(("name", "text", "wanted", "remarks"), READ)
def test_read(name: str, text: str, wanted: str, remarks: tuple[str, ...]) -> None:
    reading = formula(text, facts_of(name))
    assert shown(reading.value) == wanted
    assert tuple(r.key.removeprefix("remark_") for r in reading.remarks) == remarks


@pytest.mark.parametrize(("name", "text", "reason", "column"), REFUSED)
def test_refused(name: str, text: str, reason: str, column: int) -> None:
    with pytest.raises(Unreadable) as error:
        formula(text, facts_of(name))
    assert (error.value.reason, error.value.column, error.value.line) == (reason, column, 1)
    _, source, caret = error.value.message.rstrip("\n").split("\n")
    assert source.strip() == text.strip() and caret.index("^") == column + 1


@cache
def reader_of(page: str) -> Reader:
    return Reader(context(documents.GIVEN[page], Facts()))


@pytest.mark.parametrize("page", sorted(documents.GIVEN))
def test_documents(page: str) -> None:
    reader = Reader(context(documents.GIVEN[page], Facts()))
    for key, text, wanted in documents.DISPLAYS:
        if key != page:
            continue
        chains = lines(reader, text)
        sides = [s for c in chains for k, s in enumerate(c.sides) if not (c.continues and k == 0)]
        got = tuple(f"! {s.error.reason}" if s.error else shown(s.value) for s in sides)
        assert got == wanted, text


def test_most_of_the_documents_is_read() -> None:
    refused = [text for _, text, sides in documents.DISPLAYS if any(s.startswith("! ") for s in sides)]
    # Words for a value, 0 log 0, a bracket too many, a sum without an index, lists of numbers.
    assert len(refused) == 8
    assert len(documents.DISPLAYS) == 118
