"""Posts with blocks of commands, filled in or refreshed in place; the text around stays its author's."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from derive.core.errors import InputError
from derive.results.result import Result
from derive.writing.formats.look import Look

COMMANDS = ("mle", "entropy", "cross-entropy", "kl", "loss")
# What a block may not say: where things are written, and how, is the post's own business.
REFUSED = ("--out", "--plot", "--templates", "--katex", "--format", "--front-matter", "--help", "-h")

BEGIN = "<!-- derive: what follows is generated -->"
END = "<!-- derive: end -->"

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*([^`]*)$")
_HEADING = re.compile(r" {0,3}(#{1,6})\s")

Run = Callable[[Sequence[str]], tuple[Result, str, str]]
"""From the arguments of a command to its result, language and detail."""


@dataclass(frozen=True, slots=True)
class Place:
    """A block of a post.

    Args:
        line: of the opening fence, from 1.
        command: the line inside it.
        start, end: of the lines after it that are the block's output already.
        level: of the heading above it.
    """

    line: int
    command: str
    start: int
    end: int
    level: int


def filled(post: str, run: Run, *, name: str = "post", folder: Path | None = None, site: str = "") -> str:
    """The post with the output of every block after it, between two marks.

    Args:
        run: derives.
        name: of the file, for messages.
        folder: the only one whose files a block may read; None allows none.
        site: ``jekyll`` or ``hugo``, for the mathematics in its lines.

    Raises:
        InputError: a block does not hold exactly one derivation, or an output has no end; with file and line.
    """
    newline = "\r\n" if "\r\n" in post else "\n"
    lines = post.replace("\r\n", "\n").split("\n")
    for place in reversed(places(lines, name)):
        try:
            arguments = allowed(place.command, folder)
            result, language, detail = run(arguments)
            look = Look(front_matter=site, fragment=True, deeper=max(place.level - 1, 0))
            text = result.text("md", language, detail, look).strip("\n")
        except InputError as error:
            raise InputError(f"{name}, line {place.line + 1}: {error.message}", error.hint) from None
        lines[place.start : place.end] = ["", BEGIN, "", *text.split("\n"), "", END]
    return newline.join(lines)


def places(lines: Sequence[str], name: str = "post") -> list[Place]:
    """The blocks of a post, from the top; a fence inside another fence is text."""
    found: list[Place] = []
    level = 0
    at = 0
    while at < len(lines):
        heading = _HEADING.match(lines[at])
        fence = _FENCE.fullmatch(lines[at].rstrip())
        if heading:
            level = len(heading[1])
        if lines[at].strip() == BEGIN:
            raise InputError(f"{name}, line {at + 1}: an output stands without its block", "remove it")
        if not fence:
            at += 1
            continue
        mark = fence[1]
        closing = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}\s*")
        end = next((k for k in range(at + 1, len(lines)) if closing.fullmatch(lines[k])), None)
        wanted = fence[2].strip() == "derive"
        if end is None:
            if wanted:
                raise InputError(f"{name}, line {at + 1}: the block has no end", f"close it with {mark}")
            break
        after = end + 1
        if wanted:
            after = output_end(lines, end + 1, name)
            inner = [line for line in lines[at + 1 : end] if line.strip()]
            if len(inner) != 1:
                raise InputError(f"{name}, line {at + 1}: a block holds one command", "such as mle bernoulli")
            found.append(Place(at, inner[0].strip(), end + 1, after, level))
        at = after
    return found


def output_end(lines: Sequence[str], start: int, name: str) -> int:
    """Where the output that begins here ends; ``start`` where there is none."""
    begin = next((k for k in range(start, len(lines)) if lines[k].strip()), None)
    if begin is None or lines[begin].strip() != BEGIN:
        return start
    for k in range(begin + 1, len(lines)):
        if lines[k].strip() == END:
            return k + 1
        if lines[k].strip() == BEGIN:
            break
    raise InputError(f"{name}, line {begin + 1}: the output has no end", f"put {END} after it")


def allowed(command: str, folder: Path | None = None) -> list[str]:
    """The arguments of a command, if it is a derivation that writes nothing and reads nothing outside the folder.

    >>> allowed("derive mle 'normal(0, v)' --lang zh")
    ['mle', 'normal(0, v)', '--lang', 'zh']

    Raises:
        InputError: it is something else.
    """
    try:
        arguments = shlex.split(command)
    except ValueError as error:
        raise InputError(f"{command}: {str(error).lower()}") from None
    if arguments[:1] == ["derive"]:
        arguments = arguments[1:]
    if not arguments or arguments[0] not in COMMANDS:
        raise InputError(f"{command}: not a derivation", f"a block begins with one of {', '.join(COMMANDS)}")
    for argument in arguments[1:]:
        option, _, value = argument.partition("=")
        # An option may be shortened to its beginning.
        if option.startswith("-") and any(r.startswith(option) for r in REFUSED if len(option) > 2 or r == option):
            raise InputError(f"{command}: {option} has no place in a block", "leave it out")
        for text in (argument, value):
            if text and not readable(text, folder):
                raise InputError(f"{command}: {text} is a file outside the folder of the post")
    return arguments


def readable(text: str, folder: Path | None) -> bool:
    """Is it no file's name, or the name of one inside the folder?"""
    try:
        path = Path(text)
        if folder is None:
            return not path.exists()
        path = folder / path
        return not path.exists() or path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return True
