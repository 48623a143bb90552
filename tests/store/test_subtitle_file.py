"""SRT and WebVTT from elsewhere: what passes, and what is told by its line."""

from __future__ import annotations

import io

import pysubs2
import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile_attempts import answer, attempt_of, prompt
from vivavoce.domain.turns import Turn
from vivavoce.errors import BadInputError
from vivavoce.export.attempt_subtitles import attempt_subtitles
from vivavoce.export.subtitles import SubtitleFormat
from vivavoce.store.subtitle_file import turn_from_subtitles

SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\nThey skip.\n\n"
    "2\n00:00:03,500 --> 00:00:04,500\nWe stop it.\n"
)


def read(text: str) -> Turn:
    return turn_from_subtitles(text, "a.srt")


def timed(turn: Turn) -> list[tuple[str, float, float]]:
    return [(word.text, round(word.start, 3), round(word.end, 3)) for word in turn.words]


def test_a_cues_time_is_shared_out_among_its_words_by_their_letters() -> None:
    turn = read(SRT)
    assert timed(turn)[:2] == [("They", 1.0, 1.444), ("skip.", 1.444, 2.0)]
    assert turn.kind == "answer"
    assert turn.text == "They skip. We stop it."
    assert [(span.start, round(span.end, 3)) for span in turn.voiced] == [(1.0, 2.0), (3.5, 4.5)]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + SRT,
        SRT.replace("\n", "\r\n"),
        SRT.replace("\n", "\r"),
        SRT.replace("1\n00", "00").replace("2\n00", "00"),  # no counters
        SRT.replace("2\n00", "17\n00"),  # a wrong counter
        SRT.replace("\n\n2\n", "\n2\n"),  # no empty line
        SRT.replace("\n\n", "\n\n\n\n"),
        SRT.replace(",", "."),
        SRT.replace("00:00:0", "0:0:0"),
        SRT.replace("2,000\n", "2,000 X1:40 X2:600 Y1:20 Y2:50\n"),
        SRT.replace("They skip.", '<i>They</i> <font color="red">skip.</font>'),
        SRT.replace("They skip.", "{\\an8}They <b>skip.</b>"),
        SRT.replace("They skip.", "They\n\nskip."),  # an empty line within a cue
        SRT.replace("They", "Th\u202eey\x1b"),
        "WEBVTT\n\n" + SRT.replace(",", "."),
        "WEBVTT - a title\nKind: captions\n\nNOTE a\nb --> c\n\nSTYLE\n::cue {}\n\n"
        + SRT.replace(",", "."),
        "WEBVTT\n\n" + SRT.replace(",", ".").replace("00:00:0", "00:0"),  # no hours
        "WEBVTT\n\nintro\n00:01.000 --> 00:02.000 align:start position:10%\n<v Ann Lee>They</v> "
        "<c.loud>skip.</c>\n\n00:03.500 --> 00:04.500\n<00:03.600>We <b>stop</b>&nbsp;it.\n",
    ],
)
def test_what_players_read_is_read(text: str) -> None:
    turn = read(text)
    assert turn.text == "They skip. We stop it."
    assert (round(turn.words[0].start, 3), round(turn.words[-1].end, 3)) == (1.0, 4.5)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SRT.replace("00:00:03,500 -->", "00:00:xx,500 -->"), 6),
        (SRT.replace("00:00:04,500", "00:00:4500"), 6),
        (SRT.replace("00:00:04,500", "00:00:03,000"), 6),
        (SRT.replace("00:00:04,500", "00:61:00,000"), 6),
        ("WEBVTT\n\n00:01.000 --> 0x:02.000\nThey skip.\n", 3),
    ],
)
def test_a_line_of_times_that_is_none_is_named(text: str, line: int) -> None:
    with pytest.raises(BadInputError, match=f"Line {line} of a.srt") as error:
        read(text)
    assert "skip" not in str(error.value)


