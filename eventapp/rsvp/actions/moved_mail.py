"""Mail those who answered what changed, once organisers have decided to tell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select, update
from sqlalchemy.orm import joinedload

from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.core.links import absolute
from eventapp.model import (
    AWAITED,
    IN_THE_CALENDAR,
    Event,
    EventChange,
    Notice,
    NoticeKind,
    OutboxMail,
    Rsvp,
)
from eventapp.rsvp.actions.invitation import invitation
from eventapp.rsvp.actions.moved import ARE_TOLD, what_is_told
from eventapp.rsvp.actions.notices import note_told, tell_once
from eventapp.rsvp.actions.notify import CHANGED, ticket_values
from eventapp.rsvp.actions.to_come import mails_to_come
from eventapp.rsvp.queries import rsvp_mailed

NOT_AFTER = timedelta(days=1)  # not told any more if the worker was down for longer

_TAKES_PLACE = (
    Event.published_at.is_not(None),
    Event.called_off_at.is_(None),
    Event.ends_at > bindparam("at"),
)
_CHANGES = by_index(
    select(EventChange.event_id, EventChange.id, EventChange.at),
    EventChange,
    "ix_event_change_told_at",
).where(EventChange.told_at > bindparam("not_before"))
_WAS_TOLD = exists().where(
    Notice.rsvp_id == Rsvp.id,
    Notice.kind == NoticeKind.CHANGED,
    Notice.person_id == Rsvp.person_id,
    Notice.which == bindparam("change"),
)
_GUESTS = (
    by_index(select(Rsvp.id), Rsvp, "ix_rsvp_event_id_status_waitlisted_at")
    .join(Event, Event.id == Rsvp.event_id)
    .where(
        Rsvp.event_id == bindparam("event_id"),
        Rsvp.created_at <= bindparam("changed_at"),
        *ARE_TOLD,
        *_TAKES_PLACE,
        ~_WAS_TOLD,
    )
    .limit(AT_ONCE)
)
_LOCKED_GUESTS = (
    select(Rsvp)
    .join(Event, Event.id == Rsvp.event_id)
    .where(any_of(Rsvp.id, "rsvp_ids"), *ARE_TOLD, *_TAKES_PLACE)
    .options(joinedload(Rsvp.person), joinedload(Rsvp.event))
    .execution_options(populate_existing=True)
    .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
)


def _find(at: datetime) -> Sequence[int]:
    """Guests who answered before the last change that is told, and were not told it."""
    found: list[int] = []
    for last in _last_changes(at).values():
        asked = {"event_id": last.event_id, "changed_at": last.at, "change": str(last.id)}
        found += execute(_GUESTS, {**asked, "at": at}).scalars()
    return found[:AT_ONCE]


def _tell_all(rsvp_ids: Sequence[int], at: datetime) -> int:
    last = _last_changes(at)
    guests = db.session.scalars(_LOCKED_GUESTS, {"rsvp_ids": rsvp_ids, "at": at}).all()
    return sum(_tell(rsvp, last[rsvp.event_id], at=at) for rsvp in guests if rsvp.event_id in last)


def _last_changes(at: datetime) -> dict[int, Any]:
    """The last change of each event that is told these days, by the event's id."""
    told = execute(_CHANGES, {"not_before": at - NOT_AFTER}).all()
    return {change.event_id: change for change in sorted(told, key=lambda change: change.id)}


def _tell(rsvp: Rsvp, change: Any, *, at: datetime) -> bool:
    """Mail a guest what changed, unless a mail of an earlier change says this one too. Where it is
    nothing for them, only note that they were told.
    """
    assert rsvp.person is not None  # noqa: S101  see ARE_TOLD
    which, values = str(change.id), _values(rsvp, at=at)
    if values is None:
        return note_told(NoticeKind.CHANGED, rsvp.person, rsvp, at=at, which=which) is not None
    if _is_in_a_mail(rsvp, change):
        return True
    return tell_once(NoticeKind.CHANGED, rsvp, CHANGED, at=at, values=values, which=which)


