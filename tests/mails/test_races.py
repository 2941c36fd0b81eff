"""Two organisers, or two taps of one, at the same moment."""

from __future__ import annotations

from itertools import chain

import pytest
from flask import Flask

from eventapp.model import AuditEntry, Community, Event, OutboxMail
from tests.mailbox import Mailbox
from tests.mails.failing import fail, mailed
from tests.make import Make
from tests.racing import Tap, race, session_of
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


def _failed(make: Make, event: Event, name: str) -> OutboxMail:
    mailed(make, event, name)
    return fail(make, name)
