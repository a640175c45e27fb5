r"""The name of a letter as a layout: a name is plain (``mu_1``, ``sigma2``) or LaTeX already (``\hat{\sigma}^2``)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from derive.core.errors import DeriveError
from derive.writing.mathtree import Accent, Atom, Node, Scripts, row
from derive.writing.unicode import COMBINING, GREEK

ACCENTS = (
    *COMBINING,
    "mathbf",
    "boldsymbol",
    "bm",
    "mathrm",
    "mathcal",
    "mathbb",
    "mathsf",
    "mathit",
    "text",
    "operatorname",
)
MARKS = ("infty", "star", "ast", "prime", "dagger", "top", "dots", "ldots", "cdots")
UPRIGHT = ("mathrm", "text", "operatorname")

_TOKEN = re.compile(r"\\[A-Za-z]+|[A-Za-z]+|[0-9]+|[{}_^]|\\[|,;!]|[-'*()+,=|/ .]")


def letter(name: str, replacing: Mapping[str, str] | None = None) -> Node:
    r"""The layout of a name; ``replacing`` maps single letters to the LaTeX that stands for them on this page.

    >>> letter("mu_1")
    Scripts(base=Atom(text='\\mu'), sub=Atom(text='1'), sup=None)
    >>> letter(r"\bar{x}", {"x": "D"})
    Accent(kind='bar', content=Atom(text='D'))

    Raises:
        DeriveError: the name is not a letter with accents and scripts.
    """
    tokens = _TOKEN.findall(name)
    if "".join(tokens) != name or not tokens:
        raise DeriveError(f"the name {name!r} cannot be printed")
    made, rest = _sequence(tokens, dict(replacing or {}), name, in_script=False)
    if rest:
        raise DeriveError(f"the name {name!r} cannot be printed: unbalanced braces")
    return made


def _sequence(tokens: list[str], replacing: dict[str, str], name: str, in_script: bool) -> tuple[Node, list[str]]:
    items: list[Node] = []
    while tokens and tokens[0] != "}":
        if tokens[0] in ("_", "^"):
            mark, tokens = tokens[0], tokens[1:]
            script, tokens = _argument(tokens, replacing, name, in_script=True)
            if not items:
                raise DeriveError(f"the name {name!r} cannot be printed: a script without a base")
            items[-1] = _with_script(items[-1], mark, script)
        else:
            item, tokens = _head(tokens, replacing, name, in_script or bool(items))
            items.append(item)
    if not items:
        raise DeriveError(f"the name {name!r} cannot be printed: empty braces")
    return row(*items), tokens


def _with_script(base: Node, mark: str, script: Node) -> Node:
    if not isinstance(base, Scripts):
        base = Scripts(base)
    if mark == "_":
        return Scripts(base.base, script, base.sup)
    return Scripts(base.base, base.sub, script)


def _argument(tokens: list[str], replacing: dict[str, str], name: str, in_script: bool) -> tuple[Node, list[str]]:
    if not tokens:
        raise DeriveError(f"the name {name!r} cannot be printed: an argument is missing")
    if tokens[0] != "{":
        return _head(tokens, replacing, name, in_script)
    made, rest = _sequence(tokens[1:], replacing, name, in_script)
    if not rest:
        raise DeriveError(f"the name {name!r} cannot be printed: unbalanced braces")
    return made, rest[1:]


def _head(tokens: list[str], replacing: dict[str, str], name: str, in_script: bool) -> tuple[Node, list[str]]:
    token, rest = tokens[0], tokens[1:]
    command = token[1:] if token.startswith("\\") else ""
    if command in UPRIGHT and rest and rest[0] == "{" and "}" in rest:
        end = rest.index("}")
        return Accent("mathrm", Atom("".join(rest[1:end]))), rest[end + 1 :]
    if command in ACCENTS:
        content, rest = _argument(rest, replacing, name, in_script)
        return Accent(command, content), rest
    if token == "{":
        return _argument(tokens, replacing, name, in_script)
    if command and command not in GREEK and command not in MARKS:
        raise DeriveError(f"the name {name!r} cannot be printed: \\{command} is not known")
    if token in replacing:
        return letter(replacing[token]), rest
    if not token.isalpha() or len(token) == 1:
        return Atom(token), rest
    if token in GREEK:
        return _digits_below(Atom("\\" + token), rest, in_script)
    if in_script:
        return row(*(_one(c, replacing) for c in token)), rest
    return Accent("mathrm", Atom(token)), rest


def _digits_below(base: Node, rest: list[str], in_script: bool) -> tuple[Node, list[str]]:
    """``sigma2`` is σ with the subscript 2."""
    if rest and rest[0].isdigit() and not in_script:
        return Scripts(base, Atom(rest[0])), rest[1:]
    return base, rest


def _one(character: str, replacing: dict[str, str]) -> Node:
    return letter(replacing[character]) if character in replacing else Atom(character)
