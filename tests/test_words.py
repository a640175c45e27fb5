"""The words of a page: every language has the same sentences with the same holes, and each is in use."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

import derive
from derive.exercises.laws import GROUPS
from derive.rules.book import RULES
from derive.rules.logarithms import logarithms_joined
from derive.rules.sums import SUMS
from derive.writing.templates import languages, templates_folder

LANGUAGES = languages()
WORDS = {
    language: tomllib.loads((templates_folder() / "words" / f"{language}.toml").read_text("utf-8"))
    for language in LANGUAGES
}
TREES = [ast.parse(file.read_text("utf-8")) for file in sorted(Path(derive.__file__).parent.rglob("*.py"))]
NODES = [node for tree in TREES for node in ast.walk(tree)]
LITERALS = {node.value for node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)}
LAYOUTS = [file for file in templates_folder().glob("*/*") if file.parent.name != "words"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def spoken() -> set[str]:
    """The keys written out in ``Phrase("key", …)``."""
    calls = [n for n in NODES if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "Phrase"]
    keys = [call.args[0] for call in calls if call.args]
    return {key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}


def missing(words: dict[str, str]) -> list[str]:
    """What a translator still has to write, or has written with other holes; English leads."""
    made = [f"missing: {key} = {text!r}" for key, text in WORDS["en"].items() if key not in words]
    made += [f"not in English: {key}" for key in words if key not in WORDS["en"]]
    for key in words.keys() & WORDS["en"].keys():
        wanted, found = holes(WORDS["en"][key]), holes(words[key])
        if wanted != found:
            made.append(f"holes of {key}: {sorted(found)} instead of {sorted(wanted)}")
    return sorted(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_complete(language: str) -> None:
    assert missing(WORDS[language]) == []


def test_a_translator_is_told_what_is_missing() -> None:
    words = {key: text for key, text in WORDS["en"].items() if key != "solved"}
    assert missing(words) == [f"missing: solved = {WORDS['en']['solved']!r}"]
    assert missing(WORDS["en"] | {"solved": "Auflösen nach {wort}.", "mehr": "mehr"}) == [
        "holes of solved: ['wort'] instead of ['letter']",
        "not in English: mehr",
    ]


def test_words_are_flat_sentences() -> None:
    assert all(isinstance(sentence, str) and sentence for words in WORDS.values() for sentence in words.values())


def test_english_is_english() -> None:
    # A language names itself.
    assert [key for key, sentence in WORDS["en"].items() if CHINESE.search(sentence)] == ["gallery_chinese"]


def test_every_word_is_in_use() -> None:
    laws = {rule.id for rule in RULES} | {f"{rule.id}_law" for rule in (*SUMS, logarithms_joined)}
    laws |= {law for group in GROUPS.values() for law in group}
    shown = {key for layout in LAYOUTS for key in re.findall(r"words\.(\w+)", layout.read_text("utf-8"))}
    assert sorted(WORDS["en"].keys() - LITERALS - laws - shown) == []


def test_every_phrase_has_words() -> None:
    assert sorted(spoken() - WORDS["en"].keys()) == []
