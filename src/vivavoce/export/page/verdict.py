"""The vote and its reason, the proof, what to say next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion, Debrief, Judgement, Level, Reading
from vivavoce.domain.debrief_told import made_better, not_heard_told
from vivavoce.domain.dispute import Dispute, dispute_about
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES, LEVEL_MARKS, TO_SAY, level_word
from vivavoce.export.page.markup import Html, element, hidden, joined, moment, section, spaced
from vivavoce.scoring.beside import Beside


def not_heard(debrief: Debrief) -> Html:
    """Return what is told where the first answer was not heard: nobody is blamed."""
    title, why = not_heard_told(debrief)
    return element(
        "section",
        element("h2", element("span", title, class_="vote"), id="vote"),
        element("p", f"{why} Nothing is held against you.", class_="turning"),
        class_="verdict",
        aria_labelledby="vote",
    )


def verdict(debrief: Debrief, found: Beside) -> Html:
    """Return the vote, its reason, what would turn it and the panel's sentence."""
    first = debrief.first
    turning = joined(element("b", "To turn it: ")) if first.vote == "no" else ""
    parts = [element("p", turning, one_line(first.turning), class_="turning")]
    if found.panel:
        parts.append(element("p", element("b", "The panel: "), one_line(found.panel)))
    return element(
        "section",
        element(
            "h2",
            element("span", first.vote.capitalize(), class_=f"vote {first.vote}"),
            hidden(": "),
            element("span", one_line(first.reasons[0]), class_="reason"),
            id="vote",
        ),
        *parts,
        class_="verdict",
        aria_labelledby="vote",
    )


def proof(reading: Reading, disputes: Sequence[Dispute], playable: bool) -> Html:
    """Return what was heard for each criterion, when and in which words."""
    rows = (
        _row(name, criterion, reading.judgement(criterion), disputes, playable)
        for criterion, name in CRITERION_NAMES.items()
    )
    return section("proof", "What was heard", element("ul", rows, class_="proof"))


def say_next(reading: Reading) -> Html:
    """Return the sentence to say next."""
    return section(
        "next", "Say this next", element("p", one_line(reading.say_next), class_="said"),
        class_="next",
    )  # fmt: skip


def added(attempt: Attempt, debrief: Debrief, playable: bool) -> Html:
    """Return what the answers to the follow-up questions made better; empty without any."""
    if attempt.case is None or debrief.with_probes is None:
        return Html()
    better = [
        _row(CRITERION_NAMES[criterion], criterion, judgement, (), playable, was)
        for criterion, judgement, was in made_better(debrief)
    ]
    told = (
        element("ul", *better, class_="proof")
        if better
        else element("p", "They added nothing that had been missing.")
    )
    return section("added", "The follow-ups added", told)


def _row(
    name: str,
    criterion: Criterion,
    judgement: Judgement,
    disputes: Sequence[Dispute],
    playable: bool,
    was: Level | None = None,
) -> Html:
    level = judgement.level
    return element(
        "li",
        element("span", name, class_="criterion"),
        element(
            "span",
            element("span", LEVEL_MARKS[level], class_="sign", aria_hidden="true"),
            f" {level_word(criterion, level)}",
            class_=f"level level-{level}",
        ),
        element(
            "span", spaced(_quoted(name, criterion, judgement, was, playable)), class_="proven"
        ),
        _disputed(criterion, name, disputes, playable),
    )


def _quoted(
    name: str, criterion: Criterion, judgement: Judgement, was: Level | None, playable: bool
) -> Iterator[str]:
    if not judgement.evidence:
        yield element("span", TO_SAY[criterion], class_="quiet")
        return
    best = judgement.evidence[0]
    if best.span is not None:
        yield moment(best.span, name, playable)
    yield element("q", one_line(best.quote))
    if was is not None:
        yield element("span", f"before: {level_word(criterion, was)}", class_="quiet")


def _disputed(criterion: Criterion, name: str, disputes: Sequence[Dispute], playable: bool) -> Html:
    disputed = dispute_about(disputes, criterion)
    if disputed is None:
        return Html()
    return element(
        "span",
        moment(Span(disputed.start, disputed.end), f"{name}, as you see it", playable),
        element("b", " You say: "),
        element("q", one_line(disputed.quote)),
        class_="proven disputed",
    )
