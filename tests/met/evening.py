"""An evening that people come home from, for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import time_machine
from bs4 import Tag

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.mail import Composed
from eventapp.mails.kinds import says_now
from eventapp.met.actions import tell_who_met_them
from eventapp.met.actions.scan import SCANNED
from eventapp.model import CheckIn, Event, OutboxMail, Rsvp
from tests.browser import Browser
from tests.make import Make


def last_night(make: Make, **more: Any) -> Event:
    """An event that ended twelve hours ago, at midnight, where it is about noon now: its guests are
    to be asked whom they met.
    """
    return make.event(**{"title": "Beers", "starts_at": hours_ago(15), "tz": noon(), **more})


def mail_of_scan(make: Make, email: str) -> tuple[OutboxMail, Composed]:
    """The mail that a scan brought this address, with what it says if it is sent now."""
    with make.act():
        mail = db.session.query(OutboxMail).filter_by(to_email=email, template=SCANNED).one()
        mail.values = says_now(mail, clock.now())
    return next(one for one in make.mails(email) if one[0].template == SCANNED)


def noon() -> str:
    """A time zone in which it is between noon and one o'clock."""
    return f"Etc/GMT{clock.now().hour - 12:+}"  # by POSIX, zones east of Greenwich have a minus


def hours_ago(hours: float) -> datetime:
    return clock.now() - timedelta(hours=hours)


def let_in(make: Make, *rsvps: Rsvp, at: datetime | None = None) -> None:
    """They came in, a minute after each other."""
    for minute, rsvp in enumerate(rsvps):
        entry = (at or hours_ago(15)) + timedelta(minutes=minute)
        row = CheckIn(event_id=rsvp.event_id, rsvp_id=rsvp.id, people=1, at=entry, door="d", by="b")
        with make.act():
            db.session.add(row)


def mails_of_the_day(make: Make, days: int = 1) -> int:
    """A day later, who was noted is told. Returns of how many encounters."""
    with time_machine.travel(clock.now() + timedelta(days=days)):
        return make.due(tell_who_met_them)


def looking_back(
    make: Make, browser: Callable[..., Browser], rsvp: Rsvp, *, htmx: bool = False
) -> Browser:
    """The guest, signed in, before the page of whom they met."""
    page: Browser = make.signed_in(browser(htmx=htmx), rsvp.person)
    return page.open(f"/e/{rsvp.event.slug}/met")


def row_of(page: Browser, rsvp: Rsvp) -> Tag:
    return page.one(f"#guest-{rsvp.id}[data-rsvp='{rsvp.id}']")


def press(page: Browser, rsvp: Rsvp, button: str, **fields: Any) -> Browser:
    """Press a button in the row of this guest."""
    row = row_of(page, rsvp)
    for form in row.select("form"):
        if button in form.get_text():
            data = {str(each["name"]): str(each.get("value", "")) for each in form.select("input")}
            return page.submit(form, {**data, **fields})
    raise AssertionError(f"no button {button!r} in {row}")


def post(page: Browser, path: str, *, htmx: bool = False, **fields: Any) -> int:
    """The status of a POST as a script sends it, or htmx."""
    token = page.page.select_one("[name=csrf_token]")
    assert token is not None
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if htmx else {}
    data = {"csrf_token": token["value"], **fields}
    return page.client.post(path, data=data, headers=headers).status_code
