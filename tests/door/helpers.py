"""A helper at a door, in tests."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import uuid4

from tests.browser import Browser
from tests.chromium import Chromium

AnyBrowser = TypeVar("AnyBrowser", Browser, Chromium)


def at_door(
    make: Any, browser: AnyBrowser, event: Any, name: str = "Main door", **more: Any
) -> AnyBrowser:
    """The browser, at this event's door by a door link of its own."""
    link = make.door_link(event, name, **more)
    browser.open(f"/door/{link.secret}").press("Open the door")
    assert browser.url == f"/e/{event.slug}/door"
    return browser


def post(browser: Browser, path: str, **fields: Any) -> Any:
    """The JSON answer to a call of the door, as a phone's script makes it."""
    token = browser.page.select_one("[name=csrf_token]")["value"]
    fields = {"scan_id": str(uuid4()), **fields, "csrf_token": token}
    fields = {name: value for name, value in fields.items() if value is not None}
    return browser.client.post(path, data=fields, headers={"Accept": "application/json"})
