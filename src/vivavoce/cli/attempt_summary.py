"""What a list tells of an attempt, as JSON: a contract."""

from __future__ import annotations

from vivavoce.domain.attempt import Attempt, AttemptSummary


def summary_to_dict(attempt: AttemptSummary | Attempt) -> dict[str, object]:
    """Return {"id", "case", "started_at", "duration_s", "sample", "vote"}."""
    if isinstance(attempt, AttemptSummary):
        case_id = attempt.case_id
    else:
        case_id = attempt.case.id if attempt.case else None
    return {
        "id": attempt.id,
        "case": case_id,
        "started_at": attempt.started_at.isoformat(timespec="milliseconds"),
        "duration_s": round(attempt.duration_s, 3),
        "sample": attempt.sample,
        "vote": attempt.vote,
    }
