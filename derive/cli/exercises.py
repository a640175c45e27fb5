"""The commands of a lecturer: sheets, single exercises, marks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from derive.cli.group import REFUSED, command, progress
from derive.core.errors import InputError
from derive.delivery import (
    ENDINGS,
    FORMATS,
    PLATFORMS,
    Output,
    address,
    check_target,
    form_of,
    output_options_in,
    print_out,
    write_file,
)

if TYPE_CHECKING:
    from derive.exercises.stress import Row
    from derive.writing.formats.look import Look

SHEET_FORMATS = ("tex", "pdf", "md", "html", "text", "json", *PLATFORMS)
MARK_FORMATS = ("text", "md", "html", "json", "csv")
MARK_ENDINGS = {".txt": "text", ".md": "md", ".html": "html", ".json": "json", ".csv": "csv"}
ONE_PAGE = ("tex", "pdf", "md", "html", "text")
ONE_FILE = {ending: form for ending, form in ENDINGS.items() if form in ("json", *PLATFORMS)}


@command.command()
@click.argument("sheet", type=click.Path(path_type=Path), metavar="SHEET.toml")
@click.option("--variants", type=int, default=1, show_default=True, help="How many, no two the same.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same files.")
@click.option("--lang", "language", metavar="en|zh", help="The sentences' language, instead of the sheet's own.")
@click.option(
    "--format",
    "form",
    type=click.Choice(SHEET_FORMATS),
    help="Default: md; json, moodle or qti if --out ends in .json, .xml or .zip.",
)
@click.option("--class", "document_class", type=click.Choice(["exam", "article"]), default="exam", show_default=True)
@click.option("--katex", metavar="PATH|URL", help="The folder of KaTeX for HTML, instead of the network's.")
@click.option("--templates", type=click.Path(path_type=Path), metavar="DIR", help="Templates that go before ours.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; one for each core unless told.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="The folder for sheets and keys.")
@click.option("--answer/--no-answer", default=True, help="Without --out: the key or the sheet of the only variant.")
@click.option("--stress", type=int, metavar="N", help="Only make and check N variants: a table of what went wrong.")
@click.pass_context
def exercises(
    context: click.Context,
    sheet: Path,
    variants: int,
    seed: int,
    language: str | None,
    form: str | None,
    document_class: str,
    katex: str | None,
    templates: Path | None,
    jobs: int | None,
    out: Path | None,
    answer: bool,
    stress: int | None,
) -> None:
    """Question sheets, answer keys and marking schemes, as SHEET.toml asks for them."""
    from derive import api
    from derive.writing.templates import languages

    if language is not None and language not in languages(templates):
        raise InputError(f"--lang {language}: there are no words for this language", ", ".join(languages(templates)))
    if stress is not None:
        with progress(stress) as advance:
            rows = api.stress(sheet, count=stress, seed=seed, jobs=jobs, advance=advance)
        print_out(stress_table(rows).encode())
        if any(row.failures for row in rows):
            context.exit(REFUSED)
        return
    chosen = form or ONE_FILE.get(out.suffix if out is not None else "", "md")
    if out is None and chosen in ONE_PAGE and variants == 1:
        one = api.sheet(sheet, seed=seed, solved=answer)
        written_in = language or one.variant.sheet.language
        Output(written_in, chosen, katex=katex or "", templates=templates, document_class=document_class).deliver(one)
        return
    if out is None and chosen not in ONE_FILE.values() and variants > 0:
        raise InputError(f"--variants {variants}: there are several files", "name a folder for them with --out")
    look = look_of(address(katex or "", out / "sheet.html" if out else None), templates, document_class)
    with progress(variants) as advance:
        made = api.exercises(
            sheet, variants=variants, seed=seed, form=chosen, language=language, look=look, jobs=jobs, advance=advance
        )
    deliver_files(made, chosen, out)


def look_of(katex: str, templates: Path | None, document_class: str) -> Look:
    """How pages are dressed."""
    from derive.writing.formats.look import Look

    return Look(katex=katex, templates=templates, document_class=document_class)


def stress_table(rows: Sequence[Row]) -> str:
    """Rows as text."""
    lines = [f"{'problem':>7}  {'kind':<18}  {'made':>5}  {'size of answer':>15}  {'repeated':>8}  failures"]
    for row in rows:
        sizes = " / ".join(map(str, row.sizes))
        failures = "; ".join(f"{fault} ({count})" for fault, count in row.failures) or "none"
        lines.append(f"{row.place + 1:>7}  {row.kind:<18}  {row.made:>5}  {sizes:>15}  {row.repeated:>8}  {failures}")
    return "\n".join(lines) + "\n"


def deliver_files(files: dict[str, bytes], form: str, out: Path | None) -> None:
    """Sheets and keys into a folder; what is one file to standard output, or into a file of that kind."""
    ending = next((e for e, one in ONE_FILE.items() if one == form), "")
    if out is None:
        print_out(files[f"exercises{ending}"])
        return
    if out.suffix in ONE_FILE and not out.is_dir():
        if out.suffix not in (ending, ".json"):
            raise InputError(f"--out {out}: the format is {form}", "name a folder, or leave --format out")
        check_target(out)
        write_file(out, files[f"exercises{out.suffix}"])
        return
    if out.is_file():
        raise InputError(f"--out {out}: it is a file", "name a folder")
    out.mkdir(parents=True, exist_ok=True)
    for name in files:
        check_target(out / name)
    for name, content in files.items():
        write_file(out / name, content)
    click.echo(f"{len(files)} files in {out}", err=True)


@command.command()
@click.argument("verb", metavar="DERIVATION")
@click.argument("subjects", nargs=-1, required=True, metavar="DISTRIBUTION…")
@click.option("--kind", default="derive", show_default=True, help="derive, fill-in, order, find-error, name-law, …")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same exercise.")
@click.option("--difficulty", default="medium", show_default=True, metavar="easy|medium|hard")
@click.option("--points", type=click.IntRange(1, 1000), default=6, show_default=True)
@click.option("--known", multiple=True, metavar="LETTER", help="A known parameter, not to be estimated (repeats).")
@click.option("--answer/--no-answer", default=True, show_default=True, help="Is the answer on the page too?")
@output_options_in((*FORMATS, *PLATFORMS))
def exercise(
    verb: str,
    subjects: tuple[str, ...],
    kind: str,
    seed: int,
    difficulty: str,
    points: int,
    known: tuple[str, ...],
    answer: bool,
    output: Output,
) -> None:
    """One exercise made from a derivation, as in `derive exercise mle poisson --kind find-error --seed 3`."""
    from derive import api

    made = api.exercise(
        verb, *subjects, kind=kind, seed=seed, difficulty=difficulty, points=points, known=known, solved=answer
    )
    output.deliver(made)


@command.command()
@click.argument("key", type=click.Path(path_type=Path), metavar="KEY.json")
@click.argument("answers", nargs=-1, required=True, metavar="ANSWER.md…")
@click.option("--variant", type=int, default=1, show_default=True, help="Of the files that name none in a comment.")
@click.option("--seconds", type=click.FloatRange(1), default=120.0, show_default=True, help="At most for each student.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Students marked at once.")
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--format", "form", type=click.Choice(MARK_FORMATS), help="Default: text to a terminal, md otherwise.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE|DIR", help="A folder: a file for each student.")
@click.option("--csv", "table", type=click.Path(path_type=Path), metavar="FILE", help="The table of the class.")
def mark(
    key: Path,
    answers: tuple[str, ...],
    variant: int,
    seconds: float,
    jobs: int,
    language: str,
    form: str | None,
    out: Path | None,
    table: Path | None,
) -> None:
    """Points and feedback for answers to a sheet; KEY.json is the exercises.json that `derive exercises` writes.

    ANSWER.md is one file a student, or a folder of them; .tex works too. A comment such as <!-- variant: 3 --> says
    which variant it answers, headings such as "## Problem 2" which problem. What cannot be decided is left to a person.
    """
    whole = out is not None and not out.is_dir() and out.suffix.lower() in MARK_ENDINGS
    chosen = form or (MARK_ENDINGS[out.suffix.lower()] if whole and out is not None else form_of(None))
    chosen = "md" if form is None and out is not None and not whole else chosen
    for target in (out if whole else None, table):
        if target is not None:
            check_target(target)
    if out is not None and not whole and out.is_file():
        raise InputError(
            f"--out {out}: it is a file", "name a folder, or a file ending in .md, .html, .txt, .json or .csv"
        )

    from derive import api

    with click.progressbar(length=1, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        result = api.mark(key, *answers, variant=variant, seconds=seconds, jobs=jobs)
        bar.update(1)
    if out is None:
        print_out(result.text(chosen, language).encode())
    elif whole:
        write_file(out, result.text(chosen, language).encode())
    else:
        out.mkdir(parents=True, exist_ok=True)
        files = result.files(chosen, language)
        for name, content in files.items():
            write_file(out / name, content)
        click.echo(f"{len(files)} files in {out}", err=True)
    if table is not None:
        write_file(table, result.text("csv", language).encode())
