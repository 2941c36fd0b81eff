"""Send the mail that waits in the outbox, one part of the worker's round."""

from __future__ import annotations

import smtplib
import time
from datetime import datetime

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from eventapp.core import clock, delivery, mail, smtp
from eventapp.core.db import db, end_session, reading, transaction
from eventapp.core.outbox import OutboxMail
from eventapp.mails import kinds
from eventapp.rsvp.actions import drop_mail, note_in_calendar

MAILS_AT_ONCE = 20  # by one connection, before the worker looks at what else is due
AWAY_SECONDS_MAX = 60
EXPECTED = (OSError, smtplib.SMTPException, SQLAlchemyError)


class Sender:
    """Sends waiting mail. While the mail server or the database is away, it backs off, and that
    counts as no mail's attempt.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._call_again_at = 0.0

    def send_some(self) -> int:
        """Send up to MAILS_AT_ONCE mails. Returns how many went out."""
        if time.monotonic() < self._call_again_at:
            return 0
        try:
            sent = send_waiting_mail()
        except Exception as error:
            seconds = min(2**self._failures, AWAY_SECONDS_MAX)
            self._failures += 1
            self._call_again_at = time.monotonic() + seconds
            is_a_bug = not isinstance(error, EXPECTED)
            current_app.logger.warning("mail waits %s s: %s", seconds, error, exc_info=is_a_bug)
            end_session()
            return 0
        self._failures = 0
        return sent


def send_waiting_mail() -> int:
    """Send up to MAILS_AT_ONCE mails, and return how many. Raises OSError and smtplib.SMTPException
    if the mail server cannot be reached.

    A mail is leased, and that committed, before it is sent, so that no transaction waits for a mail
    server; one at a time, so that no lease expires while others are sent. If a worker dies, its
    mail is sent again after the lease, so it may arrive twice, with the same Message-ID.
    """
    url = current_app.config["MAIL_URL"]  # without one, mails are shown at /dev/mail
    if not url or not _is_due():
        return 0
    sent = 0
    with smtp.connection(url) as server:
        for _ in range(MAILS_AT_ONCE):
            if not smtp.is_open(server) or not (one := _claim()):
                break
            sent += _send(server, one)
            db.session.remove()  # so that the next mail is checked by current rows
    return sent


def _is_due() -> bool:
    with reading():  # ends before the mail server is contacted
        return delivery.is_due(clock.now())


def _claim() -> OutboxMail | None:
    with transaction():
        return delivery.claim_next(clock.now())


def _send(server: smtplib.SMTP, one: OutboxMail) -> bool:
    """Send a mail, and return whether that worked. A mail that cannot be composed or is refused
    does not hold up others: any failure counts as an attempt. It counts as sent at the instant
    whose truth it tells, however long the server takes.
    """
    told_at = clock.now()
    try:
        if not _bring_up_to_date(one, told_at):
            return False
        smtp.hand_over(server, mail.message(one))
    except smtp.Refused as refused:
        current_app.logger.warning("mail %s is refused", one.id)
        with transaction():
            delivery.mark_refused(one, clock.now(), reason=str(refused))
        return False
    except smtp.NotTaken as not_taken:
        current_app.logger.warning("mail %s is not taken now", one.id)
        with transaction():
            delivery.mark_not_taken(one, clock.now(), reason=str(not_taken))
        return False
    except Exception:
        current_app.logger.exception("mail %s cannot be written or handed over", one.id)
        with transaction():
            delivery.mark_not_taken(one, clock.now(), reason="")
        return False
    with transaction():
        note_in_calendar(one, at=told_at)  # first: others lock a guest before their mails, too
        delivery.mark_sent(one, told_at)
    return True


def _bring_up_to_date(one: OutboxMail, at: datetime) -> bool:
    """Bring a mail up to date. Deletes it and returns False if it is no longer true."""
    with transaction():
        values = kinds.says_now(one, at)
        if values is None:
            drop_mail(one)
            return False
        one.values = values
    return True
