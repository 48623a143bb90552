"""The controls of the sound. Without scripts the browser's own stand in their place."""

from __future__ import annotations

from vivavoce.export.page.markup import Html, element, hidden, joined

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
KEYS = (
    ("space", "play, stop"),
    ("← →", "3 seconds back, on"),
    ("j k", "next word, word before"),
    ("J K", "choose one word more, one less"),
    ("[ ]", "slower, faster"),
    ("n", "note on the chosen words"),
)


def player(source: str | None) -> Html:
    """Return the sound and its controls, and the button that begins a note.

    Args:
        source: An address of the sound: data, or a file beside the page; None without sound.
    """
    note = joined(
        element(
            "button", "Note", hidden(" on the chosen words"), type="button", id="note",
            disabled=True,
        ),
        element("a", href="#yours", id="to-notes", hidden=True),
    )  # fmt: skip
    if source is None:
        controls = element("div", note, id="controls", class_="controls", hidden=True)
        return element("section", controls, class_="player only-scripted", aria_label="Notes")
    speeds = (
        element("option", f"{speed:g}×", value=f"{speed:g}", selected=speed == 1.0)
        for speed in SPEEDS
    )
    controls = element(
        "div",
        _button("back", "−3 s", "3 seconds back"),
        element("button", "Play", type="button", id="play", class_="main"),
        _button("on", "+3 s", "3 seconds on"),
        element("label", hidden("Place in the recording"), element(
            "input", type="range", id="place", min="0", max="1", step="any", value="0"
        ), class_="place"),
        element("span", "0:00", id="clock", class_="clock"),
        element("label", hidden("Speed"), element("select", speeds, id="speed")),
        note,
        id="controls",
        class_="controls",
        hidden=True,
    )  # fmt: skip
    return element(
        "section",
        element("audio", src=source, id="sound", controls=True, preload="auto"),
        controls,
        element("p", id="trouble", class_="trouble", role="alert"),
        class_="player",
        aria_label="Player",
    )


def keys() -> Html:
    """Return the keys, and the way to switch them off for those who steer by voice."""
    listed = (joined(element("dt", element("kbd", key)), element("dd", told)) for key, told in KEYS)
    return element(
        "details",
        element("summary", "Keys"),
        element("dl", listed),
        element("label", element("input", type="checkbox", id="keys-on", checked=True), " Keys on"),
        class_="keys only-scripted",
    )


def _button(id_: str, shown: str, told: str) -> Html:
    return element(
        "button",
        element("span", shown, aria_hidden="true"),
        hidden(told),
        type="button",
        id=id_,
    )
