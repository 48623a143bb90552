"""A transcript as JSON in the shape of Whisper's own tool, with the times of all words."""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.export.segments import Segment


def whisper_json(segments: Sequence[Segment], model: str, duration: float) -> dict[str, object]:
    """Return {"text", "language", "model", "duration", "segments": [{"id", "start", "end", "text",
    "words": [{"word", "start", "end", "probability"}]}]}.

    A word begins with a space, as Whisper's do: joined without one they are the text. Times are in
    seconds, to the millisecond.

    Args:
        segments: In time order.
        model: What heard the words.
        duration: Of the recording, in seconds.
    """
    return {
        "text": " ".join(segment.text for segment in segments),
        "language": "en",
        "model": model,
        "duration": round(duration, 3),
        "segments": [
            {
                "id": number,
                "start": round(segment.start, 3),
                "end": round(segment.end, 3),
                "text": segment.text,
                "words": [
                    {
                        "word": f" {word.text}",
                        "start": round(word.start, 3),
                        "end": round(word.end, 3),
                        "probability": round(word.probability, 3),
                    }
                    for word in segment.words
                ],
            }
            for number, segment in enumerate(segments)
        ],
    }
