"""How an answer was spoken, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.domain.timing import PAUSE_SECONDS, Timing
from vivavoce.domain.wording import clock, pace_text


def timing_told(timing: Timing, target_seconds: float | None) -> Iterator[str]:
    """Yield three to five sentences.

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
            f"{count} pause{'s' if count > 1 else ''} of {PAUSE_SECONDS:g} s or more, "
            f"the longest {longest.seconds:.1f} s at {clock(longest.start)}."
        )
