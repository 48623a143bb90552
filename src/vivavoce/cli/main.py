"""The command line: which commands there are, and how an error becomes a sentence and a code."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from vivavoce.cli.lazy_group import LazyGroup
from vivavoce.errors import StorageError, VivavoceError

_COMMANDS = {
    "practice": ("vivavoce.cli.practice:practice", "Practise one round."),
    "score": ("vivavoce.cli.score:score", "Read an answer as a panel would."),
    "transcribe": ("vivavoce.cli.transcribe:transcribe", "Turn recordings into text or subtitles."),
    "attempts": ("vivavoce.cli.attempts:attempts", "List, show, compare or export your attempts."),
    "replay": ("vivavoce.cli.replay:replay", "Hear an attempt again, with its words."),
    "note": ("vivavoce.cli.annotate:note", "Write a note on words of an attempt."),
    "tag": ("vivavoce.cli.annotate:tag", "Tag words of an attempt."),
    "correct": ("vivavoce.cli.annotate:correct", "Correct what the machine misheard."),
    "cases": ("vivavoce.cli.cases:cases", "List, show, check or write cases."),
    "impact": ("vivavoce.cli.impact:impact", "Tell what a lift is in users and money."),
    "models": ("vivavoce.cli.models:models", "List, bring or check models."),
    "calibrate": ("vivavoce.cli.calibrate:calibrate", "Compare the scorer with labelled answers."),
    "doctor": ("vivavoce.cli.doctor:doctor", "Tell what works on this machine and what to mend."),
    "config": ("vivavoce.cli.config:config", "Show your settings and where they are."),
}


class OutputFailedError(Exception):
    """Standard output cannot be written; the cause is the OSError."""


@contextlib.contextmanager
def _output_failing() -> Iterator[None]:
    """Keep a failing output from click, which would leave with code 1 or a traceback."""
    try:
        yield
    except OSError as error:
        # Other files' errors are told where they happen, and name their file.
        if error.filename is None and error.errno in (errno.EPIPE, errno.ENOSPC, errno.EIO):
            raise OutputFailedError from error
        raise


class _Program(LazyGroup):
    """All commands; an output that cannot be written is told as such."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the arguments; `--help` writes here already."""
        with _output_failing():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with _output_failing():
            outcome = super().invoke(ctx)
            if sys.stdout:
                sys.stdout.flush()
            return outcome


@click.group(
    cls=_Program,
    lazy=_COMMANDS,
    invoke_without_command=True,
    epilog="Examples: vivavoce · vivavoce practice daily-mix-churn --sample --plain --fast",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="vivavoce", message="vivavoce %(version)s")
@click.pass_context
def vivavoce(ctx: click.Context) -> int:
    """A spoken mock interviewer: offline, private, and it quotes you back to yourself.

    Without a command the screens open.
    """
    if ctx.invoked_subcommand is None:
        from vivavoce.tui.app import run_app

        return run_app()
    return 0


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; errors become one sentence on stderr."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the hub's library is imported
    try:
        outcome = vivavoce.main(args=list(arguments), prog_name="vivavoce", standalone_mode=False)
    except VivavoceError as error:
        click.echo(f"vivavoce: {error}", err=True)
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        error.show(sys.stderr)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("vivavoce: interrupted.", err=True)
        return 130
    except OutputFailedError as error:
        cause = error.__cause__
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is buffered has nowhere to go
        if isinstance(cause, BrokenPipeError):
            return 0  # its reader has gone: nobody is left to say anything to
        reason = cause.strerror if isinstance(cause, OSError) else ""
        click.echo(f"vivavoce: The output cannot be written: {reason}.", err=True)
        return StorageError.exit_code
    return outcome if isinstance(outcome, int) else 0
