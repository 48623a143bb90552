"""Writing on the words of a replay: notes, tags, corrections, marks, undoing."""

import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from textual.events import Key
from textual.widgets import TextArea

from tests.tui.replaying_attempts import Replayed, replaying
from tests.tui.scripted import attempt
from tests.tui.scripted_archive import ScriptedArchive
from tests.tui.test_hostile_text import HOSTILE, clean
from vivavoce.domain.annotation import Anchor, Annotation, AnnotationKind, WordRange, anchor_at
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.speech import Span
from vivavoce.errors import StorageError
from vivavoce.session.annotating import Change
from vivavoce.tui.screens.replay import ReplayScreen
from vivavoce.tui.screens.replay_tag import matching_tags, tags_to_offer
from vivavoce.tui.screens.replay_write import quoted

AT = datetime(2026, 5, 4, tzinfo=UTC)
REPEATS = WordRange(1, 2, 2)
TO_REPEATS = ("j", "j", "j")


def written(
    kind: AnnotationKind, text: str, words: WordRange = REPEATS, author: str = "", hour: int = 0
) -> Annotation:
    anchor = anchor_at(attempt().turns, words)
    made_at = AT.replace(hour=hour)
    return Annotation(f"{kind}{hour}{author}", kind, anchor, text, made_at, author)


def archive_of(*annotations: Annotation) -> ScriptedArchive:
    return ScriptedArchive([attempt(annotations=annotations)])


def told(replay: Replayed) -> list[tuple[str, str, WordRange | None]]:
    return [(each.kind, each.text, each.anchor.words) for each in replay.written]


async def test_n_writes_a_note_on_the_word_and_it_is_shown_at_once() -> None:
    async with replaying(size=(120, 40)) as replay:
        await replay.press(*TO_REPEATS, "n")
        assert "On “repeats”." in replay.text
        await replay.press(*"say how much ?", "enter")
        assert told(replay) == [("note", "say how much ?", REPEATS)]
        assert replay.written[0].made_at.utcoffset() is not None
        assert len(replay.written[0].id) == 26
        assert "Kept: note." in replay.text
        assert "✎ say how much ?  0:12" in replay.text
        assert "repeats✎" in replay.text


@pytest.mark.parametrize(("key", "kind"), [("n", "note"), ("c", "correction"), ("t", "tag")])
async def test_what_is_typed_faster_than_it_is_shown_is_kept_whole(key: str, kind: str) -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, key)
        for letter in "own":
            replay.shown.app.post_message(Key(letter, letter))
        replay.shown.app.post_message(Key("enter", None))
        await replay.shown.settle()
        assert told(replay) == [(kind, "own", REPEATS)]


async def test_a_text_that_is_too_long_is_not_cut_but_told() -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "n")
        replay.shown.app.screen.query_one(TextArea).text = "x" * 2001
        await replay.press("enter")
        assert "That has 2,001 characters; there is room for 2,000." in replay.text
        await replay.press("delete", "enter")
        assert [len(each.text) for each in replay.written] == [2000]


async def test_writing_is_done_in_silence() -> None:
    async with replaying() as replay:
        await replay.press("space")
        await replay.heard(12.9)
        await replay.press("n")
        assert not replay.player.playing
        await replay.press("escape")
        assert replay.written == []


async def test_a_note_is_written_on_what_is_selected_and_the_selection_ends() -> None:
    async with replaying() as replay:
        await replay.press("j", "v", "j", "j", "n", *"x", "enter")
        assert told(replay) == [("note", "x", WordRange(1, 0, 2))]
        assert replay.selected == ""


async def test_n_on_a_noted_word_changes_that_note_in_one_step() -> None:
    wide = WordRange(1, 1, 3)
    async with replaying(archive_of(written("note", "old", wide))) as replay:
        await replay.press(*TO_REPEATS, "n")
        assert "Your note" in replay.text
        assert replay.shown.app.screen.query_one(TextArea).text == "old"
        await replay.press(*"er", "enter")
        assert told(replay) == [("note", "older", wide)]
        await replay.press("u")
        assert told(replay) == [("note", "old", wide)]


async def test_an_empty_note_goes_away_and_an_unchanged_one_is_no_step() -> None:
    async with replaying(archive_of(written("note", "old"))) as replay:
        await replay.press(*TO_REPEATS, "n", "enter")
        assert "Nothing was changed." in replay.text
        await replay.press("n", "ctrl+u", "enter")
        assert replay.written == []
        assert "Note taken away." in replay.text


