"""Page → text: the writers, by the name of their format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from derive.core.errors import InputError
from derive.pages.blocks import Page
from derive.writing.formats import html, markdown, notebook, structure, tex, text
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.view import Detail

Writer = Callable[[Page, str, Detail, Look], str]

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "text": text.write,
        "md": markdown.write,
        "tex": tex.write,
        "html": html.write,
        "ipynb": notebook.write,
        "structure": structure.write,
    }
)


def write(page: Page, form: str, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page in a format, in a language, as fine as asked.

    Raises:
        InputError: there is no such format.
    """
    if form not in WRITERS:
        raise InputError(f"no format is called {form!r}", f"{', '.join(WRITERS)}, pdf or json")
    return WRITERS[form](page, language, detail, look)
