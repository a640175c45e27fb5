"""The verb ``exercises``: variants made on all cores, sheets and keys as files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from derive.api.problems import Deriver
from derive.api.processors import cores
from derive.core.errors import InputError
from derive.core.notation import Notation
from derive.exercises.sheet import Sheet
from derive.exercises.sheet_file import sheet_in
from derive.exercises.stress import Row, Trial, table, trials
from derive.exercises.variant import Variant
from derive.exercises.variants import TRIES, seen, variant
from derive.pages.exercise import keys_title, sheet_page
from derive.results.exercises import Exercise, sheet_of
from derive.writing.formats import laid, viewed
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.pdf import compiled
from derive.writing.formats.view import BlockView, PageView
from derive.writing.platforms.files import FILES, platform_file
from derive.writing.platforms.item import Item, items_of
from derive.writing.voice import Voice
from derive.writing.words import words_of

Advance = Callable[[], object]
MOST_VARIANTS = 2000
PAGES = {"md": "md", "html": "html", "tex": "tex", "text": "txt", "pdf": "pdf"}
"""The formats that have pages, with the endings of their files."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of every variant.

    Args:
        form: ``tex``, ``pdf``, ``md``, ``html``, ``text``, ``json``, ``moodle`` or ``qti``.
    """

    sheet: Sheet
    seed: int
    form: str
    language: str
    look: Look = PLAIN


@dataclass(frozen=True, slots=True)
class Made:
    """A variant on its way to the files: plain values only, since another process made it.

    Args:
        seen: what tells it from the others.
        structure: for scripts.
        pages: the sheet and the key.
        key: the key once more, to stand among all keys.
        items: the problems for a learning platform.
    """

    seen: tuple[object, ...]
    structure: dict[str, Any]
    pages: tuple[bytes, ...] = ()
    key: PageView | None = None
    items: tuple[Item, ...] = ()


_DERIVER = Deriver()
"""Each process derives the same thing once."""


def made(asked: Asked, number: int, attempt: int = 0) -> Made:
    """One variant, written out."""
    found = variant(asked.sheet, asked.seed, number, _DERIVER, attempt)
    voice = Voice(Notation(), asked.language, words_of(asked.language, asked.look.templates))
    told = sheet_of(found, voice, "brief")
    if asked.form in FILES:
        return Made(seen(found), told, items=items_of(found, asked.language, asked.look.templates))
    if asked.form not in PAGES:
        return Made(seen(found), told)
    pages, key = written(found, asked)
    return Made(seen(found), told, pages, key)


def written(found: Variant, asked: Asked) -> tuple[tuple[bytes, ...], PageView]:
    """Sheet and key as files, and the key to stand among others."""
    form = "tex" if asked.form == "pdf" else asked.form
    views = [viewed(sheet_page(found, solved), form, asked.language, asked.look) for solved in (False, True)]
    texts = [laid(view, form, asked.language, asked.look) for view in views]
    if asked.form == "pdf":
        return tuple(compiled(text, asked.language) for text in texts), views[1]
    return tuple(text.encode() for text in texts), views[1]


def exercises(
    path: str | Path,
    *,
    variants: int = 1,
    seed: int = 1,
    form: str = "md",
    language: str | None = None,
    look: Look = PLAIN,
    jobs: int | None = None,
    advance: Advance = lambda: None,
) -> dict[str, bytes]:
    """The files of a sheet: ``sheet-01.md``, ``key-01.md``, … and ``keys.md``; ``exercises.json`` for scripts;
    for a learning platform ``exercises.xml`` or ``exercises.zip``.

    Args:
        path: SHEET.toml.
        variants: how many, no two the same.
        seed: the same seed gives the same files, byte for byte.
        form: ``tex``, ``pdf``, ``md``, ``html``, ``text``, ``json``, ``moodle`` or ``qti``.
        language: of the sentences; the sheet's own if None.
        jobs: how many processes; one for each core if None.
        advance: told of every variant.

    Raises:
        InputError: the sheet cannot be read or made, with line and key.
    """
    asked_for = sheet_in(Path(path))
    if not 1 <= variants <= MOST_VARIANTS:
        raise InputError(f"--variants {variants}: not a number from 1 to {MOST_VARIANTS}")
    asked = Asked(asked_for, seed, form, language or asked_for.language, look)
    words_of(asked.language, look.templates)
    done = list(unlike(asked, variants, jobs or cores(), advance))
    return dict(files(asked, done))


def sheet(path: str | Path, *, seed: int = 1, solved: bool = True) -> Exercise:
    """The first variant of a sheet as one page, with its answers or without.

    Raises:
        InputError: the sheet cannot be read or made, with line and key.
    """
    return Exercise(variant(sheet_in(Path(path)), seed, 1, _DERIVER), solved)


def unlike(asked: Asked, count: int, jobs: int, advance: Advance) -> Iterator[Made]:
    """All variants, each made again until it is like no other one."""
    known: set[tuple[object, ...]] = set()
    for number, one in enumerate(first_attempts(asked, count, jobs), start=1):
        attempt = 0
        while one.seen in known:
            attempt += 1
            if attempt >= TRIES:
                raise InputError(
                    f"only {len(known)} different variants were found",
                    "give more distributions, or larger samples, to choose from",
                )
            one = made(asked, number, attempt)
        known.add(one.seen)
        advance()
        yield one


def first_attempts(asked: Asked, count: int, jobs: int) -> Iterator[Made]:
    """The first attempt at every variant, on several cores, in order."""
    make = partial(made, asked)
    if jobs == 1 or count < 3:
        yield from map(make, range(1, count + 1))
        return
    with ProcessPoolExecutor(min(jobs, count)) as pool:
        yield from pool.map(make, range(1, count + 1), chunksize=max(1, min(8, count // (2 * jobs))))


def files(asked: Asked, done: list[Made]) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file."""
    told = {
        "command": "exercises",
        "title": asked.sheet.title.in_language(asked.language),
        "sheets": [one.structure for one in done],
    }
    yield "exercises.json", (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    if asked.form in FILES:
        items = [item for one in done for item in one.items]
        name, templates = FILES[asked.form], asked.look.templates
        yield name, platform_file(asked.form, asked.sheet, items, asked.language, templates)
    if asked.form not in PAGES:
        return
    ending, digits = PAGES[asked.form], max(2, len(str(len(done))))
    for number, one in enumerate(done, start=1):
        for stem, content in zip(("sheet", "key"), one.pages, strict=True):
            yield f"{stem}-{number:0{digits}}.{ending}", content
    yield f"keys.{ending}", all_keys(asked, [one.key for one in done if one.key is not None])


def all_keys(asked: Asked, keys: list[PageView]) -> bytes:
    """One key after the other, each on a page of its own."""
    form = "tex" if asked.form == "pdf" else asked.form
    head = viewed(keys_title(asked.sheet), form, asked.language, asked.look)
    blocks: list[BlockView] = []
    for number, key in enumerate(keys):
        blocks += [BlockView("newpage")] if number else []
        blocks += [BlockView("heading", key.title, level=2), *key.blocks]
    notes = tuple(dict.fromkeys(note for key in keys for note in key.notes))
    text = laid(replace(head, blocks=tuple(blocks), notes=notes), form, asked.language, asked.look)
    return compiled(text, asked.language) if asked.form == "pdf" else text.encode()


def stress(
    path: str | Path, *, count: int = 500, seed: int = 1, jobs: int | None = None, advance: Advance = lambda: None
) -> list[Row]:
    """So many variants of a sheet made and checked: a row for each of its problems.

    Raises:
        InputError: the sheet cannot be read.
    """
    asked_for = sheet_in(Path(path))
    if not 1 <= count <= MOST_VARIANTS:
        raise InputError(f"--stress {count}: not a number from 1 to {MOST_VARIANTS}")
    found: list[Trial] = []
    with ProcessPoolExecutor(min(jobs or cores(), count)) as pool:
        for trials in pool.map(partial(tried, asked_for, seed), range(1, count + 1), chunksize=4):
            found += trials
            advance()
    return table(asked_for, found)


def tried(asked_for: Sheet, seed: int, number: int) -> list[Trial]:
    """One variant, checked."""
    return trials(asked_for, seed, number, _DERIVER)
