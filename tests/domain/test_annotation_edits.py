from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vivavoce.domain.annotation import Annotation, WordRange, anchor_at
from vivavoce.domain.annotation_edits import (
    Edit,
    Stamp,
    correct,
    heard_text,
    mark,
    note,
    revert,
    tag,
)
from vivavoce.domain.annotation_json import annotation_to_dict
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.corrected import corrected_turns, shown_words
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.domain.word_place import find_place

SAID = "we lose 80 months of listening each year and that hurts"
WORDS = tuple(
    Word(text, 10.0 + place, 10.8 + place, 0.9) for place, text in enumerate(SAID.split())
)
ATTEMPT = Attempt(
    id="01",
    case=None,
    variant_id="",
    started_at=datetime(2026, 1, 2, tzinfo=UTC),
    state="done",
    sample=False,
    model="base",
    duration_s=30.0,
    turns=(
        Turn("prompt", Span(0.0, 9.0), "What would you do?"),
        Turn("answer", Span(9.0, 30.0), SAID, WORDS, (Span(10.0, 21.0),)),
    ),
    debrief=None,
)
AT = datetime(2026, 1, 3, tzinfo=UTC)


def stamp(name: str = "A") -> Stamp:
    return Stamp(name, AT)


def after(attempt: Attempt, edit: Edit) -> Attempt:
    kept = tuple(each for each in attempt.annotations if each.id not in edit.removed)
    return replace(attempt, annotations=(*kept, *edit.added))


def text_of(attempt: Attempt) -> str:
    return attempt.corrected[1].text


def test_a_correction_stands_in_place_of_what_was_heard_and_shares_its_time() -> None:
    corrected = after(ATTEMPT, correct(ATTEMPT, WordRange(1, 2, 3), "eighteen months", stamp()))
    assert text_of(corrected) == "we lose eighteen months of listening each year and that hurts"
    first, second = corrected.corrected[1].words[2:4]
    assert first.start == 12.0
    assert first.end == second.start
    assert second.end == pytest.approx(13.8)
    assert (first.end - first.start) / (second.end - second.start) == pytest.approx(8 / 6)
    assert corrected.turns == ATTEMPT.turns


def test_an_empty_correction_takes_the_words_out() -> None:
    corrected = after(ATTEMPT, correct(ATTEMPT, WordRange(1, 8, 10), " ", stamp()))
    assert text_of(corrected) == "we lose 80 months of listening each year"


def test_what_the_machine_heard_takes_a_correction_back() -> None:
    corrected = after(ATTEMPT, correct(ATTEMPT, WordRange(1, 2, 2), "18", stamp()))
    edit = correct(corrected, WordRange(1, 2, 2), "80", stamp("B"))
    assert (edit.added, edit.removed) == ((), ("A",))
    assert text_of(after(corrected, edit)) == SAID
    assert not correct(ATTEMPT, WordRange(1, 2, 2), "80", stamp())


def test_a_correction_takes_those_that_it_touches_into_it() -> None:
    corrected = after(ATTEMPT, correct(ATTEMPT, WordRange(1, 2, 3), "18 weeks", stamp()))
    edit = correct(corrected, WordRange(1, 3, 4), "18 weeks at", stamp("B"))
    assert edit.removed == ("A",)
    assert edit.added[0].anchor == anchor_at(ATTEMPT.turns, WordRange(1, 2, 4))
    assert text_of(after(corrected, edit)).startswith("we lose 18 weeks at listening")


def test_corrections_are_reverted_for_a_word_or_for_all() -> None:
    once = after(ATTEMPT, correct(ATTEMPT, WordRange(1, 2, 2), "18", stamp()))
    twice = after(once, correct(once, WordRange(1, 7, 7), "month", stamp("B")))
    assert text_of(after(twice, revert(twice, WordRange(1, 2, 2)))) == SAID.replace("year", "month")
    assert text_of(after(twice, revert(twice))) == SAID
    assert not revert(ATTEMPT)


def test_shown_words_know_what_they_stand_for() -> None:
    corrected = after(ATTEMPT, correct(ATTEMPT, WordRange(1, 2, 3), "18", stamp()))
    shown = shown_words(corrected.turns, corrected.annotations)
    assert [each.word.text for each in shown[1:4]] == ["lose", "18", "of"]
    assert [each.heard for each in shown[1:4]] == [
        WordRange(1, 1, 1),
        WordRange(1, 2, 3),
        WordRange(1, 4, 4),
    ]
    assert shown[2].correction == corrected.annotations[0]
    assert shown[2].word.probability == 1.0
    assert corrected_turns(ATTEMPT.turns, ()) == ATTEMPT.turns


