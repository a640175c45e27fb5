"""Files, folders and standard input as sources."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from derive.core.errors import InputError
from derive.documents.source import Source, decoded, opened

ENDINGS = (".md", ".markdown", ".tex", ".txt", ".rst", ".qmd", ".rmd", ".ltx")


def sources(names: Iterable[str]) -> list[Source]:
    """One for each file; a folder stands for the documents in it, ``-`` for standard input.

    Raises:
        InputError: a name is neither, or a file is not a text.
    """
    made: list[Source] = []
    for name in names:
        if name == "-":
            made.append(decoded("-", sys.stdin.buffer.read()))
            continue
        path = Path(name)
        if path.is_dir():
            found = [opened(file) for file in documents(path)]
            if not found:
                raise InputError(f"{name}: there is no document in this folder", ", ".join(ENDINGS))
            made.extend(found)
        else:
            made.append(opened(path))
    return made


def documents(folder: Path) -> Iterator[Path]:
    """The documents in a folder and below, in order; hidden ones left out."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in ENDINGS and path.is_file() and not hidden:
            yield path
