"""What happens in a round, as it happens: the session posts these, observers show them."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion, Evidence, Level
from vivavoce.domain.speech import Span, Utterance, Word
from vivavoce.domain.turns import TurnKind

# `at` is always seconds from the first sample of the round's recording.


@dataclass(frozen=True, slots=True)
class RoundBegan:
    """The recording runs; a restart begins another one."""

    attempt_id: str


@dataclass(frozen=True, slots=True)
class InterviewerBegan:
    """The interviewer says a sentence."""

    at: float
    kind: TurnKind
    text: str
    audible: bool
    """False where there is no voice or loudspeaker: show the text, it stays as long to be read."""
    word_starts: tuple[tuple[int, int, float], ...] = ()
    """(start_char, end_char, seconds from the sentence's start), for lighting words."""


@dataclass(frozen=True, slots=True)
class InterviewerEnded:
    """The sentence is over, or was stopped."""

    at: float


@dataclass(frozen=True, slots=True)
class ThinkingBegan:
    """Time to think, not transcribed; the candidate may begin earlier."""

    at: float
    seconds: float


@dataclass(frozen=True, slots=True)
class AnswerBegan:
    """The candidate's turn: what is said now is transcribed."""

    at: float
    kind: TurnKind


@dataclass(frozen=True, slots=True)
class LevelMeasured:
    """The microphone's level and the clock, ten times a second."""

    at: float
    rms_dbfs: float
    """-100.0 for digital silence."""
    peak_dbfs: float
    clipped: bool
    monologue_s: float
    """The running monologue, 0.0 when none runs."""
    thinking_left_s: float
    """What is left of the thinking time, 0.0 outside it."""
    silence_s: float
    """Since the last speech in this turn; 0.0 while speaking and before the first word."""


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """A voice is heard in the candidate's turn."""

    at: float


@dataclass(frozen=True, slots=True)
class UtteranceClosed:
    """A pause ended a stretch of speech; its words are still to come."""

    utterance: Utterance


@dataclass(frozen=True, slots=True)
class UtterancesHeard:
    """The words of one or more utterances, final and in time order."""

    utterance_ids: tuple[int, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class SlotHeard:
    """A criterion was heard for the first time, or more clearly than before. Told early, from
    drafts too: the debrief reads the whole answer again and may judge otherwise."""

    criterion: Criterion
    level: Level
    """1 or 2."""
    evidence: Evidence
    """With its times."""


@dataclass(frozen=True, slots=True)
class WordsDrafted:
    """What was said since the last `UtterancesHeard`, read early: the next draft or the final
    words replace it."""

    utterance_ids: tuple[int, ...]
    """The last of them may still be going on."""
    words: tuple[Word, ...]
    until: float
    """Where the sound that was read ends; an utterance that goes on is not read to its end."""


@dataclass(frozen=True, slots=True)
class PassageUnread:
    """A passage could not be turned into words; its sound is kept."""

    span: Span


@dataclass(frozen=True, slots=True)
class TranscriberRelieved:
    """The machine does not keep up: a smaller model reads from here on."""

    model: str


@dataclass(frozen=True, slots=True)
class TranscriberLost:
    """No more words will come in this round; the recording goes on."""

    message: str


@dataclass(frozen=True, slots=True)
class GapHeard:
    """The device lost sound here; silence of the same length stands in the recording."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class MicrophoneSilent:
    """Exact zeros for 1.5 s: muted, no permission, or gone."""

    at: float


@dataclass(frozen=True, slots=True)
class MicrophoneLost:
    """The device vanished; what was said before is kept."""

    at: float
    message: str


@dataclass(frozen=True, slots=True)
class MarkPassed:
    """The monologue passed one of the marks on the way to the limit."""

    at: float
    seconds: float
    """Which mark."""


@dataclass(frozen=True, slots=True)
class MomentMarked:
    """The candidate marked a moment, to come back to in the replay."""

    at: float
    kept: bool = True
    """False where the mark could not be written; the recording goes on."""


@dataclass(frozen=True, slots=True)
class LimitPassed:
    """The monologue passed the over-engineering limit."""

    at: float
    seconds: float
    """The limit."""


@dataclass(frozen=True, slots=True)
class PauseChanged:
    """The candidate paused the round or went on; a pause is not recorded."""

    at: float
    paused: bool


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """The candidate is done with this turn; the last words are being read."""

    at: float


@dataclass(frozen=True, slots=True)
class DebriefReady:
    """The attempt is finished, scored and stored."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class RoundAbandoned:
    """The candidate left; the recording is kept, nothing is scored."""

    attempt_id: str


@dataclass(frozen=True, slots=True)
class RoundFailed:
    """Something ended the round; what was recorded is kept."""

    message: str
    hint: str
    exit_code: int


SessionEvent = (
    RoundBegan
    | InterviewerBegan
    | InterviewerEnded
    | ThinkingBegan
    | AnswerBegan
    | LevelMeasured
    | SpeechBegan
    | UtteranceClosed
    | UtterancesHeard
    | WordsDrafted
    | SlotHeard
    | PassageUnread
    | TranscriberLost
    | TranscriberRelieved
    | GapHeard
    | MicrophoneSilent
    | MicrophoneLost
    | MarkPassed
    | MomentMarked
    | LimitPassed
    | PauseChanged
    | AnswerEnded
    | DebriefReady
    | RoundAbandoned
    | RoundFailed
)
