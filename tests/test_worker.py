"""The worker, beside a real mail server: what leaves, in which words, once."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from eventapp.account.actions import Visitor
from eventapp.core import clock, delivery
from eventapp.core.db import db
from eventapp.core.delivery import ATTEMPTS_MAX
from eventapp.core.due import Due
from eventapp.core.outbox import OutboxMail
from eventapp.events.queries import event_at
from eventapp.rsvp.actions import Answer, answer, notify
from eventapp.sending import Sender, send_waiting_mail
from eventapp.worker import do_what_is_due
from tests.mailbox import pictures_in


def rsvp(make: Any, event: Any, email: str, *, language: str = "en") -> None:
    with make.act():
        answer(
            event_at(event.slug),
            Answer("Ana Ruiz", email),
            at=clock.now(),
            by=Visitor(language, "a browser"),
        )


def work(app: Flask) -> int:
    with app.app_context():
        return send_waiting_mail()


def later(app: Flask, **how_much: float) -> None:
    """Let time pass for the mails that wait."""
    with app.app_context():
        waiting = select(OutboxMail).where(OutboxMail.state == "waiting")
        for mail in db.session.scalars(waiting):
            mail.send_after -= timedelta(**how_much)
            if mail.leased_until:
                mail.leased_until -= timedelta(**how_much)
        db.session.commit()


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_a_mail_leaves_as_text_and_html_in_the_language_of_who_gets_it(app, make, mailbox):
    event = make.event(title="Cañas y ciencia")
    rsvp(make, event, "ana@example.org", language="es")
    rsvp(make, event, "bob@example.org", language="en")
    assert work(app) == 2
    spanish, english = mailbox.mails
    assert spanish["To"] == "ana@example.org"
    assert "Hola" in part(spanish, "plain")
    assert "Hello Ana Ruiz" in part(english, "plain")
    assert 'lang="es"' in part(spanish, "html")
    assert 'lang="en"' in part(english, "html")
    assert "Cañas y ciencia" in spanish["Subject"]
    assert spanish["Auto-Submitted"] == "auto-generated"
    assert [one.get_content_type() for one in pictures_in(english)] == ["image/png"]


def test_a_domain_that_is_not_ascii_is_reached_by_any_mail_server(app, make, mailbox):
    rsvp(make, make.event(), "ana@müller.de")
    assert work(app) == 1
    assert mailbox.recipients == [mailbox.mails[0]["To"]] == ["ana@xn--mller-kva.de"]
    assert make.row(OutboxMail).to_email == "ana@müller.de"


def test_what_was_sent_is_sent_once_and_forgotten(app, make, mailbox):
    rsvp(make, make.event(), "ana@example.org")
    assert (work(app), work(app)) == (1, 0)
    later(app, hours=1)
    assert work(app) == 0
    row = make.row(OutboxMail)
    assert row.sent_at is not None
    assert row.values == {}


def test_what_is_refused_for_good_is_not_sent_again(app, make, mailbox):
    event = make.event()
    mailbox.answers = {"nobody@example.org": "550 5.1.1 No such user here"}
    rsvp(make, event, "nobody@example.org")
    rsvp(make, event, "bob@example.org")
    assert work(app) == 1, "it holds up no other"
    assert [mail["To"] for mail in mailbox.mails] == ["bob@example.org"]
    refused = make.row(OutboxMail, to_email="nobody@example.org")
    assert (refused.state, refused.attempts) == ("refused", 1)
    assert refused.last_error == "550 5.1.1 No such user here"
    assert refused.values == {}, "its digits and links are forgotten"
    mailbox.answers = {}
    later(app, days=1)
    assert work(app) == 0


def test_what_a_server_does_not_take_now_is_sent_within_the_life_of_its_digits(app, make, mailbox):
    mailbox.answers = {"ana@example.org": "451 4.7.1 Greylisted, come again"}
    rsvp(make, make.event(), "ana@example.org")
    for _ in range(4):
        assert work(app) == 0
        assert work(app) == 0, "not in a circle"
        later(app, minutes=2)
    row = make.row(OutboxMail)
    assert (row.state, row.attempts) == ("waiting", 4)
    assert row.last_error == "451 4.7.1 Greylisted, come again"
    mailbox.answers = {}
    assert work(app) == 1


def test_a_mail_is_given_up_after_many_attempts_and_forgotten(app, make, mailbox):
    mailbox.answers = {"ana@example.org": "452 4.2.2 Mailbox full"}
    rsvp(make, make.event(), "ana@example.org")
    for attempt in range(ATTEMPTS_MAX + 2):
        assert make.row(OutboxMail).attempts == min(attempt, ATTEMPTS_MAX)
        work(app)
        later(app, hours=4)
    row = make.row(OutboxMail)
    assert (row.state, row.values) == ("given_up", {})


def test_while_the_mail_server_is_away_no_mail_counts_an_attempt(app, make, mailbox):
    rsvp(make, make.event(), "ana@example.org")
    there, app.config["MAIL_URL"] = app.config["MAIL_URL"], "smtp://127.0.0.1:1"
    for _ in range(ATTEMPTS_MAX + 1):
        with app.app_context():
            assert Sender().send_some() == 0
    assert make.row(OutboxMail).attempts == 0
    app.config["MAIL_URL"] = there
    assert work(app) == 1, "it goes out as soon as the server is back"


def test_a_server_that_is_away_is_called_less_and_less_often(app, make, monkeypatch):
    rsvp(make, make.event(), "ana@example.org")
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://127.0.0.1:1")
    elapsed, calls = 0.0, []
    monkeypatch.setattr("time.monotonic", lambda: elapsed)
    monkeypatch.setattr(app.logger, "warning", lambda *_, **__: calls.append(elapsed))
    sender = Sender()
    with app.app_context():
        for elapsed in range(0, 600, 2):  # noqa: B007  the clock that the sender reads
            sender.send_some()
    assert calls[:4] == [0, 2, 4, 8]
    assert max(later - before for before, later in pairwise(calls)) == 60


def test_a_sender_that_is_refused_is_tried_again(app, make, mailbox, monkeypatch):
    """It is a setting that whoever runs this mends; no guest's address is to blame."""
    rsvp(make, make.event(), "ana@example.org")

    async def refuse(*_: Any) -> str:
        return "550 5.7.1 Sender not allowed"

    monkeypatch.setattr(mailbox, "handle_MAIL", refuse, raising=False)
    assert work(app) == 0
    assert make.row(OutboxMail).state == "waiting"


