r"""Names of functions and operators in all the ways they are typed: ``\log``, ``\text{log}``, ``log``."""

from __future__ import annotations

FUNCTIONS = {
    "log": "log", "ln": "ln", "lg": "lg", "exp": "exp", "sqrt": "sqrt", "Gamma": "Gamma", "det": "det", "tr": "tr",
    "Tr": "tr", "trace": "tr", "Trace": "tr", "Var": "Var", "var": "Var", "Cov": "Cov", "KL": "KL", "sigmoid": "sigmoid",
    "softmax": "softmax", "tanh": "tanh", "sinh": "sinh", "cosh": "cosh", "sin": "sin", "cos": "cos", "tan": "tan",
    "max": "max", "min": "min", "argmax": "argmax", "argmin": "argmin", "arg": "arg", "sup": "sup", "inf": "inf",
    "sgn": "sign", "sign": "sign", "Pr": "Pr", "digamma": "psi", "diag": "diag", "rank": "rank", "lnGamma": "lgamma",
    "erf": "erf", "erfc": "erfc", "Ei": "Ei", "med": "med", "median": "med", "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan", "logit": "logit", "Beta": "Beta",
}  # fmt: skip
# Words that run into letters without a backslash; the longer first.
BARE = sorted(
    ("log", "ln", "exp", "argmax", "argmin", "max", "min", "sigmoid", "softmax", "tanh", "det", "Var", "Cov", "const",
     "loss", "cost", "NLL", "MSE", "avg", "KL", "LL", "Loss", "sgn", "arg", "Pr", "Const", "relu", "CEH", "logit", "RSS",
     "where", "otherwise", "for", "if", "and", "with"),
    key=len,
    reverse=True,
)  # fmt: skip
SPACED = ("loss", "CEH")
"""Of these, the ones that web pages tear apart: ``l o s s``."""
CONNECTIVES = frozenset(
    [
        "if",
        "where",
        "for",
        "and",
        "otherwise",
        "with",
        "when",
        "because",
        "by",
        "since",
        "hence",
        "so",
        "then",
        "let",
        "thus",
        "or",
        "as",
        "s.t.",
        "st",
        "else",
        "that",
        "is",
        "such",
        "given",
        "subject",
        "to",
        "i.e.",
        "i.e",
        "e.g.",
        "therefore",
        "from",
        "using",
        "note",
        "const.",
        "all",
    ]
)
"""Texts that are remarks, not names."""


def function(word: str) -> str | None:
    """The function that a word names."""
    return FUNCTIONS.get(word.replace(" ", ""))
