"""The command: arguments in, exit status out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

import click

from derive.core.errors import DeriveError, InputError
from derive.delivery import (
    ENDINGS,
    FORMATS,
    PLATFORMS,
    SITES,
    Output,
    address,
    check_target,
    ending_of,
    form_of,
    kept,
    output_options,
    output_options_in,
    print_out,
    write_file,
)

if TYPE_CHECKING:
    from derive.exercises.stress import Row
    from derive.results.result import Result
    from derive.writing.formats.look import Look

CHECK_FORMATS = ("text", "md", "html", "json")
SHEET_FORMATS = ("tex", "pdf", "md", "html", "text", "json", *PLATFORMS)
MARK_FORMATS = ("text", "md", "html", "json", "csv")
MARK_ENDINGS = {".txt": "text", ".md": "md", ".html": "html", ".json": "json", ".csv": "csv"}
ONE_PAGE = ("tex", "pdf", "md", "html", "text")
ONE_FILE = {ending: form for ending, form in ENDINGS.items() if form in ("json", *PLATFORMS)}

REFUSED, UNUSABLE = 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="derive", message="%(prog)s %(version)s")
def command() -> None:
    """Derivations of probability and statistics, step by step, each step judged."""


@command.command("list")
@click.argument("kind", type=click.Choice(["distributions", "models", "derivations"]), required=False)
def list_(kind: str | None) -> None:
    """What there is, a line each."""
    from derive import api

    lines = []
    kinds = (kind,) if kind else ("distributions", "models", "derivations")
    for one in kinds:
        entries = api.listing(one)
        if not kind and entries:
            lines.append(f"{one}:")
        name_width = max((len(name) for name, _ in entries), default=0)
        for name, meaning in entries:
            lines.append(f"{'' if kind else '  '}{name:<{name_width}}  {meaning}".rstrip())
    print_out("".join(f"{line}\n" for line in lines).encode())


@command.command()
@click.argument("distribution", required=False)
@click.option("--density", metavar="LATEX", help=r"A density of your own: '\\lambda e^{-\\lambda x}'.")
@click.option(
    "--parameter", "parameters", multiple=True, metavar="LATEX", help=r"Its parameters: '\\lambda > 0' (repeats)."
)
@click.option("--support", default="", metavar="LATEX", help="Where an observation lives: 'x > 0'.")
@click.option("--known", multiple=True, metavar="LETTER", help="A known parameter, not to be estimated (repeats).")
@click.option("--data", metavar="VALUES|FILE", help="Observations: '1 1 0 1', '0:7 1:12', a text or a CSV file.")
@click.option("--column", metavar="NAME", help="The column of a CSV file.")
@click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page, as data=D (repeats).")
@click.option("--numbers-first", is_flag=True, help="Put the data in from the start.")
@output_options
def mle(
    distribution: str | None,
    density: str | None,
    parameters: tuple[str, ...],
    support: str,
    known: tuple[str, ...],
    data: str | None,
    column: str | None,
    notation: tuple[str, ...],
    numbers_first: bool,
    output: Output,
) -> None:
    """The maximum-likelihood derivation of DISTRIBUTION."""
    if column is not None and data is None:
        raise InputError(f"--column {column}: there are no data", "name the file with --data")
    if numbers_first and data is None:
        raise InputError("--numbers-first: there are no data", "give them with --data")
    if (distribution is None) == (density is None):
        raise InputError("name a distribution, or declare one with --density", "derive mle normal")
    if density is None and (parameters or support):
        raise InputError("--parameter and --support belong to --density")
    from derive import api

    chosen = distribution if density is None else api.own(density, parameters, support)
    assert chosen is not None
    result = api.mle(chosen, known=known, data=data, column=column, notation=notation, numbers_first=numbers_first)
    output.deliver(result)


def quantity_options(made: Callable[..., None]) -> Callable[..., None]:
    """What entropies and divergences share."""
    at = click.option("--at", default="", metavar="'p=0.1, q=0.2'", help="Values of the letters: also give the number.")
    base = click.option(
        "--base", type=click.Choice(["2", "e", "10"]), default="e", show_default=True, help="Of the logarithm."
    )
    letters = click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page (repeats).")
    method = click.option(
        "--method", type=click.Choice(["", "exponential-family"]), default="", help="Another route to the same result."
    )
    return at(base(method(letters(output_options(made)))))


@command.command()
@click.argument("distribution")
@quantity_options
def entropy(distribution: str, at: str, base: str, method: str, notation: tuple[str, ...], output: Output) -> None:
    """The entropy of DISTRIBUTION."""
    from derive import api

    output.deliver(api.entropy(distribution, at=at, base=base, method=method, notation=notation))


@command.command("cross-entropy")
@click.argument("p")
@click.argument("q")
@quantity_options
def cross_entropy(p: str, q: str, at: str, base: str, method: str, notation: tuple[str, ...], output: Output) -> None:
    """The cross-entropy of Q relative to P."""
    from derive import api

    output.deliver(api.cross_entropy(p, q, at=at, base=base, method=method, notation=notation))


@command.command()
@click.argument("p")
@click.argument("q")
@quantity_options
def kl(p: str, q: str, at: str, base: str, method: str, notation: tuple[str, ...], output: Output) -> None:
    """The KL divergence from P to Q."""
    from derive import api

    output.deliver(api.kl(p, q, at=at, base=base, method=method, notation=notation))


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
) -> None:
    """The verdict on every relation of hand-written derivations; - reads standard input, a folder is searched."""
    chosen = form or form_of(out)
    if chosen not in CHECK_FORMATS:
        raise InputError(f"there is no report in the format {chosen}", ", ".join(CHECK_FORMATS))
    if out is not None:
        check_target(out)

    from derive import api

    show = _progress if sys.stderr.isatty() and out is None else None
    result = api.check(*files, given=given, jobs=jobs, seconds=seconds, progress=show)
    colours = chosen == "text" and out is None and sys.stdout.isatty()
    content = result.text(chosen, language, colours).encode()
    if out is None:
        print_out(content)
    else:
        write_file(out / f"check{ending_of(chosen)}" if out.is_dir() else out, content)
    if result.refuted:
        context.exit(REFUSED)


def _progress(name: str, done: int, total: int) -> None:
    """On standard error, over itself, cleared at the end."""
    click.echo(f"\r\x1b[K{name} {done}/{total}" if done < total else "\r\x1b[K", nl=False, err=True)


@command.command()
@click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page, as data=D (repeats).")
@output_options
def catalogue(notation: tuple[str, ...], output: Output) -> None:
    """The table of all declared families: density, estimates, and which ending each derivation has."""
    from derive import api

    output.deliver(api.catalogue(notation=notation))


@command.command()
@click.argument("model")
@click.option("--prior", metavar="DISTRIBUTION", help="Of each weight, as 'normal(0, \\tau^2)': maximum a posteriori.")
@click.option("--labels", metavar="VALUES", help="Responses 0 or 1, put into the likelihood: '1 1 0', '1:10'.")
@click.option("--predicted", metavar="VALUES", help="The predicted probability of 1 for each of them: '0.7 0.9 0.5'.")
@click.option("--data", metavar="FILE", help="A CSV file with a line of names: the model is fitted to it.")
@click.option("--response", metavar="NAME", help="Its column of responses (several with commas for one-hot labels).")
@click.option("--intercept", is_flag=True, help="Add a column of ones to the inputs.")
@click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page, as size=n (repeats).")
@output_options
def loss(
    model: str,
    prior: str | None,
    labels: str | None,
    predicted: str | None,
    data: str | None,
    response: str | None,
    intercept: bool,
    notation: tuple[str, ...],
    output: Output,
) -> None:
    """The training loss that MODEL's negative log-likelihood is: gradient, Hessian, minimum, code.

    MODEL is a named model (see `derive list models`), a distribution with a link, as 'poisson(\\exp(w^T x))', or `all`
    for a table of the named ones. With --prior it may be a distribution without inputs, as bernoulli.
    """
    if data is None and (response is not None or intercept):
        raise InputError(f"--{'response' if response else 'intercept'}: there are no data", "name the file with --data")
    from derive import api

    result = api.loss(
        model,
        prior=prior,
        labels=labels,
        predicted=predicted,
        data=data,
        response=response,
        intercept=intercept,
        notation=notation,
    )
    output.deliver(result)


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


@contextmanager
def progress(length: int) -> Iterator[Callable[[], object]]:
    """A bar on standard error, where that is a terminal; what is yielded moves it by one."""
    with click.progressbar(length=length, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield lambda: bar.update(1)


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


@command.command()
@click.option("--check", is_flag=True, help="Only compare; exit 1 on any difference.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True)
@click.pass_context
def gallery(context: click.Context, check: bool, folder: Path) -> None:
    """(Re)build the gallery of derivations."""
    from derive import gallery as pieces

    with progress(len(pieces.PIECES)) as advance:
        if check:
            wrong = pieces.differences(folder, result_of, advance)
        else:
            count = pieces.build(folder, result_of, advance)
    if not check:
        click.echo(f"{count} files in {folder}")
        return
    for name in wrong:
        click.echo(f"{folder / name} differs", err=True)
    if wrong:
        context.exit(REFUSED)


def result_of(arguments: Sequence[str]) -> Result:
    """What a command comes to, instead of its page.

    >>> result_of(["mle", "bernoulli", "--data", "1 1 0 1"]).name
    'mle-bernoulli'
    """
    return asked(arguments)[0]


def asked(arguments: Sequence[str]) -> tuple[Result, str, str]:
    """The same with the language and the detail that were asked for."""
    with kept() as results:
        try:
            command.main(args=list(arguments), prog_name="derive", standalone_mode=False)
        except click.UsageError as error:
            raise InputError(error.format_message()) from None
    result, output = results[-1]
    return cast("Result", result), output.language, output.detail


@command.command()
@click.argument("posts", nargs=-1, required=True, metavar="POST.md…")
@click.option("--lang", "language", metavar="en|zh", help="The sentences' language where a block names none.")
@click.option("--site", type=click.Choice(SITES), help="Write mathematics as this site generator reads it.")
@click.option("--check", is_flag=True, help="Only compare; exit 1 if a post is not up to date.")
@click.pass_context
def fill(context: click.Context, posts: tuple[str, ...], language: str | None, site: str | None, check: bool) -> None:
    """Fill in, or refresh, the blocks of commands in Markdown posts (- reads standard input)."""
    from derive.filling import filled

    def derive(arguments: Sequence[str]) -> tuple[Result, str, str]:
        named = any(a == "--lang" or a.startswith("--lang=") for a in arguments)
        return asked([*arguments, *(("--lang", language) if language and not named else ())])

    made: list[tuple[Path | None, str, str]] = []
    for post in posts:
        path = None if post == "-" else Path(post)
        text = read_post(path)
        folder = path.parent if path else Path()
        with chdir(folder):
            made.append((path, text, filled(text, derive, name=post, folder=Path(), site=site or "")))
    stale = [path or "standard input" for path, before, after in made if before != after]
    if check:
        for name in stale:
            click.echo(f"{name} is not up to date", err=True)
        context.exit(REFUSED if stale else 0)
    for path, before, after in made:
        if path is None:
            print_out(after.encode())
        elif before != after:
            write_file(path, after.encode())


def read_post(path: Path | None) -> str:
    """The text of a post, line ends as they are.

    Raises:
        InputError: it is not text.
    """
    raw = sys.stdin.buffer.read() if path is None else path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path or 'standard input'}: not UTF-8 at byte {error.start}") from None


def main() -> NoReturn:
    """Run the command and leave with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # Mathematics needs more than a plain C locale can write.
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8")
    sys.exit(run(None))


def run(arguments: list[str] | None) -> int:
    """The exit status of the command with these arguments (those of the process if None)."""
    try:
        status = command.main(args=arguments, prog_name="derive", standalone_mode=False)
    except InputError as error:
        return _complain(str(error), UNUSABLE)
    except DeriveError as error:
        return _complain(str(error), REFUSED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except OSError as error:
        return _complain(f"{error.filename or 'output'}: {error.strerror}", UNUSABLE)
    return status if isinstance(status, int) else 0


def _complain(message: str, status: int) -> int:
    click.echo(f"derive: {message}", err=True)
    return status
