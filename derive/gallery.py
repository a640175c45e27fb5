"""The gallery: chosen derivations in every language and format, built by one command and compared by another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COIN = "1 1 0 1 1 1 1 0 1 1"
LETTERS = ("data=D",)


@dataclass(frozen=True, slots=True)
class Piece:
    """One derivation of the gallery: the file's stem and what the verb is given."""

    stem: str
    distribution: str
    options: dict[str, Any]


PIECES = (
    Piece("coin-binomial", "binomial(10, p)", {"data": "8", "numbers_first": True}),
    Piece("coin-tosses", "bernoulli", {"data": COIN}),
    Piece("bernoulli", "bernoulli", {"notation": LETTERS}),
    Piece("normal", "normal", {"notation": LETTERS}),
    Piece("normal-known-variance", "normal", {"known": ("sigma^2",)}),
    Piece("categorical", "categorical", {}),
    Piece("poisson", "poisson", {}),
    Piece("exponential", "exponential", {}),
    Piece("geometric", "geometric", {}),
)
LANGUAGES = ("en", "zh")
FORMATS = ("md", "tex")


def built() -> Iterator[tuple[str, str]]:
    """Relative path and text of every file, in order."""
    from derive.api import mle

    for piece in PIECES:
        result = mle(piece.distribution, **piece.options)
        for language in LANGUAGES:
            for form in FORMATS:
                detail = "full" if form == "tex" else "brief"
                yield f"{language}/{piece.stem}.{form}", result.text(form, language, detail)


def build(folder: Path) -> int:
    """Write every file; how many."""
    count = 0
    for name, text in built():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        count += 1
    return count


def differences(folder: Path) -> list[str]:
    """The files that are missing, differ, or are there without being built."""
    wanted = dict(built())
    found = {
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*")
        if p.suffix in (".md", ".tex") and p.parent != folder
    }
    wrong = [name for name, text in wanted.items() if name not in found or (folder / name).read_text("utf-8") != text]
    return sorted({*wrong, *(found - set(wanted))})
