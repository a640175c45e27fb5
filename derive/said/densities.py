r"""The law of a sample by the density that the text gives it: "let $X_1,\dots,X_n$ be i.i.d. with density $f(x)=…$"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from derive.checking.settling import settled
from derive.core.claim import Claim
from derive.core.domains import Integers, Interval
from derive.core.facts import Facts
from derive.core.information import Law
from derive.core.relation import EQUAL
from derive.reading.names import names_of, spelling
from derive.said.domains import as_context, letter_of, stated_in
from derive.said.spoken import laws_said, ranges, understood

_FORMULA = re.compile(
    r"\$\$(?P<double>[^$]+)\$\$|\$(?P<dollar>[^$\n]+)\$|\\\[(?P<square>.+?)\\\]|\\\((?P<round>[^\n]+?)\\\)", re.DOTALL
)
_HEAD = re.compile(
    r"\s*(?:(?P<name>[fp]|f_(?:\{[A-Z]\}|[A-Z])|p_(?:\{[A-Z]\}|[A-Z]))\s*\(\s*(?P<letter>[a-z])"
    r"\s*(?:(?:;|\||\\mid(?![A-Za-z])|\\vert(?![A-Za-z]))(?P<behind>[^()=]*))?\)"
    r"|(?:P|\\Pr|\\mathbb\s*\{?P\}?)\s*\(\s*(?P<capital>[A-Z])(?:_\{?[a-z1]\}?)?\s*=\s*(?P<value>[a-z])"
    r"\s*(?:(?:;|\||\\mid(?![A-Za-z]))[^()=]*)?\))\s*&?\s*=(?P<rest>.*)\Z",
    re.DOTALL,
)
_WORDS = re.compile(
    r"\b(?:densit(?:y|ies)|p\.?d\.?f|p\.?m\.?f|mass function|random variables?)\b|密度|概率函数|分布[列律]|质量函数",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:prior|posterior|maximum|minimum|sum|transformed|marginal|conditional)\b|先验|后验", re.I)
_SAMPLE = re.compile(
    r"(?<![A-Za-z\\])(?P<stem>[A-Za-z])_\{?1\}?\s*,.{0,40}?(?P=stem)_\{?(?P<size>[A-Za-z])\}?(?![A-Za-z])"
)
_DRAWN = re.compile(r"i\.?\s*i\.?\s*d|independent|sample|observ|独立|样本|观测", re.IGNORECASE)
_CUT = re.compile(r"\\(?:quad|qquad|text|mbox|mathrm\s*\{\s*(?:for|if)|hspace)(?![A-Za-z])|\\[;:]\s*\\[;:]")
_LIST = r"-?\d+\s*,\s*(?:-?\d+\s*,\s*)*\\[lc]?dots[a-z]?(?:\s*,\s*[A-Za-z0-9]+)?"
_END = r"(?:[^<>=,\\]|\\(?!le|ge|lt|gt|in(?![a-z])))+?"
_LOW, _HIGH = r"(?:<|\\l(?:e|t|eq|eqslant)(?![A-Za-z]))", r"(?:>|\\g(?:e|t|eq|eqslant)(?![A-Za-z]))"
NEAR, SENTENCE = 400, 160


@dataclass(frozen=True, slots=True)
class Said:
    """A density that the text gives: its letter, its formula, where it lives, and what it says of parameters."""

    letter: str
    formula: str
    support: str
    domains: tuple[str, ...]
    at: int


def formulas(text: str) -> Iterator[tuple[str, int, int]]:
    """What stands between delimiters, with where it begins and ends."""
    for found in _FORMULA.finditer(text):
        yield next(g for g in found.groups() if g is not None), found.start(), found.end()


def densities_in(text: str) -> Iterator[Said]:
    r"""The densities that the text defines.

    >>> next(densities_in(r"with density $f(x;\theta) = \theta x^{\theta-1}$ for $0 < x < 1$ and $\theta > 0$."))
    Said(letter='x', formula='\\theta x^{\\theta-1}', support='0 < x < 1', domains=('\\theta > 0',), at=13)
    """
    found = list(formulas(text))
    for k, (inside, start, end) in enumerate(found):
        head = _HEAD.match(inside)
        words = re.split(r"[.!?。！？](?=\s|\Z)|\n\s*\n", text[max(0, start - SENTENCE) : start].rstrip())[-1]
        if head is None or (not _WORDS.search(words) and head["value"] is None) or _OTHERS.search(words):
            continue
        letter = head["letter"] or head["value"]
        formula, behind = cut(head["rest"])
        if "=" in formula or not formula:
            continue
        parts = list(behind)
        for other, begin, stop in found[k + 1 : k + 5]:
            if (
                _HEAD.match(other)
                or len(text[end:begin]) > 40
                or re.search(r"[.!?。！？](?=\s)|\n\s*\n", text[end:begin])
            ):
                break
            parts += [other.strip()] if support_in(other, letter) else stated_in(other)
            end = stop
        supports = [s for p in parts if (s := support_in(p, letter)) is not None]
        if len(supports) == 1:
            said = tuple(p for p in parts if (name := letter_of(p)) is not None and name != letter)
            yield Said(letter, formula, supports[0], said, start)


def written_for(letter: str, text: str) -> Iterator[str]:
    """All that the text says f or p of this letter is, up to the next equality."""
    for inside, _, _ in formulas(text):
        head = _HEAD.match(inside)
        if head is not None and letter in (head["letter"], head["value"]):
            yield tidy(cut(head["rest"])[0].partition("=")[0])


def cut(rest: str) -> tuple[str, list[str]]:
    """The formula up to a comma or a gap outside of brackets, and what stands behind."""
    depth = 0
    for at, character in enumerate(rest):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and (character == "," or _CUT.match(rest, at)):
            behind = re.sub(r"\\(?:quad|qquad|text\s*\{[^{}]*\}|mbox\s*\{[^{}]*\})|\\[;:,!]", " ", rest[at:])
            return tidy(rest[:at]), [behind.strip(" ,.;\n")]
    return tidy(rest), []


def tidy(formula: str) -> str:
    """Without what ends a sentence."""
    return re.sub(r"(?:\s|\\[,;:! ])+\Z", "", formula.strip().rstrip(".,; \n&"))


def support_in(part: str, letter: str) -> str | None:
    """Where the letter lives, as a line of context says it; None for a part that is no support."""
    part = part.strip().rstrip(".;,")
    if listed := re.fullmatch(rf"{letter}\s*(?:=\s*(?P<plain>{_LIST})|\\in\s*\\\{{(?P<braced>[^{{}}]*)\\\}})", part):
        return rf"{letter} \in \{{{listed['plain'] or listed['braced']}\}}"
    half = rf"{letter}\s*{_HIGH}\s*{_END}|{_END}\s*{_LOW}\s*{letter}(?:\s*{_LOW}\s*{_END})?"
    inside = rf"{letter}\s*\\in\s*(?:\\mathbb\s*\{{?R\}}?|\\R|[(\[][^()\[\]]*[)\]])"
    return part if re.fullmatch(rf"{half}|{inside}", part) else None


def sample_of(letter: str, at: int, text: str) -> tuple[str, str, str] | None:
    """Stem, index and size of the sample that the text draws near a place, if that is one."""
    near = text[max(0, at - NEAR) : at + NEAR]
    found = {
        (one["stem"], one["size"])
        for one in _SAMPLE.finditer(near)
        if one["stem"].lower() == letter and _DRAWN.search(near[max(0, one.start() - 80) : one.end() + 80])
    }
    if len(found) != 1:
        return None
    ((stem, size),) = found
    return stem, next((i for i, high in ranges(text) if high == size), "i"), size


def with_densities_said(facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """The facts with the law of the sample, where the text gives one density for it, and what was taken from the text.

    What does not add up to one is no density.
    """
    said = list(densities_in(text))
    if not said or len({"".join(formula.split()) for formula in written_for(said[0].letter, text)}) != 1:
        return facts, []
    one = said[0]
    sample = sample_of(one.letter, one.at, text)
    if sample is None:
        return facts, []
    stem, index, size = sample
    named = {line.partition("_")[0].partition(" ")[0] for line in laws_said(text, text)}
    known = names_of(facts)
    if {stem, stem.lower(), stem.upper()} & named or any(known.knows(s) for s in (stem.lower(), stem.upper())):
        return facts, []
    wider, taken = facts, []
    for domain in one.domains:
        name = letter_of(domain)
        made = (
            understood(as_context(domain), wider)
            if name is not None and not names_of(wider).knows(spelling(name))
            else None
        )
        if made is not None:
            wider = made
            taken.append((as_context(domain), one.at))
    line = f"{stem}_{index} ~ density({one.formula}, {one.support}), {index} = 1..{size}"
    made = understood(line, wider)
    law = None if made is None else made.law(stem)
    if made is None or law is None or not is_density(law, made):
        return facts, []
    return made, [*taken, (line, one.at)]


def is_density(law: Law, facts: Facts) -> bool:
    """Does it add up to one?"""
    if not isinstance(law.support, Integers | Interval):
        return False
    known = {*facts.domains, *facts.indices, law.variable}
    if any(s not in known for s in law.density.free_symbols):
        return False
    over = sp.Sum if isinstance(law.support, Integers) else sp.Integral
    total = over(law.density, (law.variable, law.support.lower, law.support.upper))
    return settled([Claim(total, EQUAL, sp.Integer(1), facts)]).holds
