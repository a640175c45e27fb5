r"""Domains that the text itself gives its parameters: "where $\lambda > 0$ is the rate", "参数 $\alpha>0$，$x_m>0$"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.core.facts import Facts
from derive.reading.names import names_of, spelling
from derive.said.spoken import ranges, understood

_LETTER = r"(?:\\[A-Za-z]+|[A-Za-z])(?:_(?:\{[A-Za-z0-9]+\}|[A-Za-z0-9]))?"
_NUMBER = r"-?\d+(?:\.\d+)?"
_LOW = r"(?:<|\\l(?:e|t|eq|eqslant)(?![A-Za-z]))"
_HIGH = r"(?:>|\\g(?:e|t|eq|eqslant)(?![A-Za-z]))"
_SET = (
    r"\\in\s*(?:\\(?:mathbb|mathbf)\s*\{?\s*[RNZ]\s*\}?(?:_(?:\+|\{[^{}]*\})|\^\+)?|\\R"
    rf"|[(\[]\s*(?:{_NUMBER}|-\s*\\infty)\s*,\s*(?:{_NUMBER}|\+?\\infty)\s*[)\]])"
)
_DOMAIN = re.compile(
    rf"(?:(?P<one>{_LETTER})\s*(?:(?:{_HIGH}|{_LOW})\s*{_NUMBER}|{_SET})"
    rf"|{_NUMBER}\s*{_LOW}\s*(?P<two>{_LETTER})\s*(?:{_LOW}\s*{_NUMBER})?)\Z"
)
_INLINE = re.compile(r"\$(?P<dollar>[^$\n]+)\$|\\\((?P<round>[^\n]{1,400}?)\\\)")
LONGEST = 80
_SENTENCE = re.compile(r"[.!?。！？](?=\s|\Z)|\n\s*\n|\$\$|\\\]|\\end\{")
_DECLARES = re.compile(
    r"\b(?:where|with|parameters?|unknown|known|fixed|constants?|rate|scale|shape|let)\b|其中|参数|未知|已知|[设且]",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"\b(?:if|when|whenever|unless|since|because|so|thus|hence|then|therefore|implies|cases?|suppose|assume|assuming"
    r"|provided|example|for|iff|gives?|shows?|that)\b|[若当如果故则时令]|因为|由于|所以|从而|例",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:[.,;:)，。；：）、]|\Z|\n|(?:is|are|and|be|both|unknown|known|fixed|given|the)\b|为|是|未知|已知|均|都|和)",
    re.IGNORECASE,
)
BEFORE = 300


def domains_said(text: str, facts: Facts) -> Iterator[tuple[str, int]]:
    r"""The ``given:`` lines that such formulas amount to, with their places.

    The sentence declares and supposes nothing; everywhere else that the text compares the letter with a number, it says
    the same. A letter with an index that runs, or that observations have, is none of these.

    >>> list(domains_said(r"with density $f$, where $\lambda > 0$ is the rate.", Facts()))
    [('\\lambda > 0', 24)]
    >>> list(domains_said(r"where $\lambda > 0$. If $\lambda < 0$, it diverges.", Facts()))
    []
    >>> list(domains_said(r"If $\lambda > 0$, it is concave.", Facts()))
    []
    """
    running = {index for index, _ in ranges(text)}
    done: set[str] = set()
    tried: dict[tuple[str, str], bool] = {}
    for found in _INLINE.finditer(text):
        inside = found["dollar"] or found["round"]
        if len(inside) > LONGEST:
            continue
        for said in stated_in(inside):
            name = letter_of(said)
            if name is None or name in done or not declares(text, found.start(), found.end()):
                continue
            if (name, said) not in tried:
                tried[name, said] = (
                    is_parameter(name, text, running)
                    and not names_of(facts).knows(spelling(name))
                    and all(same(other, said) for other in comparisons(name, text))
                )
            if tried[name, said]:
                done.add(name)
                yield said, found.start()


def stated_in(inside: str) -> Iterator[str]:
    r"""The parts between commas; letters before ``\mu > 0`` share its domain.

    >>> list(stated_in(r"\lambda, \mu > 0"))
    ['\\lambda > 0', '\\mu > 0']
    """
    waiting: list[str] = []
    for part in re.split(r",(?![^(\[]*[)\]])", inside):
        said = part.strip().rstrip(".;")
        if re.fullmatch(_LETTER, said):
            waiting.append(said)
            continue
        name = letter_of(said)
        if name is not None and said.startswith(name):
            yield from (letter + said.removeprefix(name) for letter in waiting)
        yield said
        waiting = []


def letter_of(said: str) -> str | None:
    """The letter whose domain it is; None for anything else."""
    found = _DOMAIN.match(said)
    return None if found is None else found["one"] or found["two"]


def is_parameter(name: str, text: str, running: set[str]) -> bool:
    """Is it one letter, and none of observations?"""
    stem, _, below = name.partition("_")
    if below and below.strip("{}") in {*running, "i", "j", "0", "1", "n", "N"}:
        return False
    family = rf"(?<![A-Za-z\\]){re.escape(stem)}_\{{?[ijtn1]\}}?(?![A-Za-z])"
    alike = [stem.lower(), stem.upper()] if not stem.startswith("\\") else [stem]
    if below:
        return True
    if name.isalpha() and name.islower() and re.search(rf"(?<![A-Za-z\\])[fpqg]\s*\(\s*{name}\s*(?:[;|)]|\\mid)", text):
        # What a density is a function of.
        return False
    return name not in running and not any(
        re.search(family.replace(re.escape(stem), re.escape(one), 1), text) for one in alike
    )


def declares(text: str, start: int, end: int) -> bool:
    """Do the words of the sentence around the formula say what a letter is, and suppose nothing?"""
    before = text[max(0, start - BEFORE) : start]
    words = re.sub(r"\$[^$]*\$", " ", _SENTENCE.split(before)[-1])
    clause = re.split(r"[,;，；]", words)[-1]
    if _SUPPOSES.search(clause) or not _ENDS.match(text, end):
        return False
    return _DECLARES.search(words) is not None and re.match(r"\s*时", text[end:]) is None


def comparisons(name: str, text: str) -> Iterator[str]:
    """All that the text compares the letter with, as far as that is a number."""
    letter = rf"(?<![A-Za-z\\_{{^(/*+\-])(?:{re.escape(name)})(?![A-Za-z_^({{'])"
    relation = rf"(?:{_LOW}|{_HIGH}|\\ne(?:q)?(?![A-Za-z])|\\in(?![A-Za-z])|=)"
    for found in re.finditer(
        rf"(?:(?P<front>{_NUMBER}\s*{relation}\s*)?{letter}(?:\s*{relation}\s*(?:{_NUMBER}(?![\d/\\A-Za-z])"
        rf"|[(\[][^()\[\]$]*[)\]]|\\(?:mathbb|mathbf)\s*\{{?[A-Z]\}}?(?:_\S+|\^\+)?))?)",
        text,
    ):
        if re.search(relation, found.group()):
            yield found.group()


def same(one: str, other: str) -> bool:
    """Do they say the same of the letter? A value that it is given in an example is checked against positivity only."""
    value = re.search(rf"=\s*({_NUMBER})\s*\Z", one)
    if value is not None and not re.match(_NUMBER, one):
        return float(value.group(1)) > 0 or (float(value.group(1)) == 0 and "mathbb" in other)
    return written(one) == written(other)


def written(said: str) -> str:
    """Without blanks, and with one spelling of the relations."""
    plain = re.sub(r"\\[lg](?:eqslant|eq|e|t)(?![A-Za-z])", lambda m: {"l": "<", "g": ">"}[m.group()[1]], said)
    return re.sub(r"\s+|[{}.,]", "", plain)


def with_domains_said(facts: Facts, text: str) -> tuple[Facts, list[tuple[str, int]]]:
    """The facts with these domains, and what was taken from the text."""
    taken: list[tuple[str, int]] = []
    for said, at in domains_said(text, facts):
        line = as_context(said)
        made = understood(line, facts)
        if made is not None:
            facts = made
            taken.append((line, at))
    return facts, taken


def as_context(said: str) -> str:
    r"""The line of context: of ``x_m`` that it is a letter, and no member of a family."""
    return f"letter {said}" if "_" in (letter_of(said) or "") else said
