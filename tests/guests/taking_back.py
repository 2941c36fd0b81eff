"""An organiser imports lists by their pages, and takes them back."""

from __future__ import annotations

from typing import Any

from eventapp.model import Event, Rsvp
from tests.guests.bringing import a_list_handed_in, import_words
from tests.make import Make


def bring(make: Make, olga: Any, event: Event, text: str) -> Any:
    """Import a list. Returns the page of what it did."""
    kept = a_list_handed_in(make, event, text.encode())
    page = olga.open(f"/o/e/{event.slug}/guests/import/{kept.id}")
    return page.press(import_words(page), **({"places": "wait"} if page.sees("What now?") else {}))


def take_back(page: Any) -> Any:
    """And say yes to the emails of who moves up, where there are any."""
    page.press("Yes, take back")
    return page.press("Yes, and send") if page.page.select("#ask-first") else page


def names(make: Make) -> set[str]:
    return {one.name for one in make.rows(Rsvp)}


def staying(page: Any) -> dict[str, str]:
    return {
        row.select_one("a").get_text(): str(row["data-stays"])
        for row in page.page.select("[data-stays]")
    }
