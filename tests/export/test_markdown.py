"""The debrief as Markdown: what a real parser shows of it."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from markdown_it import MarkdownIt

from tests.hostile_attempts import answer, attempt_of, hostile_attempt, prompt
from vivavoce.domain.attempt import Attempt
from vivavoce.export.markdown import escaped, markdown
from vivavoce.export.spoken import turns_to_tell

OURS = {"h1", "h2", "p", "ul", "li", "strong", "em", "blockquote"}
OURS |= {"table", "thead", "tbody", "tr", "th", "td"}


def page(attempt: Attempt) -> str:
    # With raw HTML let through: a reader that renders it must find none.
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(parser.render(markdown(attempt)))


def shown(attempt: Attempt) -> str:
    """Return the page's text, spaces folded."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page(attempt))).split())


def test_the_vote_stands_first_and_then_the_proof() -> None:
    text = markdown(attempt_of(prompt(), answer(("They", "skip."))))
    assert text.startswith("# Early skips\n\n2026-11-25 18:00 UTC · variant a · 0:04")
    vote, proof = text.index("**NO.** Not a bigger idea"), text.index("- **Problem**: clear")
    next_, said = text.index("> So skips fall by"), text.index("## What was said")
    assert vote < proof < next_ < said
    assert "· 0:03 “They”" in text
    assert "- 0:03 They skip." in text
    assert "| week | 1 | 2 |" in text


def test_a_hostile_transcript_is_text_and_nothing_else() -> None:
    rendered = page(hostile_attempt())
    assert {tag.lower() for tag in re.findall("<([a-zA-Z][^ >/]*)", rendered)} <= OURS
    assert "href" not in rendered
    text = shown(hostile_attempt())
    for turn in turns_to_tell(hostile_attempt(), raw=False):
        place = 0
        for word in turn.text.split():
            place = text.index(word, place) + len(word)


def test_what_begins_as_a_list_or_a_heading_stays_a_sentence() -> None:
    parser = MarkdownIt("commonmark")
    for word in (
        "1.",
        "2)",
        "-",
        "+",
        "#",
        ">",
        "=",
        "---",
        "~~~",
        "    x",
        "***",
        "&amp;",
        "![",
        "-----",
    ):
        rendered = parser.render(escaped(f"{word} two"))
        assert html.unescape(rendered) == f"<p>{word.strip()} two</p>\n", word


def test_figures_stay_readable_in_the_source() -> None:
    for text in ("14.1", "R&D", "-5%", "12 > 8", "a - b", "So: 3."):
        assert escaped(text) == text


def test_links_do_not_come_alive_where_a_reader_makes_them_of_text() -> None:
    parser = MarkdownIt("gfm-like", {"linkify": False})
    assert "http\\://a.b" in escaped("http://a.b")
    assert "www\\.a.b" in escaped("www.a.b")
    assert "me\\@a.b" in escaped("me@a.b")
    assert (
        html.unescape(parser.render(escaped("http://a.b me@a.b"))) == "<p>http://a.b me@a.b</p>\n"
    )


def test_without_words_without_a_debrief_and_without_a_case_there_is_a_page() -> None:
    silent = attempt_of(prompt(), answer(()))
    assert "*Nothing heard.*" in markdown(silent)
    assert "**Not heard.** There was sound, but no speech in it." in markdown(silent)
    assert silent.debrief is not None
    only_later = replace(silent, debrief=replace(silent.debrief, heard=True))
    assert "**First answer not heard.**" in markdown(only_later)
    assert "NO" not in markdown(only_later)
    broken = replace(attempt_of(prompt(), answer(("They", "skip."))), state="interrupted")
    told = "\n\nBroken off at 0:04: the microphone or the program stopped. The vote"
    assert told in markdown(broken)
    bare = replace(attempt_of(answer(("Yes.",))), case=None, variant_id="", debrief=None)
    assert markdown(bare).startswith("# Timed answer\n")
    assert "- 0:03 Yes." in markdown(bare)
