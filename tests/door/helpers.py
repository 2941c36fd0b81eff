"""A helper at a door, in tests."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import uuid4

from eventapp.account import gate
from eventapp.core import clock
from eventapp.core.links import new_secret
from eventapp.door.access import PHONE_COOKIE
from eventapp.door.links import open_door
from tests.browser import Browser

AnyBrowser = TypeVar("AnyBrowser", bound=Browser)  # Chromium is one as well


def at_door(
    make: Any, browser: AnyBrowser, event: Any, name: str = "Main door", **more: Any
) -> AnyBrowser:
    """The browser, at this event's door by a door link of its own, which it has opened before: to
    do so here (`by_link`) would cost each test two pages more.
    """
    link, phone = make.door_link(event, name, **more), new_secret()
    with make.act():
        open_door(link, phone_secret=phone, at=clock.now())
        browser.keep_cookie(gate.cookie_name(PHONE_COOKIE), phone)
    browser.open(f"/e/{event.slug}/door")
    assert browser.page.find(id="headcount"), browser.text
    return browser


def by_link(make: Any, browser: AnyBrowser, event: Any, name: str = "Main door") -> AnyBrowser:
    """The browser, at this event's door by a door link that it opens now: Chromium keeps that for
    offline use.
    """
    link = make.door_link(event, name)
    browser.open(f"/door/{link.secret}").press("Open the door")
    assert browser.url == f"/e/{event.slug}/door"
    return browser


def post(browser: Browser, path: str, **fields: Any) -> Any:
    """The JSON answer to a call of the door, as a phone's script makes it."""
    token = browser.page.select_one("[name=csrf_token]")["value"]
    fields = {"scan_id": str(uuid4()), **fields, "csrf_token": token}
    fields = {name: value for name, value in fields.items() if value is not None}
    return browser.client.post(path, data=fields, headers={"Accept": "application/json"})
