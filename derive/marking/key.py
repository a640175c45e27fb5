"""KEY.json: the sheets that ``derive exercises`` has written, as far as marking needs them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from derive.core.errors import InputError
from derive.core.phrase import Phrase
from derive.exercises.argument import Own, Task
from derive.exercises.problem import KINDS
from derive.exercises.sheet_file import VERBS
from derive.writing.templates import languages
from derive.writing.words import words_of

HINT = "the exercises.json of derive exercises SHEET.toml --out DIR"
LARGEST = 200_000_000
OPTIONS = ("--density", "--parameter", "--support", "--known", "--notation", "--data", "--at", "--base")


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a marking scheme.

    Args:
        what: by its name; in the key's own words where these are others than ours.
        part: the name of the part of the answer.
    """

    what: str | Phrase
    part: str
    points: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One problem of a key.

    Args:
        place: in the file, for messages.
        formulas: of the answer, in LaTeX.
        exact: its numbers, as texts.
        labels: the right choices.
        line: the number of the wrong line.
        choices: what is to be chosen from, by label.
        shown: the lines on the sheet, chain by chain; None for a hidden one.
    """

    place: str
    number: int
    kind: str
    task: Task
    scheme: tuple[Share, ...]
    formulas: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    line: int | None = None
    choices: Mapping[str, str] | None = None
    shown: tuple[tuple[str | None, ...], ...] = ()

    @property
    def points(self) -> int:
        """All points together."""
        return sum(share.points for share in self.scheme)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All variants of a sheet.

    Args:
        variants: the problems of each, by its number.
    """

    name: str
    title: str
    variants: Mapping[int, tuple[Asked, ...]]


def key_in(path: Path) -> KeyFile:
    """The key that a file holds.

    Raises:
        InputError: it cannot be read, is no JSON, or is no key; with the place.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: too large to be a key", HINT)
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", HINT) from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}", HINT) from None
    except json.JSONDecodeError as error:
        raise InputError(f"{path}, line {error.lineno}, column {error.colno}: no JSON: {error.msg}", HINT) from None
    except (RecursionError, ValueError) as error:
        raise InputError(f"{path}: no JSON: {error}", HINT) from None
    return key_of(given, str(path))


def key_of(given: Any, name: str) -> KeyFile:
    """The key in an object.

    Raises:
        InputError: it is none.
    """
    if not isinstance(given, dict) or not isinstance(given.get("sheets"), list) or not given["sheets"]:
        raise InputError(f"{name}: this is no key: it has no sheets", HINT)
    variants: dict[int, tuple[Asked, ...]] = {}
    for place, sheet in enumerate(given["sheets"]):
        where = f"{name}: sheets[{place}]"
        table = of_kind(sheet, dict, where)
        number = of_kind(table.get("variant"), int, f"{where}.variant")
        if number in variants:
            raise InputError(f"{where}.variant: {number} comes twice")
        problems = of_kind(table.get("problems"), list, f"{where}.problems")
        made = tuple(asked(p, f"{where}.problems[{k}]") for k, p in enumerate(problems))
        if not made or len({one.number for one in made}) < len(made):
            raise InputError(f"{where}.problems: each has a number of its own", HINT)
        variants[number] = made
    title = given.get("title")
    return KeyFile(name, title if isinstance(title, str) else "", variants)


def asked(given: Any, where: str) -> Asked:
    """One problem."""
    table = of_kind(given, dict, where)
    kind = of_kind(table.get("kind"), str, f"{where}.kind")
    if kind not in KINDS:
        raise InputError(f"{where}.kind: {kind!r} is not known", ", ".join(KINDS))
    answer = of_kind(table.get("answer"), dict, f"{where}.answer")
    line = answer.get("line")
    scheme = tuple(
        share(one, f"{where}.points[{k}]")
        for k, one in enumerate(of_kind(table.get("points"), list, f"{where}.points"))
    )
    chains = of_kind(table.get("shown", []), list, f"{where}.shown")
    choices = of_kind(table.get("choices", {}), dict, f"{where}.choices")
    return Asked(
        where,
        of_kind(table.get("number"), int, f"{where}.number"),
        kind,
        task_of(texts(table.get("command"), f"{where}.command"), f"{where}.command"),
        scheme,
        texts(answer.get("formulas"), f"{where}.answer.formulas"),
        texts(answer.get("exact"), f"{where}.answer.exact"),
        texts(answer.get("labels"), f"{where}.answer.labels"),
        None if line is None else of_kind(line, int, f"{where}.answer.line"),
        {str(k): of_kind(v, str, f"{where}.choices.{k}") for k, v in choices.items()},
        tuple(
            tuple(
                None if v is None else of_kind(v, str, f"{where}.shown[{k}]")
                for v in of_kind(chain, list, f"{where}.shown[{k}]")
            )
            for k, chain in enumerate(chains)
        ),
    )


def share(given: Any, where: str) -> Share:
    """One line of the marking scheme."""
    table = of_kind(given, dict, where)
    points = of_kind(table.get("points"), int, f"{where}.points")
    if not 0 <= points <= 10_000:
        raise InputError(f"{where}.points: {points} is no number of points")
    what, part = (of_kind(table.get(k), str, f"{where}.{k}") for k in ("for", "part"))
    ours = any(words_of(language).get(part) == what for language in languages())
    return Share(Phrase(part) if ours else what, part, points)


def of_kind(value: Any, kind: type, where: str) -> Any:
    """A value of this kind.

    Raises:
        InputError: it is another one, or missing.
    """
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        what = "it is missing" if value is None else f"{type(value).__name__} instead of {kind.__name__}"
        raise InputError(f"{where}: {what}", HINT)
    return value


def texts(given: Any, where: str) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(of_kind(v, str, f"{where}[{k}]") for k, v in enumerate(of_kind(given, list, where)))


def task_of(command: tuple[str, ...], where: str) -> Task:
    """The derivation that a command asks for.

    Raises:
        InputError: it is no command of a derivation.

    >>> task_of(("mle", "poisson", "--data", "1 2"), "").command
    ('mle', 'poisson', '--data', '1 2')
    """
    if not command or command[0] not in VERBS:
        raise InputError(f"{where}: no derivation", ", ".join(VERBS))
    subjects: list[str] = []
    options: dict[str, list[str]] = {name: [] for name in OPTIONS}
    rest = iter(command[1:])
    for word in rest:
        if word in OPTIONS:
            options[word].append(next(rest, ""))
        elif word.startswith("--"):
            raise InputError(f"{where}: {word} is no option of a derivation here", ", ".join(OPTIONS))
        else:
            subjects.append(word)
    own = None
    if options["--density"]:
        support = options["--support"][-1] if options["--support"] else ""
        own = Own(options["--density"][-1], tuple(options["--parameter"]), support)
    wanted = 0 if own else 2 if command[0] in ("kl", "cross-entropy") else 1
    if len(subjects) != wanted:
        raise InputError(f"{where}: {command[0]} of {len(subjects)} laws")
    last = {name: values[-1] for name, values in options.items() if values}
    return Task(
        command[0],
        tuple(subjects),
        own,
        tuple(options["--known"]),
        tuple(options["--notation"]),
        last.get("--data", ""),
        last.get("--at", ""),
        last.get("--base", "e"),
    )
