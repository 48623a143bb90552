"""A coach's notes in a real browser: chosen, written, changed, saved, and not lost."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Dialog, Page

from tests.export.browsing import own_notes, saved_notes, wait_until, write_note
from tests.export.reported import ANSWER, FOLLOW_UP, attempt_reported
from vivavoce.export.coach_notes import read_notes

ATTEMPT = attempt_reported()


def test_a_note_on_words_is_saved_as_a_file_that_comes_back(page: Page) -> None:
    write_note(page, 4, 6, "  Which <b>listeners</b>?\nSay “new”. ")
    assert own_notes(page) == ["Which <b>listeners</b>?\nSay “new”."]
    page.click("#save")
    assert "name" in page.inner_text("#unsaved")
    page.fill("#name", "Ann Lee")
    saved = saved_notes(page)
    [kept] = read_notes(saved, ATTEMPT, "notes.json")
    assert (kept.author, kept.kind) == ("Ann Lee", "note")
    assert kept.text == "Which <b>listeners</b>?\nSay “new”."
    # The words that were clicked, by the machine's count: “young listeners” is one word there.
    assert (kept.anchor.words and kept.anchor.words.turn) == 1
    shown = json.loads(saved)["notes"][0]
    assert shown["start"] == pytest.approx(kept.anchor.span.start)
    assert shown["end"] == pytest.approx(kept.anchor.span.end)
    assert ANSWER.split()[shown["first"] : shown["last"] + 1] == ["four", "of", "their"]
    assert read_notes(saved_notes(page), ATTEMPT, "again.json") == (kept,)


def test_a_note_can_be_changed_deleted_and_brought_back(page: Page) -> None:
    write_note(page, 0, 0, "One.")
    write_note(page, 10, 12, "Two.")
    page.get_by_role("button", name="Change").first.click()
    page.fill("#writing-text", "One, better.")
    page.get_by_role("button", name="Keep it").click()
    assert own_notes(page) == ["One, better.", "Two."]
    page.get_by_role("button", name="Delete").first.click()
    assert own_notes(page) == ["Two."]
    page.get_by_role("button", name="Bring back").click()
    assert own_notes(page) == ["One, better.", "Two."]


def test_a_note_that_was_saved_and_is_changed_comes_in_as_another_one(page: Page) -> None:
    write_note(page, 0, 0, "One.")
    page.fill("#name", "Ann")
    [before] = read_notes(saved_notes(page), ATTEMPT, "a.json")
    page.get_by_role("button", name="Change").click()
    page.fill("#writing-text", "One, better.")
    page.get_by_role("button", name="Keep it").click()
    [after] = read_notes(saved_notes(page), ATTEMPT, "b.json")
    assert (after.text, after.id != before.id) == ("One, better.", True)


def test_a_note_is_written_with_the_keyboard_alone(page: Page) -> None:
    for key in ("j", "j", "J", "J", "n"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "writing-text"
    page.keyboard.type("j is typed here")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert own_notes(page) == ["j is typed here"]
    assert page.locator("#own q").inner_text().strip("“”") == "young listeners skip"


def test_words_marked_with_the_mouse_are_the_chosen_ones_within_one_turn(page: Page) -> None:
    words = page.locator(".w")
    count = words.count()
    page.evaluate(
        "([from, to]) => getSelection().setBaseAndExtent(words[from].shown, 0, words[to].shown, 1)",
        [count - 8, count - 1],
    )
    wait_until(page, "document.querySelectorAll('.chosen').length > 0")
    chosen = page.locator(".chosen").all_text_contents()
    last = ANSWER.split()[-2:]
    assert chosen == last, "a choice does not cross into the next turn"
    assert len(FOLLOW_UP.split()) == 6


def test_unsaved_notes_outlive_a_reload_and_leaving_asks_first(page: Page) -> None:
    write_note(page, 2, 3, "Kept?")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.reload()
    assert asked == ["beforeunload"]
    assert own_notes(page) == ["Kept?"]
    page.fill("#name", "Ann")
    saved_notes(page)
    page.reload()
    assert asked == ["beforeunload"]


def test_pressing_escape_again_and_again_loses_no_word(page: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", stay)
    write_note(page, 0, 0, "Kept.")
    page.click("#note")
    page.keyboard.type("Not yet kept")
    for _ in range(6):
        page.keyboard.press("Escape")
        wait_until(page, "byId('writing').open")
    times = len(asked)
    assert times
    assert page.input_value("#writing-text") == "Not yet kept"
    page.get_by_role("button", name="Keep it").click()
    assert own_notes(page) == ["Kept.", "Not yet kept"]
    page.click("#note")
    page.keyboard.press("Escape")
    wait_until(page, "!byId('writing').open")
    assert len(asked) == times, "an empty window closes without a question"
