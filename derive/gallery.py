"""The gallery: chosen derivations in every language and format, built by one command and compared by another."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from derive.api.processors import cores
from derive.core.facts import Facts
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Side
from derive.pages.blocks import Link, Page, Prose, Table
from derive.results.result import Result
from derive.writing.templates import templates_folder

Derive = Callable[[Sequence[str]], Result]
Advance = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Piece:
    """One derivation of the gallery.

    Args:
        stem: of its files.
        command: what stands after ``derive`` on the command line.
        document: the key of the document that it reproduces; empty for one beyond them.
    """

    stem: str
    command: tuple[str, ...]
    document: str = ""


COIN = "1 1 0 1 1 1 1 0 1 1"

PIECES = (
    Piece("coin-binomial", ("mle", "binomial(10, p)", "--data", "8", "--numbers-first"), "document_coin"),
    Piece("coin-tosses", ("mle", "bernoulli", "--data", COIN), "document_coin"),
    Piece("bernoulli", ("mle", "bernoulli", "--notation", "data=D"), "document_bernoulli"),
    Piece("normal", ("mle", "normal", "--notation", "data=D"), "document_normal"),
    Piece("normal-known-variance", ("mle", "normal", "--known", "sigma^2")),
    Piece("categorical", ("mle", "categorical")),
    Piece("poisson", ("mle", "poisson")),
    Piece("exponential", ("mle", "exponential")),
    Piece("geometric", ("mle", "geometric")),
    Piece("catalogue", ("catalogue",)),
    Piece("lindley", ("mle", "lindley")),
    Piece("uniform", ("mle", "uniform")),
    Piece("pareto", ("mle", "pareto")),
    Piece("laplace", ("mle", "laplace")),
    Piece("log-series", ("mle", "log-series")),
    Piece("gamma", ("mle", "gamma", "--data", "0.5 1.2 2.2 3.1")),
    Piece("weibull", ("mle", "weibull")),
    Piece("negative-binomial", ("mle", "negative-binomial", "--data", "0:7 1:12 2:3 4:2 9:1")),
    Piece("beta", ("mle", "beta")),
    Piece("dirichlet", ("mle", "dirichlet")),
    Piece("entropy-bernoulli", ("entropy", "bernoulli", "--at", "p=0.1", "--base", "2"), "document_entropy"),
    Piece("entropy", ("entropy", "p"), "document_entropy"),
    Piece("kl", ("kl", "p", "q"), "document_kl"),
    Piece("kl-normal", ("kl", "normal", "normal"), "document_kl"),
    Piece("kl-standard-normal", ("kl", r"normal(\mu_1, \sigma_1^2)", "normal(0, 1)"), "document_kl"),
    Piece("cross-entropy", ("cross-entropy", "p", "q"), "document_cross_entropy"),
    Piece("cross-entropy-bernoulli", ("cross-entropy", "bernoulli(p)", "bernoulli(q)"), "document_cross_entropy"),
    Piece(
        "likelihood-and-cross-entropy",
        ("cross-entropy", "data", "model", "--at", "q=(0.7, 0.9, 0.5)"),
        "document_likelihood",
    ),
    Piece("kl-exponential-family", ("kl", "normal", "normal", "--method", "exponential-family")),
    Piece("entropy-gamma", ("entropy", "gamma")),
    Piece("kl-weibull-gamma", ("kl", "weibull", "gamma")),
    Piece("kl-pareto-normal", ("kl", "pareto", "normal")),
    Piece("kl-normal-exponential", ("kl", "normal", "exponential")),
    Piece("losses", ("loss", "all"), "document_losses"),
    Piece("linear-regression", ("loss", "linear-regression"), "document_losses"),
    Piece("logistic-regression", ("loss", "logistic-regression"), "document_losses"),
    Piece("softmax-regression", ("loss", "softmax-regression"), "document_classification"),
    Piece("poisson-regression", ("loss", "poisson-regression"), "document_losses"),
    Piece("laplace-regression", ("loss", "laplace-regression"), "document_losses"),
    Piece(
        "three-cats",
        ("loss", "logistic-regression", "--labels", "1 1 1", "--predicted", "0.7 0.9 0.5"),
        "document_cats",
    ),
    Piece("ridge", ("loss", "linear-regression", "--prior", r"normal(0, \tau^2)")),
    Piece("lasso", ("loss", "linear-regression", "--prior", "laplace(0, b)")),
    Piece("coin-prior", ("loss", "bernoulli", "--prior", "beta(a, b)")),
    Piece("sheet", ("exercises", "templates/sheet.toml", "--seed", "7", "--no-answer")),
    Piece("key", ("exercises", "templates/sheet.toml", "--seed", "7")),
    Piece("waiting-times", ("loss", r"exponential(\exp(w^T x))")),
)
LANGUAGES = ("en", "zh")
# The pages of a piece, and how fine: a page of HTML has the finer steps folded in.
FORMATS = {"md": "brief", "html": "brief", "tex": "full"}
INDEXES = {("en", "md"): "README.md", ("en", "html"): "index.html", ("zh", "md"): "README.zh.md"} | {
    ("zh", "html"): "index.zh.html"
}


@dataclass(frozen=True, slots=True)
class Built:
    """A piece's files, and its entry in the index."""

    piece: Piece
    files: tuple[tuple[str, str], ...]
    title: Phrase
    formulas: tuple[Side, ...]


