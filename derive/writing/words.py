"""Sentences of a language: keys with holes, and what fills them."""

from __future__ import annotations

import string
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from derive.core.errors import DeriveError
from derive.core.phrase import Name, Phrase
from derive.core.statement import Membership, Side, Statement
from derive.writing.templates import folders, languages

Show = Callable[[Side], str]


@cache
def words_of(language: str, own: Path | None = None) -> Mapping[str, str]:
    """The sentences of a language by their keys.

    Args:
        own: a folder of templates whose words go before the project's.

    Raises:
        DeriveError: there is no such file, or an entry is not a sentence.
    """
    if language not in languages(own):
        raise DeriveError(f"no words for the language {language!r}; there are: {', '.join(languages(own)) or 'none'}")
    entries: dict[str, Any] = {}
    for folder in reversed(folders(own)):
        path = folder / "words" / f"{language}.toml"
        if path.is_file():
            with path.open("rb") as file:
                entries |= tomllib.load(file)
    for key, sentence in entries.items():
        if not isinstance(sentence, str):
            raise DeriveError(f"{language}: {key} is not a sentence")
    return entries


def holes(sentence: str) -> tuple[str, ...]:
    """The names of a sentence's holes, in order of appearance, each once.

    >>> holes("from {a} to {b} and {a}")
    ('a', 'b')
    """
    return tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None))


def say(phrase: Phrase, language: str, show: Show, words: Mapping[str, str] | None = None) -> str:
    """The phrase as a sentence; ``show`` writes mathematics.

    Args:
        words: sentences to take instead of the language's file.

    Raises:
        DeriveError: the key is unknown, or the holes are not those of the phrase.
    """
    known = words_of(language) if words is None else words
    sentence = _entry(phrase.key, language, known)
    wanted, given = set(holes(sentence)), set(phrase.slots)
    if wanted != given:
        raise DeriveError(
            f"{language}: {phrase.key}: the sentence has the holes {sorted(wanted)}, the phrase fills {sorted(given)}"
        )
    filled: dict[str, str] = {}
    for hole, value in phrase.slots.items():
        try:
            filled[hole] = _filled(value, language, show, known)
        except TypeError as error:
            raise DeriveError(f"{language}: {phrase.key}: {{{hole}}}: {error}") from error
    return sentence.format_map(filled)


def harmless(name: str) -> str:
    """A name that somebody typed, without control characters, and without those that writers mark places with."""
    return "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Co"))


def _entry(key: str, language: str, known: Mapping[str, str]) -> str:
    if key not in known:
        raise DeriveError(f"{language}: no sentence for {key!r}")
    return known[key]


def _filled(value: Any, language: str, show: Show, known: Mapping[str, str]) -> str:
    if isinstance(value, Phrase):
        return say(value, language, show, known)
    if isinstance(value, Name):
        return harmless(value.in_language(language))
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple | list):
        parts = [_filled(part, language, show, known) for part in value]
        return _listed(parts, _kind(value), language, known)
    if isinstance(value, sp.Basic | Statement | Membership):
        return show(value)
    raise TypeError(f"a {type(value).__name__} cannot fill a hole")


def _kind(parts: Sequence[Any]) -> str:
    """Names are listed otherwise than conditions that hold together, or than clauses of a sentence."""
    # A letter is a Boolean to SymPy too.
    if all(isinstance(p, Statement | Boolean) and not isinstance(p, sp.Symbol) for p in parts):
        return "condition"
    return "clause" if all(isinstance(part, Phrase) for part in parts) else "list"


def _listed(parts: list[str], kind: str, language: str, known: Mapping[str, str]) -> str:
    """``a, b and c``, with the separators of the language."""
    if len(parts) < 2:
        return "".join(parts)
    *first, last = parts
    separator, end = SEPARATORS[kind]
    return _entry(separator, language, known).join(first) + _entry(end, language, known) + last


SEPARATORS = {
    "list": ("list_separator", "list_last"),
    "condition": ("condition_separator", "condition_last"),
    "clause": ("clause_separator", "clause_last"),
}
