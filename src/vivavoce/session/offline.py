"""Recordings to turns without a round: the same listening and decoding, as fast as they go."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from vivavoce.domain.speech import SAMPLE_RATE, Utterance, Word
from vivavoce.engines.protocols import Samples, VoiceActivity
from vivavoce.errors import VivavoceError
from vivavoce.session.decoding import Decoder, Decoding
from vivavoce.session.listening import Listening, Piece

MAX_BACKLOG_SECONDS = 56.0
"""Reading ahead of the decoder stops beyond two full batches: memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sound to listen to, and where it stands on the recording's clock."""

    origin: int
    """Samples."""
    chunks: Iterable[Samples]
    """16 kHz mono, of any lengths."""


def hear(
    stretches: Sequence[Stretch],
    activity: VoiceActivity,
    decoder: Decoder,
    on_progress: Callable[[float], None] | None = None,
    on_words: Callable[[tuple[Word, ...]], None] | None = None,
    on_unread: Callable[[Utterance], None] | None = None,
    end_decode: Callable[[], None] | None = None,
) -> tuple[list[Utterance], list[Word]]:
    """Return what was said in the stretches.

    The callbacks run on the caller's thread.

    Args:
        stretches: In time order.
        activity: Used on this thread.
        decoder: Used on the decode thread; closed by the caller.
        on_progress: Told how many seconds of the recording have been listened to.
        on_words: Told the words of each batch as soon as they are read, in time order.
        on_unread: Told of an utterance that cannot be read in any reasonable time.
        end_decode: Called when this is left early, by Ctrl-C or an error: without it, leaving waits
            for the decode that runs.

    Raises:
        VivavoceError: The sound or the model cannot be used.
    """
    words: list[Word] = []
    utterances: list[Utterance] = []
    news: queue.SimpleQueue[tuple[Word, ...] | Utterance | VivavoceError | None]
    news = queue.SimpleQueue()

    def take() -> bool:
        """Wait for news and pass it on; False once all is read."""
        new = news.get()
        match new:
            case None:
                return False
            case VivavoceError():
                raise new
            case Utterance():
                if on_unread is not None:
                    on_unread(new)
            case _:
                words.extend(new)
                if on_words is not None:
                    on_words(new)
        return True

    decoding = Decoding(
        decoder, lambda _, batch: news.put(batch), lambda: news.put(None), news.put, news.put
    )
    try:
        for piece in _pieces(stretches, activity, on_progress):
            utterances.append(piece.utterance)
            decoding.submit(piece)
            while not news.empty() or decoding.backlog_seconds > MAX_BACKLOG_SECONDS:
                take()
        decoding.flush()
        while take():
            pass
    except BaseException:
        if end_decode is not None:
            end_decode()
        raise
    finally:
        decoding.close()
    return utterances, words


def _pieces(
    stretches: Sequence[Stretch],
    activity: VoiceActivity,
    on_progress: Callable[[float], None] | None,
) -> Iterator[Piece]:
    next_id = 0
    for stretch in stretches:
        listening = Listening(activity, stretch.origin, next_id)
        position = stretch.origin
        for samples in stretch.chunks:
            yield from (piece for piece in listening.feed(samples) if not piece.provisional)
            position += len(samples)
            if on_progress is not None:
                on_progress(position / SAMPLE_RATE)
        yield from listening.flush()
        next_id = listening.next_id
