"""The command: arguments in, exit status out."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Literal, NoReturn

import click

from derive.core.errors import DeriveError, InputError

FORMATS = ("text", "md", "tex", "json")
ENDINGS = {".txt": "text", ".md": "md", ".markdown": "md", ".tex": "tex", ".json": "json"}

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
    _print("".join(f"{line}\n" for line in lines))


@command.command()
@click.argument("distribution")
@click.option("--known", multiple=True, metavar="LETTER", help="A known parameter, not to be estimated (repeats).")
@click.option("--data", metavar="VALUES|FILE", help="Observations: '1 1 0 1', '0:7 1:12', a text or a CSV file.")
@click.option("--column", metavar="NAME", help="The column of a CSV file.")
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: text to a terminal, md otherwise.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write there; its ending gives the format."
)
@click.option("--detail", type=click.Choice(["brief", "full"]), default="brief", show_default=True)
@click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page, as data=D (repeats).")
@click.option("--numbers-first", is_flag=True, help="Put the data in from the start.")
def mle(
    distribution: str,
    known: tuple[str, ...],
    data: str | None,
    column: str | None,
    language: str,
    form: str | None,
    out: Path | None,
    detail: Literal["brief", "full"],
    notation: tuple[str, ...],
    numbers_first: bool,
) -> None:
    """The maximum-likelihood derivation of DISTRIBUTION."""
    if column is not None and data is None:
        raise InputError(f"--column {column}: there are no data", "name the file with --data")
    if numbers_first and data is None:
        raise InputError("--numbers-first: there are no data", "give them with --data")
    chosen = form or _form(out)
    if out is not None:
        _check_target(out)

    from derive import api

    result = api.mle(
        distribution, known=known, data=data, column=column, notation=notation, numbers_first=numbers_first
    )
    _deliver(result.text(chosen, language, detail), out)


@command.command()
@click.argument("model")
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: text to a terminal, md otherwise.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write there; its ending gives the format."
)
@click.option("--detail", type=click.Choice(["brief", "full"]), default="brief", show_default=True)
@click.option("--notation", multiple=True, metavar="KEY=VALUE", help="A letter of the page, as size=n (repeats).")
def loss(
    model: str,
    language: str,
    form: str | None,
    out: Path | None,
    detail: Literal["brief", "full"],
    notation: tuple[str, ...],
) -> None:
    """The training loss that MODEL's negative log-likelihood is: gradient, Hessian, minimum, code.

    MODEL is a named model (see `derive list models`) or a distribution with a link, as 'poisson(\\exp(w^T x))'.
    """
    chosen = form or _form(out)
    if out is not None:
        _check_target(out)

    from derive import api

    result = api.loss(model, notation=notation)
    _deliver(result.text(chosen, language, detail), out)


@command.command()
@click.option("--check", is_flag=True, help="Only compare; exit 1 on any difference.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True)
@click.pass_context
def gallery(context: click.Context, check: bool, folder: Path) -> None:
    """(Re)build the gallery of derivations."""
    from derive import gallery as pieces

    if not check:
        click.echo(f"{pieces.build(folder)} files in {folder}")
        return
    wrong = pieces.differences(folder)
    for name in wrong:
        click.echo(f"{folder / name} differs", err=True)
    if wrong:
        context.exit(REFUSED)


def _form(out: Path | None) -> str:
    """The format where none is named: by the ending of the file, or by who reads."""
    if out is not None:
        if out.suffix.lower() not in ENDINGS and out.suffix:
            raise InputError(f"--out {out}: no format has the ending {out.suffix}", "choose one with --format")
        return ENDINGS.get(out.suffix.lower(), "md")
    return "text" if sys.stdout.isatty() else "md"


def _check_target(out: Path) -> None:
    if out.is_dir():
        raise InputError(f"--out {out} is a directory", "name a file")
    if not out.parent.is_dir():
        raise InputError(f"--out {out}: there is no directory {out.parent}")


def _deliver(text: str, out: Path | None) -> None:
    """To standard output, or into the file all at once."""
    if out is None:
        _print(text)
        return
    if out.exists() and not out.is_file():
        # A device or a pipe is written to, not replaced.
        out.write_text(text, encoding="utf-8")
        return
    target = out.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        part.chmod(mode)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _print(text: str) -> None:
    """To standard output, for as long as someone reads it."""
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Without this Python complains again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
