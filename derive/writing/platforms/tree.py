"""XML documents: built as trees, so that nothing in them can be taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from derive.core.errors import InputError

Node = ET.Element


def node(tag: str, children: Iterable[Node] | str = (), **attributes: object) -> Node:
    """An element with its children or its text.

    >>> written(node("question", [node("name", "a < b")], type="essay")).decode().splitlines()[1:]
    ['<question type="essay">', '  <name>a &lt; b</name>', '</question>']
    """
    made = ET.Element(tag, {key: str(value) for key, value in attributes.items()})
    if isinstance(children, str):
        made.text = children
    else:
        made.extend(children)
    return made


def parsed(fragment: str, tag: str = "div") -> Node:
    """A piece of XHTML under one element.

    Raises:
        InputError: it is not well-formed, which only a template of the user's can cause.
    """
    try:
        return ET.fromstring(f"<{tag}>{legal(fragment)}</{tag}>")
    except ET.ParseError as error:
        raise InputError(f"the template for learning platforms gives no well-formed XHTML: {error}") from None


def written(root: Node) -> bytes:
    """The document, an element a line down to those that hold text."""
    spread(root, 0)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{legal(text)}\n'.encode()


def spread(element: Node, depth: int) -> None:
    """White space between elements, where it means nothing."""
    if element.tag in HOLDERS or element.text or len(element) == 0:
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        spread(child, depth + 1)
        child.tail = element.text
    element[-1].tail = "\n" + "  " * depth


HOLDERS = frozenset({"div", "p", "simpleChoice"})
"""What holds words and formulas, in which every space counts."""


def legal(text: str) -> str:
    r"""The text without the characters that XML has no place for (XML 1.0, section 2.2).

    >>> legal("a\x0cb\uffff")
    'ab'
    """
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
