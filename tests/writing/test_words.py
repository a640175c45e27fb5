"""Sentences with holes."""

from __future__ import annotations

import pytest
import sympy as sp

from derive.core.errors import DeriveError
from derive.core.phrase import Name, Phrase
from derive.core.statement import Side, equation
from derive.writing.latex import latex
from derive.writing.templates import templates_folder
from derive.writing.words import holes, say, words_of

WORDS = {
    "list_separator": ", ",
    "list_last": " and ",
    "condition_separator": ", ",
    "condition_last": " and also ",
    "clause_separator": ", ",
    "clause_last": ", then ",
    "sum": "the sum of {terms}",
    "by": "by {reason}, {n} times",
    "law": "the law of {name}",
    "bare": "no holes {{here}}",
}
a, b, c = sp.symbols("a b c")


def shown(side: Side) -> str:
    return f"${latex(side)}$"


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        (Phrase("sum", {"terms": a}), "the sum of $a$"),
        (Phrase("sum", {"terms": (a, b)}), "the sum of $a$ and $b$"),
        (Phrase("sum", {"terms": (a, b, equation(c))}), "the sum of $a$, $b$ and $c = 0$"),
        (Phrase("sum", {"terms": (equation(a), equation(c))}), "the sum of $a = 0$ and also $c = 0$"),
        (
            Phrase("sum", {"terms": (Phrase("bare"), Phrase("bare"))}),
            "the sum of no holes {here}, then no holes {here}",
        ),
        (Phrase("by", {"reason": Phrase("sum", {"terms": a}), "n": 2}), "by the sum of $a$, 2 times"),
        (Phrase("law", {"name": "Bayes"}), "the law of Bayes"),
        (Phrase("law", {"name": Name({"zh": "贝叶斯"}, "Bayes")}), "the law of Bayes"),
        (Phrase("bare"), "no holes {here}"),
    ],
)
def test_said(phrase: Phrase, sentence: str) -> None:
    assert say(phrase, "en", shown, WORDS) == sentence


def test_a_name_in_its_language() -> None:
    assert say(Phrase("law", {"name": Name({"zh": "贝叶斯"}, "Bayes")}), "zh", shown, WORDS) == "the law of 贝叶斯"


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        (Phrase("missing"), "en: no sentence for 'missing'"),
        (Phrase("sum"), "en: sum: the sentence has the holes"),
        (Phrase("sum", {"terms": a, "more": b}), "en: sum: the sentence has the holes"),
        (Phrase("sum", {"terms": 1.5}), "a float cannot fill a hole"),
    ],
)
def test_faults_name_the_key_and_the_language(phrase: Phrase, message: str) -> None:
    with pytest.raises(DeriveError, match=message):
        say(phrase, "en", shown, WORDS)


def test_holes_are_listed_once() -> None:
    assert holes("{a} and {b} and {a}") == ("a", "b")


def test_unknown_language_is_refused() -> None:
    assert templates_folder().is_dir()
    with pytest.raises(DeriveError, match="'xx'"):
        words_of("xx")
