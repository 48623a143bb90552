"""Two small cases: figures in rows over weeks, and figures in columns over groups."""

from __future__ import annotations

from vivavoce.domain.case import Exhibit, Variant

PROMPT = "Six in ten people stop opening their mix. What would you do?"
MIX = Variant(
    id="a",
    exhibit=Exhibit(
        columns=("Weeks since first open", "1", "2", "3", "4"),
        rows=(
            ("Openers (k)", "820", "610", "480", "405"),
            ("Songs per open", "14.1", "11.8", "9.0", "8.7"),
            ("Repeats of last week %", "12", "27", "38", "39"),
        ),
        note="1.5 million people, 5 by TV. 1.8 % leave a month.",
    ),
    twist="",
    model_answer="",
)
SAVED = Variant(
    id="a",
    exhibit=Exhibit(
        columns=("In the first week", "People", "Back in week 2"),
        rows=(
            ("Saved a song", "48,000", "63 %"),
            ("Saved none", "152,000", "34 %"),
            ("All", "200,000", "41 %"),
        ),
        note="The list is replaced every Monday.",
    ),
    twist="",
    model_answer="",
)
