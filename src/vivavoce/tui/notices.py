"""What goes wrong or goes by in a round, told in one calm sentence. Pure."""

from __future__ import annotations

from vivavoce.domain.events import (
    GapHeard,
    LimitPassed,
    MarkPassed,
    MicrophoneLost,
    MicrophoneSilent,
    PassageUnread,
    SessionEvent,
    TranscriberLost,
    TranscriberRelieved,
)
from vivavoce.domain.round_request import RoundRequest
from vivavoce.domain.wording import clock


def notice_of(event: SessionEvent) -> str:
    """Return what the screen says about an event; empty where it says nothing."""
    match event:
        case PassageUnread(span):
            return f"{clock(span.start)} to {clock(span.end)} could not be read."
        case TranscriberLost(message=lost):
            return f"{lost} Go on: you are still recorded, and can be read later."
        case TranscriberRelieved(model):
            return f"This machine fell behind. {model} reads on: quicker, less exact."
        case GapHeard(start, end):
            return f"The device lost {end - start:.1f} s of sound. The rest is kept."
        case MicrophoneSilent():
            return "The microphone sends nothing. Is it muted, or not allowed here?"
        case MicrophoneLost(message=lost):
            return f"{lost} What you said before is kept."
        case MarkPassed(seconds=seconds):
            return f"{clock(seconds)} without a break."
        case LimitPassed(seconds=seconds):
            return f"You are over {clock(seconds)}: a panel has stopped listening."
        case _:
            return ""


def opening_notice(request: RoundRequest) -> str:
    """Return what is said when a take begins; empty where the candidate answers aloud."""
    recorded = request.sample or request.answers
    return "A recording answers in your place; there is nothing for you to say." if recorded else ""
