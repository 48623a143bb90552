"""Attempts whose words, notes and names would break a careless writer of files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.attempts_made import CASE, debrief_of
from vivavoce.domain.annotation import Anchor, Annotation, AnnotationKind, WordRange, anchor_at
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Evidence, Judgement
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn

HOSTILE_WORDS = (
    *("She", "said", '"five"', "'six'", "-->", "00:00:01,000", "<b>bold</b>", "<i>", "</i>"),
    *(
        "<v",
        "Panel>",
        "{\\an8}",
        "{quiet}",
        "R&D",
        "&amp;",
        "&lt;",
        "5",
        "<",
        "6",
        "NOTE",
        "WEBVTT",
    ),
    *("😀", "👩‍👩‍👧", "שלום", "مرحبا", "=1+1", "+2", "-3", "@x", "＝4", "a|b", "*star*", "_low_"),
    *("`code`", "[x](y)", "http://a.b", "www.a.b", "me@a.b", "#1", "1.", "~~no~~", "$x$", "\\n"),
    *("</script>", "<img/src=x>", "%s", "42"),
)
"""As the engine would keep them: on one line each, without control characters."""
RAW_WORD = "a\tb\x1b[31m\u202ec\x9b\r\nd\ud800"
"""As nothing should keep it; it leaves as `CLEAN_WORD`."""
CLEAN_WORD = "a b[31mc d\ufffd"
HOSTILE_NOTE = '=cmd|"/c calc"!A1\nsecond "line" --> <b>\tend\x1b]0;x\x07 😀 שלום'
CLEAN_NOTE = '=cmd|"/c calc"!A1 second "line" --> <b> end]0;x 😀 שלום'
AT = datetime(2026, 11, 25, 18, 0, 0, 123456, UTC)


def ulid(number: int) -> str:
    """Return an id that is as good as any."""
    return f"01KAW000000000000000000{number:03}"


def attempt_of(*turns: Turn, annotations: tuple[Annotation, ...] = ()) -> Attempt:
    """Return a finished attempt at the case of these tests."""
    debrief = debrief_of(turns) if turns else None
    duration = max((turn.span.end for turn in turns), default=0.0)
    return Attempt(
        *(ulid(0), CASE, "a", AT, "done", False, "base", duration, turns),
        *(debrief, Fillers((("um", 3), ("you know", 1))), (), annotations),
    )


def annotation(
    number: int, kind: AnnotationKind, text: str, anchor: Anchor, author: str = ""
) -> Annotation:
    """Return an annotation."""
    return Annotation(ulid(number), kind, anchor, text, AT, author)


def prompt(text: str = CASE.prompt) -> Turn:
    """Return a prompt of three seconds."""
    return Turn("prompt", Span(0.0, 3.0), text)


def answer(texts: tuple[str, ...], start: float = 3.0, a_word: float = 0.4) -> Turn:
    """Return an answer without a pause."""
    words = tuple(
        Word(text, start + i * a_word, start + (i + 1) * a_word, 0.9)
        for i, text in enumerate(texts)
    )
    end = words[-1].end if words else start + 1.0
    voiced = (Span(start, end),) if words else ()
    return Turn("answer", Span(start, end + 0.5), " ".join(texts), words, voiced)


def hostile_attempt(raw_word: str = RAW_WORD) -> Attempt:
    """Return an attempt with all of it: words of no length, words that overlap, a correction that
    takes a word away, notes that share a time, and evidence that overlaps."""
    said = answer((*HOSTILE_WORDS, raw_word, "Zero.", "Over", "lap.", "misheard", "gone."))
    words = list(said.words)
    zero, over, lap = len(words) - 5, len(words) - 4, len(words) - 3
    words[zero] = replace(words[zero], end=words[zero].start)
    words[over] = replace(words[over], end=words[lap].end + 1.0)
    said = replace(said, words=tuple(words), text=" ".join(word.text for word in words))
    asked = Turn("probe", Span(said.span.end, said.span.end + 2.0), 'Why "{tool}" --> <b>now</b>?')
    last = replace(answer(("Yes.",), asked.span.end, 0.1), kind="probe-answer")
    turns = (prompt(), said, asked, last)
    count = len(words)

    def at(first: int, until: int) -> Anchor:
        return anchor_at(turns, WordRange(1, first, until))

    made = (
        annotation(1, "note", HOSTILE_NOTE, at(0, 2), 'Ada "<b>"'),
        annotation(2, "tag", "no\tsize", at(1, 3)),
        annotation(3, "mark", "", Anchor(Span(5.0, 5.0))),
        annotation(4, "mark", "", Anchor(Span(5.0, 5.0))),
        annotation(5, "correction", "Mrs. <u>Heard</u>", at(count - 2, count - 2)),
        annotation(6, "correction", "", at(count - 1, count - 1)),
        replace(
            annotation(7, "patch", "By a third.", Anchor(Span(4.0, 4.0), WordRange(1, 2, 2))),
            criterion="lift",
            said=(Word("By", 0.1, 0.2, 0.9), Word("a", 0.2, 0.3, 0.9), Word("third.", 0.3, 1, 0.8)),
        ),
    )
    ordered = tuple(sorted(made, key=lambda each: (each.anchor.span.start, each.made_at, each.id)))
    made_attempt = attempt_of(*turns, annotations=ordered)
    return _judged(made_attempt)


def _judged(attempt: Attempt) -> Attempt:
    """Return the attempt with evidence that overlaps."""
    assert attempt.debrief is not None
    reading = attempt.debrief.first
    text = attempt.corrected[1].text
    problem = Evidence(text[0:16], 0, 16, 3.0, 4.6)
    lift = Evidence(text[4:30], 4, 30, 3.4, 5.0)
    reading = replace(
        reading, text=text, problem=Judgement(2, (problem,)), lift=Judgement(1, (lift,))
    )
    return replace(attempt, debrief=replace(attempt.debrief, first=reading))
