r"""Long lines of LaTeX, parted before a plus or minus that stands outside all brackets."""

from __future__ import annotations

import re

LONGEST = 80

_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|.", re.DOTALL)
_OPEN = frozenset({"{", "(", "[", r"\left", r"\begin", r"\{", r"\langle", r"\lfloor", r"\lceil"})
_CLOSE = frozenset({"}", ")", "]", r"\right", r"\end", r"\}", r"\rangle", r"\rfloor", r"\rceil"})
# After one of these a sign belongs to a number, not between two terms.
_NOT_BEFORE_SIGN = frozenset(
    {"", "=", "<", ">", r"\le", r"\ge", r"\iff", r"\cdot", r"\times", ",", ";", r"\,", r"\quad"}
)
_SILENT = frozenset(
    {"{", "}", "&", "^", "_", r"\left", r"\right", r"\,", r"\;", r"\!", r"\quad", r"\frac", r"\hat", r"\bar"}
)


def printed_width(latex: str) -> int:
    """Roughly how many characters wide it is when printed (fractions count in full).

    >>> printed_width(r"\\frac{1}{N}")
    2
    """
    return sum(1 for token in _TOKEN.findall(latex) if token not in _SILENT and not token.isspace())


def parted(latex: str, longest: int = LONGEST) -> list[str]:
    """The formula in pieces of about that width at most, each after the first beginning with its sign.

    >>> parted("a + (b - c) - d", longest=2)
    ['a', '+ (b - c)', '- d']
    """
    if printed_width(latex) <= longest:
        return [latex]
    lines: list[str] = []
    for term in _terms(latex):
        if lines and printed_width(lines[-1]) + printed_width(term) <= longest:
            lines[-1] += " " + term
        else:
            lines.append(term)
    return lines


def _terms(latex: str) -> list[str]:
    terms = [""]
    depth = 0
    last = ""
    hidden = False
    for token in _TOKEN.findall(latex):
        # The delimiter of \left and \right is counted with its command, the name of an environment with its own.
        if not hidden:
            depth += (token in _OPEN) - (token in _CLOSE)
        sign = depth == 0 and token in "+-" and last not in _NOT_BEFORE_SIGN
        hidden = token in (r"\left", r"\right")
        if sign:
            terms[-1] = terms[-1].rstrip()
            terms.append("")
        terms[-1] += token
        last = last if token.isspace() else token
    return terms