def _is_in_a_mail(rsvp: Rsvp, change: Any) -> bool:
    """Whether a mail waits, or was sent since the change: it says how things are when it is sent.
    Its notice is of this change then, so that what never arrives was not told.
    """
    says_it = or_(OutboxMail.sent_at.is_(None), OutboxMail.sent_at > change.at)
    mails = OutboxMail.about_id == rsvp.id, OutboxMail.template == CHANGED
    newest = select(func.max(OutboxMail.notice_id)).where(
        *mails, OutboxMail.failed_at.is_(None), says_it
    )
    theirs = Notice.id == newest.scalar_subquery(), Notice.person_id == rsvp.person_id
    return execute(update(Notice).where(*theirs).values(which=str(change.id))).rowcount > 0


def _what_they_know(rsvp: Rsvp) -> EventChange | None:
    """When and where the event was to be as they answered, or as the last mail that arrived told
    them. Returns None if it has not changed since.
    """
    told_at = _told_at(rsvp)
    since = EventChange.at > told_at if told_at else EventChange.at >= rsvp.created_at
    first = select(EventChange).where(EventChange.event_id == rsvp.event_id, since)
    return db.session.scalar(first.order_by(EventChange.id).limit(1))


def _told_at(rsvp: Rsvp) -> datetime | None:
    """The instant whose time and place they know. Sent mails are deleted before their notices."""
    told = select(func.max(func.coalesce(OutboxMail.sent_at, Notice.at)))
    return db.session.scalar(
        told.select_from(Notice)
        .outerjoin(OutboxMail, OutboxMail.notice_id == Notice.id)
        .where(
            Notice.rsvp_id == rsvp.id,
            Notice.person_id == rsvp.person_id,
            Notice.kind == NoticeKind.CHANGED,
            or_(OutboxMail.id.is_(None), OutboxMail.sent_at.is_not(None)),
        )
    )


def _values(rsvp: Rsvp, *, at: datetime) -> dict[str, Any] | None:
    """What a mail says to a guest, or None if nothing changed for them."""
    was, event = _what_they_know(rsvp), rsvp.event
    if was is None or not was.differs_from(event, told=what_is_told(rsvp.status)):
        return None
    times = (event.starts_at, event.ends_at, event.tz)
    values = ticket_values(rsvp, at)
    values.pop("qr", None)  # the ticket is as good as before
    return values | {
        "was_starts_at": was.starts_at.isoformat(),
        "was_ends_at": was.ends_at.isoformat(),
        "was_tz": was.tz,
        "was_place": was.place,
        "has_new_time": (was.starts_at, was.ends_at, was.tz) != times,
        "has_new_place": was.place != event.place or _has_new(was, rsvp, "exact_address"),
        "has_new_link": _has_new(was, rsvp, "private_link"),
        "was_elsewhere": was.differs_from(event, told=IN_THE_CALENDAR),
        "calendar_url": absolute("rsvp.calendar", key=rsvp.key),
        "line": _line_told(event),
    }


def _line_told(event: Event) -> str:
    """What the organisers wrote to the last change that they had told."""
    told = select(EventChange.line).where(
        EventChange.event_id == event.id, EventChange.told_at.is_not(None)
    )
    return db.session.scalar(told.order_by(EventChange.id.desc()).limit(1)) or ""


def _has_new(was: EventChange, rsvp: Rsvp, name: str) -> bool:
    """Whether there is another exact address or link, and the guest is told it."""
    return name in what_is_told(rsvp.status) and was.differs_from(rsvp.event, told=(name,))


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now. Returns None if they do not come, the event is
    off or over, or it was moved back.
    """
    rsvp = rsvp_mailed(mail)
    if rsvp is None or rsvp.status not in AWAITED or rsvp.is_unproven:
        return None
    event = rsvp.event
    if event.called_off_at or not event.published_at or event.ends_at <= at:
        return None
    values = _values(rsvp, at=at)
    return values and {**values, "calendar": invitation(rsvp, at=at)}


def mails_of_change(guests: Iterable[Rsvp], *, at: datetime) -> list[OutboxMail]:
    """The mails that the worker will write to these guests, once they are to be told."""
    return mails_to_come(CHANGED, guests, partial(_values, at=at))


tell_what_changed = Due("mails of what changed", _find, _tell_all)
