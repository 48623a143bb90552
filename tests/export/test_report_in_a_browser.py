"""The debrief's page in a real browser: what is lit, what is heard, what never runs."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.export.browsing import Opened, saved_notes, wait_until, write_note
from tests.export.reported import attempt_reported, hiss, hostile_attempt
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.export.coach_notes import read_notes
from vivavoce.export.report import report_audio, report_html

ATTEMPT = attempt_reported()
SOUND = hiss(ATTEMPT.duration_s)
ANSWER_WORDS = ATTEMPT.turns[1].words
HEARD = """async () => {
  const context = new AudioContext({ sampleRate: 16000 });
  await context.resume();
  const source = context.createMediaElementSource(sound);
  const tap = context.createScriptProcessor(1024, 1, 1);
  window.tap = tap;
  source.connect(tap);
  tap.connect(context.destination);
}"""
"""Leads the page's sound through a tap; the page's policy does not reach what a test runs."""
LISTEN = """async () => {
  const heard = [];
  const enough = new Promise((done) => {
    tap.onaudioprocess = (event) => {
      const block = Array.from(event.inputBuffer.getChannelData(0));
      if (heard.length || block.some((value) => Math.abs(value) > 0.005)) heard.push(...block);
      if (heard.length >= 8192) { tap.onaudioprocess = null; done(); }
    };
  });
  await sound.play();
  await enough;
  sound.pause();
  return heard;
}"""


def place_heard(page: Page) -> float:
    """Play a little and return where in the recording it began, in seconds."""
    heard = np.array(page.evaluate(LISTEN))
    begun = int(np.flatnonzero(np.abs(heard) > 0.005)[0])
    # The first tenth of a second is left out: a browser may fade in.
    lead = begun + SAMPLE_RATE // 10
    found = np.correlate(SOUND.astype(float), heard[lead : lead + 3200], "valid")
    return (int(np.argmax(found)) - SAMPLE_RATE // 10) / SAMPLE_RATE


# -- hearing it --------------------------------------------------------------------------------


def test_while_it_plays_one_word_after_the_other_is_lit(page: Page) -> None:
    page.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver(() => {
            const lit = [...document.querySelectorAll('.lit')];
            const at = Number(lit[0]?.dataset.start);
            const now = sound.currentTime;
            if (lit.length && seen.at(-1)?.[0] !== at) seen.push([at, now, lit.length]);
          }).observe(said, { subtree: true, attributes: true, attributeFilter: ['class'] });
          goTo(1.8);
        }"""
    )
    page.keyboard.press("Space")
    wait_until(page, "seen.length >= 6")
    page.keyboard.press("Space")
    assert page.evaluate("sound.paused")
    seen = page.evaluate("seen")
    starts = [start for start, _, _ in seen]
    assert starts == sorted(set(starts))
    # Lit not before it is spoken, and gone once the next one is.
    for start, now, lit in seen:
        assert lit == 1
        assert start - 0.05 <= now
        assert not any(start < word.start < now - 0.05 for word in ATTEMPT.corrected[1].words)


def test_clicking_a_word_is_heard_within_fifty_milliseconds_of_its_beginning(page: Page) -> None:
    page.evaluate(HEARD)
    words = page.locator(".turn.you").first.locator(".w")
    for place in (33, 3, 40, 20):
        start = float(cast(str, words.nth(place).get_attribute("data-start")))
        words.nth(place).click()
        wait_until(page, "!sound.seeking")
        assert "lit" in cast(str, words.nth(place).get_attribute("class"))
        assert place_heard(page) == pytest.approx(start, abs=0.05)


def test_the_place_after_a_seek_of_ten_minutes_is_exact(browser: Browser, tmp_path: Path) -> None:
    seconds = 600
    long = hiss(seconds)
    path = tmp_path / "long.html"
    path.write_text(report_html(ATTEMPT, long, "embedded", ""), encoding="utf-8")
    opened = Opened(browser, path)
    page = opened.ready()
    page.evaluate(HEARD)
    for asked in (598.0, 299.37, 3.21):
        page.evaluate("(seconds) => goTo(seconds)", asked)
        wait_until(page, "!sound.seeking")
        heard = np.array(page.evaluate(LISTEN))
        lead = int(np.flatnonzero(np.abs(heard) > 0.005)[0]) + 1600
        around = long[round((asked - 1) * SAMPLE_RATE) : round((asked + 2) * SAMPLE_RATE)]
        found = np.correlate(around.astype(float), heard[lead : lead + 3200], "valid")
        assert (int(np.argmax(found)) - 1600) / SAMPLE_RATE == pytest.approx(1.0, abs=0.05)
    opened.close()


