"""The debrief's page as text: what stands in it, what cannot, and how large it is."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.export.reported import (
    ANSWER,
    HOSTILE,
    PROMPT_SECONDS,
    answer_turn,
    attempt_reported,
    hiss,
    hostile_attempt,
    judged,
    words_from,
)
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Debrief, Judgement
from vivavoce.domain.dispute import make_dispute, words_read
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.domain.turns import Turn
from vivavoce.domain.wording import clock
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.export.page.markup import element
from vivavoce.export.report import report_html

SAMPLE = Path(__file__).parents[2] / "cases" / "samples" / "daily-mix-churn.opus"
VOID = {"meta", "link", "input", "br"}
BLOCKS = {"p", "li", "h1", "h2", "h3", "section", "td", "th", "title", "text", "button", "label"}
ATTEMPT = attempt_reported()


class Elements(HTMLParser):
    """The page's elements, checked to be closed in order, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag in BLOCKS:
            self.words.append(" ")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("script", "style"):
            self.words.append(data)

    @property
    def told(self) -> str:
        return " ".join("".join(self.words).split())

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.found if "id" in attributes]


def page_of(attempt: Attempt, samples: NDArray[np.int16] | None = None) -> Elements:
    return Elements(report_html(attempt, samples, "embedded", ""))


def test_the_vote_and_its_reason_stand_first_then_the_proof_then_what_to_say_next() -> None:
    assert ATTEMPT.debrief is not None
    first = ATTEMPT.debrief.first
    lift = first.judgement("lift").evidence[0]
    told = page_of(ATTEMPT).told
    places = [
        told.index(part)
        for part in (
            f"{first.vote.capitalize()}: {first.reasons[0]}",
            first.turning,
            "What was heard",
            f"{clock(lift.start or 0)} {lift.quote}",
            "Say this next",
            first.say_next,
            "How it was spoken",
            "The question",
            "820 thousand listeners",
            "What was said",
            "Notes and marks",
            "The twist",
            "They skip what they know.",
        )
    ]
    assert places == sorted(places)
    assert "/100" not in told
    assert not re.search(r"\bscore\b", told)


def test_every_word_stands_there_with_its_time_and_its_place_in_the_machines_transcript() -> None:
    elements = page_of(ATTEMPT).found
    spans = [
        attributes for tag, attributes in elements if tag == "span" and "data-start" in attributes
    ]
    answer = [int(span["data-first"] or -1) for span in spans[: len(ANSWER.split())]]
    # One word was mended into two, one was left out.
    assert answer == [0, 1, 1, *(at for at in range(2, 47) if at != 9)][: len(answer)]
    assert float(spans[0]["data-start"] or 0) == PROMPT_SECONDS
    starts = [float(span["data-start"] or 0) for span in spans]
    assert starts == sorted(starts)


def test_a_mended_word_says_what_the_machine_heard_and_one_left_out_is_told() -> None:
    told = page_of(ATTEMPT).told
    assert "New young listeners (heard as “listeners”) skip" in told
    assert f"(left out “{ANSWER.split()[9]}”)" in told


def test_notes_tags_and_marks_are_told_with_their_words_and_authors() -> None:
    told = page_of(ATTEMPT).told
    assert "Note by Ann Lee sixteen thousand From where?" in told
    assert "Tag" in told
    assert "0:09 Mark" in told
    assert "Two breaths here." in told


def test_what_the_candidate_says_was_missed_stands_beside_the_judgement() -> None:
    assert ATTEMPT.debrief is not None
    first = ATTEMPT.debrief.first
    words = words_read(first, ATTEMPT.corrected)
    dispute = make_dispute("impact", first, words, (0, 13), ATTEMPT.started_at)
    told = page_of(replace(ATTEMPT, disputes=(dispute,))).told
    assert f"You say: {first.text[:13]}" in told


@pytest.mark.parametrize("samples", [None, np.zeros(0, np.int16)])
def test_without_a_recording_nothing_offers_to_play(samples: NDArray[np.int16] | None) -> None:
    elements = page_of(ATTEMPT, samples).found
    assert not any(
        tag == "audio" or "data-from" in found for tag, found in elements if tag != "rect"
    )
    assert any(found.get("id") == "note" for _, found in elements)
    assert not any(found.get("id") == "play" for _, found in elements)


def test_a_timed_answer_without_a_case_has_no_vote() -> None:
    elements = page_of(replace(ATTEMPT, case=None, variant_id=""))
    assert elements.told.startswith("Timed answer: debrief")
    assert "Longest monologue" in elements.told
    assert not any("vote" in (found.get("class") or "") for _, found in elements.found)
    assert "case" not in elements.ids()


