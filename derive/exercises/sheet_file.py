"""SHEET.toml: what a lecturer writes, with the line and the key of every mistake."""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from derive.core.errors import InputError
from derive.core.phrase import Name
from derive.exercises.argument import Own
from derive.exercises.problem import KINDS
from derive.exercises.sheet import Sheet
from derive.exercises.wanted import DIFFICULTIES, Wanted

VERBS = ("mle", "entropy", "cross-entropy", "kl", "loss")
SHEET_KEYS = ("title", "language", "course", "date", "points", "shuffle", "problems")
PROBLEM_KEYS = (
    "kind",
    "derivation",
    "distribution",
    "other",
    "model",
    "density",
    "parameters",
    "support",
    "known",
    "values",
    "size",
    "difficulty",
    "points",
    "space",
    "calculator",
    "base",
)
MOST_POINTS, MOST_SPACE, LARGEST_SAMPLE, MOST_PROBLEMS = 1000, 200, 50, 100
RANGE = re.compile(r"\s*(-?\d{1,6})\s*\.\.\s*(-?\d{1,6})\s*")


def sheet_in(path: Path) -> Sheet:
    """The sheet that a file asks for.

    Raises:
        InputError: it cannot be read, or a key is missing, unknown, or has no usable value; with line and key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}") from None
    return sheet_of(text, str(path))


def sheet_of(text: str, name: str = "SHEET.toml") -> Sheet:
    """The sheet that a text asks for.

    >>> sheet_of('title = "Week 3"\\n[[problems]]\\nkind = "derive"\\ndistribution = "poisson"').problems[0].subjects
    (('poisson',),)
    """
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{name}: {error}") from None
    file = File(text, name)
    file.known(given, SHEET_KEYS, None)
    tables = given.get("problems")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise InputError(f"{name}: there are no problems", "begin each with a line [[problems]]")
    if len(tables) > MOST_PROBLEMS:
        raise InputError(f"{name}: more than {MOST_PROBLEMS} problems")
    problems = [wanted_of(table, number, file) for number, table in enumerate(tables)]
    if "title" not in given:
        raise InputError(f"{name}: title: it is missing", 'title = "Week 3"')
    total = file.number(given, "points", None, None, 1, MOST_POINTS)
    if total is not None and total != sum(p.points for p in problems):
        place = file.place("points", None)
        raise InputError(f"{place}: points: the problems add up to {sum(p.points for p in problems)}, not {total}")
    return Sheet(
        file.named(given, "title") or Name({}, ""),
        tuple(problems),
        file.text_at(given, "language", None, "en"),
        file.named(given, "course"),
        file.date(given),
        file.flag(given, "shuffle", None),
    )


def wanted_of(table: Mapping[str, Any], number: int, file: File) -> Wanted:
    """One problem."""
    file.known(table, PROBLEM_KEYS, number)
    kind = file.one_of(table, "kind", number, KINDS, None)
    usual = "loss" if "model" in table else "mle"
    verb = file.one_of(table, "derivation", number, VERBS, usual)
    own = own_of(table, number, file, verb)
    return Wanted(
        kind,
        verb,
        () if own else subjects_of(table, number, file, verb),
        own,
        file.texts(table, "known", number),
        values_of(table, number, file),
        sizes_of(table, number, file),
        file.one_of(table, "difficulty", number, DIFFICULTIES, "medium"),
        file.number(table, "points", number, 6, 1, MOST_POINTS),
        file.number(table, "space", number, None, 0, MOST_SPACE),
        file.flag(table, "calculator", number),
        file.one_of(table, "base", number, ("e", "2", "10"), "e"),
        file.place("kind", number),
    )


def subjects_of(table: Mapping[str, Any], number: int, file: File, verb: str) -> tuple[tuple[str, ...], ...]:
    """The laws or models to choose from; for two laws, every pair."""
    key = "model" if verb == "loss" else "distribution"
    for wrong in ({"model", "distribution", "other"} - {key}) & set(table):
        if not (wrong == "other" and verb in ("kl", "cross-entropy")):
            raise InputError(f"{file.place(wrong, number)}: {wrong}: a problem on {verb} has none", f"it has {key}")
    first = file.texts(table, key, number)
    if not first:
        raise InputError(f"{file.place('kind', number)}: {key}: it is missing", f'{key} = "normal"')
    if verb not in ("kl", "cross-entropy"):
        return tuple((one,) for one in first)
    second = file.texts(table, "other", number)
    if not second:
        raise InputError(f"{file.place('kind', number)}: other: the second law is missing", 'other = "normal"')
    return tuple((p, q) for p in first for q in second)


def own_of(table: Mapping[str, Any], number: int, file: File, verb: str) -> Own | None:
    """A density of one's own, where there is one."""
    if "density" not in table:
        for key in ("parameters", "support"):
            if key in table:
                raise InputError(f"{file.place(key, number)}: {key}: it belongs to a density", "density = '…'")
        return None
    if "distribution" in table or "model" in table:
        raise InputError(f"{file.place('density', number)}: density: a distribution is named besides", "keep one")
    if verb != "mle":
        raise InputError(f"{file.place('density', number)}: density: only mle takes one", 'derivation = "mle"')
    density = file.text_at(table, "density", number, "")
    parameters = file.texts(table, "parameters", number)
    if not parameters:
        raise InputError(
            f"{file.place('density', number)}: parameters: they are missing", r"parameters = ['\lambda > 0']"
        )
    return Own(density, parameters, file.text_at(table, "support", number, ""))


def values_of(table: Mapping[str, Any], number: int, file: File) -> dict[str, tuple[str, ...]]:
    """Numbers for letters of the subjects: a list, or ``"4..10"``."""
    given = table.get("values", {})
    place = file.place("values", number)
    if not isinstance(given, dict):
        raise InputError(f"{place}: values: a table of letters", 'values = { n = "4..10" }')
    made: dict[str, tuple[str, ...]] = {}
    for letter, value in given.items():
        found = RANGE.fullmatch(value) if isinstance(value, str) else None
        if found and int(found[1]) <= int(found[2]) <= int(found[1]) + 1000:
            made[letter] = tuple(map(str, range(int(found[1]), int(found[2]) + 1)))
        elif isinstance(value, list) and value and all(type(v) in (int, str) for v in value):
            made[letter] = tuple(map(str, value))
        elif type(value) is int:
            made[letter] = (str(value),)
        else:
            raise InputError(f"{place}: values: {letter} is neither a list of numbers nor a range", '"4..10"')
    return made


def sizes_of(table: Mapping[str, Any], number: int, file: File) -> tuple[int, int]:
    """The least and the greatest number of observations."""
    value = table.get("size", [3, 6])
    ends = [value, value] if type(value) is int else value
    if not isinstance(ends, list) or len(ends) != 2 or not all(type(v) is int for v in ends):
        raise InputError(f"{file.place('size', number)}: size: a number, or the least and the greatest", "[3, 6]")
    if not 1 <= ends[0] <= ends[1] <= LARGEST_SAMPLE:
        raise InputError(f"{file.place('size', number)}: size: from 1 to {LARGEST_SAMPLE}, in order")
    return ends[0], ends[1]


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
