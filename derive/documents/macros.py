r"""The writer's own commands: ``\newcommand{\E}{\mathbb{E}}`` and its kin, written out before a formula is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DEEPEST = 8
LONGEST = 60_000
MOST_MACROS = 400

_DEFINED = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*(?:\{\s*(?P<braced>\\[A-Za-z]+)\s*\}|(?P<bare>\\[A-Za-z]+))"
    r"\s*(?:\[(?P<count>\d)\])?\s*(?=\{)"
    r"|\\def\s*(?P<def>\\[A-Za-z]+)(?P<slots>(?:#\d)*)\s*(?=\{)"
    r"|\\DeclareMathOperator(?P<star>\*?)\s*\{?\s*(?P<operator>\\[A-Za-z]+)\s*\}?\s*(?=\{)"
)
_COMMAND = re.compile(r"\\[A-Za-z]+")
_BETWEEN = re.compile(r"\\(?:short)?intertext\s*(?=\{)")


@dataclass(frozen=True, slots=True)
class Macro:
    """What a command stands for, ``#1`` … in the places of its arguments."""

    body: str
    count: int = 0


def macros_in(text: str) -> dict[str, Macro]:
    r"""The commands that the text defines; those with an optional argument are left alone.

    >>> macros_in(r"\newcommand{\E}{\mathbb{E}}\def\half{\frac12}")
    {'\\E': Macro(body='\\mathbb{E}', count=0), '\\half': Macro(body='\\frac12', count=0)}
    """
    made: dict[str, Macro] = {}
    for found in _DEFINED.finditer(text):
        body = group_at(text, found.end())
        if body is None or len(made) >= MOST_MACROS:
            continue
        inner = re.sub(r"\s*\n\s*", " ", body[1:-1])
        if found["operator"]:
            made[found["operator"]] = Macro(rf"\operatorname{found['star']}{{{inner}}}")
            continue
        name = found["braced"] or found["bare"] or found["def"]
        count = int(found["count"] or 0) if not found["def"] else len(found["slots"]) // 2
        if name not in _COMMAND.findall(inner):
            made[name] = Macro(inner, count)
    return made


def group_at(text: str, start: int) -> str | None:
    """The group ``{…}`` that begins here; None where it has no end."""
    depth = 0
    at = start
    while at < len(text) and at < start + LONGEST:
        if text[at] == "\\":
            at += 1
        elif text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return text[start : at + 1]
        at += 1
    return None


def expanded(text: str, macros: Mapping[str, Macro]) -> str:
    r"""The formula with the commands written out; lines stay lines.

    >>> expanded(r"\E[X] = \f{a}{b}", macros_in(r"\newcommand{\E}{\mathbb{E}}\newcommand{\f}[2]{\frac{#1}{#2}}"))
    '\\mathbb{E}[X] = \\frac{a}{b}'
    """
    return expanded_from(text, macros)[0]


def expanded_from(text: str, macros: Mapping[str, Macro]) -> tuple[str, Sequence[int]]:
    r"""The same, and for each place in it the place in the formula as it was written.

    >>> text, places = expanded_from(r"\E X = 1", macros_in(r"\newcommand{\E}{\mathbb{E}}"))
    >>> text.index("="), places[text.index("=")]
    (13, 5)
    """
    places: Sequence[int] = range(len(text) + 1)
    for _ in range(DEEPEST):
        if not any(found in macros for found in _COMMAND.findall(text)) or len(text) > LONGEST:
            break
        text, places = _once(text, macros, places)
    return text, places


def _once(text: str, macros: Mapping[str, Macro], places: Sequence[int]) -> tuple[str, list[int]]:
    made: list[str] = []
    came: list[int] = []
    at = 0
    for found in _COMMAND.finditer(text):
        macro = macros.get(found.group())
        if macro is None or found.start() < at:
            continue
        arguments, end = _arguments(text, found.end(), macro.count)
        if arguments is None:
            continue
        body = macro.body
        for number, argument in enumerate(arguments, start=1):
            body = body.replace(f"#{number}", argument)
        # A command at the end of a body must not run into the letter behind it.
        glue = " " if re.search(r"\\[A-Za-z]+\Z", body) and text[end : end + 1].isalpha() else ""
        made += [text[at : found.start()], body, glue]
        came += [*places[at : found.start()], *[places[found.start()]] * len(body + glue)]
        at = end
    return "".join((*made, text[at:])), [*came, *places[at:]]


def _arguments(text: str, at: int, count: int) -> tuple[list[str] | None, int]:
    """So many arguments, each a group or one sign; None where one is missing."""
    found: list[str] = []
    for _ in range(count):
        while at < len(text) and text[at] in " \t\n":
            at += 1
        if at >= len(text):
            return None, at
        if text[at] == "{":
            group = group_at(text, at)
            if group is None:
                return None, at
            found.append(group[1:-1])
            at += len(group)
        else:
            command = _COMMAND.match(text, at)
            found.append(command.group() if command else text[at])
            at += len(found[-1])
    return found, at


def without_words_between(text: str) -> str:
    r"""A display with the sentences of ``\intertext{…}`` blanked out, every place where it was.

    >>> without_words_between(r"a &= b \\ \intertext{so $c$} &= d")
    'a &= b \\\\                    &= d'
    """
    for found in reversed(list(_BETWEEN.finditer(text))):
        group = group_at(text, found.end())
        if group is not None:
            whole = text[found.start() : found.end()] + group
            blank = "".join(c if c == "\n" else " " for c in whole)
            text = text[: found.start()] + blank + text[found.start() + len(whole) :]
    return text
