"""SHEET.toml: what a lecturer writes, with the line and the key of every mistake."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from derive.core.errors import InputError
from derive.core.phrase import Name
from derive.exercises.argument import Own
from derive.exercises.problem import KINDS
from derive.exercises.sheet import Sheet
from derive.exercises.toml_text import File
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
        text = path.read_text(encoding="utf-8-sig")
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
    except RecursionError:
        raise InputError(f"{name}: brackets are nested too deeply") from None
    except ValueError as error:
        # Not only what is no TOML: a number of thousands of digits too.
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
