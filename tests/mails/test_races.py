"""Two organisers, or two taps of one, at the same moment."""

from __future__ import annotations

from itertools import chain

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests.tickets import mail_ticket
from eventapp.model import AuditEntry, Community, Event, OutboxMail, Rsvp
from eventapp.rsvp.actions.status import withdraw
from tests.mailbox import Mailbox
from tests.mails.failing import fail, mailed
from tests.make import Make
from tests.racing import Tap, deadlocks, race, session_of
from tests.test_worker import work

MAILS = 5


@pytest.mark.slow
@pytest.mark.parametrize("path", ["{slug}/mail/{mail}/again", "{slug}/mail/again"])
def test_a_mail_that_both_send_again_goes_out_once(
    app: Flask, make: Make, mailbox: Mailbox, path: str
) -> None:
    event = make.event()
    mails = [_failed(make, event, f"Guest{number}") for number in range(MAILS)]
    taps = ["/o/e/" + path.format(slug=event.slug, mail=mail.id) for mail in mails]
    community = make.row(Community, id=event.community_id)
    organisers = [session_of(make, make.organiser(community)) for _ in range(2)]
    sides = [[Tap(tap, organiser) for tap in taps] for organiser in organisers]
    assert set(chain(*race(app, *sides))) == {303}
    assert work(app) == MAILS
    assert work(app) == 0
    assert sorted(mailbox.recipients) == sorted(mail.to_email for mail in mails)
    assert sum(row.count or 1 for row in make.rows(AuditEntry)) == MAILS


@pytest.mark.slow
def test_sending_again_and_correcting_the_address_do_not_wait_for_each_other(
    app: Flask, make: Make
) -> None:
    """Each deletes the notice of a mail that is no longer true, and the mail."""
    event = make.event()
    mails = [_failed_ticket(make, event, f"Guest{number}") for number in range(10)]
    organiser = session_of(make, make.organiser(make.row(Community, id=event.community_id)))
    path, before = f"/o/e/{event.slug}", deadlocks(app)
    again = [Tap(f"{path}/mail/{mail.id}/again", organiser) for mail in mails]
    correct = [
        Tap(
            f"{path}/guests/{mail.about_id}/address", organiser, {"email": f"{mail.id}@example.org"}
        )
        for mail in mails
    ]
    statuses = race(app, again, correct)
    assert set(chain(*statuses)) <= {303, 404}
    assert deadlocks(app) == before


def _failed_ticket(make: Make, event: Event, name: str) -> OutboxMail:
    """The mail with the ticket of a guest who was imported, and has cancelled since."""
    email = f"{name.lower()}@example.org"
    guest = make.rsvp(event, name, person=make.person(email), source="import", confirmed_at=None)
    with make.act():
        mail_ticket(db.session.merge(guest), at=clock.now())
    failed = fail(make, name)
    with make.act():
        withdraw(db.session.get_one(Rsvp, guest.id), at=clock.now())
    return failed


def _failed(make: Make, event: Event, name: str) -> OutboxMail:
    mailed(make, event, name)
    return fail(make, name)
