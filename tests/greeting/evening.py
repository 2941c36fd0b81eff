"""An evening at which guests are led to each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.greeting.actions import plan_due_suggestions
from eventapp.model import CheckIn, Community, Event, Rsvp
from tests.browser import Browser
from tests.html import words_of
from tests.make import Make

AGREED = {"listing": "attendees", "may_be_suggested": True}


def regular(make: Make, event: Event, name: str, times: int = 1, **more: Any) -> Rsvp:
    """A guest who was let in so often before at events of the community."""
    rsvp = make.rsvp(event, name, **{**AGREED, **more})
    community = make.row(Community, id=event.community_id)
    for number in range(times):
        then = clock.now() - timedelta(days=30 * (number + 1))
        before = make.event(community, starts_at=then)
        let_in(make, make.rsvp(before, name, person=rsvp.person))
    return rsvp


def let_in(make: Make, rsvp: Rsvp) -> None:
    row = {"event_id": rsvp.event_id, "rsvp_id": rsvp.id, "people": 1, "door": "A"}
    with make.act():
        db.session.add(CheckIn(**row, at=clock.now(), by="link:1"))


def change(make: Make, rsvp: Rsvp, **new: Any) -> None:
    with make.act():
        there = db.session.get_one(Rsvp, rsvp.id)
        for name, value in new.items():
            setattr(there, name, value)


def plan(make: Make) -> int:
    return make.due(plan_due_suggestions)


def suggested(make: Make, browser: Callable[..., Browser], rsvp: Rsvp) -> dict[str, str]:
    """Who is suggested on this guest's own page: name → the reason in words."""
    plan(make)
    page = browser().open(f"/r/{rsvp.key}")
    rows = page.page.select("#suggestions [data-guest]")
    return {str(row["data-guest"]): words_of(row.select_one(".hint")) for row in rows}
