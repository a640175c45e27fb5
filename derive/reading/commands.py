"""What the commands of LaTeX take, and which of them mean the same."""

from __future__ import annotations

from derive.reading.tokens import Token
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Table, unwrapped
from derive.reading.words import BARE, BEFORE_BRACKETS, CONNECTIVES, FUNCTIONS

CLOSERS = {"(": ")", "[": "]", "{": "}", r"\{": r"\}", "|": "|", r"\|": r"\|", r"\langle": r"\rangle",
           r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}  # fmt: skip


ARGUMENTS = {
    "frac": 2, "dfrac": 2, "tfrac": 2, "cfrac": 2, "binom": 2, "tbinom": 2, "dbinom": 2, "sqrt": 1, "hat": 1,
    "widehat": 1, "bar": 1, "overline": 1, "tilde": 1, "widetilde": 1, "dot": 1, "vec": 1, "mathbf": 1, "boldsymbol": 1,
    "bm": 1, "pmb": 1, "mathrm": 1, "mathit": 1, "mathcal": 1, "mathscr": 1, "mathbb": 1, "mathsf": 1, "mathfrak": 1,
    "operatorname": 1, "mathop": 1, "boxed": 1, "fbox": 1, "underbrace": 1, "overbrace": 1, "underset": 2, "overset": 2,
    "stackrel": 2, "textcolor": 2, "colorbox": 2, "cancel": 1, "underline": 1, "substack": 1, "ensuremath": 1,
    "xrightarrow": 1, "mathbbm": 1, "mathds": 1, "bcancel": 1,
}  # fmt: skip


SAME = {
    "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "tbinom": "binom", "dbinom": "binom", "widehat": "hat",
    "overline": "bar", "widetilde": "tilde", "vec": "mathbf", "boldsymbol": "mathbf", "bm": "mathbf", "pmb": "mathbf",
    "mathbbm": "mathbb", "mathds": "mathbb",
}  # fmt: skip


PLAIN = ("boxed", "fbox", "cancel", "bcancel", "mathop", "ensuremath", "underline", "substack", "mathit", "mathsf",
         "mathfrak")  # fmt: skip


INITIALS = frozenset(word[0] for word in (*BARE, *BEFORE_BRACKETS))
"""Letters with which a word may begin that is typed without a backslash."""


def is_table(nodes: list[Node]) -> bool:
    """Is an environment all that stands here?"""
    return len(nodes) == 1 and isinstance(nodes[0], Table)


def text_leaf(token: Token) -> Leaf:
    r"""What ``\text{…}`` is: a function's name, a name of somebody's own, or words."""
    word = token.text.strip()
    if word.replace(" ", "") in FUNCTIONS and word not in CONNECTIVES:
        return Leaf("word", word.replace(" ", ""), token.at)
    if word.isascii() and word.replace("-", "").isalnum() and word not in CONNECTIVES:
        return Leaf("letter" if len(word) == 1 and word.isalpha() else "word", word, token.at)
    return Leaf("text", token.text, token.at)


def upright(name: str, nodes: Nodes, at: int) -> Node:
    r"""What ``\mathrm{…}`` is: a letter, a word, or what stands in it."""
    kept = unwrapped(nodes)
    simple = all(isinstance(n, Leaf) and n.kind in ("letter", "word", "number", "mark", "text") for n in kept)
    if not simple:
        if len(kept) > 1 and all(isinstance(n, Leaf) for n in kept):
            return Leaf("word", "".join(n.text.lstrip("\\") for n in kept if isinstance(n, Leaf)), at)
        return Bracket("{", "}", kept, at, at)
    word = "".join(n.text for n in kept if isinstance(n, Leaf))
    return Leaf("letter" if len(word) == 1 and name == "mathrm" and word.isalpha() else "word", word, at)
