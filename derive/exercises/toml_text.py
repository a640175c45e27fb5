"""A TOML file whose mistakes are named with their line and key."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from derive.core.errors import InputError
from derive.core.phrase import Name


@dataclass(frozen=True, slots=True)
class File:
    """The text of a sheet, in which the lines of keys are looked up; ``None`` stands for the head of the file."""

    text: str
    name: str

    def place(self, key: str, number: int | None) -> str:
        """File and line of a key of the problem of this number."""
        begin = -1
        for at, line in enumerate(self.text.splitlines(), start=1):
            begin += bool(re.match(r"\s*\[\[\s*problems\s*\]\]", line))
            here = number is None or begin == number
            if here and re.match(rf"\s*(\[problems\.)?[\"']?{re.escape(key)}[\"']?\s*[\]=.]", line):
                return f"{self.name}, line {at}"
        return self.name if number is None else f"{self.name}, line {self.problem_line(number)}"

    def problem_line(self, number: int) -> int:
        """Where the problem of this number begins."""
        begins = [
            at
            for at, line in enumerate(self.text.splitlines(), start=1)
            if re.match(r"\s*\[\[\s*problems\s*\]\]", line)
        ]
        return begins[number] if number < len(begins) else 1

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], number: int | None) -> None:
        """Refuse a key that means nothing."""
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
                hint = f"did you mean {near[0]}?" if near else ", ".join(keys)
                what = "sheet" if number is None else "problem"
                raise InputError(f"{self.place(key, number)}: {key}: not a key of a {what}", hint)

    def text_at(self, table: Mapping[str, Any], key: str, number: int | None, usual: str) -> str:
        """A text."""
        value = table.get(key, usual)
        if not isinstance(value, str):
            raise InputError(f"{self.place(key, number)}: {key}: not a text", f'{key} = "…"')
        return value

    def named(self, table: Mapping[str, Any], key: str) -> Name | None:
        """A text, or one for each language."""
        value = table.get(key)
        if isinstance(value, dict) and value and all(isinstance(v, str) for v in value.values()):
            return Name(value, next(iter(value.values())))
        if value is not None and not isinstance(value, str):
            raise InputError(f"{self.place(key, None)}: {key}: not a text", f'{key} = "…" or {{ en = "…", zh = "…" }}')
        return None if value is None else Name({}, value)

    def texts(self, table: Mapping[str, Any], key: str, number: int | None) -> tuple[str, ...]:
        """A text or a list of texts."""
        value = table.get(key, [])
        made = [value] if isinstance(value, str) else value
        if not isinstance(made, list) or not all(isinstance(v, str) for v in made):
            raise InputError(f"{self.place(key, number)}: {key}: a text or a list of texts", f'{key} = ["…", "…"]')
        return tuple(made)

    def number(self, table: Mapping[str, Any], key: str, at: int | None, usual: Any, low: int, high: int) -> Any:
        """A whole number between two."""
        value = table.get(key, usual)
        if value is not None and (type(value) is not int or not low <= value <= high):
            raise InputError(f"{self.place(key, at)}: {key}: not a whole number from {low} to {high}")
        return value

    def flag(self, table: Mapping[str, Any], key: str, number: int | None) -> bool:
        """Yes or no."""
        value = table.get(key, False)
        if type(value) is not bool:
            raise InputError(f"{self.place(key, number)}: {key}: neither true nor false")
        return value

    def one_of(self, table: Mapping[str, Any], key: str, number: int, names: tuple[Any, ...], usual: Any) -> Any:
        """One of several words."""
        value = table.get(key, usual)
        if value is None:
            raise InputError(f"{self.place(key, number)}: {key}: it is missing", ", ".join(names))
        if value not in names:
            near = difflib.get_close_matches(str(value), names, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else ", ".join(names)
            raise InputError(f"{self.place(key, number)}: {key}: {value!r} is not known", hint)
        return value

    def date(self, table: Mapping[str, Any]) -> str:
        """A date, as a text or as TOML has it."""
        value = table.get("date", "")
        if isinstance(value, datetime.date):
            return value.isoformat()
        return self.text_at(table, "date", None, "")
