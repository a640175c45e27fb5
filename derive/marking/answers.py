"""A student's file: whose it is, which variant it answers, and what is said to each problem."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from derive.core.errors import InputError
from derive.documents.source import Source, source_of

NUMERALS = "一二三四五六七八九十"
LONGEST_BETWEEN = 2000
LONGEST_TITLE, MOST_HEADINGS = 200, 200
_VARIANT = re.compile(
    r"(?:<!--|(?<!\\)%)[ \t]*variant[ \t]*[:=：][ \t]*([^\n]*?)[ \t]*(?:-->|$)", re.IGNORECASE | re.MULTILINE
)
_HEADING = re.compile(
    r"^[ \t]*(?:(?P<marks>#{1,6})[ \t]+(?P<title>[^\n]*)"
    r"|\\(?P<deeper>(?:sub)*)section\*?\{(?P<named>[^\n]*)"
    r"|(?:\*\*|__|\\textbf\{)(?P<bold>[^\n*_}]{1,60})(?:\*\*|__|\})[.:：]?[ \t]*$"
    r"|(?P<plain>[^\n$\\]{1,40})$)",
    re.MULTILINE,
)
_BETWEEN = re.compile(r"\\(?:short)?intertext\{")
_GIVEN = re.compile(r"<!--[ \t\n]*given:.*?(?:-->|\Z)|(?<!\\)%[ \t]*given:[^\n]*", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Handed:
    """What a student has handed in.

    Args:
        student: the name.
        variant: the number that the file names; None where it names none.
    """

    student: str
    source: Source
    variant: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """Words by which parts of an answer are told apart, in all languages.

    Args:
        problem: what a problem is called in a heading.
        answer: headings under which the answer to a problem stands, where the problem is copied too.
    """

    problem: tuple[str, ...]
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A heading.

    Args:
        level: the smaller, the higher.
        start, end: of its line in the text.
    """

    level: int
    text: str
    start: int
    end: int


def handed_in(sources: Sequence[Source]) -> list[Handed]:
    """Each file with its student: the stem of its name, with the folder's before it where two share one.

    Raises:
        InputError: two answers cannot be told apart, or a file names its variant in no number.
    """
    stems = [PurePath(s.name).stem for s in sources]
    names = [
        stem if stems.count(stem) == 1 else f"{PurePath(s.name).parent.name}-{stem}".strip("-")
        for s, stem in zip(sources, stems, strict=True)
    ]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two answers are by {name}", "each student's file has a name of its own")
    return [Handed(name, source, variant_in(source)) for name, source in zip(names, sources, strict=True)]


def variant_in(source: Source) -> int | None:
    """The number in a comment ``variant: 3``.

    Raises:
        InputError: there is no number, or there are two.
    """
    found = {m.group(1): m.start() for m in _VARIANT.finditer(source.text)}
    for text, place in found.items():
        line = source.place(place)[0]
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise InputError(f"{source.name}, line {line}: variant: {text[:40]!r} is no number", "<!-- variant: 3 -->")
    numbers = {int(text) for text in found}
    if len(numbers) > 1:
        raise InputError(f"{source.name}: several variants are named: {', '.join(map(str, sorted(numbers)))}")
    return next(iter(numbers), None)


def parts(source: Source, numbers: Collection[int], words: Words) -> dict[int, Source]:
    """What is said to each problem; a key with one problem needs no heading.

    Lines and columns are those of the whole file; context that the student declares does not count.
    """
    text = without_words(_GIVEN.sub(lambda found: blank(found.group()), source.text))
    found = [(t, n) for t in titles(text) if (n := number_in(t.text, words, t.level)) is not None]
    if not any(n in numbers for _, n in found):
        return {next(iter(numbers)): only(source, text, 0, len(text), words)} if len(numbers) == 1 else {}
    top = min(t.level for t, n in found if n in numbers)
    begins = [(t, n) for t, n in found if t.level == top]
    made: dict[int, Source] = {}
    for place, (title, number) in enumerate(begins):
        end = begins[place + 1][0].start if place + 1 < len(begins) else len(text)
        if number in numbers and number not in made:
            made[number] = only(source, text, title.end, end, words)
        elif number in numbers and place < MOST_HEADINGS:
            joined = only(source, text, title.end, end, words).text
            made[number] = again(source, "".join(max(a, b) for a, b in zip(made[number].text, joined, strict=True)))
    return made


def only(source: Source, text: str, start: int, end: int, words: Words) -> Source:
    """The file with nothing but one piece of it; from the heading of the answer on, where there is one."""
    for title in titles(text[start:end]):
        if bare(title.text).casefold() in words.answer:
            start += title.end
            break
    return again(source, blank(text[:start]) + text[start:end] + blank(text[end:]))


def again(source: Source, text: str) -> Source:
    """The same file with another text."""
    return replace(source_of(source.name, text, source.latex), name=source.name)


def without_words(text: str) -> str:
    r"""The text without the words of ``\intertext{…}``, which may hold formulas inside a display."""
    made, at = [], 0
    for found in _BETWEEN.finditer(text):
        if found.start() < at:
            continue
        depth, end = 1, found.end()
        while depth and end < min(len(text), found.end() + LONGEST_BETWEEN):
            depth += {"{": 1, "}": -1}.get(text[end], 0) if text[end - 1] != "\\" else 0
            end += 1
        if not depth:
            made += [text[at : found.start()], blank(text[found.start() : end])]
            at = end
    return "".join([*made, text[at:]])


def blank(text: str) -> str:
    """Spaces in the place of letters; lines stay."""
    return re.sub(r"[^\n]", " ", text)


def titles(text: str) -> Iterator[Title]:
    """Headings, and lines that may be some."""
    for found in _HEADING.finditer(text):
        groups = found.groupdict()
        if groups["marks"]:
            level, title = len(groups["marks"]), groups["title"]
        elif groups["named"] is not None:
            level, title = 1 + len(groups["deeper"]) // 3, groups["named"]
        elif groups["bold"]:
            level, title = 8, groups["bold"]
        else:
            level, title = 9, groups["plain"]
        if len(title) <= LONGEST_TITLE:
            yield Title(level, title.strip(), found.start(), found.end())


def bare(title: str) -> str:
    """A title without the marks around it."""
    return title.partition("\\hfill")[0].strip(" \t*_{}.:：")


def number_in(title: str, words: Words, level: int) -> int | None:
    """The number of the problem that begins here: ``Problem 2: …``, ``2``, ``第 2 题``; None for other headings."""
    text = bare(title).casefold()
    names = "|".join(map(re.escape, words.problem))
    chinese = re.match(rf"第\s*(\d+|[{NUMERALS}])\s*(?:{names})", text)
    if chinese is not None:
        number = chinese.group(1)
        return int(number) if number.isdecimal() else NUMERALS.index(number) + 1
    named = re.match(rf"(?:{names})\s*(\d{{1,4}})(?![\d.]*\d)", text)
    if named is not None and (level < 9 or re.fullmatch(rf"(?:{names})\s*\d{{1,4}}", text)):
        return int(named.group(1))
    alone = re.fullmatch(r"(\d{1,4})", text)
    return int(alone.group(1)) if alone is not None and level < 8 else None
