"""An attempt from a file: JSON that `vivavoce attempts export --format json` wrote, perhaps changed
by other hands since, so that nothing in it is believed."""

from __future__ import annotations

import base64
import binascii
import io
import itertools
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.annotation import (
    MAX_CHARACTERS,
    Anchor,
    Annotation,
    AnnotationKind,
    WordRange,
    anchor_at,
)
from vivavoce.domain.attempt import Attempt, AttemptState
from vivavoce.domain.case import Case
from vivavoce.domain.debrief import CRITERIA
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.patching import MOST_SECONDS
from vivavoce.domain.speech import SAMPLE_RATE, Word
from vivavoce.domain.turns import Turn, TurnKind
from vivavoce.errors import BadInputError
from vivavoce.store.debrief_fields import LEVELS, case_from, debrief_from, span_from
from vivavoce.store.json_fields import ULID, Field, WrongFieldError

FORMAT: Final = "vivavoce-attempt"
SCHEMA: Final = 1
RECORDING: Final = ""
"""The name of the attempt's own recording among its sounds."""
_MOST_SAID_SECONDS = MOST_SECONDS + 1.0
"""Of a sentence that was said again; its last word may run over the end of the sound."""
_STATES: tuple[AttemptState, ...] = ("done", "restarted", "abandoned", "interrupted")
_TURNS: tuple[TurnKind, ...] = get_args(TurnKind)
_KINDS: tuple[AnnotationKind, ...] = get_args(AnnotationKind)


@dataclass(frozen=True, slots=True)
class AttemptFile:
    """What a file holds."""

    attempt: Attempt
    sounds: Mapping[str, NDArray[np.int16]]
    """16 kHz mono: the recording, named by `RECORDING`, and by their ids the sentences that were
    said again; empty where the file holds no sound."""


def read_attempt_file(text: str, name: str) -> AttemptFile:
    """Return what an exported attempt holds.

    Args:
        text: The file's.
        name: The file's, for the message.

    Raises:
        BadInputError: It is no such attempt; the message names the place, never what was said.
    """
    try:
        return _document(Field.parse(text))
    except WrongFieldError as error:
        raise BadInputError(
            f"{name} is not an attempt of vivavoce: {error}.",
            "Make one with: vivavoce attempts export ID --format json",
        ) from None


def _document(field: Field) -> AttemptFile:
    if field["format"].raw_text() != FORMAT:
        field["format"].wrong(f'must be "{FORMAT}"')
    if field["schema"].count(least=1) > SCHEMA:
        raise BadInputError("That attempt was written by a newer vivavoce.", "Update vivavoce.")
    nullable = (field[name].given() for name in ("case", "debrief", "fillers"))
    case_field, debrief, fillers = nullable
    case = case_from(case_field) if case_field else None
    turns = tuple(_turn(turn) for turn in field["turns"].items())
    annotations = _annotations(field["annotations"], turns)
    attempt = Attempt(
        id=_ulid(field["id"]),
        case=case,
        variant_id=_variant_id(field["variant"], case),
        started_at=field["started_at"].moment(),
        state=field["state"].one_of(_STATES),
        sample=field["sample"].flag(),
        model=field["model"].line(),
        duration_s=field["duration_s"].number(),
        turns=turns,
        debrief=debrief_from(debrief) if debrief else None,
        fillers=_fillers(fillers) if fillers else None,
        disputes=_disputes(field["disputes"]),
        annotations=annotations,
    )
    patches = {each.id for each in annotations if each.kind == "patch"}
    sounds = field.get("sounds")
    return AttemptFile(attempt, _sounds(sounds, patches) if sounds else {})


def _ulid(field: Field) -> str:
    ulid = field.raw_text()
    if not ULID.fullmatch(ulid):
        field.wrong("must be a ULID, 26 characters")
    return ulid


def _variant_id(field: Field, case: Case | None) -> str:
    variant_id = field.line()
    known = {variant.id for variant in case.variants} if case else {""}
    if variant_id not in known:
        field.wrong("must be one of the case's" if case else "must be empty without a case")
    return variant_id


def _fillers(field: Field) -> Fillers:
    counts = [(name, count.count(least=1)) for name, count in field.members()]
    if any(name != " ".join(name.split()) or not name.isprintable() for name, _ in counts):
        field.wrong("must have words for names")
    return Fillers(tuple(counts))


