"""The outbox: mail to be sent, as rows written in the transaction that causes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core import outgoing
from eventapp.core.checks import one_of
from eventapp.core.db import Base, UtcDateTime, db, execute, in_portions, lock_name
from eventapp.core.due import deletion
from eventapp.core.links import keyed_digest, new_message_id
from eventapp.core.mail_budgets import PERIOD, Budget, mailbox_of


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given_up"


FAILURES = (MailState.REFUSED, MailState.GIVEN_UP)
FAILED = "failed_at IS NOT NULL"
WAITING = "(sent_at IS NULL AND failed_at IS NULL)"
KEPT = timedelta(days=90)


class OutboxMail(Base):
    """A template and its values, rendered when it is sent, in the recipient's language.

    It waits until it is sent, refused for good by a mail server, or given up.
    """

    __tablename__ = "outbox_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    template: Mapped[str]
    to_email: Mapped[str]
    to_key: Mapped[str]  # case-folded
    language: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    about_id: Mapped[int | None] = mapped_column(index=True)  # the row it is about: see model
    notice_id: Mapped[int | None] = mapped_column(unique=True)  # the fact that it tells
    asked_for: Mapped[bool] = mapped_column(default=False)  # by a visitor, who waits for it
    asked_from: Mapped[str | None]  # keyed digest of the network, different for each mailbox
    budget: Mapped[str | None]  # what it is counted under: see Budget
    # Of the mail as it goes out: fixed, so that what is sent twice is recognised as the same.
    message_id: Mapped[str] = mapped_column(unique=True, default=lambda: new_message_id())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    send_after: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by a worker
    attempts: Mapped[int] = mapped_column(default=0)  # that a mail server answered, or broke off
    last_error: Mapped[str] = mapped_column(default="")  # what the server said
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str | None]

    __table_args__ = (
        Index("ix_outbox_mail_to_key_created_at", "to_key", "created_at"),
        Index("ix_outbox_mail_budget_created_at", "budget", "created_at"),
        Index(
            "ix_outbox_mail_waiting",
            "asked_for",
            "send_after",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index(
            "ix_outbox_mail_failed",
            "about_id",
            sqlite_where=text(FAILED),
            postgresql_where=text(FAILED),
        ),
        CheckConstraint("language IN ('es', 'en')", name="language"),
        one_of("failure", FAILURES),
        CheckConstraint("(failed_at IS NULL) = (failure IS NULL)", name="failed_at"),
        CheckConstraint("sent_at IS NULL OR failed_at IS NULL", name="one_end"),
        CheckConstraint(f"leased_until IS NULL OR {WAITING}", name="leased_while_waiting"),
    )

    @hybrid_property
    def state(self) -> str:
        """A `MailState`."""
        return MailState.SENT if self.sent_at else self.failure or MailState.WAITING

    @state.inplace.expression
    @classmethod
    def _state(cls) -> ColumnElement[str]:
        ended = func.coalesce(cls.failure, MailState.WAITING.value)
        return case((cls.sent_at.is_not(None), MailState.SENT.value), else_=ended)


def is_waiting() -> ColumnElement[bool]:
    return and_(OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None))


def queue(
    template: str,
    *,
    to: str,
    language: str,
    at: datetime,
    values: dict[str, Any],
    about_id: int | None = None,
    notice_id: int | None = None,
    budget: Budget | None = None,
) -> None:
    """Add a mail to the outbox, to be sent after the commit. For a `budget` see `left_of`."""
    row = _row(template, to=to, language=language, at=at, values=values)
    mail = OutboxMail(**row, about_id=about_id, notice_id=notice_id)
    mail.budget = budget.key(to) if budget else None
    db.session.add(mail)
    outgoing.note(mail)


def queue_capped(
    template: str,
    *,
    budgets: Sequence[Budget],
    to: str,
    language: str,
    at: datetime,
    values: dict[str, Any],
    about_id: int | None = None,
    network: str | None = None,
    form_key: str | None = None,
) -> datetime | None:
    """Add a mail that a stranger could have asked for, out of the first of these budgets that its
    mailbox has not used up. `network` is the one that asks. Idempotent by `form_key`.

    Returns None if it goes out, else the instant from which one may again.
    """
    lock_name(mailbox_of(to))
    message_id = new_message_id(form_key)
    if form_key and _is_queued(message_id):
        return None
    waits = []
    for budget in budgets:
        free_at = _free_at(budget, to)
        if free_at is None or free_at <= at:
            row = _row(template, to=to, language=language, at=at, values=values)
            more = {"asked_for": True, "budget": budget.key(to), "about_id": about_id}
            if network is not None:
                more["asked_from"] = _digest_of(network, to)
            execute(insert(OutboxMail), {**row, **more, "message_id": message_id})
            return None
        waits.append(free_at)
    return min(waits)


def _is_queued(message_id: str) -> bool:
    found = exists().where(OutboxMail.message_id == message_id)
    return bool(db.session.scalar(select(found)))


_COUNTED = (
    select(OutboxMail.created_at)
    .where(OutboxMail.budget == bindparam("key"))
    .order_by(OutboxMail.created_at.desc())
    .offset(bindparam("newer"))
    .limit(1)
)


def _free_at(budget: Budget, to: str) -> datetime | None:
    values = {"key": budget.key(to), "newer": budget.most - 1}
    counts_since = execute(_COUNTED, values).scalar()
    return counts_since + PERIOD if counts_since else None


def left_of(budget: Budget, addresses: Collection[str], *, at: datetime) -> dict[str, int]:
    """How many more mails of a budget go out now to the mailboxes of these addresses, by the key
    under which each is counted.
    """
    left = dict.fromkeys(sorted({budget.key(address) for address in addresses}), budget.most)
    for some in in_portions([*left]):
        counted = select(OutboxMail.budget, func.count()).where(OutboxMail.budget.in_(some))
        lately = counted.where(OutboxMail.created_at > at - PERIOD).group_by(OutboxMail.budget)
        for key, count in db.session.execute(lately).all():
            left[key or ""] = max(0, budget.most - count)
    return left


_ASKED_FOR = select(
    exists().where(
        OutboxMail.about_id == bindparam("about_id"),
        OutboxMail.to_key == bindparam("to_key"),
        OutboxMail.asked_from == bindparam("asked_from"),
        OutboxMail.created_at > bindparam("since"),
        OutboxMail.failed_at.is_(None),
    )
)


def was_asked_for(about_id: int, *, to: str, network: str, since: datetime) -> bool:
    """Whether this network asked for a mail about this row to this address that did not fail."""
    asked = {"about_id": about_id, "to_key": to.casefold(), "since": since}
    values = {**asked, "asked_from": _digest_of(network, to)}
    return bool(execute(_ASKED_FOR, values).scalar())


def _digest_of(network: str, to: str) -> str:
    return keyed_digest("asked from", f"{network} {mailbox_of(to)}")


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
        "attempts": 0,
        "last_error": "",
    }


def newest(limit: int = 200) -> Sequence[OutboxMail]:
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(limit)).all()


def _is_kept_no_longer(at: datetime) -> ColumnElement[bool]:
    return OutboxMail.created_at < at - KEPT


forget_old = deletion(OutboxMail.id, _is_kept_no_longer)  # sent or not
