from dataclasses import replace
from datetime import timedelta

from tests.tui.scripted import ANSWER, MIX, TIMING, attempt, judgement, reading
from tests.tui.showing import Shown, showing
from tests.tui.test_hostile_text import HOSTILE, clean
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.comparison import Comparison, compare
from vivavoce.domain.debrief import Debrief, Judgement
from vivavoce.domain.speech import Span

QUOTE = "leave out everything they heard this week"


def two(**changes: object) -> Comparison:
    """Return two attempts, of which the later gains the lift and loses its test."""
    earlier = attempt(id="01A")
    later = ANSWER.replace("more.", "more: from 480 to 520 thousand.")
    better = replace(
        reading(later, lift=2),
        lift=judgement(later, 2, "from 480 to 520 thousand", 50.0),
        experiment=Judgement(0),
    )
    timing = replace(TIMING, answer_s=63.0, wpm=120.0, first_metric_s=None)
    again = attempt(
        id="01B",
        started_at=earlier.started_at + timedelta(days=3),
        debrief=Debrief(better, timing),
        fillers=None,
    )
    return compare(earlier, replace(again, **changes))  # type: ignore[arg-type]


async def opened(shown: Shown, comparison: Comparison) -> None:
    shown.app.show_compare(comparison)
    await shown.settle()


async def test_both_stand_side_by_side_with_what_was_gained_and_lost() -> None:
    async with showing(size=(80, 45)) as shown:
        await opened(shown, two())
        lines = shown.text.splitlines()
        assert "The vote went from no to yes. Gained: lift. Lost: test." in shown.text
        lift = next(line for line in lines if line.strip().startswith("Lift"))
        assert lift.split() == ["Lift", "◐", "no", "size", "0:46", "●", "sized", "0:50", "gained"]
        assert any("quick" in line and "not heard  lost" in line for line in lines)
        assert any(line.split() == ["Answer", "0:52", "1:03"] for line in lines)
        metric = next(line for line in lines if "First metric" in line)
        assert metric.split()[2:] == ["14", "s", "in", "none"]
        assert any("about 4" in line and "not counted" in line for line in lines)
        only = lines[next(i for i, line in enumerate(lines) if "Only here" in line)]
        assert only.split()[2:4] == ["nothing", "“from"]


async def test_below_80_columns_each_line_names_its_attempt() -> None:
    async with showing(size=(79, 60)) as shown:
        await opened(shown, two())
        lines = [line.strip() for line in shown.text.splitlines()]
        place = lines.index("Lift")
        assert lines[place + 1 : place + 5] == [
            "A ◐ no size  0:46",
            "“I expect people to open it more”",
            "B ● sized  0:50  gained",
            "“from 480 to 520 thousand”",
        ]


async def test_tab_goes_from_quote_to_quote_and_space_hears_it_in_its_own_attempt() -> None:
    async with showing(size=(80, 40)) as shown:
        await opened(shown, two())
        await shown.press("space", "tab", "space")
        assert shown.backstage.played == [("01A", Span(14.0, 17.0)), ("01B", Span(14.0, 17.0))]
        await shown.press("shift+tab", "shift+tab", "space")
        assert shown.backstage.played[-1] == ("01B", Span(50.0, 53.0))


async def test_what_cannot_be_heard_is_passed_over() -> None:
    async with showing(size=(80, 40)) as shown:
        await opened(shown, two())
        await shown.press(*["tab"] * 5, "space", "tab", "space")
        starts = [(attempt_id, span.start) for attempt_id, span in shown.backstage.played]
        assert starts == [("01A", 46.0), ("01B", 50.0)]


async def test_without_anything_to_hear_the_keys_that_hear_are_not_offered() -> None:
    nothing = Debrief(
        replace(
            reading(),
            problem=Judgement(0),
            solution=Judgement(0),
            lift=Judgement(0),
            experiment=Judgement(0),
        ),
        None,
    )
    comparison = compare(attempt(id="01A", debrief=nothing), attempt(id="01B", debrief=nothing))
    async with showing(size=(80, 12)) as shown:
        await opened(shown, comparison)
        assert "Every sentence is heard as clearly as before." in shown.text
        assert "hear it" not in shown.keys
        assert "quote" not in shown.keys
        assert "Only here" not in shown.text
        await shown.press("end")
        await shown.until("Only here")
        await shown.press("escape")
        assert MIX.title in shown.text


async def test_text_from_outside_is_shown_as_text() -> None:
    first: Attempt = two().a
    hostile = f"{ANSWER} {HOSTILE}"
    said = replace(reading(hostile), lift=judgement(hostile, 2, HOSTILE, 50.0))
    case = replace(MIX, title=HOSTILE)
    later = replace(two().b, case=case, debrief=Debrief(said, TIMING))
    async with showing(size=(200, 50)) as shown:
        await opened(shown, compare(first, later))
        assert shown.text.count("[/] [jargon] [@click=app.exit]x[/]") >= 2
        assert clean(shown.text)
