"""The morning after an event, ask everybody who was there, once, whom they met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import came, is_unasked
from eventapp.communities.queries import letterhead
from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.core.links import absolute
from eventapp.met.actions.links import form_of
from eventapp.met.actions.met_mail import end_of_mail
from eventapp.model import Community, Event, NoticeKind, OutboxMail, Rsvp, Status
from eventapp.rsvp.actions import tell_once
from eventapp.rsvp.queries import rsvp_mailed

MORNING_AFTER = "met/mail/morning_after"
NIGHT = timedelta(hours=6)  # after midnight: what ends then belongs to the evening before
NOT_AFTER = timedelta(days=3)  # not asked any more if the worker was down for longer

# Built once: the worker asks each minute, and building them costs more than running them.
_ENDED_LATELY = (
    Event.ends_at <= bindparam("at"),
    Event.ends_at > bindparam("not_before"),
    Event.published_at.is_not(None),
    Event.called_off_at.is_(None),
)
_TO_BE_ASKED = (
    Rsvp.status == Status.GOING,
    Rsvp.person_id.is_not(None),
    Rsvp.morning_after_at.is_(None),
)
_ENDED = (
    select(Event.id, Event.ends_at, Event.tz, Community.met_mail_hour)
    .join(Community, Event.community_id == Community.id)
    .where(*_ENDED_LATELY, Community.met_mail_hour.is_not(None))
)
_EVENTS = by_index(_ENDED, Event, "ix_event_ends_at")
_GUESTS = (
    by_index(select(Rsvp.id), Rsvp, "ix_rsvp_not_asked")
    .where(any_of(Rsvp.event_id, "event_ids"), *_TO_BE_ASKED, came("event_ids"))
    .order_by(Rsvp.event_id)
    .limit(AT_ONCE)
)
_LOCKED_GUESTS = (
    select(Rsvp)
    .join(Event, Rsvp.event_id == Event.id)
    .where(any_of(Rsvp.id, "rsvp_ids"), *_ENDED_LATELY, *_TO_BE_ASKED, came())
    .options(joinedload(Rsvp.person), joinedload(Rsvp.event).joinedload(Event.community))
    .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
)


def _find(at: datetime) -> Sequence[int]:
    """Guests who were at an event the morning after which has come."""
    ended = execute(_EVENTS, _window(at)).all()
    events = [
        event.id for event in ended if _is_due(event.ends_at, event.tz, event.met_mail_hour, at=at)
    ]
    return execute(_GUESTS, {"event_ids": events}).scalars().all() if events else []


def _ask_all(rsvp_ids: Sequence[int], at: datetime) -> int:
    """Mail them, unless they want no such mail, and note that they were asked. Who has no listing
    is asked for that, too.
    """
    locked = db.session.scalars(_LOCKED_GUESTS, {"rsvp_ids": rsvp_ids, **_window(at)}).all()
    guests = [rsvp for rsvp in locked if _event_is_due(rsvp.event, at=at)]
    for rsvp in guests:
        rsvp.morning_after_at = at
        _ask(rsvp, at=at)
    return len(guests)


def _window(at: datetime) -> dict[str, datetime]:
    return {"at": at, "not_before": at - NOT_AFTER}


def _event_is_due(event: Event, *, at: datetime) -> bool:
    return _is_due(event.ends_at, event.tz, event.community.met_mail_hour, at=at)


def _is_due(ends_at: datetime, tz: str, hour: int | None, *, at: datetime) -> bool:
    return hour is not None and asked_at(ends_at, tz, hour) <= at


def asked_at(ends_at: datetime, tz: str, hour: int) -> datetime:
    """When the guests of an event are asked: at this hour of the next day, in its zone."""
    zone = ZoneInfo(tz)
    evening = (ends_at.astimezone(zone) - NIGHT).date()
    return datetime.combine(evening + timedelta(days=1), time(hour), zone)


def _ask(rsvp: Rsvp, *, at: datetime) -> None:
    if rsvp.person and rsvp.person.met_mail_ended_at:
        return
    tell_once(NoticeKind.MORNING_AFTER, rsvp, MORNING_AFTER, at=at, values=_values(rsvp))


def _values(rsvp: Rsvp) -> dict[str, Any]:
    own_url = absolute("rsvp.own", key=rsvp.key) if is_unasked(rsvp) else None
    impressions_url = absolute("impressions.impressions_by_key", key=rsvp.key)
    named = {"name": rsvp.name, "own_url": own_url, "impressions_url": impressions_url}
    return {**form_of(rsvp), **named, **end_of_mail(rsvp), **letterhead(rsvp.event)}


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of a morning-after mail if it is sent now. Returns None if they did not come after
    all, or it is too late to note a meeting.
    """
    rsvp = rsvp_mailed(mail)
    if rsvp is None or not _may_say(rsvp, at):
        return None
    return _values(rsvp)


def _may_say(rsvp: Rsvp, at: datetime) -> bool:
    event = rsvp.event
    if rsvp.person is None or rsvp.person.met_mail_ended_at:
        return False
    if rsvp.status != Status.GOING or event.called_off_at or not event.takes_encounters(at):
        return False
    return bool(db.session.scalar(select(exists().where(Rsvp.id == rsvp.id, came()))))


ask_who_they_met = Due("mails of the morning after", _find, _ask_all)
