"""The audit log's page, and posts that it tells of."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from tests.browser import Browser
from tests.confirming import post_confirmed
from tests.pictures import as_file, photo

LIST = b"Name,Email\nIvo,ivo@example.org\n"


def log(page: Browser, address: str = "/o/beers/log") -> list[str]:
    """The verbs of the log, the oldest first."""
    rows = page.open(address).page.select("[data-verb]")
    return [str(row["data-verb"]) for row in reversed(rows)]


def post(page: Browser, address: str, **sent: Any) -> int:
    """Send this from the page that is open."""
    token = str(page.page.select("[name=csrf_token]")[0]["value"])
    if "file" in sent:
        sent["file"] = (BytesIO(LIST), sent["file"])
    if "picture" in sent:
        sent["picture"] = (BytesIO(as_file(photo())), sent["picture"])
    return post_confirmed(page.client, address, {**sent, "csrf_token": token}).status_code
