"""The commands that read: one formula, or whole documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from derive.cli.group import REFUSED, UNUSABLE, command
from derive.core.errors import InputError
from derive.delivery import (
    address,
    check_target,
    ending_of,
    form_of,
    print_out,
    write_file,
)

if TYPE_CHECKING:
    pass

CHECK_FORMATS = ("text", "md", "html", "json")


@command.command("read")
@click.argument("latex")
@click.option("--given", multiple=True, metavar="LINE", help=r"Context: 'x_i ~ poisson(\\lambda), i = 1..N' (repeats).")
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def read_(run: click.Context, latex: str, given: tuple[str, ...], language: str, form: str) -> None:
    """How the formula LATEX is understood (-: one formula a line from standard input)."""
    from derive import api
    from derive.results import readings

    many = latex == "-"
    sources = [line.rstrip("\r\n") for line in sys.stdin if line.strip()] if many else [latex]
    formulas = api.read(sources, given)
    errors = [one.error for one in formulas if one.error is not None]
    if errors and not many:
        raise errors[0]
    write = readings.as_json if form == "json" else readings.as_text
    print_out(write(formulas, language).encode())
    if errors:
        run.exit(UNUSABLE)


@command.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--given", multiple=True, metavar="'…'", help="Context, as 'x_i ~ poisson(\\lambda), i = 1..N' (repeats)."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Files checked at once.")
@click.option("--seconds", type=click.FloatRange(1), default=300.0, show_default=True, help="At most for each file.")
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--format", "form", type=click.Choice(CHECK_FORMATS), help="Default: text to a terminal, md otherwise.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write there; its ending gives the format."
)
@click.option("--katex", metavar="PATH|URL", help="The folder of KaTeX for HTML, instead of the network's.")
@click.option("--verbose", is_flag=True, help="A text lists the lines that hold too, not only their number.")
@click.pass_context
def check(
    context: click.Context,
    files: tuple[str, ...],
    given: tuple[str, ...],
    jobs: int,
    seconds: float,
    language: str,
    form: str | None,
    out: Path | None,
    katex: str | None,
    verbose: bool,
) -> None:
    """The verdict on every relation of hand-written derivations; - reads standard input, a folder is searched."""
    chosen = form or form_of(out)
    if chosen not in CHECK_FORMATS:
        raise InputError(f"there is no report in the format {chosen}", ", ".join(CHECK_FORMATS))
    if out is not None:
        check_target(out)
    if katex and chosen != "html":
        raise InputError(f"--katex {katex}: the format is {chosen}", "--format html")
    found = address(katex or "", out)

    from derive import api

    show = _progress if sys.stderr.isatty() and out is None else None
    result = api.check(*files, given=given, jobs=jobs, seconds=seconds, progress=show)
    colours = chosen == "text" and out is None and sys.stdout.isatty()
    content = result.text(chosen, language, colours, verbose, found).encode()
    if out is None:
        print_out(content)
    else:
        write_file(out / f"check{ending_of(chosen)}" if out.is_dir() else out, content)
    if result.refuted:
        context.exit(REFUSED)


def _progress(name: str, done: int, total: int) -> None:
    """On standard error, over itself, cleared at the end."""
    click.echo(f"\r\x1b[K{name} {done}/{total}" if done < total else "\r\x1b[K", nl=False, err=True)
