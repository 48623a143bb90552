"""Times for words that have none: a stretch shared out among them by their letters."""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.domain.speech import Span, Word


def shared_out(texts: Sequence[str], span: Span) -> tuple[Word, ...]:
    """Return words that fill a stretch, each as long as its share of the letters.

    Args:
        texts: Without spaces in them, none empty.
        span: Seconds; of no length, all words stand at its start.

    Returns:
        Words whose probability is 1: somebody wrote them.
    """
    letters = sum(map(len, texts))
    words = []
    before = 0
    for text in texts:
        start = span.start + span.seconds * before / letters
        before += len(text)
        end = span.start + span.seconds * before / letters
        words.append(Word(text, start, end, 1.0))
    return tuple(words)