@pytest.mark.parametrize("text", ["", "\n\n", "WEBVTT\n", "Just words.\n", "WEBVTT\n\nNOTE x\n"])
def test_a_file_without_cues_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="holds no subtitles"):
        read(text)


def test_an_arrow_in_what_is_said_is_text() -> None:
    assert read(SRT.replace("They skip.", "from a --> to b")).text == "from a --> to b We stop it."


def test_a_number_that_is_said_is_no_counter() -> None:
    text = SRT.replace("They skip.", "By how much?\n40").replace("We stop it.", "7")
    assert read(text).text == "By how much? 40 7"


def test_cues_that_overlap_give_words_in_the_order_of_their_times() -> None:
    text = SRT.replace("00:00:03,500", "00:00:01,200")
    starts = [word.start for word in read(text).words]
    assert starts == sorted(starts)
    assert sorted(read(text).text.split()) == ["They", "We", "it.", "skip.", "stop"]


def test_a_cue_of_no_length_keeps_its_words() -> None:
    turn = read(SRT.replace("00:00:02,000", "00:00:01,000"))
    assert timed(turn)[:2] == [("They", 1.0, 1.0), ("skip.", 1.0, 1.0)]


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_of_our_own_subtitles_the_panels_words_are_left_out(kind: SubtitleFormat) -> None:
    attempt = attempt_of(prompt("Why do they skip?"), answer(("Because", "they", "know", "it.")))
    text = attempt_subtitles(attempt, kind)
    assert read(text).text == "Because they know it."


@given(
    st.text(max_size=200) | st.lists(st.sampled_from([*SRT, "-->", "\r", "<v ", ">"])).map("".join)
)
def test_whatever_a_file_holds_it_is_read_or_refused(text: str) -> None:
    for begin in ("", "WEBVTT\n\n", SRT):
        try:
            turn = read(begin + text)
        except BadInputError:
            continue
        assert all(0 <= word.start <= word.end for word in turn.words)
        assert all(word.text and word.text == " ".join(word.text.split()) for word in turn.words)


def test_real_parsers_find_the_same_times_and_texts() -> None:
    vtt = "WEBVTT\n\n" + SRT.replace(",", ".")
    by_pysubs2 = [
        (event.plaintext, event.start / 1000, event.end / 1000)
        for event in pysubs2.SSAFile.from_string(SRT)
    ]
    by_webvtt = [
        (cue.text, cue.start, cue.end)
        for cue in webvtt.from_buffer(io.StringIO(vtt), format="vtt").captions
    ]
    spans = [(span.start, span.end) for span in read(SRT).voiced]
    assert " ".join(text for text, _, _ in by_pysubs2) == read(SRT).text == read(vtt).text
    assert [(start, end) for _, start, end in by_pysubs2] == pytest.approx(spans)
    assert by_webvtt == [
        ("They skip.", "00:00:01.000", "00:00:02.000"),
        ("We stop it.", "00:00:03.500", "00:00:04.500"),
    ]


@pytest.mark.parametrize(
    ("begin", "line", "said"),
    [
        ("", "<i <b>They</b> skip.", "<i They skip."),
        ("", "{\\an8 {\\an8}They skip.", "{\\an8 They skip."),
        ("WEBVTT\n\n", "<i <b>They</b> skip.", "<i They skip."),
        ("WEBVTT\n\n", "<v Ada <v Bob>They skip.", "<v Ada They skip."),
    ],
)
def test_a_tag_ends_before_the_next_one_begins(begin: str, line: str, said: str) -> None:
    # Else each of thousands that never end would look for its end through all of the file.
    assert read(f"{begin}00:01.000 --> 00:02.000\n{line}\n").text == said


def test_words_between_signs_of_smaller_and_greater_are_no_tag() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nIf a < b and c > d we <b>stop</b>.\n"
    assert read(text).text == "If a < b and c > d we stop."
