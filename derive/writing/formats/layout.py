"""The page layouts: one folder of templates a format."""

from __future__ import annotations

import base64
import json
import mimetypes
import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from derive.writing.formats.columns import width
from derive.writing.formats.look import PLAIN, Look
from derive.writing.templates import folders
from derive.writing.words import words_of

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


# A line with this mark at its head stands as it is.
_VERBATIM = "\ue002"


def lay_out(form: str, page: Any, language: str, look: Look = PLAIN, name: str = "page", **more: Any) -> str:
    """The page in the layout ``templates/FORM/NAME.FORM``; never more than one blank line in a row.

    Args:
        page: what the layout shows, a ``PageView`` for ``page``.
    """
    filled = template(form, folders(look.templates), name).render(
        page=page, language=language, look=look, words=words_of(language, look.templates), **more
    )
    lines: list[str] = []
    for line in filled.splitlines():
        if _VERBATIM in line:
            lines.append(line.replace(_VERBATIM, ""))
            continue
        kept = line.rstrip()
        if kept or (lines and lines[-1]):
            lines.append(kept)
    return "\n".join(lines).rstrip("\n") + "\n"


@lru_cache(maxsize=8)
def template(form: str, where: tuple[Path, ...], name: str = "page") -> Any:
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
    environment.filters |= {
        "underline": underline,
        "verbatim": verbatim,
        "json": lambda text: json.dumps(text, ensure_ascii=False),
        "fence": fence,
        "url": lambda file: quote(file, safe="/:"),
        "quoted": quoted,
        "data_address": data_address,
        "columns": width,
    }
    return environment.get_template(f"{name}.{form}")


def verbatim(text: str) -> str:
    """The text's lines, marked to be left as they are."""
    return "\n".join(_VERBATIM + line for line in text.replace(_VERBATIM, "").splitlines())


def fence(text: str) -> str:
    """Backticks, more of them than the text holds in a row."""
    return "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))


def quoted(text: str) -> str:
    """The text as a quotation of Markdown."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def data_address(content: bytes, file: str) -> str:
    """A file as an address that holds it whole."""
    kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def underline(text: str, mark: str) -> str:
    """As many marks as the text is wide."""
    return mark * max(width(line) for line in text.split("\n"))