def _turn(field: Field) -> Turn:
    turn = Turn(
        kind=field["kind"].one_of(_TURNS),
        span=span_from(field),
        text=field["text"].text(),
        words=tuple(_word(word) for word in field["words"].items()),
        voiced=tuple(span_from(span) for span in field["voiced"].items()),
    )
    if not turn.by_candidate and turn.words:
        field["words"].wrong("must be empty: the interviewer's words are not heard")
    if turn.by_candidate and turn.text != " ".join(word.text for word in turn.words):
        field["text"].wrong("must be the words with a space between them")
    return turn


def _word(field: Field) -> Word:
    span = span_from(field)
    text = field["text"].line()
    if not text:
        field["text"].wrong("must not be empty")
    return Word(text, span.start, span.end, field["probability"].number(most=1.0))


def _disputes(field: Field) -> tuple[Dispute, ...]:
    disputes = [_dispute(dispute) for dispute in field.items()]
    if len({dispute.criterion for dispute in disputes}) < len(disputes):
        field.wrong("must hold one a criterion at most")
    return tuple(sorted(disputes, key=lambda dispute: (dispute.made_at, dispute.criterion)))


def _dispute(field: Field) -> Dispute:
    span = span_from(field)
    return Dispute(
        criterion=field["criterion"].one_of(CRITERIA),
        level=field["level"].one_of(LEVELS),
        quote=field["quote"].text(),
        start_char=field["start_char"].count(),
        end_char=field["end_char"].count(),
        start=span.start,
        end=span.end,
        scorer_version=field["scorer_version"].line(),
        made_at=field["made_at"].moment(),
    )


def _annotations(field: Field, turns: Sequence[Turn]) -> tuple[Annotation, ...]:
    annotations = [_annotation(each, turns) for each in field.items()]
    if len({each.id for each in annotations}) < len(annotations):
        field.wrong("must have an id each")
    corrected = [
        words for each in annotations if each.kind == "correction" and (words := each.anchor.words)
    ]
    corrected.sort(key=lambda words: (words.turn, words.first))
    if any(a.touches(b) for a, b in itertools.pairwise(corrected)):
        field.wrong("must not correct a word twice")
    return tuple(sorted(annotations, key=lambda a: (a.anchor.span.start, a.made_at, a.id)))


def _annotation(field: Field, turns: Sequence[Turn]) -> Annotation:
    kind = field["kind"].one_of(_KINDS)
    words, criterion = field["words"].given(), field["criterion"].given()
    said = tuple(_word(word) for word in field["said"].items())
    is_patch = kind == "patch"
    if bool(criterion) != is_patch or bool(said) != is_patch:
        field["kind"].wrong("must be patch exactly where there are a criterion and said words")
    if is_patch and max(word.end for word in said) > _MOST_SAID_SECONDS:
        field["said"].wrong(f"must end within {_MOST_SAID_SECONDS:.0f} seconds")
    text = field["text"].text()
    if len(text) > MAX_CHARACTERS:
        field["text"].wrong(f"must have {MAX_CHARACTERS} characters at most")
    anchor = Anchor(span_from(field), _word_range(words, turns) if words else None)
    if anchor.words is not None and not is_patch and anchor != anchor_at(turns, anchor.words):
        field["start"].wrong("must be, with the end, where its words are")
    return Annotation(
        id=_ulid(field["id"]),
        kind=kind,
        anchor=anchor,
        text=text,
        made_at=field["made_at"].moment(),
        author=field["author"].line(),
        criterion=criterion.one_of(CRITERIA) if criterion else None,
        said=said,
    )


def _word_range(field: Field, turns: Sequence[Turn]) -> WordRange:
    found = WordRange(field["turn"].count(), field["first"].count(), field["last"].count())
    if found.turn >= len(turns) or not (found.first <= found.last < len(turns[found.turn].words)):
        field.wrong("must name words of a turn")
    return found


def _sounds(field: Field, patches: set[str]) -> dict[str, NDArray[np.int16]]:
    found = {}
    for name, sound in field.members():
        if name != RECORDING and name not in patches:
            field.wrong("must name the recording or sentences that were said again")
        found[name] = _samples(sound)
    return found


def _samples(field: Field) -> NDArray[np.int16]:
    try:
        data = base64.b64decode(field.raw_text(), validate=True)
        with wave.open(io.BytesIO(data), "rb") as sound:
            form = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
            samples = sound.readframes(sound.getnframes())
    except (binascii.Error, ValueError, wave.Error, EOFError):
        field.wrong("must be a WAV file in base64")
    if form != (1, 2, SAMPLE_RATE):
        field.wrong("must be mono, 16 bits, 16,000 Hz")
    return np.frombuffer(samples[: len(samples) // 2 * 2], "<i2").astype(np.int16)
