"""Annotations as JSON, for `attempts show` and what annotates from the command line."""

from __future__ import annotations

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.speech import Word


def annotation_to_dict(annotation: Annotation) -> dict[str, object]:
    """Return {"id", "kind", "text", "author", "made_at", "start", "end", "turn", "first", "last"}.

    Times are seconds on the recording's clock; `turn`, `first` and `last` (inclusive) name words as
    the machine heard them, and are null where there are none. A patch has "criterion" and "words",
    too, in seconds from the start of its own recording.
    """
    span, words = annotation.anchor.span, annotation.anchor.words
    told: dict[str, object] = {
        "id": annotation.id,
        "kind": annotation.kind,
        "text": annotation.text,
        "author": annotation.author,
        "made_at": annotation.made_at.isoformat(timespec="microseconds"),
        "start": span.start,
        "end": span.end,
        "turn": words.turn if words else None,
        "first": words.first if words else None,
        "last": words.last if words else None,
    }
    if annotation.kind == "patch":
        told["criterion"] = annotation.criterion
        told["words"] = [
            {name: getattr(word, name) for name in Word.__slots__} for word in annotation.said
        ]
    return told
