"""How the screens begin and end."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.scripted import MIX, ScriptedBackstage
from tests.tui.showing import showing
from vivavoce.config import Config
from vivavoce.domain.round_request import RoundRequest
from vivavoce.tui.app import VivavoceApp
from vivavoce.tui.backstage import Shelf

HEAVY = ("faster_whisper", "onnxruntime", "sounddevice", "pyttsx3", "numpy", "sqlite3", "av")


def test_the_first_picture_waits_for_no_heavy_library() -> None:
    program = (
        "import sys; before = set(sys.modules)\n"  # a coverage tool brings sqlite3
        "import vivavoce.tui.app, vivavoce.tui.live\n"
        f"print([name for name in {HEAVY!r} if name in set(sys.modules) - before])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


async def test_a_fault_of_the_program_ends_it_without_printing_what_was_said(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(ScriptedBackstage):
        def shelf(self) -> Shelf:
            said = "my secret answer"
            raise ZeroDivisionError(len(said))

    async def run(app: VivavoceApp) -> None:
        async with app.run_test() as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()

    app = VivavoceApp(Faulty(), Config())
    with pytest.raises(Exception, match="ZeroDivisionError"):
        await run(app)
    assert app.faulted
    printed = capsys.readouterr()
    assert "secret" not in printed.out + printed.err + caplog.text


async def test_rounds_that_still_run_end_with_the_program() -> None:
    async with showing(request=RoundRequest(MIX, "a")) as shown:
        pass
    shown.app.close_rounds()
    assert shown.round.closed


async def test_quitting_in_the_middle_of_a_round_asks_first() -> None:
    async with showing(request=RoundRequest(MIX, "a")) as shown:
        await shown.press("ctrl+q")
        assert "Quit in the middle of a round?" in shown.text
        await shown.press("escape")
        assert shown.app.is_running
        await shown.press("ctrl+q", "y")
        assert not shown.app.is_running


def test_without_a_terminal_it_says_what_to_use_instead(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "vivavoce"],
        env=os.environ | {"VIVAVOCE_HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 2
    assert found.stderr == (
        "vivavoce: The screens need a terminal. Without one: vivavoce practice CASE --plain\n"
    )
    assert found.stdout == ""


def test_a_program_that_is_told_to_stop_puts_the_terminal_back(tmp_path: Path) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(VIVAVOCE_HOME=str(tmp_path), TERM="xterm-256color")
        os.execv(sys.executable, [sys.executable, "-m", "vivavoce"])
    drawn = b""
    with contextlib.suppress(OSError):  # the terminal is closed by the program's end
        while chunk := os.read(terminal, 65536):
            drawn += chunk
            if b"case" in drawn and b"quit" in drawn and pid:
                os.kill(pid, signal.SIGTERM)
                while chunk := os.read(terminal, 65536):
                    drawn += chunk
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130
    assert drawn.rindex(b"\x1b[?1049l") > drawn.rindex(b"\x1b[?1049h")