def test_the_day_is_that_of_the_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        late = replace(ATTEMPT, started_at=datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
        assert "24 November 2026" in page_of(late).told
    finally:
        monkeypatch.undo()
        time.tzset()


def test_where_nothing_was_heard_nobody_is_blamed() -> None:
    assert ATTEMPT.debrief is not None
    silent = Debrief(ATTEMPT.debrief.first, ATTEMPT.debrief.timing, heard=False)
    turns = (ATTEMPT.turns[0], Turn("answer", Span(2.0, 5.0), ""))
    attempt = replace(ATTEMPT, turns=turns, annotations=(), debrief=silent)
    told = page_of(attempt).told
    assert "Not heard" in told
    assert "Nothing is held against you." in told
    assert "Say this next" not in told
    assert ATTEMPT.debrief.with_probes is not None
    only_later = replace(silent.first, text="", problem=Judgement(0), lift=Judgement(0))
    first_unheard = replace(ATTEMPT.debrief, first=only_later)
    told = page_of(replace(ATTEMPT, annotations=(), debrief=first_unheard)).told
    assert "First answer not heard" in told
    assert "before:" not in told
    assert "Say this next" not in told
    missed = replace(ATTEMPT.debrief, first=replace(silent.first, problem=Judgement(0)))
    assert "before: not heard" in page_of(replace(ATTEMPT, debrief=missed)).told
    broken = replace(ATTEMPT, state="interrupted")
    assert "the microphone or the program stopped. The vote rests on" in page_of(broken).told
    unfinished = replace(attempt, debrief=None, turns=(), duration_s=0.0)
    assert "no debrief" in page_of(unfinished).told


def test_the_picture_has_the_turns_the_pauses_and_the_limits_that_were_reached() -> None:
    words = words_from(ANSWER, PROMPT_SECONDS)
    long = answer_turn("answer", words)
    voiced = (Span(2.0, 60.0), Span(64.0, 400.0))
    turns = (ATTEMPT.turns[0], replace(long, voiced=voiced, span=Span(2.0, 400.0)))
    assert ATTEMPT.case is not None
    told = page_of(judged(turns, ATTEMPT.case, ())).told
    assert "aim 2:00" in told
    assert "5:00" in told
    assert "limit 15:00" not in told
    assert "A pause of 4.0 s" in told
    assert "1 pause, the longest 4.0 s at 1:00." in told


@pytest.mark.parametrize("attempt", [ATTEMPT, hostile_attempt()], ids=["plain", "hostile"])
def test_the_page_is_whole_and_has_no_place_for_code(attempt: Attempt) -> None:
    html = report_html(attempt, hiss(attempt.duration_s), "embedded", "")
    elements = Elements(html)
    ids = elements.ids()
    assert len(set(ids)) == len(ids)
    for tag, attributes in elements.found:
        assert tag not in ("img", "iframe", "object", "base")
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        for name in ("href", "src"):
            address = attributes.get(name) or "#"
            assert address.startswith(("#", "data:audio/webm;base64,", "data:,")), address
    assert [tag for tag, _ in elements.found].count("script") == 1
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", html
    )
    # The policy must stand before what it is about.
    assert html.index("Content-Security-Policy") < html.index("<style>") < html.index("<script>")


def test_hostile_text_is_shown_as_it_was_written() -> None:
    told = page_of(hostile_attempt()).told
    for text in HOSTILE[:2]:
        assert " ".join(text.split()) in told


def test_a_name_that_looks_like_an_address_stays_a_file_beside_the_page() -> None:
    for name in ("data:text/html,x", "//127.0.0.1/x", "../x", "a b?#.webm"):
        html = report_html(ATTEMPT, hiss(1.0), "sibling", name)
        [source] = [found["src"] for tag, found in Elements(html).found if tag == "audio"]
        assert re.fullmatch(r"\./[\w.%-]+", source or "")


def test_text_in_an_element_is_escaped_and_an_element_is_not() -> None:
    inner = element("b", "<i>&\"'")
    made = element("p", inner, title='"><script>', hidden=False, data_x=1.5)
    assert made == (
        '<p title="&quot;&gt;&lt;script&gt;" data-x="1.5"><b>&lt;i&gt;&amp;&quot;&#x27;</b></p>'
    )


def test_ten_minutes_of_speech_are_at_most_four_megabytes() -> None:
    speech = np.concatenate(list(read_audio(SAMPLE)))
    seconds = 600
    words = words_from(" ".join([ANSWER] * 35), PROMPT_SECONDS)
    assert len(words) > 1500
    assert ATTEMPT.case is not None
    attempt = judged((ATTEMPT.turns[0], answer_turn("answer", words)), ATTEMPT.case, ())
    html = report_html(attempt, np.resize(speech, seconds * SAMPLE_RATE), "embedded", "")
    assert len(html.encode()) <= 4_000_000
