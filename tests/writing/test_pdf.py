"""PDF from the engine that is there, and what is said where there is none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import derive
from derive.core.errors import DeriveError
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.pages.blocks import Listing, Page, Table
from derive.writing.formats import pdf, write

ENGINE = next(filter(None, map(shutil.which, ("pdflatex", "xelatex", "tectonic"))), None)
needs_engine = pytest.mark.skipif(ENGINE is None, reason="no TeX engine is installed")
HOSTILE = r"\input{/etc/passwd} \write18{touch /tmp/derive-was-here} \immediate\openout3=../x ^^5cinput % # $x$ 似然 ☃"


@needs_engine
def test_a_page_as_pdf() -> None:
    content = derive.mle("poisson").content("pdf")
    assert content.startswith(b"%PDF-") and content == derive.mle("poisson").content("pdf")


@needs_engine
def test_hostile_words_are_printed(tmp_path: Path) -> None:
    named = Phrase("document_coin")
    page = Page(named, (Table((named,), ((HOSTILE,),)), Listing(f"{HOSTILE}\n\n  x_1")), Notation(), Facts())
    document = write(page, "tex", "en", "brief")
    body = document.split(r"\begin{document}")[1]
    assert not any(command in body for command in (r"\input", r"\write", r"\immediate", r"\openout", "^^"))
    assert pdf.compiled(document, "en").startswith(b"%PDF-")


@needs_engine
@pytest.mark.parametrize("attack", [r"\input{/etc/passwd}", r"\openout3=../derive-was-here \write3{x}"])
def test_the_engine_reads_and_writes_nothing_outside(attack: str) -> None:
    document = rf"\documentclass{{article}}\begin{{document}}x {attack} y\end{{document}}"
    try:
        content = pdf.compiled(document, "en")
    except DeriveError:
        content = b""
    assert b"root:" not in content
    assert not Path("/tmp/derive-was-here").exists()


@needs_engine
def test_a_broken_document_is_a_fault() -> None:
    with pytest.raises(DeriveError, match="failed: Undefined control sequence"):
        pdf.compiled(r"\documentclass{article}\begin{document}\nonsense\end{document}", "en")


@needs_engine
def test_an_endless_document_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 2)
    with pytest.raises(DeriveError, match="did not finish in 2 seconds"):
        pdf.compiled(r"\documentclass{article}\begin{document}\loop\iftrue\repeat\end{document}", "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_an_engine(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setitem(os.environ, "PATH", "")
    with pytest.raises(derive.InputError, match="install TeX Live"):
        derive.mle("poisson").content("pdf", language)