def build_piece(piece: Piece, derive: Derive) -> Built:
    """One piece in all languages and formats."""
    result = derive([located(argument) for argument in piece.command])
    files = tuple(
        (f"{language}/{piece.stem}.{form}", result.text(form, language, detail))
        for language in LANGUAGES
        for form, detail in FORMATS.items()
    )
    return Built(piece, files, result.page().title, result.formulas)


def located(argument: str) -> str:
    """A file of the templates where it is; any other argument as it stands."""
    folder, slash, name = argument.partition("/")
    return str(templates_folder() / name) if slash and folder == "templates" else argument


def built(derive: Derive, advance: Advance = lambda: None) -> dict[str, str]:
    """Relative path and text of every file, in order; the pieces are derived on all cores."""
    done: dict[Piece, Built] = {}
    with ProcessPoolExecutor(min(len(PIECES), cores())) as pool:
        for future in as_completed([pool.submit(build_piece, piece, derive) for piece in PIECES]):
            made = future.result()
            done[made.piece] = made
            advance()
    in_order = [done[piece] for piece in PIECES]
    files = dict(chain.from_iterable(made.files for made in in_order))
    return files | dict(indexes(in_order))


def indexes(pieces: Sequence[Built]) -> Iterator[tuple[str, str]]:
    """The pages that lead to all others: a README for the repository and a page for a browser, in each language."""
    from derive.writing.formats import write

    for (language, form), name in INDEXES.items():
        page = index_page(pieces, INDEXES)
        yield name, write(page, form, language, "brief")


def index_page(pieces: Sequence[Built], others: Mapping[tuple[str, str], str]) -> Page:
    """A row a piece: title, formula, documents, command, pages."""
    rows = tuple(
        (
            made.title,
            made.formulas,
            Phrase(made.piece.document) if made.piece.document else "",
            shlex.join(("derive", *made.piece.command)),
            *(
                tuple(Link(form, f"{language}/{made.piece.stem}.{form}") for form in ("html", "md", "tex"))
                for language in LANGUAGES
            ),
        )
        for made in pieces
    )
    keys = ("gallery_piece", "gallery_formula", "gallery_document", "gallery_command")
    head = tuple(map(Phrase, (*keys, "gallery_english", "gallery_chinese")))
    elsewhere = tuple(Link(name, name) for name in others.values())
    blocks = (
        Prose((Phrase("gallery_intro"), Phrase("gallery_rebuild"))),
        Table(head, rows),
        Table((Phrase("gallery_elsewhere"),), ((elsewhere,),)),
    )
    return Page(Phrase("gallery_title"), blocks, Notation(), Facts())


def build(folder: Path, derive: Derive, advance: Advance = lambda: None) -> int:
    """Write every file, and remove those that are no longer built; how many there are."""
    files = built(derive, advance=advance)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for name in present(folder) - set(files):
        (folder / name).unlink()
    return len(files)


def differences(folder: Path, derive: Derive, advance: Advance = lambda: None) -> list[str]:
    """The files that are missing, differ, or are there without being built."""
    wanted = built(derive, advance=advance)
    found = present(folder)
    wrong = [name for name, text in wanted.items() if name not in found or (folder / name).read_text("utf-8") != text]
    return sorted({*wrong, *(found - set(wanted))})


def present(folder: Path) -> set[str]:
    """The pages that are there."""
    endings = {f".{form}" for form in FORMATS}
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in endings}
