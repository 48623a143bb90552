"""The two themes: one dark, one light; every text colour stands at 4.5:1 or more on its ground."""

from __future__ import annotations

from textual.theme import Theme

TEXT_COLOURS = ("foreground", "quiet", "primary", "accent", "success", "warning", "error")
"""Names of the theme's colours that text is written in; each is tested on every ground."""
GROUNDS = ("background", "surface", "panel")
"""Names of the theme's colours that lie behind text."""


def _theme(name: str, *, dark: bool, colours: dict[str, str]) -> Theme:
    """Return a theme; `quiet` is for what matters less, `rule` for lines without words."""
    return Theme(
        name=name,
        dark=dark,
        primary=colours["primary"],
        secondary=colours["quiet"],
        accent=colours["accent"],
        success=colours["success"],
        warning=colours["warning"],
        error=colours["error"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        variables={
            "quiet": colours["quiet"],
            "rule": colours["rule"],
            "text-muted": colours["quiet"],
            "border": colours["rule"],
            "border-blurred": colours["rule"],
            "block-cursor-background": colours["panel"],
            "block-cursor-foreground": colours["foreground"],
            "block-cursor-blurred-background": colours["panel"],
            "block-cursor-blurred-foreground": colours["foreground"],
            "block-hover-background": colours["surface"],
            "scrollbar": colours["rule"],
            "scrollbar-hover": colours["quiet"],
            "scrollbar-active": colours["quiet"],
            "scrollbar-background": colours["background"],
            "scrollbar-background-hover": colours["background"],
            "scrollbar-background-active": colours["background"],
            "scrollbar-corner-color": colours["background"],
            "input-selection-background": colours["rule"],
        },
    )


DARK = _theme(
    "vivavoce-dark",
    dark=True,
    colours={
        "background": "#14171b",
        "surface": "#1b2026",
        "panel": "#28303a",
        "rule": "#3a4450",
        "foreground": "#e6e4df",
        "quiet": "#a3adb8",
        "primary": "#7fc8bd",
        "accent": "#f0bc6b",
        "success": "#93cf94",
        "warning": "#f0bc6b",
        "error": "#f5988e",
    },
)
LIGHT = _theme(
    "vivavoce-light",
    dark=False,
    colours={
        "background": "#fbf9f4",
        "surface": "#f3f0e8",
        "panel": "#e4e0d4",
        "rule": "#c4beae",
        "foreground": "#22272d",
        "quiet": "#545c65",
        "primary": "#0b5f57",
        "accent": "#7d4600",
        "success": "#22602a",
        "warning": "#7d4600",
        "error": "#9c1f18",
    },
)
