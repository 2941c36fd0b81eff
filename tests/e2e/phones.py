"""Phones at a door, and a server that can be killed: what a bad evening is made of."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from playwright.sync_api import Browser as Engine
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import text

from eventapp.core.db import db
from tests.chromium import PATIENCE_MS, PHONE
from tests.e2e.server import Server

# While a service worker takes a page over, what that sends passes by Playwright's routes.
NO_SERVICE_WORKER = (
    "Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined})"
)

DO_ALL = """async (actions) => {
  const shown = [];
  for (const [verb, typed] of actions) {
    const form = document.querySelector(`#${verb} form`);
    document.querySelector("#verdict").dataset.old = "";
    form.elements[verb === "scan" ? "code" : "name"].value = typed;
    const at = Date.now();
    form.requestSubmit();
    let verdict = null;
    while (!(verdict = document.querySelector("#verdict:not([data-old])")))
      await new Promise((next) => setTimeout(next, 5));
    shown.push([verdict.dataset.outcome, at]);
  }
  return shown;
}"""


@contextmanager
def missing(app: Flask, table: str) -> Iterator[None]:
    """The database answers nothing that needs this table."""
    for one, other in ((table, f"{table}_away"), (f"{table}_away", table)):
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("PRAGMA legacy_alter_table = 1"))
            connection.execute(text(f"ALTER TABLE {one} RENAME TO {other}"))
        if one == table:
            yield


def wait_until(tab: Page, asked: str, slug: str) -> None:
    """Until an asynchronous function of the page, given the event's slug, says yes; Playwright's
    own does not wait for those.
    """
    until = time.monotonic() + PATIENCE_MS / 1000
    while not tab.evaluate(f"async (slug) => Boolean(await ({asked})(slug))", slug):
        assert time.monotonic() < until, asked
        tab.wait_for_timeout(50)


def has_list(tab: Page, slug: str) -> None:
    """Wait until the phone has the list, and its own copy of the page and of what reads codes."""
    wait_until(
        tab,
        """async (slug) => {
          if (!navigator.serviceWorker.controller) return false;
          const kept = [];
          for (const name of await caches.keys()) {
            for (const { url } of await (await caches.open(name)).keys()) kept.push(url);
          }
          const page = `/e/${slug}/door`;
          return [page, `${page}/roster`, "/door/sync.js", ".wasm", "/door/known/"]
            .every((part) => kept.some((url) => url.includes(part)));
        }""",
        slug,
    )


NOTHING_WAITS = """async () => {
  const { all, waits } = await import("/static/door/queue.js");
  return !(await all()).some(waits);
}"""


class Phone:
    """A helper's phone. Its tabs can be closed and opened again; its storage stays."""

    def __init__(self, engine: Engine, server: Server, slug: str) -> None:
        self.context = engine.new_context(
            viewport=PHONE, locale="en", base_url=server.address, timezone_id="Europe/Madrid"
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.slug = slug
        self.tab: Page = self.context.new_page()

    def open_link(self, link: Any) -> Phone:
        self.tab.goto(f"/door/{link.secret}")
        self.tab.get_by_role("button", name="Open the door").click()
        self.tab.wait_for_url("**/door")
        return self

    def ready(self) -> Phone:
        has_list(self.tab, self.slug)
        return self

    def wait_until(self, asked: str) -> None:
        wait_until(self.tab, asked, self.slug)

    def unplug(self) -> None:
        self.context.set_offline(True)

    def plug_in(self) -> None:
        self.context.set_offline(False)

    def reopen(self) -> Phone:
        """The tab is closed, as by a phone that needs room, and the door is opened anew."""
        self.tab.close()
        self.tab = self.context.new_page()
        self.tab.goto(f"/e/{self.slug}/door")
        return self

    # What a helper does. Each ends when the phone has shown its answer.

    def scan(self, code: str) -> str:
        form = self._unfolded("#scan")
        form.locator("[name=code]").fill(code)
        return self._answered(lambda: form.locator("button").click())

    def walk_in(self, name: str, email: str = "") -> str:
        form = self._unfolded("#walk-in")
        form.locator("[name=name]").fill(name)
        form.locator("[name=email]").fill(email)
        return self._answered(lambda: form.get_by_role("button", name="Add and let in").click())

    def do_all(self, actions: list[tuple[str, str]]) -> list[tuple[str, float]]:
        """Scans and walk-ins one after the other, as fast as the page takes them. Returns what
        it showed of each, and when that was by the phone's clock, in seconds.
        """
        return [(str(shown), at / 1000) for shown, at in self.tab.evaluate(DO_ALL, actions)]

    def search(self, typed: str) -> list[str]:
        self.tab.evaluate("() => document.querySelector('#found').dataset.old = ''")
        self.tab.locator("#q").fill(typed)
        expect(self.tab.locator("#found[data-old]")).to_have_count(0)
        rows = self.tab.locator("#found [data-guest]").all()
        return [str(row.get_attribute("data-guest")) for row in rows]

    def press(self, button: str) -> str:
        pressed = self.tab.get_by_role("button", name=button, exact=True).first
        return self._answered(pressed.click)

    def _unfolded(self, details: str) -> Locator:
        place = self.tab.locator(details)
        if place.get_attribute("open") is None:
            place.locator("summary").click()
        return place

    def _answered(self, act: Callable[[], None]) -> str:
        self.tab.evaluate("() => document.querySelector('#verdict').dataset.old = ''")
        act()
        expect(self.tab.locator("#verdict[data-old]")).to_have_count(0)
        return str(self.verdict.get_attribute("data-outcome"))

    # What it shows

    @property
    def verdict(self) -> Locator:
        return self.tab.locator("#verdict")

    @property
    def status(self) -> Locator:
        return self.tab.locator("#offline > [role=status]")

    @property
    def admitted(self) -> int:
        return int(self.tab.locator("#headcount").get_attribute("data-admitted") or -1)

    def expect_waiting(self, count: int) -> None:
        expect(self.tab.locator("#offline")).to_have_attribute("data-waiting", str(count))

    def expect_all_sent(self) -> None:
        self.wait_until(NOTHING_WAITS)  # the page may not have said yet that something does
        expect(self.tab.locator("#offline")).to_have_attribute("data-waiting", "0")
        expect(self.status).to_have_text(re.compile("^(All sent.)?$"))

    def close(self) -> None:
        self.context.close()
