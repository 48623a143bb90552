"""The app: its screens, its themes and what they share."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import WorkerFailed

from vivavoce.config import Config, load_config, load_keys
from vivavoce.errors import UsageError, VivavoceError
from vivavoce.locations import find_locations
from vivavoce.logs import keep_libraries_off_the_screen, log_to
from vivavoce.tui.backstage import Backstage, RunningRound
from vivavoce.tui.screens.keys import KeysScreen
from vivavoce.tui.screens.leave import LeaveScreen
from vivavoce.tui.screens.library import LibraryScreen
from vivavoce.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from vivavoce.domain.attempt import Attempt
    from vivavoce.domain.comparison import Comparison
    from vivavoce.domain.round_request import RoundRequest

_log = logging.getLogger(__name__)

INTERRUPTED = 130
"""Exit code of a program that was told to stop."""

WIDTHS = [(0, "-narrow"), (64, "-normal"), (100, "-wide")]
"""From how many columns on a screen has which class. Chosen: 80 is the common terminal."""
HEIGHTS = [(0, "-short"), (18, "-high")]
"""Likewise by lines."""


QUIT_KEEPS = "What you said is kept; the next start reads and scores it."


class VivavoceApp(App[int]):
    """Shows rounds; whatever takes time happens in workers."""

    TITLE = "vivavoce"
    CSS_PATH = "vivavoce.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    COMMAND_PALETTE_DISPLAY = "^p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "keys", key_display="?", tooltip="Show these keys"),
        Binding("ctrl+t", "turn_light", "theme", tooltip="Light or dark", show=False),
        Binding("ctrl+q", "quit", "quit", tooltip="Leave vivavoce", show=False, priority=True),
    ]

    def __init__(
        self,
        backstage: Backstage,
        config: Config,
        request: RoundRequest | None = None,
        replay: tuple[str, float | None] | None = None,
    ) -> None:
        """Prepare the app.

        Args:
            backstage: Where rounds, cases and results come from.
            config: The settings; two of them change here and are remembered.
            request: A round to begin at once.
            replay: An attempt to replay at once, and where to begin; see `show_replay`.
        """
        super().__init__()
        self.backstage = backstage
        self.config = config
        self.last_exit_code = 0
        """What the latest round ended with: 0, or the code of its failure."""
        self.faulted = False
        """Whether a fault of the program ended it."""
        self._request = request
        self._replay = replay
        self._rounds: list[RunningRound] = []
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = (LIGHT if config.theme == "light" else DARK).name

    def get_default_screen(self) -> Screen[None]:
        """Begin in the library."""
        return LibraryScreen()

    def on_mount(self) -> None:
        """Begin the round or the replay that was asked for."""
        if not self.is_headless:
            self._leave_on_signals()
        if self._request is not None:
            self.hold_round(self._request)
        elif self._replay is not None:
            self.show_replay(*self._replay)

    def get_key_display(self, binding: Binding) -> str:
        """Return a key's name in letters: `enter`, not an arrow."""
        name = super().get_key_display(binding)
        return {"⏎": "enter", "↓": "down", "↑": "up"}.get(name, name)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Fill the palette with every key of the screen that explains itself."""
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.tooltip and active.enabled and binding.action != "command_palette":
                name = f"{binding.description} ({self.get_key_display(binding)})"
                action, node = binding.action, active.node
                yield SystemCommand(
                    name.capitalize(),
                    binding.tooltip,
                    lambda action=action, node=node: self.call_later(self.run_action, action, node),
                )

    # -- from screen to screen -------------------------------------------------------------

    def hold_round(self, request: RoundRequest, *, instead: bool = False) -> None:
        """Open the interview screen for a round, over this screen or `instead` of it."""
        from vivavoce.tui.screens.interview import InterviewScreen

        self._open(InterviewScreen(request), instead)

    def show_debrief(self, attempt: Attempt, *, just_held: bool = False) -> None:
        """Show what an attempt came to; right after its round, instead of that."""
        from vivavoce.tui.screens.debrief import DebriefScreen

        self._open(DebriefScreen(attempt, just_held=just_held), instead=just_held)

    def show_replay(self, attempt_id: str, at: float | None = None) -> None:
        """Hear an attempt again.

        Args:
            attempt_id: The whole id.
            at: Where to begin, in seconds; None for where it was left.
        """
        from vivavoce.tui.screens.replay import ReplayScreen

        self.push_screen(ReplayScreen(attempt_id, at))

    def show_history(self) -> None:
        """Show all attempts; where there are none left, the first case is begun from there."""
        from vivavoce.tui.screens.history import HistoryScreen

        def begin(first_case: bool | None) -> None:
            if first_case and isinstance(self.screen, LibraryScreen):
                self.screen.begin_chosen()

        self.push_screen(HistoryScreen(), begin)

    def show_compare(self, comparison: Comparison) -> None:
        """Show two attempts side by side."""
        from vivavoce.tui.screens.compare import CompareScreen

        self.push_screen(CompareScreen(comparison))

    def _open(self, screen: Screen[None], instead: bool) -> None:
        if instead:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def uncover(self, screen: Screen[Any]) -> None:
        """Take away the boxes that lie over a screen."""
        while self.screen is not screen and screen in self.screen_stack:
            self.pop_screen()

    def action_mic_check(self) -> None:
        """Open the microphone check."""
        from vivavoce.tui.screens.mic_check import MicCheckScreen

        self.push_screen(MicCheckScreen())

    async def action_quit(self) -> None:
        """Leave the program; ask first while a round runs."""
        if not self._rounds:
            self.exit()
        elif not isinstance(self.screen, LeaveScreen):
            self.push_screen(
                LeaveScreen("Quit in the middle of a round?", QUIT_KEEPS),
                lambda sure: self.exit() if sure else None,
            )

    def action_help(self) -> None:
        """Show the keys of the screen, or hide them again."""
        if not isinstance(self.screen, ModalScreen):
            self.push_screen(KeysScreen(self.screen))

    # -- what is remembered ----------------------------------------------------------------

    def action_turn_light(self) -> None:
        """Change between the dark and the light theme."""
        name = "dark" if self.config.theme == "light" else "light"
        self.theme = (LIGHT if name == "light" else DARK).name
        self.config = replace(self.config, theme=name)
        self._remember("theme", name)

    def hide_meters(self, hidden: bool) -> None:
        """Remember whether words and meters are hidden while answering."""
        self.config = replace(self.config, hide_meters=hidden)
        self._remember("hide_meters", hidden)

    @work(thread=True, group="remember")
    def _remember(self, key: str, value: str | bool) -> None:
        try:
            self.backstage.remember(key, value)
        except VivavoceError as error:
            self.call_from_thread(self.notify, str(error), severity="warning", markup=False)

    # -- rounds ----------------------------------------------------------------------------

    def keep(self, running: RunningRound) -> None:
        """Know a round, so that it is ended with the program."""
        self._rounds.append(running)

    def close_round(self, running: RunningRound) -> None:
        """End a round; blocks for up to three seconds."""
        running.close()
        if running in self._rounds:
            self._rounds.remove(running)

    def close_rounds(self) -> None:
        """End what still runs; blocks."""
        for running in tuple(self._rounds):
            self.close_round(running)

    # -- the end ---------------------------------------------------------------------------

    def _leave_on_signals(self) -> None:
        """Put the terminal back and end the rounds when the program is told to stop."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            with contextlib.suppress(AttributeError, NotImplementedError):  # Windows has neither
                loop.add_signal_handler(getattr(signal, name), self._interrupt)

    def _interrupt(self) -> None:
        self.last_exit_code = INTERRUPTED
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """Log a fault of the program: Textual would print what was said with the traceback."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        _log.error("the screens stopped: %s", type(cause).__name__, exc_info=cause)
        self.faulted = True
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()


def _chosen_keys(file: Path) -> dict[str, str]:
    """Return the keys that the user chose, as Textual takes them.

    Raises:
        UsageError: They cannot be used.
    """
    chosen = load_keys(file)
    if not chosen:
        return {}  # the screens that would be asked take a tenth of a second to import
    from vivavoce.tui.keymap import checked_keymap, screen_keys

    return checked_keymap(chosen, screen_keys(), VivavoceApp, str(file))


def run_app(
    request: RoundRequest | None = None,
    model: str = "",
    replay: tuple[str, float | None] | None = None,
) -> int:
    """Open the screens and return the exit code.

    Args:
        request: A round to begin at once; None opens the library.
        model: In place of the one that is set; empty for that one.
        replay: An attempt to replay at once, and where to begin; see `VivavoceApp.show_replay`.

    Returns:
        0, or the code of the failure that ended the latest round.

    Raises:
        VivavoceError: The settings cannot be read or the home cannot be written, or there is no
            terminal.
    """
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The screens need a terminal.", "Without one: vivavoce practice CASE --plain"
        )
    from vivavoce.tui.live import LiveBackstage

    locations = find_locations()
    config = load_config(locations.config_file)
    config = replace(config, model=model or config.model)
    keymap = _chosen_keys(locations.config_file)
    log_to(locations.log_file)
    keep_libraries_off_the_screen(locations.log_file)
    app = VivavoceApp(LiveBackstage(locations), config, request, replay)
    app.set_keymap(keymap)
    try:
        app.run()
    finally:
        app.close_rounds()
    if app.faulted:
        print(
            f"vivavoce: a fault in the program. It is written in {locations.log_file}",
            file=sys.stderr,
        )
        return 1
    return app.last_exit_code
