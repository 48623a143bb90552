"""Where a round stands, as the screen tells it: the phase and what to press. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from vivavoce.domain.events import (
    AnswerBegan,
    AnswerEnded,
    InterviewerBegan,
    LevelMeasured,
    MomentMarked,
    PauseChanged,
    RoundBegan,
    SessionEvent,
    SpeechBegan,
    ThinkingBegan,
)
from vivavoce.domain.turns import TurnKind
from vivavoce.domain.wording import clock, marked_text

MARKED_SECONDS = 3.0
"""How long a mark is told of, in recorded time. Chosen."""
ASKED_SECONDS = 5.0
"""How long a second `enter` ends an answer without a voice, in recorded time. Chosen."""

ScreenPhase = Literal["opening", "speaking", "thinking", "answering", "reading"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the screen must know to say what happens and which keys do something."""

    phase: ScreenPhase = "opening"
    kind: TurnKind = "prompt"
    """Whose turn it is and what for."""
    audible: bool = True
    """False when the interviewer can only be read."""
    paused: bool = False
    answer_s: int = 0
    """Whole seconds since the first word of the running monologue."""
    thinking_s: int = 0
    """Whole seconds of thinking time left."""
    voiced: bool = False
    """Whether a voice was heard in the answer that runs."""
    end_wanted_until: float | None = None
    """`enter` was pressed before that: once more until then, in recorded seconds, and the answer
    ends. Infinite until the clock is next told."""
    marked: MomentMarked | None = None
    """The moment that was marked just now."""
    marked_s: float = 0.0
    """Seconds, by the clock that was shown then: the answer's while it runs."""

    @property
    def probing(self) -> bool:
        """Whether a follow-up question is asked or answered."""
        return self.kind in ("probe", "probe-answer")

    @property
    def asks_to_end(self) -> bool:
        """Whether `enter` is asked back: it also skips what comes before an answer, and one press
        too many would end one in which nothing was said yet."""
        answering = self.phase == "answering" and not self.paused
        return answering and not self.voiced and self.end_wanted_until is None

    @property
    def offers(self) -> tuple[ScreenPhase, bool, bool]:
        """What decides which keys do something: unlike the clock it changes seldom."""
        return self.phase, self.paused, self.probing


def follow(standing: Standing, event: SessionEvent) -> Standing:
    """Return where the round stands after an event."""
    if isinstance(event, LevelMeasured):
        standing = _later(standing, event.at)
    match event:
        case RoundBegan():
            return Standing()
        case MomentMarked():
            shown = standing.answer_s if standing.phase == "answering" else event.at
            return replace(standing, marked=event, marked_s=shown)
        case InterviewerBegan(kind=kind, audible=audible):
            return replace(standing, phase="speaking", kind=kind, audible=audible)
        case ThinkingBegan(seconds=seconds):
            return replace(standing, phase="thinking", thinking_s=int(seconds))
        case AnswerBegan(kind=kind):
            # What goes on after a cut-in is the same answer.
            voiced = standing.voiced and kind == "answer"
            fresh = replace(standing, voiced=voiced, end_wanted_until=None)
            return replace(fresh, phase="answering", kind=kind, answer_s=0)
        case SpeechBegan():
            return replace(standing, voiced=True)
        case LevelMeasured() if standing.phase == "answering":
            # With the pause that runs now: a clock that stops at each breath only disturbs.
            return replace(standing, answer_s=int(event.monologue_s + event.silence_s))
        case LevelMeasured() if standing.phase == "thinking":
            return replace(standing, thinking_s=math.ceil(event.thinking_left_s))
        case AnswerEnded():
            return replace(standing, phase="reading")
        case PauseChanged(paused=paused):
            return replace(standing, paused=paused, end_wanted_until=None)
        case _:
            return standing


def _later(standing: Standing, at: float) -> Standing:
    """Return where the round stands at a moment: what was told a while ago is told no more."""
    if standing.marked is not None and at >= standing.marked.at + MARKED_SECONDS:
        standing = replace(standing, marked=None)
    match standing.end_wanted_until:
        case math.inf:
            return replace(standing, end_wanted_until=at + ASKED_SECONDS)
        case float(until) if at >= until:
            return replace(standing, end_wanted_until=None)
    return standing


def wanting_the_end(standing: Standing) -> Standing:
    """Return where the round stands when `enter` was pressed and is asked back."""
    return replace(standing, end_wanted_until=math.inf, marked=None)


def headline(standing: Standing) -> tuple[str, str]:
    """Return what happens now, and what to press for what comes next."""
    if standing.paused:
        return "Paused", "Nothing is recorded. space goes on."
    name, key = _of_phase(standing)
    if standing.marked is not None:
        # In the hint's place: nothing else on the screen moves.
        key = marked_text(standing.marked_s, standing.marked.kept)
    return name, key


def _of_phase(standing: Standing) -> tuple[str, str]:
    match standing.phase:
        case "opening":
            return "Getting ready", "One moment."
        case "speaking":
            return _while_speaking(standing)
        case "thinking":
            return f"Think {clock(standing.thinking_s)}", "enter starts your answer."
        case "answering":
            name = "Your reply" if standing.probing else "Your answer"
            key = "enter when done."
            if standing.end_wanted_until is not None and not standing.voiced:
                key = "Nothing heard yet. enter again ends your answer."
            return f"{name} {clock(standing.answer_s)}", key
        case "reading":
            return "Reading your last words", "A second or two."


def _while_speaking(standing: Standing) -> tuple[str, str]:
    if standing.kind == "cut-in":
        return "The interviewer cuts in", "Answer that next."
    name = "A follow-up" if standing.probing else "The question"
    if not standing.audible:
        return name, "No voice here: read it, then enter."
    return name, "Listen. enter skips it."