def test_evidence_plays_its_moment_and_stops_at_its_end(page: Page) -> None:
    page.evaluate("sound.addEventListener('pause', () => { window.stopped = sound.currentTime; })")
    moment = page.locator("#proof .time").first
    page.evaluate("sound.addEventListener('play', () => { window.begun = sound.currentTime; })")
    moment.click()
    wait_until(page, "window.stopped !== undefined")
    start, end = (float(cast(str, moment.get_attribute(f"data-{n}"))) for n in ("from", "to"))
    assert page.evaluate("begun") == pytest.approx(start, abs=0.05)
    assert end - 0.05 <= page.evaluate("stopped") < end + 0.5
    assert "playing" not in cast(str, moment.get_attribute("class"))


def test_a_note_plays_its_moment_and_pressing_again_stops_it(page: Page) -> None:
    moment = page.locator("#notes .time").last
    moment.click()
    wait_until(page, "!sound.paused && sound.currentTime > 0.1")
    assert "playing" in cast(str, moment.get_attribute("class"))
    moment.click()
    assert page.evaluate("sound.paused")


def test_the_keys_move_by_words_by_seconds_and_in_speed(page: Page) -> None:
    first, second = ANSWER_WORDS[0].start, ANSWER_WORDS[1].start
    page.evaluate("goTo(0)")
    page.keyboard.press("j")
    assert page.evaluate("sound.currentTime") == pytest.approx(first, abs=0.001)
    page.keyboard.press("j")
    assert page.evaluate("sound.currentTime") == pytest.approx(second, abs=0.001)
    page.keyboard.press("k")
    assert page.evaluate("sound.currentTime") == pytest.approx(first, abs=0.001)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("sound.currentTime") == pytest.approx(first + 3, abs=0.001)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("sound.currentTime") == pytest.approx(first, abs=0.001)
    page.keyboard.press("]")
    page.keyboard.press("]")
    assert page.evaluate("[sound.playbackRate, sound.preservesPitch]") == [1.5, True]
    page.locator("#keys-on").evaluate("(box) => box.click()")
    page.keyboard.press("[")
    assert page.evaluate("sound.playbackRate") == 1.5


def test_the_keys_work_on_the_place_bar_as_everywhere(page: Page) -> None:
    page.click("#place")
    page.evaluate("goTo(1)")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("sound.currentTime") == pytest.approx(4, abs=0.001)
    page.keyboard.press("Space")
    assert not page.evaluate("sound.paused")
    page.keyboard.press("Space")
    assert page.evaluate("sound.paused")


def test_while_nothing_plays_the_word_that_is_gone_to_is_told_to_those_who_hear_the_page(
    page: Page,
) -> None:
    page.keyboard.press("j")
    assert page.inner_text("#status") == ANSWER_WORDS[0].text
    page.keyboard.press("j")
    assert page.inner_text("#status") == "young"


def test_the_sound_may_lie_beside_the_page_and_its_absence_is_told(
    browser: Browser, tmp_path: Path
) -> None:
    name = "my answer #1?.webm"
    path = tmp_path / "debrief.html"
    path.write_text(report_html(ATTEMPT, SOUND, "sibling", name), encoding="utf-8")
    alone = Opened(browser, path)
    wait_until(alone.page, "document.getElementById('trouble').textContent !== ''")
    assert "same folder" in alone.page.inner_text("#trouble")
    alone.close()
    (tmp_path / name).write_bytes(report_audio(SOUND))
    together = Opened(browser, path)
    together.ready()
    assert together.page.inner_text("#trouble") == ""
    assert together.page.evaluate("violations") == []
    together.close()


# -- what never happens ------------------------------------------------------------------------