def test_a_note_replaces_ones_own_on_the_same_words_and_no_other() -> None:
    words = WordRange(1, 2, 3)
    noted = after(ATTEMPT, note(ATTEMPT, words, "say\x1b the\nsize ", stamp()))
    assert noted.annotations[0].text == "say the size"
    coach = replace(noted.annotations[0], id="C", author="Ada")
    both = replace(noted, annotations=(*noted.annotations, coach))
    edit = note(both, words, "another", stamp("B"))
    assert edit.removed == ("A",)
    assert note(both, WordRange(1, 2, 2), "another", stamp("B")).removed == ()
    gone = note(both, words, "", stamp("B"))
    assert (gone.added, gone.removed) == ((), ("A",))
    assert not note(ATTEMPT, words, "", stamp())


def test_a_tag_is_turned_on_and_off() -> None:
    words = WordRange(1, 2, 3)
    tagged = after(ATTEMPT, tag(ATTEMPT, words, "no size", stamp()))
    assert tag(tagged, words, "jargon", stamp("B")).removed == ()
    assert after(tagged, tag(tagged, words, "no size", stamp("B"))).annotations == ()
    assert not tag(ATTEMPT, words, " ", stamp())


def test_a_mark_is_a_moment() -> None:
    (made,) = mark(12.5, stamp()).added
    assert made.anchor.span == Span(12.5, 12.5)
    assert made.anchor.words is None


def test_words_that_there_are_not_have_no_anchor() -> None:
    for words in (WordRange(1, 4, 11), WordRange(1, 3, 2), WordRange(0, 0, 0)):
        with pytest.raises(IndexError):
            anchor_at(ATTEMPT.turns, words)


PATCH = Annotation(
    "P",
    "patch",
    anchor_at(ATTEMPT.turns, WordRange(1, 3, 3)),
    "to 3%",
    AT,
    criterion="lift",
    said=(Word("to", 0.1, 0.2, 0.9), Word("3%", 0.2, 0.6, 0.8)),
)


def test_json_tells_where_an_annotation_stands_and_what_a_patch_said() -> None:
    (moment,) = mark(3.0, stamp()).added
    assert json.loads(json.dumps(annotation_to_dict(moment))) == {
        "id": "A",
        "kind": "mark",
        "text": "",
        "author": "",
        "made_at": "2026-01-03T00:00:00.000000+00:00",
        "start": 3.0,
        "end": 3.0,
        "turn": None,
        "first": None,
        "last": None,
    }
    told = json.loads(json.dumps(annotation_to_dict(PATCH)))
    assert [told[name] for name in ("turn", "first", "last")] == [1, 3, 3]
    assert (told["start"], told["end"]) == (13.0, 13.8)
    assert (told["criterion"], told["text"]) == ("lift", "to 3%")
    assert told["words"] == [
        {"text": "to", "start": 0.1, "end": 0.2, "probability": 0.9},
        {"text": "3%", "start": 0.2, "end": 0.6, "probability": 0.8},
    ]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("1.2", WordRange(1, 2, 2)),
        ("1.2-3", WordRange(1, 2, 3)),
        ("1.2-1.3", WordRange(1, 2, 3)),
        ("0:12", WordRange(1, 2, 2)),
        ("0:12.9", WordRange(1, 2, 2)),
        ("0:00:13", WordRange(1, 3, 3)),
        ("0:21", WordRange(1, 10, 10)),
        ("5:00", None),
        pytest.param("1." + "9" * 5000, None, id="an id longer than any"),
        ("80 Months", WordRange(1, 2, 3)),
        ("hurts", WordRange(1, 10, 10)),
        ("1.11", None),
        ("1.3-2", None),
        ("2.0", None),
        ("1.2-0.3", None),
        ("0:03", None),
        ("ear", None),
        ("", None),
    ],
)
def test_words_are_named_by_id_by_time_or_by_quoting_them(
    place: str, words: WordRange | None
) -> None:
    assert find_place(place, ATTEMPT.turns, ()) == words


def test_a_correction_is_found_by_its_own_words() -> None:
    corrected = after(ATTEMPT, correct(ATTEMPT, WordRange(1, 2, 3), "18 weeks", stamp()))
    assert find_place("weeks of", corrected.turns, corrected.annotations) == WordRange(1, 2, 4)
    assert find_place("80", corrected.turns, corrected.annotations) is None
    assert heard_text(corrected, WordRange(1, 2, 4)) == "80 months of"


def test_what_stands_there_already_is_no_step() -> None:
    words = WordRange(1, 2, 3)
    written = after(ATTEMPT, correct(ATTEMPT, words, "eighteen months", stamp("A")))
    written = after(written, note(written, words, "which?", stamp("B")))
    assert not correct(written, words, " eighteen  months", stamp("C"))
    assert not note(written, words, "which?", stamp("C"))
