"""What a format may be told besides language and detail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from derive.pages.blocks import Picture


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is dressed.

    Args:
        front_matter: the site generator that a Markdown page is for: ``jekyll``, ``hugo`` or empty.
        katex: where an HTML page finds KaTeX: the address of a folder; empty for the network's copy.
        fragment: the page is put into another one: no title, no front matter.
        deeper: how many levels its headings are lowered.
        picture: a figure that closes the page.
        code: cells of Python that close a notebook.
        document_class: of a TeX page: ``article`` or ``exam``.
        templates: a folder whose templates and words go before the project's own.
    """

    front_matter: str = ""
    katex: str = ""
    fragment: bool = False
    deeper: int = 0
    picture: Picture | None = None
    code: tuple[str, ...] = ()
    document_class: str = "article"
    templates: Path | None = None


PLAIN = Look()