async def test_a_coachs_note_is_told_apart_and_not_rewritten() -> None:
    coach = written("note", "slower", author="Ana")
    async with replaying(archive_of(coach), size=(120, 40)) as replay:
        assert "✎ Ana: slower" in replay.text
        await replay.press(*TO_REPEATS, "n")
        assert replay.shown.app.screen.query_one(TextArea).text == ""
        await replay.press(*"ok", "enter")
        assert sorted(told(replay)) == [("note", "ok", REPEATS), ("note", "slower", REPEATS)]


async def test_a_long_note_stays_one_line_and_enter_keeps_it() -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "n")
        replay.shown.app.screen.query_one(TextArea).text = "a\nb " * 500
        await replay.press("enter")
        (note,) = replay.written
        assert note.text.startswith("a b a b")
        assert len(note.text) <= 2000


async def test_t_tags_and_the_same_tag_takes_itself_away() -> None:
    async with replaying(size=(120, 40)) as replay:
        await replay.press(*TO_REPEATS, "t")
        for tag in ("jargon", "good metric", "no size", "rambling", "strong close"):
            assert f"# {tag}" in replay.text
        await replay.press("down", "down", "enter")
        assert told(replay) == [("tag", "no size", REPEATS)]
        assert "# no size  0:12" in replay.text
        await replay.press("t")
        assert "# no size  there: takes it away" in replay.text
        await replay.press(*"size", "down", "enter")
        assert replay.written == []


async def test_what_was_typed_is_the_tag_unless_a_suggestion_is_gone_to() -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "t", *"metric", "enter")
        assert told(replay) == [("tag", "metric", REPEATS)]
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "t", *"metric", "down", "enter")
        assert told(replay) == [("tag", "good metric", REPEATS)]


async def test_a_tag_of_ones_own_is_offered_the_next_time() -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "t", *"hedge")
        assert "# hedge  new" in replay.text
        await replay.press("enter", "j", "t")
        assert "# hedge\n" in "\n".join(line.rstrip(" │") for line in replay.text.splitlines())
        await replay.press("escape")
        assert told(replay) == [("tag", "hedge", REPEATS)]


def test_tags_are_offered_once_ones_own_first() -> None:
    tags = tags_to_offer([written("tag", "hedge"), written("tag", "jargon"), written("note", "x")])
    assert tags[:2] == ("hedge", "jargon")
    assert len(tags) == 6
    assert matching_tags(tags, "SIZE") == ("SIZE", "no size")
    assert matching_tags(("good metric", "metric"), "metric") == ("metric", "good metric")
    assert matching_tags(tags, " no  size ") == ("no size",)
    assert matching_tags(tags, "") == tags


async def test_c_corrects_and_tells_what_is_judged_otherwise() -> None:
    archive = archive_of()
    archive.judged = ("Lift: no size → sized",)
    async with replaying(archive) as replay:
        await replay.press(*TO_REPEATS, "c")
        assert "The machine heard “repeats”." in replay.text
        assert "^o as heard" in replay.text
        await replay.press(*"eats up", "enter")
        assert told(replay) == [("correction", "eats up", REPEATS)]
        assert "[eats up]" in replay.text
        assert "Scored again: Lift: no size → sized." in replay.text
        assert replay.attempt.turns == attempt().turns  # what the machine heard never changes


async def test_a_correction_that_changes_no_judgement_says_so() -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "c", *"skips", "enter")
        assert "Scored again: the levels stay as they were." in replay.text
        await replay.press("u")
        assert "Undone: correction of “repeats”. Scored again:" in replay.text


async def test_a_note_is_not_said_to_be_scored() -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "n", "a", "enter")
        assert "Scored again" not in replay.text


async def test_a_word_goes_back_to_what_was_heard() -> None:
    made = written("correction", "eats up a lot", WordRange(1, 2, 3))
    async with replaying(archive_of(made)) as replay:
        await replay.press(*TO_REPEATS, "j", "c")  # on its second word
        assert "The machine heard “repeats itself:”." in replay.text
        assert replay.shown.app.screen.query_one(TextArea).text == "eats up a lot"
        await replay.press("ctrl+o")
        assert replay.written == []
        assert "Correction taken back. Scored again:" in replay.text


async def test_writing_what_was_heard_takes_the_correction_back_too() -> None:
    async with replaying(archive_of(written("correction", "skips"))) as replay:
        await replay.press(*TO_REPEATS, "c", *"repeats", "enter")
        assert replay.written == []


async def test_a_word_that_was_not_said_goes_away_and_comes_back() -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "c", "delete", "enter")
        assert told(replay) == [("correction", "", REPEATS)]
        assert "The mix [–] itself: by week" in replay.text
        await replay.press("u", "ctrl+r", "{", "left", "}", "delete")
        assert replay.written == []
        await replay.press("u", "R")
        assert replay.written == []
        assert "All corrections taken back." in replay.text
        await replay.press("R")
        assert "Nothing is corrected" in replay.text