def test_a_server_that_hangs_up_costs_only_the_mail_it_was_given(app, make, mailbox):
    event = make.event()
    for number in range(3):
        rsvp(make, event, f"guest{number}@example.org")
    mailbox.answers = {"guest0@example.org": "421 4.3.2 Closing the line"}
    assert work(app) == 0
    assert [row.attempts for row in make.rows(OutboxMail)] == [1, 0, 0]
    assert work(app) == 2


def test_two_workers_do_not_take_the_same_mail(app, make):
    event = make.event()
    for number in range(2):
        rsvp(make, event, f"guest{number}@example.org")
    taken = []
    for _ in range(3):
        with make.act():
            taken.append(delivery.claim_next(clock.now()))
    assert [mail and mail.to_email for mail in taken] == [
        "guest0@example.org",
        "guest1@example.org",
        None,
    ]


def test_a_worker_that_lost_its_lease_does_not_overrule_the_other(app, make):
    rsvp(make, make.event(), "ana@example.org")
    with make.act():
        slow = delivery.claim_next(clock.now())
    with make.act():
        other = delivery.claim_next(clock.now() + delivery.LEASE)
        delivery.mark_sent(other, clock.now())
    with make.act():
        delivery.mark_refused(slow, clock.now(), reason="550 No")
    assert make.row(OutboxMail).state == "sent"


def test_what_somebody_waits_for_goes_before_what_was_queued_for_many(app, make, mailbox):
    event = make.event()
    guests = [make.rsvp(event) for _ in range(3)]
    with make.act():
        for guest in guests:
            notify.promoted(db.session.merge(guest), at=clock.now() - timedelta(hours=1))
    rsvp(make, event, "ana@example.org")
    work(app)
    assert mailbox.recipients[0] == "ana@example.org"


def test_the_command_says_what_a_round_did(app, make, mailbox):
    rsvp(make, make.event(), "ana@example.org")
    said = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert said.exit_code == 0
    assert said.output == "due 0, sent 1\n"


def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(app, make, mailbox):
    event = make.event()
    rsvp(make, event, "ana@example.org")
    rsvp(make, event, "bob@example.org")
    with make.act():
        broken = update(OutboxMail).where(OutboxMail.to_email == "ana@example.org")
        db.session.execute(broken.values(template="no/such/template"))
    assert work(app) == 1
    assert [mail["To"] for mail in mailbox.mails] == ["bob@example.org"]
    row = make.row(OutboxMail, to_email="ana@example.org")
    assert (row.state, row.attempts, row.last_error) == ("waiting", 1, "")


def test_what_is_due_and_fails_does_not_keep_the_rest_from_being_done(app):
    def fails(at: Any) -> list[int]:
        raise RuntimeError("on purpose")

    broken = Due("broken", fails, lambda ids, at: 1)
    fine = Due("fine", lambda at: [1, 2, 3], lambda ids, at: len(ids))
    with app.app_context():
        assert do_what_is_due([broken, fine]) == 3
