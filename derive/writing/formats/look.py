"""What a format may be told besides language and detail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is dressed.

    Args:
        front_matter: the site generator that a Markdown page is for: ``jekyll``, ``hugo`` or empty.
        katex: where an HTML page finds KaTeX: the address of a folder; empty for the network's copy.
        templates: a folder whose templates and words go before the project's own.
    """

    front_matter: str = ""
    katex: str = ""
    templates: Path | None = None


PLAIN = Look()
