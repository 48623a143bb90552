"""`vivavoce replay`: an attempt heard again on the screen, with its words."""

from __future__ import annotations

import contextlib
import re
import sys

import click

from vivavoce.domain.text import one_line
from vivavoce.errors import NotFoundError, UsageError
from vivavoce.locations import find_locations
from vivavoce.store.attempt_store import AttemptStore

_MOMENT = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,5}(?:\.\d{1,3})?)", re.ASCII)


@click.command(
    epilog="Examples: vivavoce replay latest · vivavoce replay 01JD4 --at 1:23",
)
@click.argument("attempt_id", metavar="ATTEMPT")
@click.option("--at", "at", default="", metavar="TIME", help="Where to begin: 1:23, or seconds.")
def replay(attempt_id: str, at: str) -> int:
    """Hear ATTEMPT again and write on its words: notes, tags, corrections.

    It goes on where you left it. ATTEMPT is an id, which may be shortened, or `latest`.
    """
    begin = moment(at) if at else None
    with contextlib.closing(AttemptStore(find_locations())) as store:
        attempt = store.get(attempt_id)
    if attempt.state == "recording":
        raise NotFoundError(
            "That attempt has not been finished.", "Finish it with: vivavoce attempts recover"
        )
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The replay needs a terminal.",
            f"Without one: vivavoce attempts show {attempt.id} --words",
        )
    from vivavoce.tui.app import run_app

    return run_app(replay=(attempt.id, begin))


def moment(text: str) -> float:
    """Return a time of the command line, in seconds: 83, 83.5, 1:23 or 1:02:03.

    Raises:
        UsageError: It is none.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            f"“{one_line(text)}” is no time of a recording.", "Write it as 1:23, or in seconds."
        )
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return 3600 * hours + 60 * minutes + seconds