def test_nothing_in_a_hostile_attempt_runs_asks_the_network_or_breaks_the_policy(
    browser: Browser, tmp_path: Path
) -> None:
    attempt = hostile_attempt()
    path = tmp_path / "hostile.html"
    page_text = report_html(attempt, hiss(attempt.duration_s), "embedded", "")
    path.write_text(page_text, encoding="utf-8")
    opened = Opened(browser, path)
    page = opened.ready()
    write_note(page, 0, 4, "<img src=x onerror=window.attacked=1>")
    page.fill("#name", "<script>window.attacked=1</script>")
    assert len(read_notes(saved_notes(page), attempt, "n.json")) == 1
    for button in page.locator("main .time").all():
        button.click()
        button.hover()
    page.keyboard.press("Escape")
    assert page.evaluate("window.attacked") is None
    assert page.evaluate("document.scripts.length") == 1
    assert page.evaluate("document.querySelectorAll('style, img, iframe, b b').length") == 1
    assert page.evaluate("violations") == []
    assert opened.complaints == []
    assert [url for url in opened.asked if not url.startswith(("data:", "blob:"))] == [
        path.as_uri()
    ]
    assert "\u202e" not in page.inner_text("body")
    opened.close()


def test_the_policy_stops_what_got_in_all_the_same(opened: Opened) -> None:
    page = opened.ready()
    page.evaluate(
        """() => {
          const image = document.createElement('img');
          image.src = 'http://127.0.0.1:9/x';
          image.setAttribute('onerror', 'window.attacked = 1');
          document.body.append(image);
          const script = document.createElement('script');
          script.textContent = 'window.attacked = 1';
          document.body.append(script);
        }"""
    )
    wait_until(page, "violations.length >= 2")
    assert page.evaluate("window.attacked") is None


# -- for everybody -----------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, html: Path, scheme: str, width: int
) -> None:
    opened = Opened(browser, html, color_scheme=scheme, viewport={"width": width, "height": 700})
    page = opened.ready()
    write_note(page, 2, 4, "A note.")
    page.evaluate("goTo(4)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.evaluate("openWindow(notes[0])")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    opened.close()


@pytest.mark.parametrize("seconds", [600.0, 1300.0, 3600.0])
@pytest.mark.parametrize("width", [1200, 320])
def test_no_time_in_the_picture_covers_another(
    browser: Browser, tmp_path: Path, seconds: float, width: int
) -> None:
    answer = replace(ATTEMPT.turns[1], voiced=(Span(2.0, seconds),))
    attempt = replace(ATTEMPT, turns=(ATTEMPT.turns[0], answer), duration_s=seconds)
    path = tmp_path / "long.html"
    path.write_text(report_html(attempt, None, "embedded", ""), encoding="utf-8")
    opened = Opened(browser, path, viewport={"width": width, "height": 700})
    rows = opened.page.evaluate(
        """() => [...document.querySelectorAll('.row.axis, .row.limits')].map((row) =>
          [...row.querySelectorAll('text')].map((text) => {
            const box = text.getBoundingClientRect();
            return [box.left, box.right];
          }).sort((a, b) => a[0] - b[0]))"""
    )
    assert len(rows) == 2
    for boxes in rows:
        assert len(boxes) >= 2
        assert all(right <= left for (_, right), (left, _) in itertools.pairwise(boxes)), boxes
        assert boxes[-1][1] <= width
    opened.close()


def test_printed_it_has_the_words_and_the_notes_and_no_controls(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    shown = page.inner_text("body")
    assert "three artists they named" in shown
    assert "From where?" in shown
    assert "Note by Ann Lee" in shown
    for control in ("#controls", ".keys", "#save", ".time .sign"):
        assert not page.locator(control).first.is_visible(), control
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF")


def test_without_scripts_the_words_are_there_and_the_browsers_own_controls(
    browser: Browser, html: Path
) -> None:
    opened = Opened(browser, html, java_script_enabled=False)
    assert opened.page.locator("audio[controls]").is_visible()
    assert not opened.page.locator("#controls").is_visible()
    assert not opened.page.locator("#yours").is_visible()
    assert "three artists they named" in opened.page.inner_text("#transcript")
    opened.close()
