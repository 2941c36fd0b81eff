"""An event is called off: everybody who counted on it gets a mail, once."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from eventapp.core import clock
from eventapp.events.actions import call_off_event
from eventapp.events.queries import event_at
from eventapp.rsvp.actions import send_cancellation_mails
from tests.make import Make


def call_off(make: Make, event) -> None:
    with make.act():
        call_off_event(event_at(event.slug), at=clock.now())


def tell(make: Make) -> int:
    return make.due(send_cancellation_mails)


def told(make: Make) -> list[str]:
    return sorted(row.to_email for row, _ in make.mails() if row.template.endswith("called_off"))


def test_who_may_come_is_told_once(make):
    event = make.event(title="Beers")
    going = make.rsvp(event, "Ana")
    waiting = [
        make.rsvp(event, "Guest", status=status) for status in ("waitlisted", "pending", "maybe")
    ]
    for status in ("cancelled", "not_going"):
        make.rsvp(event, "Not coming", status=status)
    make.rsvp(event, "Without a mailbox", person=None)
    assert tell(make) == 0, "it takes place"
    call_off(make, event)
    assert tell(make) == 4
    assert tell(make) == 0
    assert told(make) == sorted(rsvp.person.email for rsvp in (going, *waiting))
    assert make.mails(going.person.email)[0][1].subject == "Beers is called off"


def test_nobody_is_told_of_what_is_over(make):
    """As when the worker was down meanwhile."""
    event = make.event(starts_at=clock.now() - timedelta(hours=2))
    make.rsvp(event, "Ana")
    call_off(make, event)
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert tell(make) == 0
