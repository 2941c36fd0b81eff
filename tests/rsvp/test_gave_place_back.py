"""Who gives their place back by an answer has the event in their calendar no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.guests import approval
from eventapp.model import OutboxMail, Person, Rsvp
from eventapp.rsvp.actions import give_to, notify, set_status
from tests.browser import form_data
from tests.rsvp.test_invitation import entry_in, invitations
from tests.test_worker import work


@pytest.fixture
def event(make):
    return make.event(title="Beers", starts_at=clock.now() + timedelta(days=3))


@pytest.fixture
def ana(app, make, event, mailbox):
    """She was mailed her ticket."""
    ana = make.rsvp(event, "Ana Ruiz", person=make.person("ana@example.org"))
    with make.act():
        notify.ticket(db.session.get_one(Rsvp, ana.id), at=clock.now())
    work(app)
    return ana


def say(browser, rsvp, answer: str, *, by: str = "answer") -> None:
    """Answer by one button (`answer`), or by the whole form."""
    page = browser().open(f"/r/{rsvp.key}")
    address = f"/r/{rsvp.key}/answer" if by == "answer" else f"/r/{rsvp.key}"
    sent = form_data(page.one("#change form")) | {"answer": answer}
    assert page.client.post(address, data=sent).status_code == 303


@pytest.mark.parametrize("answer", ["not_going", "maybe"])
@pytest.mark.parametrize("by", ["answer", "form"])
def test_a_mail_takes_it_out_of_the_calendar(app, make, browser, event, ana, mailbox, answer, by):
    before = entry_in(mailbox.mails[0], "REQUEST")
    say(browser, ana, answer, by=by)
    assert make.row(Rsvp).status == answer
    assert work(app) == 1
    mail = mailbox.mails[-1]
    assert mail["Subject"] == "You're no longer going to Beers"
    gone = entry_in(mail, "CANCEL")
    assert (gone["uid"], str(gone["status"])) == (before["uid"], "CANCELLED")
    assert gone["dtstamp"].dt >= before["dtstamp"].dt
    assert make.row(Rsvp).in_calendar_since is None


def test_who_comes_after_all_gets_it_back(app, make, browser, event, ana, mailbox):
    say(browser, ana, "not_going")
    work(app)
    browser().open(f"/r/{ana.key}").press("I'm coming after all")
    assert work(app) == 1
    entry_in(mailbox.mails[-1], "REQUEST")


def test_who_was_mailed_no_entry_is_mailed_no_end(app, make, browser, event, mailbox):
    ana = make.rsvp(event, "Ana Ruiz")
    say(browser, ana, "not_going")
    assert work(app) == 0
    assert not make.rows(OutboxMail)


def test_a_mail_that_waits_says_it_instead(app, make, browser, event, mailbox):
    ana = make.rsvp(event, "Ana Ruiz")
    with make.act():
        notify.ticket(db.session.get_one(Rsvp, ana.id), at=clock.now())
    say(browser, ana, "not_going")
    assert work(app) == 1
    assert mailbox.mails[0]["Subject"] == "You're not coming: Beers"
    assert invitations(mailbox.mails[0]) == []


def test_who_is_declined_after_all_has_it_no_more(app, make, event, ana, mailbox):
    with make.act():
        rsvp = db.session.get_one(Rsvp, ana.id)
        set_status(rsvp, "pending")
        approval.decline(rsvp, at=clock.now())
    assert work(app) == 1
    entry_in(mailbox.mails[-1], "CANCEL")


def test_another_address_starts_without_it(make, event, ana):
    assert make.row(Rsvp).in_calendar_since
    other = make.person()
    with make.act():
        give_to(db.session.get_one(Rsvp, ana.id), db.session.get_one(Person, other.id))
    assert make.row(Rsvp).in_calendar_since is None
