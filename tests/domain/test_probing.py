"""Which follow-up question is asked."""

from __future__ import annotations

from vivavoce.domain.case import Probe
from vivavoce.domain.probing import choose_probe

PROBES = (
    Probe("tool", "You said {tool}. What does a listener notice?"),
    Probe("size", "Fewer than what?"),
    Probe("cost", "Who loses?"),
    Probe("size", "How many people is that?"),
)


def test_the_most_decisive_lack_chooses_the_probe() -> None:
    assert choose_probe(PROBES, ("cost", "size"), {}, []) == "Who loses?"


def test_a_lack_without_a_probe_falls_to_the_next() -> None:
    assert choose_probe(PROBES, ("stop", "size"), {}, []) == "Fewer than what?"


def test_the_candidates_own_word_fills_the_brace() -> None:
    question = choose_probe(PROBES, ("tool",), {"tool": "embeddings"}, [])
    assert question == "You said embeddings. What does a listener notice?"


def test_a_brace_without_a_word_passes_the_probe_over() -> None:
    assert choose_probe(PROBES, ("tool", "cost"), {}, []) == "Who loses?"


def test_a_question_is_never_asked_twice() -> None:
    assert choose_probe(PROBES, ("size",), {}, ["Fewer than what?"]) == "How many people is that?"


def test_an_answer_that_lacks_nothing_is_not_probed() -> None:
    assert choose_probe(PROBES, (), {}, []) is None
