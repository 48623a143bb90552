"""What a round works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vivavoce.engines.protocols import Loudspeaker, Microphone, Voice, VoiceActivity
from vivavoce.scoring.reader import Reader
from vivavoce.session.relief import RelievedTranscriber
from vivavoce.store.attempt_store import AttemptStore


@dataclass(frozen=True, slots=True)
class Studio:
    """What a round works with."""

    make_microphone: Callable[[], Microphone]
    """Called once a take."""
    activity: VoiceActivity
    voice: Voice | None
    loudspeaker: Loudspeaker | None
    transcriber: RelievedTranscriber
    reader: Reader
    store: AttemptStore
    fast: bool
    """Recorded answers are fed faster than real time, and nobody listens to the interviewer."""
    drafts: bool
    """Read words early: the processor's spare time for a shorter wait."""
    sample: bool
    """The shipped sample: stored, but left out of statistics."""
