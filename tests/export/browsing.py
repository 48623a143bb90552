"""The debrief's page in a real browser: to wait, to write a note, to see what it should not do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page


def wait_until(page: Page, condition: str) -> None:
    """Wait for a condition in the page's script; the page's policy forbids Playwright's own way."""
    page.evaluate(
        f"""() => new Promise((done, failed) => {{
          const late = setTimeout(() => failed(new Error("never came")), 20000);
          const look = () => {{
            if (!({condition})) return setTimeout(look, 5);
            clearTimeout(late);
            done();
          }};
          look();
        }})"""
    )


class Opened:
    """A page, and what it did that it should not."""

    def __init__(self, browser: Browser, html: Path, **options: Any) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self._context = browser.new_context(accept_downloads=True, **options)
        self._context.add_init_script(
            "window.violations = [];"
            "addEventListener('securitypolicyviolation',"
            " (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));"
        )
        self.page: Page = self._context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda told: self.complaints.append(told.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(html.as_uri())

    def ready(self) -> Page:
        wait_until(self.page, "sound.readyState >= 2 && sound.duration > 0")
        return self.page

    def close(self) -> None:
        self.page.close(run_before_unload=False)
        self._context.close()


def own_notes(page: Page) -> list[str]:
    return page.locator("#own .told").all_text_contents()


def write_note(page: Page, first: int, last: int, text: str) -> None:
    words = page.locator(".turn.you").first.locator(".w")
    words.nth(first).click()
    words.nth(last).click(modifiers=["Shift"])
    page.click("#note")
    page.fill("#writing-text", text)
    page.get_by_role("button", name="Keep it").click()


def saved_notes(page: Page) -> str:
    with page.expect_download() as download:
        page.click("#save")
    return Path(download.value.path()).read_text(encoding="utf-8")
