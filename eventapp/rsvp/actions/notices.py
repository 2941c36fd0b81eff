"""Notices: what guests are told once, even if the mail that tells it is deleted or sent again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from eventapp.core import delivery
from eventapp.core.db import db
from eventapp.core.due import deletion
from eventapp.core.insert import insert_new
from eventapp.core.outbox import KEPT, is_waiting, queue
from eventapp.model import Notice, NoticeKind, OutboxMail, Person, Rsvp


def note_told(
    kind: NoticeKind, to: Person, about: Rsvp, *, at: datetime, which: str = ""
) -> int | None:
    """Note that somebody is told something about an RSVP; `which` of it, if there is more than one
    such thing to tell. Returns the id of the notice, for the mail that says it, or None if they
    were told before.
    """
    notice = {
        "kind": kind,
        "person_id": to.id,
        "rsvp_id": about.id,
        "which": which,
        "at": at,
    }
    return insert_new(Notice, notice)


def tell_once(
    kind: NoticeKind,
    rsvp: Rsvp,
    template: str,
    *,
    at: datetime,
    values: dict[str, Any],
    which: str = "",
) -> bool:
    """Mail a guest something about their own RSVP, unless they were told before. Returns whether
    they are told now.
    """
    assert rsvp.person is not None  # noqa: S101  who has no address is told nothing
    notice_id = note_told(kind, rsvp.person, rsvp, at=at, which=which)
    if notice_id is not None:
        queue(
            template,
            to=rsvp.person.email,
            language=rsvp.language,
            at=at,
            values=values,
            about_id=rsvp.id,
            notice_id=notice_id,
        )
    return notice_id is not None


# Who came by a list was sent their ticket, or their position on the waitlist, by whichever mail.
WAS_SENT_TICKET = exists().where(
    Notice.rsvp_id == Rsvp.id,
    Notice.kind == NoticeKind.TICKET,
    Notice.person_id == Rsvp.person_id,
)


def brought_by(rsvp: Rsvp, *, but: int | None = None) -> str | None:
    """The community whose list a guest came by, if no other mail has told them so: none that
    brought their ticket `but` the one of this notice. Returns None for anybody else.
    """
    if not rsvp.is_brought:
        return None
    other = select(Rsvp.id).where(Rsvp.id == rsvp.id, WAS_SENT_TICKET)
    if but is not None:
        other = other.where(~exists().where(Notice.id == but, Notice.kind == NoticeKind.TICKET))
    return None if db.session.scalar(other) else rsvp.event.community.name


def drop_mail(mail: OutboxMail) -> None:
    """Delete a mail that is not needed any more, and its notice, so that it may be told later."""
    db.session.execute(delete(Notice).where(Notice.id == mail.notice_id))
    delivery.drop(mail)


def drop_unsent_mails(rsvp: Rsvp) -> None:
    """Delete the unsent mails about an RSVP, as `drop_mail` does."""
    unsent = OutboxMail.about_id == rsvp.id, OutboxMail.sent_at.is_(None)
    notices = select(OutboxMail.notice_id).where(*unsent)
    db.session.execute(delete(Notice).where(Notice.id.in_(notices)))
    db.session.execute(delete(OutboxMail).where(*unsent))


def unsent_of(rsvp: Rsvp) -> Sequence[OutboxMail]:
    """The mails about an RSVP that wait to be sent."""
    waiting = select(OutboxMail).where(OutboxMail.about_id == rsvp.id, is_waiting())
    return db.session.scalars(waiting).all()


def forget_notices(rsvp: Rsvp) -> None:
    """Delete the notices about a guest, and those to the guest about others at that event."""
    of_event = select(Rsvp.id).where(Rsvp.event_id == rsvp.event_id)
    told = (Notice.person_id == rsvp.person_id) & Notice.rsvp_id.in_(of_event)
    delete_notices(or_(Notice.rsvp_id == rsvp.id, told))


def delete_notices(which: ColumnElement[bool]) -> None:
    """Delete notices with their mails. An unsent mail that tells more besides is composed anew when
    it is sent: those of one instant to one person are in one mail.
    """
    in_it = select(Notice.id).join(Person, Person.id == Notice.person_id)
    in_it = in_it.where(which, Notice.at == OutboxMail.created_at)
    tells = in_it.where(Person.email_key == OutboxMail.to_key).exists()
    gathers = OutboxMail.notice_id.is_(None), OutboxMail.about_id.is_(None), is_waiting()
    db.session.execute(
        update(OutboxMail).where(*gathers, tells).values(values={}),
        execution_options={"synchronize_session": False},
    )
    db.session.execute(delete(Notice).where(which))


def forget_ticket(rsvp: Rsvp) -> None:
    """Let a guest be mailed their ticket again, after the one in the last mail became void."""
    told = Notice.rsvp_id == rsvp.id, Notice.person_id == rsvp.person_id
    db.session.execute(delete(Notice).where(*told, Notice.kind == NoticeKind.TICKET))


def _was_never_delivered(at: datetime) -> ColumnElement[bool]:
    old = OutboxMail.notice_id == Notice.id, OutboxMail.created_at < at - KEPT
    return exists().where(*old, OutboxMail.sent_at.is_(None))


# Runs before old mails are deleted: what was never delivered may be told again.
forget_undelivered = deletion(Notice.id, _was_never_delivered)
