"""Page → text: the writers, by the name of their format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from derive.core.errors import InputError
from derive.pages.blocks import Page
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.view import Detail, PageView

Writer = Callable[[Page, str, Detail, Look], str]

WRITERS: Mapping[str, str] = MappingProxyType(
    {"text": "text", "md": "markdown", "tex": "tex", "html": "html", "ipynb": "notebook", "structure": "structure"}
)
"""The module of each format, loaded when a page is written in it."""


def write(page: Page, form: str, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page in a format, in a language, as fine as asked.

    Raises:
        InputError: there is no such format.
    """
    if form not in WRITERS:
        raise InputError(f"no format is called {form!r}", f"{', '.join(WRITERS)}, pdf or json")
    writer: Writer = import_module(f"derive.writing.formats.{WRITERS[form]}").write
    return writer(page, language, detail, look)


def viewed(page: Page, form: str, language: str, look: Look = PLAIN) -> PageView:
    """The page's words and formulas in one format, to be laid out later; brief."""
    made: PageView = import_module(f"derive.writing.formats.{WRITERS[form]}").view(page, language, "brief", look)
    return made


def laid(view: PageView, form: str, language: str, look: Look = PLAIN) -> str:
    """What has been viewed, laid out."""
    made: str = import_module(f"derive.writing.formats.{WRITERS[form]}").laid(view, language, look)
    return made
