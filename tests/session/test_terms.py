"""When an interviewer would cut in: terms that run on, and never a good answer."""

from __future__ import annotations

from tests.scoring.trained_reader import trained_reader
from vivavoce.domain.debrief import Criterion
from vivavoce.domain.speech import Word
from vivavoce.scoring.labelled import OWN_ANSWERS, LabelledAnswer
from vivavoce.session.slots_heard import SlotsHeard
from vivavoce.session.terms import term_that_ran_on
from vivavoce.store.labelled_file import read_labelled

WORDS_PER_SECOND = 2.5
PATIENCE = 30.0
"""A third of the real one: the labelled monologues are shorter than people's."""
MONOLOGUE = (
    "First I would build embeddings for every song with a transformer and then we train a two "
    "tower model with sampled softmax on the last plays "
)


def at_pace(text: str) -> list[Word]:
    seconds = 1 / WORDS_PER_SECOND
    return [
        Word(word, i * seconds, (i + 0.9) * seconds, 0.9) for i, word in enumerate(text.split())
    ]


def cut_in_on(text: str) -> str | None:
    """Say a text, eight seconds at a time, and return the term that would be quoted."""
    slots, words = SlotsHeard(trained_reader()), at_pace(text)
    for begin in range(0, len(words), 20):
        slots.hear(words[begin : begin + 20])
        if not slots.outcome_named:
            term = term_that_ran_on(words[: begin + 20], PATIENCE)
            if term:
                return term
    return None


def labelled() -> list[LabelledAnswer]:
    lasting = WORDS_PER_SECOND * PATIENCE
    return [a for a in read_labelled(OWN_ANSWERS) if len(a.text.split()) > lasting]


def test_no_good_answer_is_cut_in_on() -> None:
    good = [answer for answer in labelled() if answer.vote == "yes"][:40]
    assert len(good) == 40
    assert [answer.id for answer in good if cut_in_on(answer.text)] == []


def test_most_monologues_without_an_outcome_are_cut_in_on() -> None:
    outcomes: tuple[Criterion, ...] = ("problem", "lift", "impact")
    monologues = [
        answer
        for answer in labelled()
        if answer.flags["over_engineered"]
        and not any(answer.levels[n] for n in outcomes)
        # The patience begins with the first term, some seconds in.
        and len(answer.text.split()) > 1.2 * WORDS_PER_SECOND * PATIENCE
    ]
    cut = [answer.id for answer in monologues if cut_in_on(answer.text)]
    assert len(monologues) >= 20
    assert len(cut) >= 0.8 * len(monologues)


def test_the_term_is_quoted_as_it_was_said() -> None:
    term = term_that_ran_on(at_pace(MONOLOGUE * 10))
    assert term is not None
    assert term in MONOLOGUE.lower()


def test_nobody_is_cut_in_on_early_or_for_being_slow() -> None:
    assert term_that_ran_on([]) is None
    assert term_that_ran_on(at_pace(MONOLOGUE * 3)) is None
    assert term_that_ran_on(at_pace("well let me think about that for a while " * 40)) is None
    late = "well let me think about that for a while " * 30 + MONOLOGUE
    assert term_that_ran_on(at_pace(late)) is None


def test_people_who_talk_of_platforms_are_heard_as_well() -> None:
    platform = (
        "I would split the monolith and give each part its own schema and then an endpoint with "
        "three replicas behind the gateway "
    )
    assert term_that_ran_on(at_pace(platform * 12)) == "gateway"


def test_one_thing_in_many_forms_is_not_many_terms() -> None:
    about_one = "the model and our models and a small language model like most models do now " * 20
    assert term_that_ran_on(at_pace(about_one)) is None
