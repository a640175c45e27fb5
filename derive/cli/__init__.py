"""The command: arguments in, exit status out."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from derive.cli import derivations, documents, exercises, posts
from derive.cli.group import REFUSED, UNUSABLE, command
from derive.cli.posts import asked, result_of
from derive.core.errors import DeriveError, InputError

__all__ = ["asked", "command", "derivations", "documents", "exercises", "main", "posts", "result_of", "run"]


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
