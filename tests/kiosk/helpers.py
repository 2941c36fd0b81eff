"""A tablet at the entrance, in tests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from eventapp.core.links import new_secret
from eventapp.door.links import pin_digest

PIN = "4711"


def at_kiosk(make: Any, browser: Any, event: Any, *, pin: str = PIN) -> Any:
    """The browser, as a kiosk of this event by a link of its own."""
    secret = new_secret()
    kept = pin_digest(secret, pin)
    make.door_link(event, "Tablet", role="kiosk", secret=secret, pin_digest=kept)
    browser.open(f"/door/{secret}").press("Start the kiosk")
    assert browser.url == f"/e/{event.slug}/kiosk"
    return browser


def say(browser: Any, name: str, letters: str) -> Any:
    """Say who one is, and press the button."""
    return browser.press("I'm here", name=name, letters=letters)


def answer(browser: Any) -> tuple[str, str | None]:
    """Outcome and reason, as the page says them."""
    shown = browser.one("#answer")
    return str(shown["data-outcome"]), shown.get("data-reason")


def token(browser: Any) -> str:
    return str(browser.page.find(attrs={"name": "csrf_token"})["value"])


def a_scan(browser: Any, code: str = "nonsense") -> dict[str, str]:
    """The fields of a scan from the page that is open."""
    return {"csrf_token": token(browser), "scan_id": str(uuid4()), "code": code}
