"""Mails that cannot be built or sent, for reasons that nobody foresaw: they are given up after the
usual number of attempts, and hold up no other.
"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from eventapp.core.db import db
from eventapp.core.delivery import ATTEMPTS_MAX
from eventapp.core.outbox import OutboxMail
from eventapp.model import Event
from eventapp.sending import Sender
from tests.mails.test_page import open_mail
from tests.make import Make
from tests.test_worker import later, rsvp, work


def break_mail(make: Make, event: Event, email: str) -> None:
    """A mail whose template is not there, as after going back to an older version."""
    rsvp(make, event, email)
    with make.act():
        broken = update(OutboxMail).where(OutboxMail.to_email == email)
        db.session.execute(broken.values(template="rsvp/mail/of_the_future"))


def test_a_mail_that_cannot_be_built_is_given_up_and_the_organiser_told(
    app: Flask, make: Make, browser: Any, mailbox: Any
) -> None:
    event = make.event()
    break_mail(make, event, "ana@example.org")
    for number in range(ATTEMPTS_MAX):
        assert make.row(OutboxMail, to_email="ana@example.org").attempts == number
        rsvp(make, event, f"guest{number}@example.org")
        assert work(app) == 1, "the others go out"
        later(app, hours=4)
    mail = make.row(OutboxMail, to_email="ana@example.org")
    assert (mail.state, mail.values) == ("given_up", {})
    page = open_mail(make, browser, event, "?state=given_up")
    assert "We couldn't write this email" in page.one(f"#mail-{mail.id}").text


def test_while_it_is_tried_again_the_organiser_sees_why(
    app: Flask, make: Make, browser: Any, mailbox: Any
) -> None:
    event = make.event()
    break_mail(make, event, "ana@example.org")
    page = open_mail(make, browser, event)
    assert not page.sees("We couldn't write this email"), "it was not tried yet"
    work(app)
    assert page.open(f"/o/e/{event.slug}/mail?state=waiting").sees("We couldn't write this email")


def test_whatever_bytes_a_server_refuses_with_it_is_noted(
    app: Flask, make: Make, mailbox: Any
) -> None:
    """PostgreSQL keeps no NUL in a text."""
    mailbox.answers = {"ana@example.org": "550 No \0such\x1b[31m user"}
    event = make.event()
    rsvp(make, event, "ana@example.org")
    rsvp(make, event, "bob@example.org")
    assert work(app) == 1
    mail = make.row(OutboxMail, to_email="ana@example.org")
    assert (mail.state, mail.attempts) == ("refused", 1)
    assert mail.last_error == "550 No such[31m user"


def test_a_mail_server_that_cannot_be_named_does_not_stop_the_worker(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A label of 64 letters fails in Python's own IDNA, with a ValueError."""
    rsvp(make, make.event(), "ana@example.org")
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://{'a' * 64}.example.org")
    with app.app_context():
        assert Sender().send_some() == 0
    assert make.row(OutboxMail).attempts == 0
