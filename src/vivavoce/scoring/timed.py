"""Giving a reading's evidence its times."""

from __future__ import annotations

from dataclasses import replace

from vivavoce.domain.debrief import CRITERIA, Evidence, Judgement, Reading
from vivavoce.domain.transcript import Transcript


def timed_quote(quote: Evidence, transcript: Transcript) -> Evidence:
    """Return the quote with its start and end on the recording's clock.

    Args:
        quote: Of `transcript.text`.
        transcript: Its words; at least one.
    """
    span = transcript.when(quote.start_char, quote.end_char)
    return replace(quote, start=span.start, end=span.end)


def timed(reading: Reading, transcript: Transcript) -> Reading:
    """Return the reading with each quote's start and end on the recording's clock.

    Args:
        reading: Of `transcript.text`.
        transcript: Its words; at least one if anything was quoted.
    """

    def with_times(judgement: Judgement) -> Judgement:
        evidence = (timed_quote(quote, transcript) for quote in judgement.evidence)
        return Judgement(judgement.level, tuple(evidence))

    return replace(
        reading,
        **{criterion: with_times(reading.judgement(criterion)) for criterion in CRITERIA},  # type: ignore[arg-type]
    )
