"""A round as plain sentences: for screen readers, pipes and machines without a screen."""

from __future__ import annotations

import sys
import textwrap
import threading

import click

from vivavoce.cli.debrief_lines import WIDTH, debrief_lines
from vivavoce.cli.unsure_lines import unsure_lines
from vivavoce.config import Config
from vivavoce.domain.commands import Command
from vivavoce.domain.events import (
    AnswerBegan,
    AnswerEnded,
    DebriefReady,
    GapHeard,
    InterviewerBegan,
    LimitPassed,
    MarkPassed,
    MicrophoneLost,
    MicrophoneSilent,
    MomentMarked,
    PassageUnread,
    PauseChanged,
    RoundAbandoned,
    RoundBegan,
    RoundFailed,
    SessionEvent,
    ThinkingBegan,
    TranscriberLost,
    TranscriberRelieved,
    UtterancesHeard,
)
from vivavoce.domain.round_request import RoundRequest
from vivavoce.domain.wording import clock, marked_text, spoken_length
from vivavoce.errors import AudioDeviceError, StorageError
from vivavoce.locations import Locations
from vivavoce.logs import log_to
from vivavoce.session.opening import open_round
from vivavoce.session.round import Round
from vivavoce.store.attempt_store import AttemptStore

_KEYS = {
    "": Command.NEXT,
    "p": Command.PAUSE,
    "m": Command.MARK,
    "r": Command.RESTART,
    "d": Command.FINISH,
    "q": Command.ABANDON,
}
_KEYS_SENTENCE = textwrap.fill(
    "Keys, each followed by enter: nothing = go on or done, p pause, m mark, r again, d debrief, "
    "q leave.",
    WIDTH,
)

_UNHEARD = "(You can only read this. What is missing: vivavoce doctor)\n"


class PlainObserver:
    """Prints what happens, a sentence an event, and remembers how the round ended."""

    def __init__(self, request: RoundRequest) -> None:
        """Observe the round of `request`."""
        self._request = request
        self.exit_code = 0
        self._mute = False

    def __call__(self, event: SessionEvent) -> None:
        """Print one event; called on the round's thread, which a full disk must not stop."""
        if self._mute:
            return
        try:
            self._print(event)
        except BrokenPipeError:
            self._mute = True  # nobody reads on; the answer is kept all the same
        except OSError:
            self._mute = True
            self.exit_code = StorageError.exit_code

    def _print(self, event: SessionEvent) -> None:
        for line in self._sentence(event).splitlines():
            click.echo(textwrap.fill(line, WIDTH))
        match event:
            case RoundFailed(message, hint, exit_code):
                self.exit_code = exit_code
                click.echo(f"vivavoce: {message} {hint}".rstrip(), err=True)
            case MicrophoneLost():
                self.exit_code = AudioDeviceError.exit_code
            case DebriefReady(attempt):
                for line in (
                    *debrief_lines(attempt, just_held=True),
                    *unsure_lines(attempt),
                ):
                    click.echo(line)

    def _sentence(self, event: SessionEvent) -> str:
        match event:
            case RoundBegan():
                return self._exhibit()
            case InterviewerBegan(text=text, audible=audible):
                unheard = "" if audible or self._request.fast else _UNHEARD
                return f"{unheard}Interviewer: {text}"
            case ThinkingBegan(seconds=seconds):
                return f"You have {seconds:.0f} seconds to think. Enter begins your answer."
            case AnswerBegan():
                return "Your turn."
            case UtterancesHeard(words=words):
                return f"You: {' '.join(word.text for word in words)}" if words else ""
            case MarkPassed(seconds=seconds):
                return f"You have been speaking for {spoken_length(seconds)}."
            case MomentMarked(at, kept):
                return marked_text(at, kept)
            case LimitPassed(seconds=seconds):
                return f"Over-engineering: {spoken_length(seconds)} without a break."
            case AnswerEnded():
                return "Reading your last words."
            case PauseChanged(paused=paused):
                return "Paused; nothing is recorded." if paused else "Going on."
            case PassageUnread(span):
                return f"{clock(span.start)} to {clock(span.end)} could not be read."
            case TranscriberLost(message=message):
                return f"{message} Go on: you are still recorded, and can be read later."
            case TranscriberRelieved(model):
                return f"This machine fell behind. {model} reads on: quicker, less exact."
            case GapHeard(start, end):
                return f"The microphone lost {end - start:.1f} s of sound."
            case MicrophoneSilent():
                return "Nothing arrives from the microphone. Check that it is not muted."
            case MicrophoneLost(message=message):
                return f"{message} What you said so far is kept."
            case RoundAbandoned(attempt_id):
                return f"You left. The recording is kept as attempt {attempt_id}."
        return ""

    def _exhibit(self) -> str:
        case = self._request.case
        if case is None:
            return "Timer: speak, and stop when you are done."
        exhibit = case.variant_or_first(self._request.variant_id).exhibit
        table = [exhibit.columns, *exhibit.rows]
        widths = [max(len(row[i]) for row in table) for i in range(len(exhibit.columns))]
        rows = [
            "  "
            + "  ".join(
                cell.ljust(width) if i == 0 else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in table
        ]
        note = textwrap.wrap(exhibit.note, WIDTH, initial_indent="  ", subsequent_indent="  ")
        return "\n".join([case.title, *rows, *note])


def run_plain(request: RoundRequest, config: Config, locations: Locations) -> int:
    """Run one round as sentences and return the exit code.

    Raises:
        VivavoceError: The round cannot be opened.
    """
    log_to(locations.log_file)
    store = AttemptStore(locations)
    try:
        if store.unfinished():
            click.echo("An interrupted answer is kept: vivavoce attempts recover", err=True)
    finally:
        store.close()
    observer = PlainObserver(request)
    session = open_round(request, config, locations, observer)
    if not request.fast:
        if sys.stdin and sys.stdin.isatty():
            click.echo(_KEYS_SENTENCE)
        threading.Thread(target=_read_keys, args=(session,), daemon=True).start()
    try:
        session.start()
        session.wait()
    except KeyboardInterrupt:
        click.echo("What you said is kept: vivavoce attempts recover", err=True)
        raise
    finally:
        session.close()
    return observer.exit_code


def _read_keys(session: Round) -> None:
    for line in sys.stdin or ():
        command = _KEYS.get(line.strip().lower())
        if command is None:
            click.echo(_KEYS_SENTENCE)
        else:
            session.send(command)
