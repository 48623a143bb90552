"""The case as it was shown: what was asked, its figures, and what was told only afterwards."""

from __future__ import annotations

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Exhibit
from vivavoce.export.page.markup import Html, element, section


def question(attempt: Attempt) -> Html:
    """Return the prompt and its exhibit; empty without a case."""
    if attempt.case is None:
        return Html()
    variant = attempt.case.variant(attempt.variant_id)
    return section(
        "case",
        "The question",
        element("p", attempt.case.prompt, class_="said"),
        _table(variant.exhibit),
        element("p", variant.exhibit.note, class_="quiet") if variant.exhibit.note else "",
    )


def revealed(attempt: Attempt) -> Html:
    """Return the twist and, to be opened, the model answer; empty without a case."""
    if attempt.case is None:
        return Html()
    variant = attempt.case.variant(attempt.variant_id)
    return section(
        "twist",
        "The twist",
        element("p", variant.twist),
        element(
            "details",
            element("summary", "A model answer"),
            element("p", variant.model_answer, class_="said"),
        ),
    )


def _table(exhibit: Exhibit) -> Html:
    head = element("tr", *(element("th", cell, scope="col") for cell in exhibit.columns))
    rows = (
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(element("td", cell) for cell in row[1:]),
        )
        for row in exhibit.rows
    )
    table = element("table", element("thead", head), element("tbody", rows))
    return element(
        "div", table, class_="exhibit", tabindex="0", role="region", aria_label="The figures"
    )
