"""A phone that was alone, in tests: what it did, sent as one batch."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from eventapp.core import clock
from tests.browser import Browser


def entry(verb: str, **more: Any) -> dict[str, Any]:
    """One act that happened offline, just now unless it says otherwise."""
    return {
        "scan_id": str(uuid4()),
        "verb": verb,
        "happened_at": clock.now().isoformat(),
        "offline": True,
        **more,
    }


def token_of(door: Browser) -> str:
    return str(door.page.select_one("[name=csrf_token]")["value"])


def send(door: Browser, event: Any, body: Any, *, token: str | None = None) -> Any:
    """The answer to a body of whatever shape."""
    headers = {"X-CSRFToken": token or token_of(door)}
    return door.client.post(f"/e/{event.slug}/door/batch", json=body, headers=headers)


def send_entries(
    door: Browser, event: Any, *entries: Any, sent_at: datetime | None = None
) -> list[dict[str, Any]]:
    """What each entry was answered."""
    sent = (sent_at or clock.now()).isoformat()
    answer = send(door, event, {"sent_at": sent, "entries": list(entries)})
    assert answer.status_code == 200, answer.text
    answers: list[dict[str, Any]] = answer.json["answers"]
    return answers
