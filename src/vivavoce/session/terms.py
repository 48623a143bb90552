"""Engineering terms that run on with no outcome named: when an interviewer would cut in.

Biased to silence: an answer that named a goal, an effect or what it is worth is never cut in on,
and neither is one that is only slow.
"""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.domain.speech import Word
from vivavoce.domain.transcript import Transcript
from vivavoce.scoring.lexicon import INTERNALS, TOOL

PATIENCE_SECONDS = 90.0
"""From the first term to now. The issue's default."""
FEWEST_TERMS = 4
"""Different ones. Chosen."""


def term_that_ran_on(words: Sequence[Word], patience: float = PATIENCE_SECONDS) -> str | None:
    """Return the latest term, as it was said, where terms have run for `patience` seconds.

    Args:
        words: Of the answer so far, which named no outcome.
        patience: Seconds.
    """
    if not words or words[-1].end - words[0].start < patience:
        return None
    transcript = Transcript.of(words)
    tools = list(TOOL.finditer(transcript.text))
    found = [*tools, *INTERNALS.finditer(transcript.text)]
    if len({match[0].lower() for match in found}) < FEWEST_TERMS:
        return None
    first = min(match.start() for match in found)
    since = transcript.when(first, first + 1).start
    if words[-1].end - since < patience:
        return None
    # A tool's name can be stopped at; "tune" and "heads" only where there is none.
    return max(tools or found, key=lambda match: match.start())[0].lower()
