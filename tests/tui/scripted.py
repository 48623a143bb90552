"""A session of known events, for screens that must look the same every time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tests.tui.scripted_archive import ScriptedArchive
from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt, AttemptSummary, LastResult
from vivavoce.domain.case import Case, Exhibit, Probe, Variant
from vivavoce.domain.commands import Command
from vivavoce.domain.debrief import Criterion, Debrief, Evidence, Judgement, Level, Reading
from vivavoce.domain.dispute import Dispute, find_words, make_dispute
from vivavoce.domain.events import SessionEvent
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.mic_check import MicCheckEvent
from vivavoce.domain.round_request import RoundRequest
from vivavoce.domain.speech import Span, Utterance, Word
from vivavoce.domain.timing import Timing
from vivavoce.domain.turns import Turn
from vivavoce.errors import VivavoceError
from vivavoce.scoring.rules import RulesReader
from vivavoce.tui.backstage import Equipment, Shelf

EXHIBIT = Exhibit(
    columns=("Weeks since first open", "1", "2", "3", "4"),
    rows=(
        ("openers (thousands)", "820", "610", "480", "405"),
        ("songs per open", "14.1", "11.8", "9.0", "8.7"),
        ("repeats of last week (%)", "12", "27", "38", "39"),
    ),
    note="Openers are people who opened the mix in that week.",
)
MIX = Case(
    id="daily-mix-churn",
    title="The mix that wears out",
    round="recommendation-case",
    prompt="People open their personal mix less with every week they have it. "
    "What would you do, and how would we know that it worked?",
    variants=(
        Variant(
            id="a",
            exhibit=EXHIBIT,
            twist="Repeats stop rising in week three, and people go on leaving: "
            "something else drives the rest.",
            model_answer="The mix loses half of its openers in four weeks. I would cap songs "
            "of the last week at one in ten, for five percent of people, for two weeks. "
            "I expect week-two openers to go from 610 to 650 thousand.",
            probes=(Probe("size", "Thirty-eight becomes what?"),),
        ),
        Variant("b", EXHIBIT, "Here the repeats are not it.", "Another answer."),
    ),
)


def more_cases() -> tuple[Case, ...]:
    """Return a library of eight cases, the first of them `MIX`."""
    rest = (
        ("two-hundredths-of-a-click", "Two hundredths of a click", "phone-screen"),
        ("opened-once", "Opened once", "technical"),
        ("nobodys-first-hundred", "Nobody's first hundred", "recommendation-case"),
        ("sounds-alike", "Sounds alike, feels wrong", "technical"),
        ("five-minutes", "Five minutes and one table", "hiring-manager"),
        ("push", "A push for every release", "hiring-manager"),
        ("six-in-ten", "Six in ten offers, no answer", "recommendation-case"),
    )
    return (
        MIX,
        *(
            replace(MIX, id=slug, title=title, round=panel)  # type: ignore[arg-type]
            for slug, title, panel in rest
        ),
    )


ANSWER = (
    "The mix repeats itself: by week three, four songs in ten are from last week, and openers "
    "drop from eight hundred to four hundred thousand. I would leave out everything they heard "
    "this week, for two percent of new listeners, for two weeks. I expect people to open it more."
)


def words_of(text: str, start: float, pace: float = 0.4) -> tuple[Word, ...]:
    """Return the words of a text, one every `pace` seconds."""
    return tuple(
        Word(word, start + index * pace, start + (index + 0.8) * pace, 0.9)
        for index, word in enumerate(text.split())
    )


def utterance(number: int, start: float, end: float) -> Utterance:
    """Return a closed utterance."""
    return Utterance(number, Span(start, end), Span(start, end))


def judgement(text: str, level: Level, quote: str = "", start: float = 0.0) -> Judgement:
    """Return a judgement that rests on a quote of the text."""
    if level == 0:
        return Judgement(0)
    place = text.index(quote)
    return Judgement(level, (Evidence(quote, place, place + len(quote), start, start + 3.0),))


def reading(text: str = ANSWER, lift: Level = 1) -> Reading:
    """Return a no vote for want of a size, or a yes; nothing is judged in an empty text."""
    if not text:
        return replace(RulesReader().read(text), scorer_version="1", reader="trained")
    return Reading(
        text=text,
        problem=judgement(text, 2, "four songs in ten are from last week", 14.0),
        solution=judgement(text, 2, "leave out everything they heard this week", 31.0),
        lift=judgement(text, lift, "I expect people to open it more", 46.0),
        experiment=judgement(text, 2, "two percent of new listeners, for two weeks", 38.0),
        impact=Judgement(0),
        order_ok=True,
        summary=True,
        tool_first=False,
        over_engineered=False,
        vote="yes" if lift == 2 else "no",
        reasons=(
            "You named the metric and the direction, but no size.",
            "You said who suffers before you said the fix.",
        ),
        turning="Say how much: from which number to which, and by when.",
        say_next='"... so openers in week three go from 480 thousand to ___ within two weeks."',
        first_metric_char=20,
        first_tool_char=None,
        reader="trained",
        scorer_version="1",
    )


TIMING = Timing(
    speaking_s=44.0,
    answer_s=52.0,
    monologue_s=52.0,
    first_word_s=1.9,
    first_metric_s=14.0,
    first_tool_s=None,
    pauses=(Span(20.0, 22.1), Span(40.0, 41.6)),
    wpm=142.0,
    over_threshold_at=None,
)


def attempt(**changes: object) -> Attempt:
    """Return a finished attempt at `MIX`; `changes` replace its fields."""
    finished = Attempt(
        id="01JZZZZZZZZZZZZZZZZZZZZZZZ",
        case=MIX,
        variant_id="a",
        started_at=datetime(2026, 3, 2, 18, 0, tzinfo=UTC),
        state="done",
        sample=False,
        model="base",
        duration_s=74.0,
        turns=(
            Turn("prompt", Span(0.0, 9.0), MIX.prompt),
            Turn("answer", Span(12.0, 64.0), ANSWER, words_of(ANSWER, 12.0), (Span(12.0, 64.0),)),
        ),
        debrief=Debrief(reading(), TIMING),
        fillers=Fillers((("um", 3), ("kind of", 1))),
    )
    return replace(finished, **changes)  # type: ignore[arg-type]


def summary_of(kept: Attempt) -> AttemptSummary:
    """Return what a list shows of an attempt."""
    return AttemptSummary(
        kept.id,
        kept.case.id if kept.case else None,
        kept.case.title if kept.case else "",
        kept.started_at,
        kept.duration_s,
        kept.sample,
        kept.vote,
        kept.state,
    )


def disputed(finished: Attempt, criterion: Criterion, words: str) -> Attempt:
    """Return the attempt with a dispute that quotes words of its answer."""
    assert finished.debrief is not None
    first, stretch = finished.debrief.first, find_words(finished.debrief.first.text, words)
    assert stretch is not None
    made_at = datetime(2026, 5, 4, 12, 40, tzinfo=UTC)
    made = make_dispute(criterion, first, finished.judged_words, stretch, made_at)
    return finished.with_dispute(criterion, made)


class ScriptedRound:
    """A round that tells what a test makes it tell, and keeps what it was sent."""

    def __init__(self, observe: Callable[[SessionEvent], None]) -> None:
        self.observe = observe
        self.sent: list[Command] = []
        self.started = self.closed = False
        self.heard = 0.0
        self.backlog = 0.0

    def start(self) -> None:
        self.started = True

    def send(self, command: Command) -> None:
        self.sent.append(command)

    def tell(self, *events: SessionEvent) -> None:
        """Report events as the session's thread does."""
        for event in events:
            self.observe(event)

    def heard_seconds(self) -> float:
        return self.heard

    def backlog_seconds(self) -> float:
        return self.backlog

    def close(self) -> None:
        self.closed = True


