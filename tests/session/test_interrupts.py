"""Ctrl-C reaches the caller even if a library drops it."""

from __future__ import annotations

import contextlib
import signal
import threading

import pytest

from vivavoce.session.interrupts import interrupts_kept


@pytest.fixture(autouse=True)
def ctrl_c_works() -> None:
    """A shell that runs the tests in the background has switched it off."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_a_ctrl_c_that_was_dropped_is_raised_at_the_next_check() -> None:
    with interrupts_kept() as check:
        check()
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            check()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_is_raised_at_once_where_nobody_drops_it() -> None:
    with pytest.raises(KeyboardInterrupt), interrupts_kept():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_ignored_ctrl_c_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with interrupts_kept() as check:
        signal.raise_signal(signal.SIGINT)
        check()


def test_another_thread_changes_no_signal() -> None:
    def work() -> None:
        with interrupts_kept() as check:
            check()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
