"""What a debrief says, as labels and texts ready to be laid out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion, Debrief, Judgement, Reading
from vivavoce.domain.debrief_change import changes
from vivavoce.domain.debrief_told import made_better, timing_told
from vivavoce.domain.dispute import Dispute, dispute_about
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line
from vivavoce.domain.timing import Timing
from vivavoce.domain.wording import CRITERION_NAMES, LEVEL_MARKS, TO_SAY, clock, level_word
from vivavoce.tui.words import LEVEL_COLOURS, plain

DISPUTED_MARK = "≠"
"""Before the words that a candidate sets against a judgement."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a debrief."""

    label: Content
    text: Content
    span: Span | None = None
    """The words it rests on, if they can be played."""


def proof(criterion: Criterion, reading: Reading, disputes: Sequence[Dispute] = ()) -> Finding:
    """Return what was heard for a criterion, when, in which words, and what is disputed.

    Where it is disputed, the candidate's words are the ones to play.
    """
    judged = _judged(criterion, reading.judgement(criterion))
    disputed = dispute_about(disputes, criterion)
    if disputed is None:
        return judged
    heard = (judged.text, "\n") if reading.judgement(criterion).evidence else ()
    text = Content.assemble(
        *heard,
        (DISPUTED_MARK, "$accent"),
        f" you: “{one_line(disputed.quote)}”",
        (f"  {clock(disputed.start)}", "$quiet"),
    )
    return Finding(judged.label, text, Span(disputed.start, disputed.end))


def _judged(criterion: Criterion, judgement: Judgement, was: str = "") -> Finding:
    level = judgement.level
    best = judgement.evidence[0] if judgement.evidence else None
    span = best.span if best is not None else None
    label = Content.assemble(
        (f"{CRITERION_NAMES[criterion]:<8}", "bold"),
        (f"{LEVEL_MARKS[level]} {level_word(criterion, level):<10}", LEVEL_COLOURS[level]),
        (f"{clock(span.start):>5}" if span else "", "$quiet"),
    )
    if best is None:
        return Finding(label, Content.styled(TO_SAY[criterion], "$quiet"))
    return Finding(label, Content.assemble(f"“{one_line(best.quote)}”", (was, "$quiet")), span)


def added(debrief: Debrief) -> list[Finding]:
    """Return what the answers to the follow-up questions made better, and what it was before.

    Where nothing was heard before, that is told once, in the vote's place.
    """
    if debrief.with_probes is None:
        return []
    better = [
        _judged(
            criterion,
            judgement,
            "" if was is None else f"  before: {level_word(criterion, was)}",
        )
        for criterion, judgement, was in made_better(debrief)
    ]
    nothing = Finding(Content(), Content("They added nothing that had been missing."))
    return better or [nothing]


def with_sentence(before: Debrief, after: Debrief, sentences: int) -> str:
    """Return what sentences that were said again change: With your sentence: YES · Lift: …

    Args:
        before: The attempt's own debrief.
        after: Of the answer with the sentences in their places.
        sentences: How many there are; at least one.
    """
    said = "With your sentence" if sentences == 1 else "With your sentences"
    vote = after.first.vote.upper()
    judged = [line for line in changes(before, after) if not line.startswith("Vote:")]
    if before.first.vote != after.first.vote or judged:
        still = "still " if before.first.vote == after.first.vote else ""
        return " · ".join([f"{said}: {still}{vote}", *judged])
    return f"{said}: still {vote}. The levels stay as they were."


def timing_text(timing: Timing, target_seconds: float | None) -> Content:
    """Return how the answer was spoken, in two to five lines."""
    return plain("\n".join(timing_told(timing, target_seconds)))


def order_text(reading: Reading) -> str:
    """Return how the three sentences stood to each other; empty unless all three were heard."""
    if not all(reading.judgement(name).level for name in ("problem", "solution", "lift")):
        return ""
    if reading.summary:
        return "Problem, change and lift in that order, within three sentences."
    if reading.order_ok:
        return "Problem, change, lift, in that order. Next time within three sentences."
    return "All three were heard. Next time: problem, then change, then lift."


def heard_text(attempt: Attempt) -> Content:
    """Return all that was said, the interviewer's lines apart."""
    parts: list[str | tuple[str, str]] = []
    for turn in attempt.corrected:
        if turn.kind == "prompt" or not turn.text:
            continue
        style = "" if turn.by_candidate else "italic $quiet"
        parts += ["\n" if parts else "", (one_line(turn.text), style)]
    return Content.assemble(*parts) if parts else Content("Nothing.")
