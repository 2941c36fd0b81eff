"""The mails about one's place put the event into one's calendar, move it, and take it out."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.events.actions import call_off_event
from eventapp.guests.tickets import send_tickets
from eventapp.model import Event, OutboxMail, Rsvp
from eventapp.rsvp import actions
from eventapp.rsvp.actions import notify
from tests.rsvp.changing import change
from tests.test_worker import rsvp, work

ANA = "ana@example.org"


@pytest.fixture
def community(make):
    return make.community(contact_email="hola@example.org", language="en")


@pytest.fixture
def event(make, community):
    starts_at = (clock.now() + timedelta(days=1)).replace(microsecond=0)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}
    return make.event(community, title="Beers", capacity=1, **times)


def invitations(mail: EmailMessage) -> list[tuple[str, str]]:
    """The entries that a mail carries: the method of its type, and the text."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    files = [part for part in mail.walk() if part.get_content_type() == "application/ics"]
    assert [file.get_content() for file in files] == [part.get_content().encode() for part in parts]
    return [(part["Content-Type"].params["method"], part.get_content()) for part in parts]


def entry_in(mail: EmailMessage, method: str) -> Any:
    ((said, text),) = invitations(mail)
    calendar = icalendar.Calendar.from_ical(text)
    assert said == calendar["method"] == method
    (entry,) = calendar.walk("VEVENT")
    return entry


def newest(app, mailbox) -> EmailMessage:
    assert work(app) == 1
    return mailbox.mails[-1]


def do(make, verb, row, **more) -> None:
    with make.act():
        verb(db.session.get_one(type(row), row.id), at=clock.now(), **more)


def test_the_ticket_puts_the_event_into_the_calendar(app, make, event, mailbox):
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.exact_address, there.private_link = "Calle Mayor 1", "https://chat.example.org/x"
        there.description = "See [the map](https://example.org/map)."
    rsvp(make, event, ANA)
    entry = entry_in(newest(app, mailbox), "REQUEST")
    assert (str(entry["summary"]), str(entry["status"])) == ("Beers", "CONFIRMED")
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (event.starts_at, event.ends_at)
    assert str(entry["attendee"]) == f"mailto:{ANA}"
    named = {"CN": "Ana Ruiz", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    assert dict(entry["attendee"].params) == named
    assert str(entry["organizer"]) == "mailto:hola@example.org"
    assert "Calle Mayor 1" in entry["location"]
    for link in ("https://example.org/map", "https://chat.example.org/x", f"/e/{event.slug}"):
        assert link in entry["description"]
    (alarm,) = entry.walk("VALARM")
    assert (str(alarm["action"]), alarm["trigger"].to_ical()) == ("DISPLAY", b"-PT2H")


def test_a_mail_with_an_entry_is_still_read_as_text_and_page(app, make, event, mailbox):
    rsvp(make, event, ANA)
    mail = newest(app, mailbox)
    for kind in ("plain", "html"):
        assert "Ana Ruiz" in mail.get_body((kind,)).get_content()


def test_a_change_moves_it_by_the_same_entry(app, make, event, mailbox):
    rsvp(make, event, ANA)
    before = entry_in(newest(app, mailbox), "REQUEST")
    with make.act():
        db.session.query(Rsvp).one().confirmed_at = clock.now()
    change(make, event, place="Another bar")
    do(make, actions.tell_change, event, revision=None)
    make.due(actions.tell_what_changed)
    after = entry_in(newest(app, mailbox), "REQUEST")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert str(after["location"]) == "Another bar"


def test_who_cancels_has_it_no_more_and_again_when_they_come(app, make, event, mailbox):
    rsvp(make, event, ANA)
    before = entry_in(newest(app, mailbox), "REQUEST")
    do(make, actions.cancel, make.row(Rsvp))
    gone = entry_in(newest(app, mailbox), "CANCEL")
    assert (gone["uid"], str(gone["status"])) == (before["uid"], "CANCELLED")
    assert gone["sequence"] >= before["sequence"]
    assert gone["dtstamp"].dt >= before["dtstamp"].dt
    assert not gone.walk("VALARM")


def test_an_event_that_is_called_off_leaves_the_calendars(app, make, event, mailbox):
    rsvp(make, event, ANA)
    before = entry_in(newest(app, mailbox), "REQUEST")
    do(make, call_off_event, event)
    make.due(actions.send_cancellation_mails)
    gone = entry_in(newest(app, mailbox), "CANCEL")
    assert (gone["uid"], str(gone["status"])) == (before["uid"], "CANCELLED")
    assert gone["sequence"] > before["sequence"]


def test_an_imported_guest_gets_it_with_the_ticket(app, make, event, mailbox):
    make.rsvp(event, source="import", confirmed_at=None)
    do(make, send_tickets, event)
    entry_in(newest(app, mailbox), "REQUEST")


@pytest.mark.parametrize("status", ["waitlisted", "maybe", "not_going", "pending"])
def test_who_has_no_place_has_no_entry(app, make, event, mailbox, status):
    guest = make.rsvp(event, status=status)
    do(make, notify.ticket, guest)
    assert invitations(newest(app, mailbox)) == []


def test_who_waits_for_an_event_that_is_called_off_gets_no_entry(app, make, event, mailbox):
    make.rsvp(event, status="waitlisted")
    do(make, call_off_event, event)
    make.due(actions.send_cancellation_mails)
    assert invitations(newest(app, mailbox)) == []


def test_it_is_written_only_when_the_mail_is_sent(make, event):
    rsvp(make, event, ANA)
    assert "calendar" not in make.row(OutboxMail).values
