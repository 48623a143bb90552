import pytest
from textual.color import Color
from textual.theme import Theme

from vivavoce.tui.themes import DARK, GROUNDS, LIGHT, TEXT_COLOURS

READABLE = 4.5
"""WCAG 2, level AA, for text of normal size."""


def luminance(colour: Color) -> float:
    channels = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: Color, other: Color) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXT_COLOURS)
def test_every_text_colour_can_be_read_on_every_ground(
    theme: Theme, ground: str, text: str
) -> None:
    colours = theme.to_color_system().generate() | theme.variables
    assert contrast(Color.parse(colours[text]), Color.parse(colours[ground])) >= READABLE


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("badge", ["success", "error"])
def test_the_vote_can_be_read_on_its_badge(theme: Theme, badge: str) -> None:
    colours = theme.to_color_system().generate()
    assert contrast(Color.parse(colours["background"]), Color.parse(colours[badge])) >= READABLE
