"""The whole recording at a glance: its outline, who spoke when, where each thing was said.

Everything stands on one axis of time. Places are per cents in SVG attributes, so that the page
needs no style of its own for any of them and letters keep their shape at every width.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief_told import timing_told
from vivavoce.domain.peaks import Peaks
from vivavoce.domain.speech import Span
from vivavoce.domain.timing import MARK_SECONDS, Timing
from vivavoce.domain.turns import Turn
from vivavoce.domain.wording import CRITERION_NAMES, clock
from vivavoce.export.page.markup import Html, element, joined, lines, section
from vivavoce.export.page.notes import NOTED

COLUMNS = 800
"""Of the outline: about one a pixel on a laptop. Chosen."""
_STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Seconds between the times under the axis."""
_MOST_TIMES = 5
"""More do not fit beside each other on a telephone. Chosen."""
_LETTER = 0.025
"""Of the width, that a letter takes on a telephone. Measured at 320 pixels."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """From seconds to per cent of the width."""

    seconds: float
    """Length of the recording, above 0."""

    def at(self, seconds: float) -> str:
        """Return where a moment stands."""
        return f"{min(100.0, max(0.0, 100 * seconds / self.seconds)):.3f}%"

    def bar(self, span: Span, class_: str, title: str) -> Html:
        """Return a stretch as a bar, with its name for the mouse."""
        share = min(100.0, max(0.0, 100 * span.seconds / self.seconds))
        return element(
            "rect",
            element("title", title),
            x=self.at(span.start),
            width=f"{share:.3f}%",
            y="15%",
            height="70%",
            class_=class_,
            data_from=span.start,
            data_to=span.end,
        )


def timeline(attempt: Attempt, peaks: Peaks | None) -> Html:
    """Return the picture of the recording, and how it was spoken as sentences.

    Args:
        attempt: As it is kept.
        peaks: The recording's outline; None without a recording.
    """
    debrief, case = attempt.debrief, attempt.case
    timing = debrief.timing if debrief is not None else None
    told: list[str] = []
    if timing is not None and debrief is not None and debrief.heard:
        told += timing_told(timing, case.target_seconds if case is not None else None)
    ends = [turn.span.end for turn in attempt.turns]
    seconds = max([attempt.duration_s, *ends, peaks.seconds if peaks is not None else 0.0])
    if seconds <= 0:
        return Html()
    rows = joined(_rows(attempt, timing, _Axis(seconds), peaks))
    picture = element(
        "div",
        rows,
        element("div", class_="playhead", hidden=True),
        class_="timeline",
        id="timeline",
        data_seconds=seconds,
        role="img",
        aria_label="The recording as a picture; the words below say the same.",
    )
    return section("timing", "How it was spoken", picture, lines(iter(told)))


def _rows(
    attempt: Attempt, timing: Timing | None, axis: _Axis, peaks: Peaks | None
) -> Iterator[Html]:
    if peaks is not None:
        yield _row("", "wave", _outline(attempt.turns, peaks, axis.seconds))
    yield _row("Panel", "", _panel(attempt.turns, axis))
    yield _row("You", "", _voice(attempt.turns, timing, axis))
    if limits := joined(_limits(attempt, axis)):
        yield _row("Limits", "limits", limits)
    if attempt.debrief is not None and attempt.case is not None:
        for name, spans in _evidence(attempt):
            yield _row(name, "", (axis.bar(span, "proven", name) for span in spans))
    if noted := [each for each in attempt.annotations if each.kind in NOTED]:
        yield _row("Notes", "", _notes(noted, axis))
    yield _row("", "axis", _times(axis))


def _row(name: str, class_: str, *drawn: str | Iterator[str]) -> Html:
    return joined(
        element("span", name, class_="row-name"),
        element("svg", *drawn, class_=f"row {class_}".strip(), aria_hidden="true"),
    )


def _outline(turns: Sequence[Turn], peaks: Peaks, seconds: float) -> Html:
    """Return the outline, mirrored: the candidate's voice and all else as two shapes."""
    loud = peaks.columns(0.0, seconds, COLUMNS).astype(float)
    loudest = max(1.0, float(loud.max()))
    own = [turn.span for turn in turns if turn.by_candidate]
    heights = 48 * loud / loudest + 1
    shapes: dict[str, list[str]] = {"you": [], "other": []}
    for column, height in enumerate(heights):
        at = (column + 0.5) * seconds / COLUMNS
        kind = "you" if any(span.start <= at < span.end for span in own) else "other"
        shapes[kind].append(f"M{column} {50 - height:.1f}v{2 * height:.1f}h1v{-2 * height:.1f}z")
    paths = (
        element("path", d="".join(shape), class_=f"wave-{kind}")
        for kind, shape in shapes.items()
        if shape
    )
    return element(
        "svg", paths, viewBox=f"0 0 {COLUMNS} 100", preserveAspectRatio="none",
        width="100%", height="100%",
    )  # fmt: skip


