"""Reports on documents → text: the writers, by the name of their format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from derive.documents.report import FileReport
from derive.writing.formats.look import Look
from derive.writing.verdicts import html, json, markdown

Writer = Callable[[Sequence[FileReport], str, Look], str]

VERDICT_WRITERS: Mapping[str, Writer] = MappingProxyType({"md": markdown.write, "html": html.write, "json": json.write})
