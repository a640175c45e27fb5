"""The page layouts: one folder of templates a format."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from derive.writing.formats.view import PageView
from derive.writing.templates import folders

# A TeX page is full of braces and percent signs, so its layout is written with other ones.
_MARKS = {
    "tex": {
        "block_start_string": "<%",
        "block_end_string": "%>",
        "variable_start_string": "<<",
        "variable_end_string": ">>",
        "comment_start_string": "<#",
        "comment_end_string": "#>",
    }
}


def lay_out(form: str, page: PageView, language: str, own: Path | None = None) -> str:
    """The page in the layout ``templates/FORM/page.FORM``; never more than one blank line in a row."""
    filled = template(form, folders(own)).render(page=page, language=language)
    lines: list[str] = []
    for line in filled.splitlines():
        kept = line.rstrip()
        if kept or (lines and lines[-1]):
            lines.append(kept)
    return "\n".join(lines).rstrip("\n") + "\n"


@lru_cache(maxsize=8)
def template(form: str, where: tuple[Path, ...]) -> Any:
    """The layout of a format, compiled once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([folder / form for folder in where]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        **_MARKS.get(form, {}),  # type: ignore[arg-type]
    )
    environment.filters["underline"] = underline
    return environment.get_template(f"page.{form}")


def underline(text: str, mark: str) -> str:
    """As many marks as the text is wide."""
    from derive.writing.formats.columns import width

    return mark * max(width(line) for line in text.split("\n"))