async def test_the_words_can_be_heard_while_they_are_corrected() -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "c", "ctrl+l")
        start, end, _, _ = replay.player.asked[-1]
        assert (start, end) == pytest.approx((12.8, 13.12))


async def test_m_marks_the_moment_without_stopping() -> None:
    async with replaying() as replay:
        await replay.press("space")
        await replay.heard(20.25)
        await replay.press("m")
        (mark,) = replay.written
        assert (mark.kind, mark.anchor) == ("mark", Anchor(Span(20.25, 20.25)))
        assert replay.player.playing


async def test_delete_takes_the_newest_away_that_is_written_here() -> None:
    notes = written("note", "old", hour=1), written("tag", "jargon", hour=2)
    async with replaying(archive_of(*notes)) as replay:
        await replay.press(*TO_REPEATS, "delete")
        assert told(replay) == [("note", "old", REPEATS)]
        assert "Tag taken away." in replay.text
        await replay.press("u")
        assert len(replay.written) == 2
        await replay.press("j", "delete")
        assert "There is no note, tag, mark or correction here" in replay.text
        assert len(replay.written) == 2


async def test_delete_takes_a_mark_beside_the_place_and_a_row_of_the_list() -> None:
    moment = Anchor(Span(30.0, 30.0))
    marks = [Annotation(name, "mark", moment, "", AT) for name in ("a", "b")]
    async with replaying(archive_of(*marks), at=30.3) as replay:
        await replay.press("delete")
        assert len(replay.written) == 1
        await replay.press("tab", "end", "delete")
        assert replay.written == []


async def test_a_row_of_the_list_is_what_n_t_and_c_are_about() -> None:
    async with replaying(archive_of(written("tag", "jargon"))) as replay:
        await replay.press("tab", "n", *"on the quote", "enter")
        # The quote's 3 s from 14.0 on: words 5 to 12.
        assert told(replay)[-1] == ("note", "on the quote", WordRange(1, 5, 12))
        await replay.press("end", "up", "n", *"on the tag", "enter")
        assert ("note", "on the tag", REPEATS) in told(replay)


async def test_words_that_were_taken_out_come_back_from_the_row_that_tells_of_them() -> None:
    async with replaying(archive_of(written("correction", ""))) as replay:
        await replay.press("tab", "end", "c")
        assert "The machine heard “repeats”." in replay.text
        await replay.press("ctrl+o")
        assert replay.written == []


async def test_braces_go_from_one_thing_written_to_the_next_and_tell_it() -> None:
    notes = (
        written("note", "say it slower", author="Ana"),
        written("tag", "late", WordRange(1, 9, 9)),
    )
    async with replaying(archive_of(*notes)) as replay:
        await replay.press("}")
        assert (replay.lit, "✎ Ana: say it slower" in replay.text) == ("repeats", True)
        await replay.press("}")
        assert (replay.lit, "# late" in replay.text) == ("in", True)
        await replay.press("}")
        assert "Nothing is written after this." in replay.text
        await replay.press("{")
        assert replay.lit == "repeats"


async def test_words_that_were_only_confirmed_are_neither_shown_nor_unsure() -> None:
    confirmed = written("confirmed", "")
    finished = attempt(annotations=(confirmed,))
    words = list(finished.turns[1].words)
    words[2] = replace(words[2], probability=0.1)
    turns = (finished.turns[0], replace(finished.turns[1], words=tuple(words)))
    async with replaying(ScriptedArchive([replace(finished, turns=turns)])) as replay:
        await replay.press("!")
        assert "I was sure of every word here." in replay.text
        await replay.press("}")
        assert "Nothing is written after this." in replay.text


async def test_undo_and_redo_tell_what_they_did_and_when_nothing_is_left() -> None:
    async with replaying() as replay:
        await replay.press(*TO_REPEATS, "n", "a", "enter", "u")
        assert "Undone: note." in replay.text
        assert replay.written == []
        await replay.press("u")
        assert "Nothing to undo." in replay.text
        await replay.press("ctrl+r")
        assert len(replay.written) == 1
        assert "Redone:" in replay.text
        await replay.press("ctrl+r")
        assert "There is nothing to redo." in replay.text


async def test_a_mark_leaves_what_is_selected_and_other_words_end_it() -> None:
    async with replaying() as replay:
        await replay.press("j", "c", *"Our", "enter", "j", "v", "j", "m")
        assert replay.selected == "mix repeats"
        await replay.press("u", "u")
        assert replay.selected == ""
        assert replay.screen.chosen_stretch() is None


