"""The formulas that a page holds, as its reader's engine sees them."""

from __future__ import annotations

import html
import re

ELEMENT = re.compile(r'<(?:span|div) class="math( display)?[^"]*">(.*?)</(?:span|div)>', re.DOTALL)
DOLLARS = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+?)\$", re.DOTALL)


def of_html(page: str) -> list[tuple[str, bool]]:
    """LaTeX, and whether it is displayed."""
    return [(html.unescape(latex), bool(display)) for display, latex in ELEMENT.findall(page)]


def of_markdown(page: str) -> list[tuple[str, bool]]:
    """The same of Markdown with one and two dollars."""
    unquoted = re.sub(r"^> ?", "", page, flags=re.MULTILINE)
    return [(shown or inline, bool(shown)) for shown, inline in DOLLARS.findall(unquoted)]
