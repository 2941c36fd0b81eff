"""The worker, beside a real mail server: what leaves, in which words, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import update

from eventapp.core import clock, outbox
from eventapp.core.db import db
from eventapp.core.outbox import OutboxMail
from eventapp.events.queries import event_at
from eventapp.rsvp.actions import Answer, answer
from eventapp.worker import do_what_is_due, send_waiting_mail
from tests.postgres import free_port


class Mailbox:
    """A mail server's end of the line. `refuses` are addresses that it does not take."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []  # as the envelope has them
        self.refuses: set[str] = set()

    async def handle_RCPT(self, _s: Any, _e: Any, envelope: Any, to: str, _o: Any) -> str:  # noqa: N802
        if to in self.refuses:
            return "550 No such user here"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    handler = Mailbox()
    controller = Controller(handler, "127.0.0.1", free_port(), enable_SMTPUTF8=False)
    controller.start()
    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{controller.port}"
    yield handler
    app.config["MAIL_URL"] = None
    controller.stop()


def rsvp(make: Any, event: Any, email: str, *, language: str = "en") -> None:
    with make.act():
        answer(
            event_at(event.slug),
            Answer("Ana Ruiz", email),
            at=clock.now(),
            language=language,
            browser="a browser",
        )


def work(app: Flask) -> int:
    with app.app_context():
        return send_waiting_mail()


def forget_old(make: Any) -> dict[str, Any]:
    """What the one mail says after forgetting."""
    with make.act():
        assert outbox.forget_old(clock.now()) == 0
    said: dict[str, Any] = make.row(OutboxMail).values
    return said


def later(app: Flask, **how_much: int) -> None:
    """Let time pass for the mails that wait."""
    with app.app_context():
        earlier = clock.now() - timedelta(**how_much)
        db.session.execute(update(OutboxMail).values(send_after=earlier))
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
    assert [one.get_content_type() for one in english.iter_attachments()] == ["image/png"]


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


def test_a_mail_that_is_refused_does_not_hold_up_the_others(app, make, mailbox):
    event = make.event()
    mailbox.refuses = {"nobody@example.org"}
    rsvp(make, event, "nobody@example.org")
    rsvp(make, event, "bob@example.org")
    assert work(app) == 1
    assert [mail["To"] for mail in mailbox.mails] == ["bob@example.org"]
    refused = make.row(OutboxMail, to_email="nobody@example.org")
    assert "550" in refused.last_error
    mailbox.refuses = set()
    later(app, hours=1)
    assert work(app) == 1


def test_while_the_mail_server_is_away_mail_waits(app, make, mailbox):
    rsvp(make, make.event(), "ana@example.org")
    there, app.config["MAIL_URL"] = app.config["MAIL_URL"], "smtp://127.0.0.1:1"
    assert work(app) == 0
    app.config["MAIL_URL"] = there
    assert work(app) == 0, "it is tried again later, not in a circle"
    later(app, minutes=5)
    assert work(app) == 1


def test_two_workers_do_not_take_the_same_mail(app, make):
    event = make.event()
    for number in range(3):
        rsvp(make, event, f"guest{number}@example.org")
    with make.act():
        first = [mail.id for mail in outbox.claim_due(clock.now(), limit=2)]
    with make.act():
        second = [mail.id for mail in outbox.claim_due(clock.now(), limit=2)]
    assert (len(first), len(second)) == (2, 1)
    assert not set(first) & set(second)


def test_a_mail_that_never_arrives_is_given_up(app, make, mailbox):
    mailbox.refuses = {"nobody@example.org"}
    rsvp(make, make.event(), "nobody@example.org")
    for _ in range(outbox.TRIES_MAX + 2):
        work(app)
        later(app, hours=1)
    assert make.row(OutboxMail).tries == outbox.TRIES_MAX


def test_what_a_mail_said_that_was_given_up_is_forgotten(app, make, mailbox):
    mailbox.refuses = {"nobody@example.org"}
    rsvp(make, make.event(), "nobody@example.org")
    for _ in range(outbox.TRIES_MAX):
        assert forget_old(make)["digits"]
        work(app)
        later(app, hours=1)
    assert forget_old(make) == {}


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
    assert "TemplateNotFound" in make.row(OutboxMail, to_email="ana@example.org").last_error


def test_what_is_due_and_fails_does_not_keep_the_rest_from_being_done(app):
    def fails(at: Any) -> int:
        raise RuntimeError("on purpose")

    with app.app_context():
        assert do_what_is_due([fails, lambda at: 3]) == 3
