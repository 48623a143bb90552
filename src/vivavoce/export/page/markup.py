"""HTML and SVG, built so that no text can become code.

A plain `str` is text and is escaped; only what `element` returns is markup. Nothing else in the
package joins text and tags.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from vivavoce.domain.speech import Span
from vivavoce.domain.text import strip_controls
from vivavoce.domain.wording import clock

_VOID = frozenset(["meta", "link", "input", "br"])
_MARK_SECONDS = 5.0
"""What is played of a moment that has no length. Chosen."""


class Html(str):
    """Markup that may stand in a page as it is."""

    __slots__ = ()


def element(
    name: str,
    /,
    *children: str | Iterator[str],
    **attributes: str | float | bool | None,
) -> Html:
    """Return an element.

    Args:
        name: The tag's.
        children: Texts, which are escaped, and markup, which is not; or iterators of them.
        attributes: By their names, `_` for `-`, one at the end left out: `class_`, `data_start`.
            None and False are left out, True has no value.
    """
    told = "".join(_attribute(name, value) for name, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{joined(*children)}</{name}>")


def joined(*parts: str | Iterator[str]) -> Html:
    """Return texts and markup, one after the other, texts escaped."""
    return Html("".join(_escaped(each) for part in parts for each in _each(part)))


def _each(part: str | Iterator[str]) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    else:
        yield from part


def _escaped(part: str) -> str:
    return part if isinstance(part, Html) else html.escape(strip_controls(part))


def _attribute(name: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    told = value if isinstance(value, str) else f"{value:.3f}".rstrip("0").rstrip(".")
    return f' {name}="{html.escape(strip_controls(told))}"'


def heading(text: str, id_: str) -> Html:
    """Return the heading of a section, for `aria-labelledby`."""
    return element("h2", text, id=id_)


def section(id_: str, title: str, *children: str | Iterator[str], class_: str = "") -> Html:
    """Return a section with its heading."""
    return element(
        "section",
        heading(title, f"{id_}-title"),
        *children,
        id=id_,
        class_=class_ or None,
        aria_labelledby=f"{id_}-title",
    )


def hidden(text: str) -> Html:
    """Return words for those who hear the page."""
    return element("span", text, class_="unseen")


def moment(span: Span, what: str, playable: bool, onward: bool = False) -> Html:
    """Return a time; where there is sound, a button that plays the stretch and stops at its end.

    Args:
        span: Seconds; one without length is played for a few seconds.
        what: Is heard there, for those who hear the page.
        playable: Whether the page has sound.
        onward: It plays on at the end instead.
    """
    if not playable:
        return element("span", clock(span.start), class_="time")
    end = span.end if span.end > span.start else span.start + _MARK_SECONDS
    return element(
        "button",
        element("span", "▶", class_="sign", aria_hidden="true"),
        hidden("Play "),
        clock(span.start),
        hidden(f", {what}"),
        type="button",
        class_="time",
        data_from=span.start,
        data_to=None if onward else end,
    )


def lines(texts: Iterator[str], class_: str | None = None) -> Html:
    """Return a paragraph for each text; empty ones are left out."""
    return joined(element("p", text, class_=class_) for text in texts if text)


def spaced(parts: Iterator[str]) -> Iterator[str]:
    """Yield parts with a space behind each, for those who hear or copy them."""
    for part in parts:
        yield part
        yield " "
