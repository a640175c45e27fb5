"""What an estimate that is only stated is said to be: the best value, or one by moments, without bias, corrected."""

from __future__ import annotations

import re

_BEST = re.compile(
    r"likelihood|\bMLE\b|\bMAP\b|maximi[sz]|minimi[sz]|posterior|least squares|\\arg|argm"
    r"|似然|最大化|最小化|后验|最小二乘|求导",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"unbias|bias|moment|correct|Bessel|shrink|sample (?:variance|covariance|standard)|empirical|robust|trimmed|improve"
    r"|无偏|偏差|矩|修正|校正|样本(?:方差|协方差|标准差)|稳健",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n\s*\n|^#.*$", re.MULTILINE)
_NO_WORDS = re.compile(
    r"(?s:\$\$.*?\$\$|\\\[.*?\\\]|\\begin\{.*?\\end\{[^{}]*\}|<!--.*?-->)|^%[^\n]*|[$]", re.MULTILINE
)
FARTHEST = 600


def looks_for_the_best(text: str) -> bool:
    """Does the document speak of likelihood, or of anything else that is made largest or smallest?"""
    return _BEST.search(text) is not None


def names_another_aim(before: str) -> bool:
    """Do the words above a formula say that an estimate is to be something else than the best?

    Args:
        before: the end of the text up to the formula.

    >>> names_another_aim("The unbiased estimator is"), names_another_aim("% a moment\\nThe maximum is")
    (True, False)
    """
    words = [said for part in _PARAGRAPH.split(before[-FARTHEST:]) if re.search(r"[^\W\d_]{2}", said := plain(part))]
    return bool(words) and _OTHER.search(words[-1]) is not None


def plain(part: str) -> str:
    """The words of a paragraph without its displays and comments."""
    return _NO_WORDS.sub(" ", part)
