"""Reports on documents → text: the writers, by the name of their format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from derive.documents.report import FileReport
from derive.writing.verdicts import html, json, markdown, text

Writer = Callable[[Sequence[FileReport], str], str]

VERDICT_WRITERS: Mapping[str, Writer] = MappingProxyType(
    {"text": text.write, "md": markdown.write, "html": html.write, "json": json.write}
)
