"""The keys of the replay. Each has an id, by which the settings can move it to another key."""

from __future__ import annotations

from textual.binding import Binding


def _key(
    name: str, key: str, action: str, description: str, tooltip: str, *, show: bool = True
) -> Binding:
    return Binding(key, action, description, tooltip=tooltip, show=show, id=f"replay.{name}")


REPLAY_KEYS = (
    _key("play", "space", "play", "play", "Play, or pause"),
    _key("back", "left", "seek(-3)", "3 s", "Back 3 seconds"),
    _key("on", "right", "seek(3)", "3 s", "On 3 seconds", show=False),
    _key("next_word", "j", "word(1)", "word", "To the next word"),
    _key("previous_word", "k", "word(-1)", "word", "To the word before", show=False),
    _key("note", "n", "note", "note", "Write a note on these words, or change it"),
    _key("tag", "t", "tag", "tag", "Tag these words"),
    _key("correct", "c", "correct", "correct", "Say what you really said here"),
    _key("repeat", "r", "repeat", "repeat", "Hear the last phrase again, slowly"),
    _key("loop", "l", "loop", "loop", "Hear this, or what you selected, on and on"),
    _key("select", "v", "select", "select", "Select words (or drag over them)"),
    _key("slower", "left_square_bracket", "speed(-1)", "speed", "Slower"),
    _key("faster", "right_square_bracket", "speed(1)", "speed", "Faster", show=False),
    _key("search", "slash", "search", "search", "Search the words"),
    _key("side", "tab", "side", "quotes", "To the quotes and notes, and back"),
    _key("undo", "u", "undo", "undo", "Undo your last change, even of last week"),
    _key("redo", "ctrl+r", "redo", "redo", "Do it again", show=False),
    _key("mark", "m", "mark", "mark", "Mark this moment"),
    _key("next_note", "right_curly_bracket", "note_at(1)", "notes", "To your next note or mark"),
    _key(
        "previous_note",
        "left_curly_bracket",
        "note_at(-1)",
        "notes",
        "To the note or mark before",
        show=False,
    ),
    _key(
        "unsure", "exclamation_mark", "unsure", "unsure", "To the next word that was hard to hear"
    ),
    _key("now", "full_stop", "now", "now", "Back to the word you hear"),
    _key("back_far", "shift+left", "seek(-10)", "10 s", "Back 10 seconds"),
    _key("on_far", "shift+right", "seek(10)", "10 s", "On 10 seconds", show=False),
    _key("delete", "delete", "delete", "delete", "Take away what is written here"),
    _key(
        "as_heard",
        "R",
        "as_heard",
        "as heard",
        "All words back to what the machine heard",
        show=False,
    ),
    _key("leave", "escape", "leave", "back", "Back, or end the selection"),
    _key("close", "q", "close", "back", "Back", show=False),
)
