"""Reading while it is spoken: which criteria have been heard so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vivavoce.domain.debrief import CRITERIA, OUTCOMES, Criterion, Level
from vivavoce.domain.events import SlotHeard
from vivavoce.domain.speech import Word
from vivavoce.domain.transcript import Transcript
from vivavoce.scoring.reader import Reader
from vivavoce.scoring.timed import timed


class SlotsHeard:
    """Follows one take. The reader remembers what it read, so that each look is cheap."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._words: list[Word] = []
        self._levels: dict[Criterion, Level] = dict.fromkeys(CRITERIA, 0)
        self._outcome_named = False

    @property
    def outcome_named(self) -> bool:
        """Whether all that was said holds a goal, an effect or what it is worth."""
        return self._outcome_named

    def hear(self, words: Iterable[Word]) -> list[SlotHeard]:
        """Take up final words and return what they raised."""
        self._words += words
        return self._raised(self._words)

    def words_with(self, drafted: Sequence[Word]) -> list[Word]:
        """Return all words so far, drafts included."""
        return [*self._words, *drafted]

    def overhear(self, drafted: Sequence[Word]) -> list[SlotHeard]:
        """Return what drafted words raise, which other words may replace."""
        return self._raised(self.words_with(drafted))

    def _raised(self, words: Sequence[Word]) -> list[SlotHeard]:
        if not words:
            return []
        transcript = Transcript.of(words)
        reading = timed(self._reader.read(transcript.text), transcript)
        self._outcome_named = any(reading.judgement(name).level for name in OUTCOMES)
        raised = []
        for criterion in CRITERIA:
            judgement = reading.judgement(criterion)
            if judgement.level > self._levels[criterion]:
                self._levels[criterion] = judgement.level
                raised.append(SlotHeard(criterion, judgement.level, judgement.evidence[0]))
        return raised
