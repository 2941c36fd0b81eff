"""The same person, at a real browser: Chromium at the size of a phone."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser as Engine
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect, sync_playwright
from werkzeug.serving import make_server

from tests.browser import Browser as PlainBrowser
from tests.html import check_page, parse

PHONE: ViewportSize = {"width": 390, "height": 844}
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Far more than anything takes: on a busy machine one of many thousand waits is a long one.
PATIENCE_MS = 40_000
expect.set_options(timeout=PATIENCE_MS)


def executable() -> str | None:
    """Chromium as people have it. Only this one asks whether a page may use the camera."""
    return shutil.which("chromium") or shutil.which("google-chrome")


def shell() -> str | None:
    """The same engine without the windows around it: half the processor time. Or Chromium."""
    return shutil.which("chromium-headless-shell") or executable()


@contextmanager
def engine() -> Iterator[Engine]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shell(), args=ARGS)
        yield started
        started.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application behind a real port of loopback; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Chromium(PlainBrowser):
    """`tests.browser.Browser`, driven for real. What the console complains of fails the test."""

    def __init__(
        self,
        started: Engine,
        address: str,
        *,
        language: str = "en",
        scripts: bool = True,
        zone: str = "Europe/Madrid",
    ) -> None:
        self.address = address
        self.context: BrowserContext = started.new_context(
            viewport=PHONE,
            locale=language,
            base_url=address,
            timezone_id=zone,
            java_script_enabled=scripts,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.tab: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, url: str) -> Chromium:
        path = "/" + url.split("://", 1)[-1].partition("/")[2] if "://" in url else url
        self.tab.goto(path)
        self.settle()
        return self

    def follow(self, label: str) -> Chromium:
        self.tab.get_by_role("link", name=label).first.click()
        self.settle()
        return self

    def press(self, button: str, **fields: Any) -> Chromium:
        pressed = self.tab.get_by_role("button", name=button, exact=True)
        if not pressed.count():
            self._unfold(button)
            pressed = self.tab.get_by_role("button", name=button)
        form = self.tab.locator("form").filter(has=pressed.first).last
        for name, value in fields.items():
            self._fill(form.locator(f"[name='{name}']"), value)
        self.tab.evaluate("() => { window.isOld = true }")
        with self.tab.expect_response(lambda answer: answer.request.method == "POST") as answer:
            pressed.first.click()
        swapped = "hx-request" in answer.value.request.headers
        if not swapped or "hx-redirect" in answer.value.headers:
            self.tab.wait_for_function("() => !window.isOld")
        self.settle()
        return self

    def keep_cookie(self, name: str, value: str) -> None:
        self.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def search(self, words: str) -> Chromium:
        """Type into the page's search; it answers while one types."""
        with self.tab.expect_response(lambda answer: "q=" in answer.url):
            self.tab.locator("#q").fill(words)
        self.settle()
        return self

    def _unfold(self, button: str) -> None:
        for details in self.tab.locator("details:not([open])").all():
            if (
                details.get_by_text(button).count()
                or details.locator(f"[aria-label='{button}']").count()
            ):
                details.locator("summary").first.click()

    def _fill(self, control: Locator, value: Any) -> None:
        first = control.first
        closed = first.locator("xpath=ancestor::details[not(@open)]")
        while closed.count():
            closed.first.locator("summary").first.click()
        kind = first.get_attribute("type")
        if isinstance(value, Path):
            first.set_input_files(value)
        elif kind in ("checkbox", "radio"):
            values = value if isinstance(value, list) else [value]
            for one in values:
                self._by_value(control, one).check()
        else:
            first.fill(str(value))

    def _by_value(self, control: Locator, value: str) -> Locator:
        return control.and_(self.tab.locator(f"[value='{value}']"))

    def settle(self) -> None:
        self.tab.wait_for_load_state("load")
        self.tab.wait_for_function("() => !document.querySelector('.htmx-request')")
        self.url = "/" + self.tab.url.split("/", 3)[-1].partition("#")[0]
        self.page = parse(self.tab.content())
        if self.page.find("h1"):
            check_page(self.page, self.url)
        assert not self.complaints, self.complaints

    def download(self, label: str) -> bytes:
        with self.tab.expect_download() as waiting:
            self.tab.get_by_role("link", name=label).click()
        return Path(waiting.value.path()).read_bytes()

    def has_sideways_scroll(self) -> bool:
        wide: bool = self.tab.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wide

    def close(self) -> None:
        self.context.close()


__all__ = ["Chromium", "Engine", "engine", "executable", "served", "shell"]
