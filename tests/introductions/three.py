"""Ana, who met Bea and Carla: she introduces them to each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import new_secret
from eventapp.introductions import actions
from eventapp.model import Introduction, IntroductionSide, PassedContact, Person, Rsvp
from tests.browser import Browser
from tests.contacts.evening import card, met
from tests.make import Make
from tests.met.evening import last_night

REASON = "Bea looks for a data person, and Carla for a first job."


@dataclass(frozen=True)
class Three:
    ana: Rsvp
    bea: Rsvp
    carla: Rsvp
    make: Make

    def post(self, page: Browser, **more: Any) -> Browser:
        """Fill in the form as Ana, and send it; the worker mails whom it asks."""
        said = {"one": str(self.bea.id), "other": str(self.carla.id), "reason": REASON}
        page.open("/introductions").press("Ask them both", **{**said, **more})
        self.make.due(actions.ask_by_mail)
        return page


def three(make: Make) -> Three:
    """Bea and Carla share all of their cards with whom they meet, but don't see each other."""
    event = last_night(make)
    ana = make.rsvp(event, "Ana Ruiz", listing="attendees")
    bea = make.rsvp(event, "Bea Gil", ask_me_about="compilers")
    carla = make.rsvp(event, "Carla Sanz", ask_me_about="bees")
    for number, other in enumerate((bea, carla), 1):
        met(make, ana, other)
        card(make, other.person, phone=f"+3460000000{number}")
    return Three(ana, bea, carla, make)


def link_of(make: Make, to: str) -> str:
    """The address of the button in the mail that asks."""
    (text,) = [words.text for row, words in make.mails(to) if row.template == actions.ASKED]
    return re.findall(r"http\S+/introductions/asked/\S+", text)[0]


def introduced(
    make: Make, by: Person, one: Rsvp, other: Rsvp, *, at: datetime | None = None, **more: Any
) -> Introduction:
    """The rows of an introduction that asks both."""
    at = at or clock.now()
    with make.act():
        row = Introduction(introducer_id=by.id, reason=REASON, created_at=at, mailed_at=at, **more)
        for side in (one, other):
            theirs = {"person_id": side.person_id, "event_id": side.event_id, "asked_at": at}
            row.sides.append(IntroductionSide(key=new_secret(), **theirs))
        db.session.add(row)
        db.session.flush()
        assert [side.id for side in row.sides]
    return row


def passed_on(make: Make, by: Rsvp, whom: Rsvp, **more: Any) -> PassedContact:
    """The row of a contact that is asked about."""
    at = clock.now()
    row = PassedContact(
        passer_id=by.person_id, person_id=whom.person_id, event_id=whom.event_id, to_name="Zoe",
        to_line="a client", purpose="A job", key=new_secret(), link=new_secret(),
        created_at=at, mailed_at=at, asked_at=at, ends_at=at + timedelta(days=30), **more,
    )  # fmt: skip
    with make.act():
        db.session.add(row)
    return row


def accepts(make: Make, row: Introduction, *rsvps: Rsvp) -> None:
    answer(make, actions.accept, row, *rsvps)


def declines(make: Make, row: Introduction, *rsvps: Rsvp) -> None:
    answer(make, actions.decline, row, *rsvps)


def answer(make: Make, act: Callable[..., Any], row: Introduction, *rsvps: Rsvp) -> None:
    for rsvp in rsvps:
        with make.act():
            of = {"introduction_id": row.id, "person_id": rsvp.person_id}
            act(db.session.query(IntroductionSide).filter_by(**of).one(), at=clock.now())
