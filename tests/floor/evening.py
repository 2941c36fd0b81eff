"""An evening with talks on which guests ask, for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.programme import PlannedTalk, set_programme
from eventapp.floor import actions
from eventapp.floor.actions import Asked
from eventapp.model import Event, Floor, FloorQuestion, Rsvp, Talk
from tests.browser import Browser
from tests.make import Make

WORDS = "Why rye, and not wheat?"
TALKS = (
    PlannedTalk("Saying no", "Núria Puig", minutes_in=30),
    PlannedTalk("Yeast", "Marta Roca", minutes_in=90),
)


def going_on(make: Make, *talks: PlannedTalk, **more: Any) -> Event:
    """An event that began an hour ago, with two talks: one is on."""
    event = make.event(**{"starts_at": clock.now() - timedelta(hours=1), **more})
    with make.act():
        set_programme(db.session.get_one(Event, event.id), talks or TALKS)
    return event


def opened(make: Make, event: Event, *, hosts_first: bool = True) -> Floor:
    with make.act():
        there = db.session.get_one(Event, event.id)
        actions.open_floor(there, hosts_first=hosts_first, at=clock.now())
    floor: Floor = make.row(Floor, event_id=event.id)
    return floor


def guest(make: Make, event: Event, name: str = "Ana Ruiz", **more: Any) -> Rsvp:
    return make.rsvp(event, name, **{"listing": "attendees", **more})


def page_of(
    make: Make, browser: Callable[..., Browser], event: Event, name: str = "Bea Gil"
) -> Browser:
    """The page of questions of another guest."""
    page: Browser = make.signed_in(browser(), guest(make, event, name).person)
    return page.open(f"/e/{event.slug}/questions")


def ask(
    make: Make, rsvp: Rsvp, words: str = WORDS, *, talk: str = "", anonymous: bool = False,
    shown: bool = True,
) -> int:  # fmt: skip
    """The id of what this guest asks about the talk with this title; hosts show it."""
    about = make.row(Talk, event_id=rsvp.event_id, title=talk).id if talk else None
    with make.act():
        there = db.session.get_one(Rsvp, rsvp.id)
        asked = Asked(words, about, is_anonymous=anonymous)
        row = actions.ask_question(there, asked, at=clock.now())
        db.session.flush()
        if shown:
            actions.show_question(row, at=clock.now())
        return row.id


def hide(make: Make, question_id: int) -> None:
    with make.act():
        actions.hide_question(db.session.get_one(FloorQuestion, question_id), at=clock.now())


def vote(make: Make, rsvp: Rsvp, question_id: int) -> bool:
    with make.act():
        return actions.vote(db.session.get_one(Rsvp, rsvp.id), question_id, at=clock.now())
