"""The debrief as one web page that needs no network: to read, to hear, to send to a coach.

Invariant: no text of an attempt can become code. All of it passes `page.markup.element`, and the
page's policy runs one script and one style, which it knows by their sums.
"""

from __future__ import annotations

import base64
import hashlib
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Reading
from vivavoce.domain.debrief_told import broken_off_told
from vivavoce.domain.peaks import peaks_from
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import ROUND_NAMES, TIMED, clock, fillers_text, reader_note
from vivavoce.engines.encoder_av import MEDIA_TYPE, opus_webm
from vivavoce.export.page.markup import Html, element, lines, section
from vivavoce.export.page.notes import own_notes, standing_notes, writing
from vivavoce.export.page.player import keys, player
from vivavoce.export.page.question import question, revealed
from vivavoce.export.page.timeline import timeline
from vivavoce.export.page.transcript import transcript
from vivavoce.export.page.verdict import added, not_heard, proof, say_next, verdict
from vivavoce.scoring.beside import Beside, beside
from vivavoce.scoring.beside_told import sections

ReportAudio = Literal["embedded", "sibling"]
_PARTS = Path(__file__).parent / "page"
_SCRIPTS = ("player.js", "choosing.js", "noting.js")


def report_audio(samples: NDArray[np.int16]) -> bytes:
    """Return the sound as the file that stands beside a page: Opus in WebM.

    Args:
        samples: 16 kHz mono, shape (n,).
    """
    return opus_webm(samples)


def report_html(
    attempt: Attempt, samples: NDArray[np.int16] | None, audio: ReportAudio, audio_name: str
) -> str:
    """Return an attempt as one page.

    Args:
        attempt: As it is kept; its corrections count.
        samples: Its recording, 16 kHz mono, shape (n,); None where there is none.
        audio: Whether the sound is in the page or in a file beside it.
        audio_name: That file's name, without a folder; unused for `embedded`.
    """
    if samples is not None and not len(samples):
        samples = None
    source = _source(samples, audio, audio_name) if samples is not None else None
    style = _read("page.css")
    script = "".join(map(_read, _SCRIPTS))
    title = one_line(attempt.case.title) if attempt.case is not None else TIMED
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element(
            "meta", http_equiv="Content-Security-Policy", content=_policy(style, script, audio)
        ),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{title}: debrief"),
        element("link", rel="icon", href="data:,"),
        Html(f"<style>{style}</style>"),
    )
    body = element(
        "body",
        element("a", "To the transcript", href="#transcript", class_="skip"),
        _header(attempt, title),
        element(
            "main",
            _main(attempt, samples),
            id="debrief",
            data_attempt=attempt.id,
        ),
        player(source),
        writing(),
        element("p", id="status", class_="unseen", role="status"),
        Html(f"<script>{script}</script>"),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _header(attempt: Attempt, title: str) -> Html:
    began = attempt.started_at.astimezone()  # the day on which the candidate lived it
    facts = [
        *([ROUND_NAMES[attempt.case.round]] if attempt.case is not None else []),
        f"{began.day} {began:%B %Y}",
        f"{clock(attempt.duration_s)} recorded",
        *(["the shipped sample"] if attempt.sample else []),
    ]
    return element(
        "header",
        element("h1", title),
        element("p", " · ".join(facts)),
        element("p", "“You” is the person who answered.", class_="quiet"),
    )


def _main(attempt: Attempt, samples: NDArray[np.int16] | None) -> Iterator[Html]:
    playable = samples is not None
    peaks = peaks_from(samples) if samples is not None else None
    debrief = attempt.debrief
    found = None
    if broken_off := broken_off_told(attempt):
        yield element("p", broken_off, class_="turning")
    if debrief is not None and not debrief.first_heard:
        yield not_heard(debrief)
        yield added(attempt, debrief, playable)
    elif debrief is not None and attempt.case is not None:
        found = beside(debrief, attempt.corrected, attempt.case, attempt.variant_id)
        yield verdict(debrief, found)
        yield proof(debrief.first, attempt.disputes, playable)
        yield say_next(debrief.first)
        yield added(attempt, debrief, playable)
    elif debrief is None:
        yield element("p", "This attempt has no debrief: it was not finished.", class_="turning")
    yield timeline(attempt, peaks)
    yield question(attempt)
    yield element(
        "div",
        transcript(attempt, playable),
        element("div", standing_notes(attempt, playable), own_notes(), class_="margin"),
        class_="beside-each-other",
    )
    if debrief is not None and debrief.heard:
        yield element("div", _further(attempt, debrief.first, found), class_="further")
    yield revealed(attempt)
    yield keys()


def _further(attempt: Attempt, first: Reading, found: Beside | None) -> Iterator[Html]:
    """Yield what stands beside the vote and is never counted."""
    told: list[tuple[str, tuple[str, ...]]] = []
    if found is not None:
        told += [(title.capitalize(), said) for title, said in sections(found)]
        told.append(("Also", (*first.reasons[1:], reader_note(first, to_owner=False))))
    if attempt.fillers is not None:
        told.append(("Fillers", (fillers_text(attempt.fillers),)))
    for number, (title, said) in enumerate(told):
        if any(said):
            yield section(f"further-{number}", title, lines(iter(said)))


def _source(samples: NDArray[np.int16], audio: ReportAudio, audio_name: str) -> str:
    if audio == "sibling":
        # "./", or a name like "data:x" would be taken for an address.
        return f"./{urllib.parse.quote(audio_name, safe='')}"
    return f"data:{MEDIA_TYPE};base64,{base64.b64encode(opus_webm(samples)).decode('ascii')}"


def _policy(style: str, script: str, audio: ReportAudio) -> str:
    """Return what the page may do: run its own script and style, play its own sound."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_sum(script)}'",
            f"style-src '{_sum(style)}'",
            # Not every browser takes a file beside a file for the page's own.
            "media-src data:" if audio == "embedded" else "media-src 'self' file:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _sum(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _read(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")
