"""Mail that waits to be sent: a row written in the transaction that it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Index,
    String,
    cast,
    delete,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Base, UtcDateTime, db, execute
from eventapp.core.insert import insert_once

TRIES_MAX = 8
CAP_MAILS = 6
CAP_HOURS = 1
KEPT, KEPT_WHERE_TOLD = timedelta(days=90), timedelta(days=400)
TOLD_FOR_LONG = ("ticket:", "rsvp/mail/called_off:")  # of events that may be far ahead


class OutboxMail(Base):
    """A template and its values; rendered when it is sent, in the recipient's language."""

    __tablename__ = "outbox_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    template: Mapped[str]
    to_email: Mapped[str]
    to_key: Mapped[str]  # case-folded, for the cap
    language: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    once: Mapped[str | None] = mapped_column(unique=True)  # the fact it tells of, told once
    asked_for: Mapped[bool] = mapped_column(default=False)  # by a visitor: counts for the cap
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    send_after: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        Index("ix_outbox_mail_to_key_created_at", "to_key", "created_at"),
        Index("ix_outbox_mail_sent_at_send_after", "sent_at", "send_after"),
        CheckConstraint("language IN ('es', 'en')", name="language"),
    )


def queue(
    template: str,
    *,
    to: str,
    language: str,
    at: datetime,
    values: dict[str, Any],
    once: str | None = None,
) -> None:
    """Put a mail in the outbox, to be sent after the commit.

    `once` names the fact that the mail tells of; the same fact is told once only.
    """
    row = _row(template, to=to, language=language, at=at, values=values)
    insert_once(OutboxMail, {**row, "once": once})


def queue_capped(
    template: str, *, to: str, language: str, at: datetime, values: dict[str, Any]
) -> bool:
    """Put a mail in the outbox that anybody could have asked for, unless its address
    had CAP_MAILS such mails within CAP_HOURS. Returns whether it goes out: never tell
    the visitor.
    """
    since = at - timedelta(hours=CAP_HOURS)
    lately = db.session.scalar(
        select(func.count())
        .select_from(OutboxMail)
        .where(
            OutboxMail.to_key == to.casefold(),
            OutboxMail.created_at > since,
            OutboxMail.asked_for,
        )
    )
    if lately is not None and lately >= CAP_MAILS:
        return False
    row = _row(template, to=to, language=language, at=at, values=values)
    db.session.add(OutboxMail(**{**row, "asked_for": True}))
    return True


def _row(
    template: str, *, to: str, language: str, at: datetime, values: dict[str, Any]
) -> dict[str, Any]:
    return {
        "template": template,
        "to_email": to,
        "to_key": to.casefold(),
        "language": language,
        "values": values,
        "asked_for": False,
        "created_at": at,
        "send_after": at,
        "tries": 0,
        "last_error": "",
    }


def newest(limit: int = 200) -> Sequence[OutboxMail]:
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(limit)).all()


def claim_due(at: datetime, limit: int = 20) -> Sequence[OutboxMail]:
    """Take waiting mails for sending, so that a second worker leaves them alone.

    They come back by themselves, later after each try, should this worker die.
    """
    due = db.session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.sent_at.is_(None),
            OutboxMail.send_after <= at,
            OutboxMail.tries < TRIES_MAX,
        )
        .order_by(OutboxMail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for mail in due:
        mail.tries += 1
        mail.send_after = at + timedelta(minutes=2**mail.tries)
    return due


def forget_old(at: datetime) -> int:
    """Delete mails of some months ago, sent or given up; what `TOLD_FOR_LONG` says once stays
    said for longer. Forget what a mail said that was given up. Returns how many are deleted.
    """
    given_up = update(OutboxMail).where(
        OutboxMail.sent_at.is_(None),
        OutboxMail.send_after <= at,  # not while it is tried for the last time
        OutboxMail.tries >= TRIES_MAX,
        cast(OutboxMail.values, String) != "{}",
    )
    execute(given_up.values({OutboxMail.values: {}}))
    told_once = or_(*(OutboxMail.once.startswith(fact) for fact in TOLD_FOR_LONG))
    old = OutboxMail.created_at < at - KEPT
    very_old = OutboxMail.created_at < at - KEPT_WHERE_TOLD
    kept_no_longer = or_(very_old, old & func.coalesce(~told_once, true()))
    return execute(delete(OutboxMail).where(kept_no_longer)).rowcount


def mark_sent(mail: OutboxMail, at: datetime) -> None:
    """Note that it went out, and forget what it said: it held links and digits.

    Nothing happens where the mail was deleted meanwhile, with the person it went to.
    """
    _note(mail, sent_at=at, values={})


def mark_failed(mail: OutboxMail, error: Exception) -> None:
    _note(mail, last_error=f"{type(error).__name__}: {error}"[:500])


def _note(mail: OutboxMail, **values: Any) -> None:
    db.session.execute(update(OutboxMail).where(OutboxMail.id == mail.id).values(**values))