def _panel(turns: Sequence[Turn], axis: _Axis) -> Iterator[Html]:
    for turn in turns:
        if not turn.by_candidate:
            yield axis.bar(turn.span, "panel", f"Panel, {clock(turn.span.start)}")


def _voice(turns: Sequence[Turn], timing: Timing | None, axis: _Axis) -> Iterator[Html]:
    for turn in turns:
        if turn.by_candidate:
            for span in turn.voiced:
                yield axis.bar(span, "voice", f"You, {clock(span.start)}")
    for pause in timing.pauses if timing is not None else ():
        yield axis.bar(pause, "pause", f"A pause of {pause.seconds:.1f} s")


def _limits(attempt: Attempt, axis: _Axis) -> Iterator[Html]:
    """Yield where the answer's first monologue reached its limit, its aim and the marks between,
    as far as there is room."""
    voiced = [span for turn in attempt.turns if turn.kind == "answer" for span in turn.voiced]
    if not voiced:
        return
    start = voiced[0].start
    after = (turn.span.start for turn in attempt.turns if not turn.by_candidate)
    end = min((at for at in after if at > start), default=axis.seconds)
    case = attempt.case
    names: dict[float, str] = {}
    if case is not None:
        names[case.limit_seconds] = f"limit {clock(case.limit_seconds)}"
        names.setdefault(case.target_seconds, f"aim {clock(case.target_seconds)}")
    for seconds in MARK_SECONDS:
        names.setdefault(seconds, clock(seconds))
    taken: list[Span] = []
    for seconds, name in names.items():
        at, width = start + seconds, _LETTER * len(name) * axis.seconds
        fits = at + width <= axis.seconds
        place = Span(at, at + width) if fits else Span(at - width, at)
        if at < end and all(place.end <= has.start or has.end <= place.start for has in taken):
            taken.append(place)
            yield _label(at, name, axis, "start" if fits else "end")


def _label(seconds: float, name: str, axis: _Axis, anchor: str) -> Html:
    return joined(
        element("line", x1=axis.at(seconds), x2=axis.at(seconds), y1="0", y2="4"),
        element("text", name, x=axis.at(seconds), y="15", text_anchor=anchor),
    )


def _evidence(attempt: Attempt) -> Iterator[tuple[str, list[Span]]]:
    assert attempt.debrief is not None
    for criterion, name in CRITERION_NAMES.items():
        evidence = attempt.debrief.first.judgement(criterion).evidence
        yield name, [span for each in evidence if (span := each.span) is not None]


def _notes(noted: Iterable[Annotation], axis: _Axis) -> Iterator[Html]:
    for each in noted:
        yield axis.bar(each.anchor.span, "note", NOTED[each.kind])


def _times(axis: _Axis) -> Iterator[Html]:
    step = next((step for step in _STEPS if axis.seconds / step <= _MOST_TIMES), _STEPS[-1])
    for count in range(int(axis.seconds // step) + 1):
        at = count * step
        anchor = "start" if not count else "end" if at > 0.9 * axis.seconds else "middle"
        yield _label(at, clock(at), axis, anchor)
