"""What somebody was told and mailed, the codes in those mails, and where they are signed in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from eventapp.core.db import db
from eventapp.guests.messages import messages_of
from eventapp.me.export.rows import columns
from eventapp.model import (
    Event,
    MailedCode,
    Notice,
    OrganiserMessage,
    OutboxMail,
    Person,
    Rsvp,
    Session,
)
from eventapp.rsvp.actions import answers_typed


def notices_of(person: Person) -> list[dict[str, Any]]:
    """With what hosts wrote to the person in words of their own."""
    notices = (
        select(Notice, Event.title)
        .outerjoin(Rsvp, Rsvp.id == Notice.rsvp_id)
        .join(Event, Event.id == func.coalesce(Notice.event_id, Rsvp.event_id))
        .where(Notice.person_id == person.id)
        .order_by(Notice.id)
    )
    rows = db.session.execute(notices).all()
    messages = messages_of([notice for notice, _ in rows])
    return [
        {
            **{"about": notice.kind, "which": notice.which, "event": title},
            **columns(notice, "at"),
            "message": _said(messages.get(notice.id)),
        }
        for notice, title in rows
    ]


def messages_written(person: Person) -> list[dict[str, Any]]:
    """What they wrote to guests, as a host."""
    titled = select(OrganiserMessage, Event.title)
    theirs = titled.join(Event, Event.id == OrganiserMessage.event_id)
    rows = theirs.where(OrganiserMessage.by_id == person.id).order_by(OrganiserMessage.id)
    return [
        {"event": title, **columns(message, "created_at"), **(_said(message) or {})}
        for message, title in db.session.execute(rows)
    ]


def _said(message: OrganiserMessage | None) -> dict[str, Any] | None:
    return columns(message, "subject", "words") if message else None


def mails_of(person: Person) -> list[dict[str, Any]]:
    mails = select(OutboxMail).where(OutboxMail.to_key == person.email_key).order_by(OutboxMail.id)
    return [
        columns(mail, "template", "language", "created_at", "sent_at")
        for mail in db.session.scalars(mails)
    ]


def codes_of(person: Person) -> list[dict[str, Any]]:
    codes = select(MailedCode).where(MailedCode.person_id == person.id).order_by(MailedCode.id)
    return [
        {
            **columns(code, "created_at", "expires_at", "used_at", "typed"),
            "answers": answers_typed(code),
        }
        for code in db.session.scalars(codes)
    ]


def browsers_of(person: Person) -> list[dict[str, Any]]:
    sessions = select(Session).where(Session.person_id == person.id).order_by(Session.id)
    return [
        {"browser": one.user_agent, **columns(one, "created_at", "last_seen_at", "expires_at")}
        for one in db.session.scalars(sessions)
    ]
