"""Choosing the follow-up question: by what the answer lacks, never what it already said."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from vivavoce.domain.case import Probe, ProbeTag

_BRACE = re.compile(r"\{(\w+)\}")


def choose_probe(
    probes: Sequence[Probe],
    lacks: Sequence[ProbeTag],
    own_words: Mapping[str, str],
    asked: Collection[str],
) -> str | None:
    """Return the question to ask, or None when no probe fits.

    Args:
        probes: The case's.
        lacks: What the answer lacks, the most decisive first.
        own_words: The candidate's own words by the name in braces, such as `tool`; a probe whose
            brace has no word is passed over.
        asked: The questions that were asked before in this round.
    """
    for tag in lacks:
        for probe in probes:
            if probe.tag != tag or any(
                name not in own_words for name in _BRACE.findall(probe.text)
            ):
                continue
            question = _BRACE.sub(lambda brace: own_words[brace[1]], probe.text)
            if question not in asked:
                return question
    return None