class ScriptedMicCheck:
    """A microphone check that tells what a test makes it tell."""

    def __init__(self, observe: Callable[[MicCheckEvent], None]) -> None:
        self.observe = observe
        self.started = self.closed = False
        self.played = 0

    def start(self) -> None:
        self.started = True

    def play_back(self) -> None:
        self.played += 1

    def close(self) -> None:
        self.closed = True


class ScriptedSound:
    """A sound that ends when it is stopped."""

    def __init__(self) -> None:
        self.stopped = False

    def wait(self, timeout: float) -> bool:
        return True

    def stop(self) -> None:
        self.stopped = True


@dataclass
class ScriptedBackstage:
    """Everything below the screens, known beforehand."""

    found: Shelf = field(default_factory=lambda: Shelf(more_cases(), (), {}, {}, ()))
    works: Equipment = field(default_factory=lambda: Equipment("built-in", "on", "base"))
    fault: VivavoceError | None = None
    """Raised when a round is opened."""
    archive: ScriptedArchive = field(default_factory=lambda: ScriptedArchive([attempt()]))
    requests: list[RoundRequest] = field(default_factory=list)
    rounds: list[ScriptedRound] = field(default_factory=list)
    checks: list[ScriptedMicCheck] = field(default_factory=list)
    played: list[tuple[str, Span]] = field(default_factory=list)
    remembered: dict[str, str | bool] = field(default_factory=dict)
    recovered: list[str] = field(default_factory=list)
    disputes: list[tuple[str, Criterion, Dispute | None]] = field(default_factory=list)
    """What was kept, or, where it is None, withdrawn, in order."""
    dispute_fault: VivavoceError | None = None
    """Raised when one is kept or withdrawn."""
    counts_until_cancelled: bool = False
    cancelled_counts: list[str] = field(default_factory=list)
    _never: threading.Event = field(default_factory=threading.Event)

    def shelf(self) -> Shelf:
        return self.found

    def equipment(self, config: Config) -> Equipment:
        return self.works

    def open_round(
        self, request: RoundRequest, config: Config, observe: Callable[[SessionEvent], None]
    ) -> ScriptedRound:
        if self.fault is not None:
            raise self.fault
        self.requests.append(request)
        self.rounds.append(ScriptedRound(observe))
        return self.rounds[-1]

    def check_microphone(
        self, config: Config, observe: Callable[[MicCheckEvent], None]
    ) -> ScriptedMicCheck:
        self.checks.append(ScriptedMicCheck(observe))
        return self.checks[-1]

    def recover(self, attempt_id: str, config: Config) -> Attempt:
        self.recovered.append(attempt_id)
        return attempt(id=attempt_id, state="interrupted")

    def play(self, attempt_id: str, span: Span, config: Config) -> ScriptedSound:
        self.played.append((attempt_id, span))
        return ScriptedSound()

    def count_fillers(
        self, attempt: Attempt, config: Config, cancelled: Callable[[], bool]
    ) -> Fillers | None:
        if self.counts_until_cancelled:
            while not cancelled():
                self._never.wait(0.01)
            self.cancelled_counts.append(attempt.id)
            return None
        return Fillers((("um", 4), ("you know", 1)))

    def keep_dispute(self, attempt_id: str, dispute: Dispute) -> None:
        self._settle(attempt_id, dispute.criterion, dispute)

    def withdraw_dispute(self, attempt_id: str, criterion: Criterion) -> None:
        self._settle(attempt_id, criterion, None)

    def _settle(self, attempt_id: str, criterion: Criterion, dispute: Dispute | None) -> None:
        if self.dispute_fault is not None:
            raise self.dispute_fault
        self.disputes.append((attempt_id, criterion, dispute))

    def remember(self, key: str, value: str | bool) -> None:
        self.remembered[key] = value


def results(now: datetime, cases: Sequence[Case]) -> dict[str, LastResult]:
    """Return the latest results at the first, third and sixth case."""
    return {
        cases[0].id: LastResult(now - timedelta(days=2), {"problem": 2, "solution": 2, "lift": 1}),
        cases[2].id: LastResult(now, {"problem": 1, "solution": 0, "lift": 0}),
        cases[5].id: LastResult(now - timedelta(days=12), {"problem": 2, "solution": 1, "lift": 2}),
    }
