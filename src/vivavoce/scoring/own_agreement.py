"""Agreement between the scorer and one person: which judgements on their own answers they dispute.

A judgement that is let stand counts as agreed. Only what was missed can be disputed, so words that
were heard too kindly do not show here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.debrief import CRITERIA, Criterion
from vivavoce.domain.dispute import Dispute, JudgedAttempt, dispute_about

Z_95 = 1.959964
"""Standard normal quantile of 0.975: a two-sided interval of 95 per cent."""


@dataclass(frozen=True, slots=True)
class OwnAgreed:
    """One criterion's agreement."""

    criterion: Criterion
    judgements: int
    """One an attempt."""
    disputed: int
    """Of those."""
    agreement: float
    """Share that was let stand, 0 to 1; NaN without judgements."""
    low: float
    """95 per cent interval; see `wilson`."""
    high: float


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute and where it was made."""

    attempt_id: str
    """The whole id."""
    dispute: Dispute


@dataclass(frozen=True, slots=True)
class OwnAgreement:
    """The scorer beside one person."""

    attempts: int
    criteria: tuple[OwnAgreed, ...]
    disputes: tuple[Disputed, ...]
    """The newest first."""


def own_agreement(attempts: Sequence[JudgedAttempt]) -> OwnAgreement:
    """Return how far a person lets the scorer's judgements stand.

    Args:
        attempts: May be none.
    """
    disputes = [Disputed(a.attempt_id, dispute) for a in attempts for dispute in a.disputes]
    disputes.sort(key=lambda each: each.dispute.made_at, reverse=True)
    return OwnAgreement(
        len(attempts),
        tuple(_agreed(criterion, attempts) for criterion in CRITERIA),
        tuple(disputes),
    )


def wilson(successes: int, count: int) -> tuple[float, float]:
    """Return the 95 per cent interval of a share (Wilson 1927); NaN where nothing was counted.

    Unlike one from a standard error it stays within 0 and 1 and has a width where all succeed.

    Args:
        successes: At most `count`.
        count: Of all.
    """
    if not count:
        return math.nan, math.nan
    share, z2 = successes / count, Z_95**2
    middle = share + z2 / (2 * count)
    reach = Z_95 * math.sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    scale = 1 + z2 / count
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def _agreed(criterion: Criterion, attempts: Sequence[JudgedAttempt]) -> OwnAgreed:
    count = len(attempts)
    disputed = sum(dispute_about(each.disputes, criterion) is not None for each in attempts)
    low, high = wilson(count - disputed, count)
    share = (count - disputed) / count if count else math.nan
    return OwnAgreed(criterion, count, disputed, share, low, high)
