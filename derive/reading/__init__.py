"""LaTeX text and the facts of a page → expressions, statements and chains of relations."""

from derive.reading.chains import Link, ReadChain, Side, chains, lines
from derive.reading.density import density, parameter, support
from derive.reading.errors import Unreadable
from derive.reading.formula import Reading, formula, read
from derive.reading.given import context, given
from derive.reading.laws import called
from derive.reading.reader import Reader

__all__ = [
    "Link",
    "ReadChain",
    "Reader",
    "Reading",
    "Side",
    "Unreadable",
    "called",
    "chains",
    "context",
    "density",
    "formula",
    "given",
    "lines",
    "parameter",
    "read",
    "support",
]
