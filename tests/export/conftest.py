"""A browser and the debrief's page in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.export.browsing import Opened
from tests.export.reported import attempt_reported, hiss
from vivavoce.export.report import report_html


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Of this module only: while it lives, no other event loop can."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("No browser: install the package chromium.", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "debrief.html"
    attempt = attempt_reported()
    text = report_html(attempt, hiss(attempt.duration_s), "embedded", "")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, html: Path) -> Iterator[Opened]:
    opened = Opened(browser, html, viewport={"width": 1200, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def page(opened: Opened) -> Page:
    return opened.ready()