async def test_all_that_is_written_at_a_place_is_told_there() -> None:
    note, tag = written("note", "one"), written("tag", "no size", hour=1)
    async with replaying(archive_of(note, tag)) as replay:
        await replay.press("}")
        assert "✎ one  # no size" in replay.text


async def test_while_it_plays_the_note_before_is_not_the_one_just_gone_to() -> None:
    first, second = written("note", "one"), written("note", "two", WordRange(1, 20, 20))
    async with replaying(archive_of(first, second), at=30.0) as replay:
        await replay.press("space", "{")
        assert "✎ two" in replay.text
        await replay.heard(second.anchor.span.start + 0.3)
        await replay.press("{")
        assert replay.player.asked[-1][0] == first.anchor.span.start


async def test_words_are_searched_as_they_are_corrected() -> None:
    async with replaying() as replay:
        await replay.press("slash", *"skips", "escape", *TO_REPEATS, "c", *"skips", "enter")
        await replay.press("slash", *"skips")
        assert "1 found" in replay.text


async def test_the_notice_goes_away_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vivavoce.tui.screens.replay.NOTICE_SECONDS", 0.01)
    async with replaying() as replay:
        await replay.press("u")
        await replay.until(lambda: "Nothing to undo." not in replay.text)


async def test_what_cannot_be_kept_is_told_and_nothing_is_shown_of_it() -> None:
    archive = archive_of()
    archive.edit_fault = StorageError("The disk is full.", "Free some space and try again.")
    async with replaying(archive) as replay:
        await replay.press(*TO_REPEATS, "n", "a", "enter")
        assert "The disk is full." in replay.text
        await replay.press("enter")
        assert "repeats✎" not in replay.text
        archive.edit_fault = None
        await replay.press("n", "b", "enter")
        assert told(replay) == [("note", "b", REPEATS)]


class Held(ScriptedArchive):
    """Edits wait for the test, and tell when two run at once."""

    def __init__(self, attempts: list[Attempt]) -> None:
        super().__init__(attempts)
        self.go_on = threading.Semaphore(0)
        self.running = 0
        self.most = 0

    def edit(
        self,
        attempt: Attempt,
        what: str,
        added: Sequence[Annotation] = (),
        removed: Collection[str] = (),
    ) -> Change:
        self.running += 1
        self.most = max(self.most, self.running)
        assert self.go_on.acquire(timeout=60)
        self.running -= 1
        return super().edit(attempt, what, added, removed)


async def test_steps_are_kept_one_after_the_other_on_what_the_one_before_left() -> None:
    archive = Held([attempt()])
    async with replaying(archive) as replay:
        for _ in range(3):
            await replay.shown.pilot.press("m", "right")
        assert replay.written == []
        for _ in range(3):
            archive.go_on.release()
        await replay.shown.settle()
        await replay.until(lambda: len(replay.written) == 3)
        assert archive.most == 1
        assert [mark.anchor.span.start for mark in replay.written] == [0.0, 3.0, 6.0]


async def test_it_is_left_only_when_the_last_step_is_kept() -> None:
    archive = Held([attempt()])
    async with replaying(archive) as replay:
        await replay.shown.pilot.press("m", "m", "q")
        await replay.shown.until("your last change is being kept")
        assert replay.stands
        archive.go_on.release()
        archive.go_on.release()
        await replay.until(lambda: not isinstance(replay.shown.app.screen, ReplayScreen))
        assert len(replay.written) == 2


async def test_words_and_notes_from_outside_are_shown_as_text() -> None:
    prompt, answer = attempt().turns
    words = tuple(replace(word, text=HOSTILE.split()[0]) for word in answer.words)
    coach = written("note", HOSTILE, author=HOSTILE)
    own = written("correction", HOSTILE, WordRange(1, 6, 6))
    patch = written("patch", HOSTILE, WordRange(1, 8, 8))
    hostile = attempt(turns=(prompt, replace(answer, words=words)), annotations=(coach, own, patch))
    async with replaying(ScriptedArchive([hostile]), size=(120, 50)) as replay:
        assert "[jargon]" in replay.text
        await replay.press("}")
        assert clean(replay.text)
        for key in ("n", "t", "c"):
            await replay.press(key)
            assert clean(replay.text)
            await replay.press("escape")
        await replay.press("}", "c")
        assert clean(replay.text)
        await replay.press("escape", "!", "slash", *"[/]", "enter")
        assert clean(replay.text)


def test_long_words_are_shortened_in_a_box() -> None:
    assert quoted("a  b\x1b") == "“a b”"
    assert len(quoted("word " * 99)) == 122
