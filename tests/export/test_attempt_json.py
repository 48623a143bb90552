"""An attempt as JSON: the schema that it keeps, and the way back without a loss."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attempts_drawn import attempts
from tests.attempts_made import home
from tests.hostile_attempts import CLEAN_WORD, answer, attempt_of, hostile_attempt, prompt
from tests.speaking import save
from vivavoce.domain.attempt import Attempt
from vivavoce.errors import BadInputError
from vivavoce.export.attempt_json import attempt_json
from vivavoce.export.audacity import audacity_labels
from vivavoce.export.markdown import markdown
from vivavoce.export.plain_text import plain_text
from vivavoce.export.textgrid import textgrid
from vivavoce.export.word_table import word_table
from vivavoce.store.attempt_file import read_attempt_file
from vivavoce.store.attempt_store import AttemptStore

SCHEMA = json.loads(files("vivavoce.export").joinpath("attempt.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@given(attempt=attempts())
@settings(max_examples=150, deadline=None)
def test_any_attempt_keeps_the_schema_and_comes_back_unchanged(attempt: Attempt) -> None:
    text = attempt_json(attempt)
    VALIDATOR.validate(json.loads(text))
    assert read_attempt_file(text, "a.json").attempt == attempt


@given(attempt=attempts())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_attempt_comes_back_unchanged_through_the_store(
    attempt: Attempt, tmp_path: Path
) -> None:
    store = AttemptStore(home(tmp_path))
    try:
        first = attempt_json(attempt)
        store.add_imported(read_attempt_file(first, "a.json").attempt, {})
        assert attempt_json(store.get(attempt.id)) == first
        store.delete(attempt.id)
    finally:
        store.close()


@pytest.mark.parametrize(
    "attempt", [attempt_of(), attempt_of(answer(())), attempt_of(prompt(), answer(("Yes.",)))]
)
def test_attempts_with_few_words_or_none_come_back(attempt: Attempt) -> None:
    assert read_attempt_file(attempt_json(attempt), "a.json").attempt == attempt


def test_a_hostile_attempt_comes_back_without_its_control_characters() -> None:
    kept = read_attempt_file(attempt_json(hostile_attempt()), "a.json").attempt
    assert kept.turns == hostile_attempt(CLEAN_WORD).turns
    assert attempt_json(kept) == attempt_json(hostile_attempt())


def test_no_control_character_leaves() -> None:
    text = attempt_json(hostile_attempt())
    values = json.dumps(json.loads(text), ensure_ascii=False)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", values)
    assert "\\u001b" not in text


def test_a_word_of_control_characters_alone_does_not_keep_an_attempt_from_coming_back() -> None:
    attempt = attempt_of(answer(("One", "\u202e", "three.")))
    words = read_attempt_file(attempt_json(attempt), "a.json").attempt.turns[0].words
    assert [word.text for word in words] == ["One", "\ufffd", "three."]


def test_corrections_stand_beside_what_was_heard() -> None:
    document = json.loads(attempt_json(hostile_attempt()))
    assert "misheard" in [word["text"] for word in document["turns"][1]["words"]]
    corrections = [each for each in document["annotations"] if each["kind"] == "correction"]
    assert [each["text"] for each in corrections] == ["Mrs. <u>Heard</u>", ""]


def test_sounds_come_back_sample_by_sample(tmp_path: Path) -> None:
    samples = np.arange(-500, 500, dtype=np.int16)
    wav = save(tmp_path / "a.wav", samples).read_bytes()
    attempt = attempt_of(prompt(), answer(("Yes.",)))
    text = attempt_json(attempt, {"": wav})
    VALIDATOR.validate(json.loads(text))
    read = read_attempt_file(text, "a.json")
    assert list(read.sounds) == [""]
    assert (read.sounds[""] == samples).all()


def changed(document: Any, path: str, value: object) -> Any:
    """Return a copy of the document with another value at a path such as turns.1.text."""
    copy = json.loads(json.dumps(document))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner = copy
    for step in way:
        inner = inner[step]
    inner[last] = value
    return copy


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("format", "other", "format must be"),
        ("schema", 0, "schema must be a whole number"),
        ("id", "../../etc/passwd", "id must be a ULID"),
        ("id", 5, "id must be a text"),
        ("state", "recording", "state must be one of done"),
        ("started_at", "2026-11-25T18:00:00", "started_at must be a time with its zone"),
        ("duration_s", -1, "duration_s must be a number"),
        ("duration_s", True, "duration_s must be a number"),
        ("duration_s", 10**400, "duration_s must be a number"),
        ("sample", 1, "sample must be true or false"),
        ("variant", "z", "variant must be one of the case's"),
        ("case.id", "../x", "case.id must hold"),
        ("case.variants.0.exhibit.rows", [["one"]], "as many cells"),
        ("turns", {}, "turns must be an array"),
        ("turns.0.words", [{"text": "x", "start": 0, "end": 0, "probability": 1}], "interviewer"),
        ("turns.1.text", "Other words.", "turns[1].text must be the words"),
        ("turns.1.words.0.start", "3", "turns[1].words[0].start must be a number"),
        ("turns.1.words.0.end", 0, "turns[1].words[0].end must not be before its start"),
        ("turns.1.words.0.text", "\u202e", "turns[1].words[0].text must not be empty"),
        ("turns.1.words.0.probability", 2, "probability must be a number from 0 to 1"),
        ("debrief.vote", "maybe", "debrief.vote must be one of yes, no"),
        ("debrief.reasons", [], "debrief.reasons must be an array of at least 1"),
        ("debrief.three_sentence.problem.level", 3, "level must be one of 0, 1, 2"),
        ("debrief.three_sentence.problem.level", True, "level must be one of 0, 1, 2"),
        ("debrief.three_sentence.problem.evidence", [], "must be empty exactly where"),
        ("debrief.three_sentence.problem.evidence.0.quote", "no", "must be what stands there"),
        ("debrief.three_sentence.problem.evidence.0.start", 9, "must not be before its start"),
        ("debrief.three_sentence.problem.evidence.0.end", None, "both or none be null"),
        ("debrief.first_metric_char", 9999, "must lie in the text"),
        ("fillers", {"um": 0}, "fillers.um must be a whole number"),
        ("annotations.0.id", "01/../x", "annotations[0].id must be a ULID"),
        ("annotations.0.words", {"turn": 9, "first": 0, "last": 0}, "must name words of a turn"),
        ("annotations.0.text", "x" * 2001, "must have 2000 characters at most"),
        ("annotations.0.said", [{"text": "x", "start": 0, "end": 0, "probability": 1}], "patch"),
        ("annotations.0.kind", "patch", "kind must be patch exactly where"),
        ("annotations.0.end", 9.0, "annotations[0].start must be, with the end, where its words"),
        ("annotations.0.made_at", "0001-01-01T00:00:00+00:00", "made_at must be a time"),
        ("started_at", "9999-12-31T23:59:59+00:00", "started_at must be a time"),
        ("fillers", {"\x1b]0;x\x07": 0}, "fillers.]0;x must be a whole number"),
        ("sounds", {"x": ""}, "sounds must name the recording"),
        ("sounds", {"": "!!"}, "must be a WAV file in base64"),
    ],
)
def test_what_is_wrong_is_told_by_its_place(path: str, value: object, told: str) -> None:
    document = json.loads(attempt_json(hostile_attempt()))
    document["annotations"] = [each for each in document["annotations"] if each["kind"] == "note"]
    read_attempt_file(json.dumps(document), "a.json")
    with pytest.raises(BadInputError) as error:
        read_attempt_file(json.dumps(changed(document, path, value)), "a.json")
    assert told in str(error.value)
    assert "a.json is not an attempt of vivavoce" in str(error.value)
    assert "misheard" not in str(error.value)
    assert "passwd" not in str(error.value)
    assert str(error.value).isprintable()


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("annotations.0.criterion", None, "kind must be patch exactly where"),
        ("annotations.0.said", [], "kind must be patch exactly where"),
        ("annotations.0.said.2.end", 9e6, "said must end within 16 seconds"),
    ],
)
def test_a_sentence_said_again_is_a_whole_one(path: str, value: object, told: str) -> None:
    document = json.loads(attempt_json(hostile_attempt()))
    document["annotations"] = [each for each in document["annotations"] if each["kind"] == "patch"]
    read_attempt_file(json.dumps(document), "a.json")
    with pytest.raises(BadInputError) as error:
        read_attempt_file(json.dumps(changed(document, path, value)), "a.json")
    assert told in str(error.value)


@pytest.mark.parametrize(
    "path",
    [
        *("case", "debrief", "fillers", "annotations.0.words", "annotations.0.criterion"),
        *("debrief.timing", "debrief.with_probes"),
    ],
)
def test_a_field_that_may_be_null_must_be_there_all_the_same(path: str) -> None:
    document = changed(HOSTILE_DOCUMENT, path, None)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner = document
    for step in way:
        inner = inner[step]
    del inner[last]
    with pytest.raises(BadInputError, match="is missing"):
        read_attempt_file(json.dumps(document), "a.json")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("started_at", "yesterday"),
        ("duration_s", 1e9),
        ("case.id", "x" * 65),
        ("turns.0.words", [{"text": "x", "start": 0, "end": 0, "probability": 1}]),
        ("debrief.three_sentence.problem.level", 0),
        ("debrief.three_sentence.problem.evidence", []),
        ("annotations.0.criterion", "lift"),
        ("annotations.0.said", [{"text": "x", "start": 0, "end": 0, "probability": 1}]),
        ("more", 1),
    ],
)
def test_the_schema_refuses_what_import_refuses_wherever_it_can_say_so(
    path: str, value: object
) -> None:
    assert VALIDATOR.is_valid(HOSTILE_DOCUMENT)
    assert not VALIDATOR.is_valid(changed(HOSTILE_DOCUMENT, path, value))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "NaN", '{"format": NaN}', "[" * 100_000, "{}", '"x"']
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        read_attempt_file(text, "a.json")


def test_a_later_schema_asks_for_an_update() -> None:
    document = changed(json.loads(attempt_json(attempt_of())), "schema", 2)
    with pytest.raises(BadInputError, match="newer vivavoce"):
        read_attempt_file(json.dumps(document), "a.json")


def test_two_corrections_of_one_word_are_refused() -> None:
    document = json.loads(attempt_json(hostile_attempt()))
    twice = next(each for each in document["annotations"] if each["kind"] == "correction")
    document["annotations"].append({**twice, "id": "0" * 26})
    with pytest.raises(BadInputError, match="must not correct a word twice"):
        read_attempt_file(json.dumps(document), "a.json")


@pytest.mark.parametrize(
    "path",
    [
        *("annotations.0.text", "annotations.0.author", "turns.0.text", "model"),
        *("case.title", "case.prompt", "case.variants.0.twist", "case.variants.0.exhibit.note"),
        *("debrief.turning", "debrief.say_next", "debrief.reader", "debrief.reasons.0"),
    ],
)
def test_what_a_file_smuggles_in_is_dropped_on_the_way(path: str) -> None:
    document = json.loads(attempt_json(hostile_attempt()))
    smuggled = changed(document, path, "a\x1b]0;x\x07\u202eb\x9bc\ud800")
    read = read_attempt_file(json.dumps(smuggled), "a.json").attempt
    kept = repr(read)
    assert "a]0;xbc\ufffd" in kept
    assert not re.search(r"\\x1b|\\x07|\\u202e|\\x9b|\\ud800", kept)


def paths(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the places of all values of a document."""
    found = [place] if place else []
    if isinstance(value, dict):
        items: list[tuple[str | int, Any]] = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    else:
        items = []
    return found + [inner for key, each in items for inner in paths(each, (*place, key))]


HOSTILE_DOCUMENT = json.loads(attempt_json(hostile_attempt()))


@given(
    place=st.sampled_from(paths(HOSTILE_DOCUMENT)),
    value=st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=5)
    | st.just([])
    | st.just({})
    | st.sampled_from(
        ["\x1b[31m", 0, 1, 1e308, "2026-11-25T18:00:00Z", "0001-01-01T00:00:00+23:59"]
    ),
)
@settings(max_examples=400, deadline=None)
def test_whatever_is_changed_it_is_refused_or_can_be_exported_again(
    place: tuple[str | int, ...], value: object
) -> None:
    document = changed(HOSTILE_DOCUMENT, ".".join(map(str, place)), value)
    try:
        attempt = read_attempt_file(json.dumps(document), "a.json").attempt
    except BadInputError:
        return
    VALIDATOR.validate(json.loads(attempt_json(attempt)))
    for written in (textgrid, audacity_labels, word_table, plain_text, markdown):
        assert "\x1b" not in written(attempt)
