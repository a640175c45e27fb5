"""Notebooks: the page in Markdown cells, a section a cell, and cells of Python that do it again."""

from __future__ import annotations

import base64
import json
import mimetypes
from dataclasses import replace
from typing import Any

from derive.core.phrase import Phrase
from derive.pages.blocks import Page
from derive.writing.formats.layout import lay_out
from derive.writing.formats.look import PLAIN, Look
from derive.writing.formats.markdown import MarkdownPen, escaped
from derive.writing.formats.view import BlockView, Detail, PageView, Scribe


def write(page: Page, language: str, detail: Detail, look: Look = PLAIN) -> str:
    """The page as a notebook of the format 4.5."""
    look = replace(look, front_matter="")
    scribe = Scribe(MarkdownPen(page.notation), page.notation, language, detail, look.templates)
    view = scribe.page(page)
    cells = [_markdown(part, language, look) for part in parts(view)]
    if look.code:
        cells.append(_cell("markdown", f"## {scribe.sentence(Phrase('code_heading'))}\n\n{_intro(scribe)}"))
        cells += [_cell("code", source) for source in look.code]
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number}"
    made = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": view.name,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _intro(scribe: Scribe) -> str:
    return scribe.sentence(Phrase("code_intro"))


def parts(view: PageView) -> list[PageView]:
    """The title, then each heading with what follows it; the notes stand with the last part."""
    groups: list[list[BlockView]] = [[]]
    for block in view.blocks:
        if block.kind == "heading":
            groups.append([])
        groups[-1].append(block)
    made = [replace(view, title="", blocks=tuple(group), notes=()) for group in groups]
    made[0] = replace(made[0], title=view.title)
    made[-1] = replace(made[-1], notes=view.notes)
    return made


def _markdown(part: PageView, language: str, look: Look) -> dict[str, Any]:
    pictures = {block.text: block.content for block in part.blocks if block.kind == "picture"}
    blocks = tuple(replace(b, text=f"attachment:{b.text}") if b.kind == "picture" else b for b in part.blocks)
    filled = lay_out("md", replace(part, blocks=blocks), language, look, shielded=str, words_only=escaped)
    cell = _cell("markdown", filled.strip("\n"))
    if pictures:
        cell["attachments"] = {
            file: {mimetypes.guess_type(file)[0] or "image/png": base64.b64encode(content).decode("ascii")}
            for file, content in pictures.items()
        }
    return cell


def _cell(kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": "", "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell
