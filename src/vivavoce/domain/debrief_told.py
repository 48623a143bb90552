"""Parts of a debrief as sentences, the same on the screen, on paper and in a page."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion, Debrief, Judgement, Level
from vivavoce.domain.timing import Timing
from vivavoce.domain.wording import CRITERION_NAMES, clock, pace_text


def not_heard_told(debrief: Debrief | None) -> tuple[str, str]:
    """Return, in two to four words and as a sentence, why there is no vote to tell.

    Args:
        debrief: In whose first answer nothing was heard, or None.
    """
    if debrief is not None and not debrief.sound:
        return "No sound", "The microphone sent nothing: it was muted, unplugged or not allowed."
    if debrief is not None and debrief.heard:
        return "First answer not heard", "There were no words in it, so there is no vote."
    return "Not heard", "There was sound, but no speech in it."


def broken_off_told(attempt: Attempt, *, just_held: bool = False) -> str:
    """Return that a round was broken off and what is told of it; empty where it was not.

    Args:
        attempt: What came of the round.
        just_held: Whether the round is just over. Then the microphone ended it; in a kept attempt
            that cannot be told from a program that was killed.
    """
    if attempt.state != "interrupted":
        return ""
    cause = "the microphone was gone" if just_held else "the microphone or the program stopped"
    told = f"Broken off at {clock(attempt.duration_s)}: {cause}."
    if attempt.vote is not None:
        return f"{told} The vote rests on what was heard until then."
    if attempt.debrief is not None and attempt.debrief.heard:
        return f"{told} This is what was heard until then."
    return told


def made_better(debrief: Debrief) -> list[tuple[Criterion, Judgement, Level | None]]:
    """Return what the answers to the follow-up questions made better, in the debrief's order.

    Returns:
        Each criterion, its judgement with all answers, and its level in the first one, or None
        where that was not heard; nothing where no question was answered.
    """
    later = debrief.with_probes
    if later is None:
        return []
    return [
        (criterion, later.judgement(criterion), was if debrief.first_heard else None)
        for criterion in CRITERION_NAMES
        if later.judgement(criterion).level > (was := debrief.first.judgement(criterion).level)
    ]


def added_told(debrief: Debrief) -> str:
    """Return what the answers to the follow-up questions made better; empty without any."""
    if debrief.with_probes is None:
        return ""
    gained = [CRITERION_NAMES[criterion].lower() for criterion, _, _ in made_better(debrief)]
    added = ", ".join(gained) if gained else "nothing that was missing"
    return f"Your answers to the questions added: {added}."


def timing_told(timing: Timing, target_seconds: float | None) -> Iterator[str]:
    """Yield how an answer was spoken, in two to five sentences.

    Args:
        timing: Of the attempt.
        target_seconds: What was aimed for; None without a case.
    """
    aim = f", you aimed for {clock(target_seconds)}" if target_seconds is not None else ""
    yield f"Answer {clock(timing.answer_s)}{aim}. You spoke for {clock(timing.speaking_s)} in all."
    moments = [
        f"{name} {seconds:.0f} s in"
        for name, seconds in (
            ("first word", timing.first_word_s),
            ("first metric", timing.first_metric_s),
            ("first tool", timing.first_tool_s),
        )
        if seconds is not None
    ]
    if moments:
        yield f"{', '.join(moments).capitalize()}."
    pace = f" {pace_text(timing)}." if timing.wpm else ""
    yield f"Longest monologue {clock(timing.monologue_s)} of {clock(timing.limit_s)}.{pace}"
    if timing.over_threshold_at is not None:
        yield f"It passed {clock(timing.limit_s)}: a panel has stopped listening by then."
    if timing.pauses:
        longest = max(timing.pauses, key=lambda pause: pause.seconds)
        count = len(timing.pauses)
        yield (
            f"{count} pause{'s' if count > 1 else ''}, the longest {longest.seconds:.1f} s "
            f"at {clock(longest.start)}."
        )
