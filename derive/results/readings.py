"""How formulas were understood: printed back, with each letter and what it was taken for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derive.core.domains import Integers, Interval, OneHot, Simplex
from derive.core.errors import DeriveError, InputError
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.vectors import is_matrix
from derive.reading.chains import ReadChain
from derive.reading.formula import Reading, formula
from derive.writing.latex import latex
from derive.writing.plain import plain_inline
from derive.writing.words import say


@dataclass(frozen=True, slots=True)
class Understood:
    """One formula: its reading, or the error that kept it from being read."""

    source: str
    facts: Facts
    reading: Reading | None
    error: InputError | None

    def structure(self, language: str) -> dict[str, Any]:
        """The object that ``--format json`` prints."""
        reading = self.reading
        if reading is None:
            return {
                "source": self.source,
                "latex": None,
                "sympy": None,
                "letters": {},
                "remarks": [],
                "error": str(self.error),
            }
        letters = {name: meaning(name, letter, self.facts, language) for name, letter in reading.letters.items()}
        value = reading.value
        return {
            "source": self.source,
            "latex": printed(reading),
            "sympy": sp.srepr(value) if isinstance(value, sp.Basic) else None,
            "letters": letters,
            "remarks": [say(r, language, str) for r in reading.remarks],
            "error": None,
        }


def understood(sources: Sequence[str], facts: Facts) -> list[Understood]:
    """Each formula read, or its error."""
    made = []
    for source in sources:
        try:
            made.append(Understood(source, facts, formula(source, facts), None))
        except InputError as error:
            made.append(Understood(source, facts, None, error))
    return made


def printed(reading: Reading) -> str:
    """The formula in the project's own LaTeX."""
    return r" \quad ".join(_chain(chain) for one in reading.chains for chain in (one, *one.conditions))


def _chain(chain: ReadChain) -> str:
    parts = []
    for place, side in enumerate(chain.sides):
        if place:
            parts.append(chain.links[place - 1].relation.latex)
        if side.value is not None:
            parts.append(_side(side.value, side.latex))
    return " ".join(parts)


def _side(value: Any, written: str) -> str:
    try:
        return latex(value)
    except (DeriveError, AttributeError, TypeError):
        # A node that no page of ours prints.
        return written


def as_text(formulas: Sequence[Understood], language: str) -> str:
    """What a person reads in a terminal."""
    lines: list[str] = []
    for one in formulas:
        given = one.structure(language)
        if given["error"] is not None:
            lines += [f"{one.source}", f"  ! {given['error']}", ""]
            continue
        lines.append(given["latex"])
        width = max((len(name) for name in given["letters"]), default=0)
        lines += [f"  {name:<{width}}  {text}" for name, text in given["letters"].items()]
        lines += [f"  * {remark}" for remark in given["remarks"]]
        lines.append("")
    return "\n".join(lines)


def as_json(formulas: Sequence[Understood], language: str) -> str:
    """What a script reads."""
    entries = [one.structure(language) for one in formulas]
    return json.dumps({"command": "read", "formulas": entries}, ensure_ascii=False, indent=2) + "\n"


def meaning(name: str, letter: Any, facts: Facts, language: str) -> str:
    """What a letter is taken for: ``parameter, > 0``."""
    kind, domain = _kind(letter, facts)
    if kind is None:
        return say(Phrase("letter_undeclared", {"domain": "ℤ, > 0" if letter.is_integer else "ℝ"}), language, str)
    word = say(kind, language, str)
    if not domain:
        return word
    return say(Phrase("letter_declared", {"kind": word, "domain": domain}), language, str)


def _kind(letter: Any, facts: Facts) -> tuple[Phrase | None, str]:
    if is_matrix(letter):
        return Phrase("letter_vector"), " × ".join(map(str, letter.shape))
    domain = facts.domains.get(letter)
    described = "" if domain is None else _described(domain)
    names = {str(law.name): law for law in facts.laws}
    if letter in facts.indices:
        return Phrase("letter_index"), f"1..{facts.indices[letter]}"
    if letter in facts.indices.values():
        return Phrase("letter_size"), described
    if letter in facts.definitions:
        return Phrase("letter_abbreviation"), ""
    if str(letter) in names:
        return Phrase("letter_datum" if domain is not None else "letter_function"), described
    if domain is None:
        return None, ""
    return Phrase("letter_datum" if letter in facts.shapes else "letter_parameter"), described


def _described(domain: Any) -> str:
    """``> 0``, ``in (0, 1)``, ``in {0, 1}``."""
    match domain:
        case OneHot(size) | Simplex(size):
            return f"{type(domain).__name__}({size})"
        case Integers(lower, upper):
            if upper == sp.oo:
                return f"∈ {{{lower}, {lower + 1}, …}}"
            return f"∈ {{{lower}, {upper}}}" if upper - lower == 1 else f"∈ {{{lower}, …, {upper}}}"
        case Interval(lower, upper, lower_open, upper_open):
            if (lower, upper) == (-sp.oo, sp.oo):
                return "∈ ℝ"
            if upper == sp.oo:
                return f"{'>' if lower_open else '≥'} {plain_inline(lower)}"
            if lower == -sp.oo:
                return f"{'<' if upper_open else '≤'} {plain_inline(upper)}"
            ends = f"{plain_inline(lower)}, {plain_inline(upper)}"
            return f"∈ {'(' if lower_open else '['}{ends}{')' if upper_open else ']'}"
    return ""
