"""The life of a waiting mail: leased by one worker, then sent, retried, or given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from eventapp.core import smtp
from eventapp.core.db import db, execute
from eventapp.core.outbox import MailState, OutboxMail, is_waiting
from eventapp.core.text import clean_line

# A live worker has finished a mail by then, however slow the server.
LEASE = timedelta(seconds=smtp.ANSWERS * smtp.ANSWER_SECONDS)
ATTEMPTS_MAX = 16  # in about a day
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=15), timedelta(hours=4)
REASON_MOST = 500  # characters

Values = dict[str, Any]


def is_due(at: datetime) -> bool:
    """Whether `claim_next` would find a mail."""
    return bool(db.session.scalar(select(exists().where(_due(at)))))


def claim_next(at: datetime) -> OutboxMail | None:
    """Lease a mail that is due, so that no other worker sends it; mails that somebody waits for at
    a page come first. If this worker dies, the mail is due again once LEASE is over.
    """
    return _claim(at, asked_for=True) or _claim(at, asked_for=False)


def _claim(at: datetime, *, asked_for: bool) -> OutboxMail | None:
    mail = db.session.scalar(
        select(OutboxMail)
        .where(OutboxMail.asked_for.is_(asked_for), _due(at))
        .order_by(OutboxMail.send_after)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if mail:
        mail.leased_until = at + LEASE
    return mail


def _due(at: datetime) -> ColumnElement[bool]:
    is_free = or_(OutboxMail.leased_until.is_(None), OutboxMail.leased_until <= at)
    return and_(is_waiting(), OutboxMail.send_after <= at, is_free)


def drop(mail: OutboxMail) -> None:
    """Delete a mail that is not needed any more; nobody is told what it says."""
    db.session.execute(delete(OutboxMail).where(OutboxMail.id == mail.id))


def wait_again(*which: ColumnElement[bool], at: datetime, values: Values | None = None) -> int:
    """Make failed mails wait again, with these values; without values, they are composed anew when
    sent. Returns how many. Idempotent.
    """
    failed = update(OutboxMail).where(OutboxMail.failed_at.is_not(None), *which)
    anew = {
        **{"failed_at": None, "failure": None, "last_error": "", "attempts": 0},
        **{
            "created_at": at,
            "send_after": at,
            "asked_for": False,
            "budget": None,
            "values": values or {},
        },
    }
    return execute(failed.values(anew)).rowcount


def mark_sent(mail: OutboxMail, at: datetime) -> None:
    """Note that a mail was sent, and delete its values, which held links and digits. Does nothing
    if the mail was deleted meanwhile, with its addressee.
    """
    _end(mail, OutboxMail.sent_at.is_(None), sent_at=at, failed_at=None, failure=None)


def mark_refused(mail: OutboxMail, at: datetime, *, reason: str) -> None:
    """Note that a mail server will never take it, and delete its values."""
    _end(mail, _is_ours(mail), failed_at=at, failure=MailState.REFUSED, last_error=_line(reason))


def mark_not_taken(mail: OutboxMail, at: datetime, *, reason: str) -> None:
    """Count a failed attempt. The next comes with exponential backoff; after ATTEMPTS_MAX the mail
    is given up, and its values deleted. Without a reason it was this program that failed, as its
    log says.
    """
    reason = _line(reason)
    if mail.attempts + 1 >= ATTEMPTS_MAX:
        _end(mail, _is_ours(mail), failed_at=at, failure=MailState.GIVEN_UP, last_error=reason)
        return
    delay = min(FIRST_DELAY * 2**mail.attempts, LONGEST_DELAY)
    _note(mail, _is_ours(mail), send_after=at + delay, last_error=reason)


def _line(reason: str) -> str:
    """A server's answer, without control characters that a database or a page cannot take."""
    return clean_line(reason[:REASON_MOST])


def _is_ours(mail: OutboxMail) -> ColumnElement[bool]:
    """Whether the lease has not run out, so that no other worker has the mail."""
    return OutboxMail.leased_until == mail.leased_until


def _end(mail: OutboxMail, *conditions: ColumnElement[bool], **values: Any) -> None:
    _note(mail, *conditions, values={}, **values)


def _note(mail: OutboxMail, *conditions: ColumnElement[bool], **values: Any) -> None:
    noted = update(OutboxMail).where(OutboxMail.id == mail.id, *conditions)
    attempts = OutboxMail.attempts + 1
    db.session.execute(noted.values(leased_until=None, attempts=attempts, **values))
