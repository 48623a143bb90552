"""Keeping the garbage collector from holding a debrief up."""

from __future__ import annotations

import gc


def clear_up() -> None:
    """Throw away what nobody holds any more."""
    give_back()
    gc.collect()


def set_aside() -> None:
    """Take all there is now out of the collector's sight.

    Else it goes through every library now and then, which takes up to 0.1 s: as long as a debrief
    may take to come.
    """
    gc.freeze()


def give_back() -> None:
    """Let the collector see again what was set aside: a round that is over must not stay."""
    gc.unfreeze()
