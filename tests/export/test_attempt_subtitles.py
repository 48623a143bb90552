"""Subtitles of an attempt: who says what, and what real players' parsers make of it."""

from __future__ import annotations

import html
import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pysubs2
import pytest
import webvtt

from tests.hostile_attempts import CLEAN_WORD, answer, attempt_of, hostile_attempt, prompt
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.speech import Span, Word
from vivavoce.export.attempt_subtitles import attempt_subtitles
from vivavoce.export.segments import Segment
from vivavoce.export.spoken import turns_to_tell
from vivavoce.export.subtitles import SubtitleFormat, Subtitler

_SPELT = {"-->": "→", "<": "‹", "{": "(", "}": ")", "\\": "∖"}


def said(attempt: Attempt) -> list[str]:
    """Return all words in the order in which they were said."""
    return [word for turn in turns_to_tell(attempt, raw=False) for word in turn.text.split()]


def spelt(words: list[str]) -> list[str]:
    """Return the words as SRT spells what would be markup there."""
    text = "\n".join(words)
    for sign, other in _SPELT.items():
        text = text.replace(sign, other)
    return text.replace(">", "›").split("\n")


def by_webvtt(kind: SubtitleFormat, text: str, folder: Path) -> list[str]:
    buffer = io.StringIO(text)
    read = webvtt.from_buffer(buffer, format=kind)
    return [_unescaped(kind, cue.text) for cue in read.captions]


def by_pysubs2(kind: SubtitleFormat, text: str, folder: Path) -> list[str]:
    read = pysubs2.SSAFile.from_string(text, format_=kind)
    # Its plain text leaves braces out, which mean nothing in WebVTT.
    texts = [
        event.text.replace("\\N", "\n") if kind == "vtt" else event.plaintext for event in read
    ]
    return [_unescaped(kind, text) for text in texts]


def _unescaped(kind: SubtitleFormat, text: str) -> str:
    """Return what a player shows of a cue: these two parsers leave VTT's escapes as they are."""
    return html.unescape(text) if kind == "vtt" else text


def by_ffmpeg(kind: SubtitleFormat, text: str, folder: Path) -> list[str]:
    """Read through FFmpeg's decoder: what it shows, as SubStation lines without styles."""
    file = folder / f"in.{kind}"
    file.write_text(text)
    command = ["ffmpeg", "-v", "error", "-i", str(file), "-f", "ass", "-"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    lines = [line for line in shown.splitlines() if line.startswith("Dialogue:")]
    texts = [line.split(",", 9)[9] for line in lines]
    plain = [re.sub(r"(?<!\\)\{\\[^}]*\}", "", text).replace("\\N", "\n") for text in texts]
    # FFmpeg escapes for SubStation: a backslash before a brace, an empty sign after a backslash.
    return [re.sub(r"\\([{}])", r"\1", text).replace("\u2060", "") for text in plain]


Peer = Callable[[SubtitleFormat, str, Path], list[str]]


def words_of(cues: list[str]) -> list[str]:
    return [word for cue in cues for word in cue.split()]


def without_names(words: list[str]) -> list[str]:
    return [word for word in words if word not in ("You:", "Panel:")]


@pytest.mark.parametrize("peer", [by_webvtt, by_pysubs2, by_ffmpeg])
def test_a_hostile_transcript_arrives_in_srt_word_by_word(peer: Peer, tmp_path: Path) -> None:
    attempt = hostile_attempt()
    shown = words_of(peer("srt", attempt_subtitles(attempt, "srt"), tmp_path))
    assert [word.replace(">", "›") for word in without_names(shown)] == spelt(said(attempt))


@pytest.mark.parametrize("peer", [by_webvtt, by_pysubs2, by_ffmpeg])
def test_a_hostile_transcript_arrives_in_vtt_word_by_word(peer: Peer, tmp_path: Path) -> None:
    attempt = hostile_attempt()
    shown = words_of(peer("vtt", attempt_subtitles(attempt, "vtt"), tmp_path))
    assert shown == said(attempt)


@pytest.mark.parametrize("peer", [by_webvtt, by_pysubs2, by_ffmpeg])
def test_signs_of_smaller_and_greater_hide_no_words_in_srt(peer: Peer, tmp_path: Path) -> None:
    attempt = attempt_of(answer(("If", "a", "<", "b", "and", "c", ">", "d", "we", "stop.")))
    shown = words_of(peer("srt", attempt_subtitles(attempt, "srt"), tmp_path))
    assert {"b", "and", "c"} <= set(shown)


@pytest.mark.parametrize("peer", [by_webvtt, by_pysubs2, by_ffmpeg])
@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_an_answer_of_one_word_is_shown(peer: Peer, kind: SubtitleFormat, tmp_path: Path) -> None:
    attempt = attempt_of(prompt("Why?"), answer(("Because.",)))
    shown = words_of(peer(kind, attempt_subtitles(attempt, kind), tmp_path))
    assert without_names(shown) == ["Why?", "Because."]


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_without_any_words_there_are_no_cues(kind: SubtitleFormat) -> None:
    text = attempt_subtitles(attempt_of(answer(())), kind)
    assert text == ("WEBVTT\n" if kind == "vtt" else "")


def test_vtt_tells_who_speaks_by_voices() -> None:
    read = webvtt.from_buffer(
        io.StringIO(attempt_subtitles(attempt_of(prompt("Why?"), answer(("Because.",))), "vtt")),
        format="vtt",
    )
    assert [(cue.voice, cue.text) for cue in read.captions] == [
        ("Panel", "Why?"),
        ("You", "Because."),
    ]


def test_srt_names_who_speaks_where_that_changes() -> None:
    lines = attempt_subtitles(attempt_of(prompt("Why?"), answer(("Because.",) * 30)), "srt")
    assert lines.count("Panel: Why?") == 1
    assert lines.count("You: Because.") == 1
    assert all(len(line) <= 42 for line in lines.splitlines())


def test_a_short_word_is_not_shown_as_the_next_speakers() -> None:
    yes, why = Word("Yes.", 0.0, 0.2, 0.9), Word("Why?", 0.3, 2.0, 1.0)
    subtitler = Subtitler("vtt")
    text = "".join(map(subtitler.push, [Segment((yes,), "You"), Segment((why,), "Panel")]))
    assert "<v You>Yes.\n" in text + subtitler.finish()


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_a_question_that_was_only_shown_is_no_subtitle(kind: SubtitleFormat) -> None:
    shown = replace(prompt("Why?"), span=Span(3.0, 3.0))
    text = attempt_subtitles(attempt_of(shown, answer(("Because.",))), kind)
    assert "Why?" not in text
    assert "Because." in text


def test_control_characters_do_not_leave() -> None:
    text = attempt_subtitles(hostile_attempt(), "srt") + attempt_subtitles(
        hostile_attempt(), "vtt", raw=True
    )
    assert CLEAN_WORD in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
