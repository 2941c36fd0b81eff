"""An evening of which impressions are gathered, for tests."""

from __future__ import annotations

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.model import Event, Impression, Rsvp
from tests.browser import Browser
from tests.make import Make
from tests.met.evening import let_in

WORDS = "Ask first what it's for"
EDIT, GATHERED, PUBLIC = "/o/e/may/recap", "/o/e/may/impressions", "/e/may/recap"


def came(make: Make, event: Event, name: str, **more: str) -> Rsvp:
    rsvp = make.rsvp(event, name, **{"listing": "attendees", **more})
    let_in(make, rsvp)
    return rsvp


def wrote(make: Make, rsvp: Rsvp, words: str = WORDS, audience: str = "attendees") -> int:
    said = {"words": words, "audience": audience, "created_at": clock.now()}
    row = Impression(event_id=rsvp.event_id, person_id=rsvp.person_id, **said)
    with make.act():
        db.session.add(row)
    return row.id


def publish(olga: Browser) -> Browser:
    return olga.open(EDIT).press("Publish the recap")
