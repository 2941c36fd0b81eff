"""The script that opens the door's page without network is always the newest."""

from __future__ import annotations

import re

from tests.door.helpers import at_door


def test_it_is_asked_for_anew_and_stands_at_the_root(browser):
    answer = browser().client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert re.search(r'const KEPT = "door-[0-9a-f]{10}"', answer.text)


def test_only_the_doors_page_starts_it(make, browser):
    event = make.event()
    door = at_door(make, browser(), event)
    assert door.one("#offline")["data-sw"] == "/sw.js"
    assert door.one("#offline")["data-slug"] == event.slug
    assert not browser().open(f"/e/{event.slug}").page.select("[data-sw]")


def test_the_page_that_is_kept_names_nobody(make, browser):
    event = make.event()
    make.rsvp(event, "Ana Núñez")
    assert "Ana" not in at_door(make, browser(), event).response.text
