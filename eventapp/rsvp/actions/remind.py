"""Remind who is going: at ten the day before the event, and two hours before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, exists, or_, select
from sqlalchemy.orm import joinedload

from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.core.links import absolute
from eventapp.model import CheckIn, Event, Notice, NoticeKind, OutboxMail, Rsvp, Status
from eventapp.rsvp.actions.notices import tell_once
from eventapp.rsvp.actions.notify import SAYS_THE_SAME, ticket_values
from eventapp.rsvp.queries import is_in, rsvp_mailed

FROM_HOUR, UNTIL_HOUR = time(10), time(20)  # of the day before, where the event is
A_DAY, TWO_HOURS, ONE_HOUR = timedelta(days=1), timedelta(hours=2), timedelta(hours=1)
SAID_LATELY = timedelta(hours=6)  # who answered, or was mailed the same, since then knows it

Hours = tuple[datetime, datetime]


@dataclass(frozen=True)
class Reminder:
    """A reminder is mailed between two instants, to the guests of events that have been public
    since some time before the start. `begins_by`: how long before the start it begins at most.
    """

    kind: NoticeKind
    template: str
    hours: Callable[[Any], Hours]
    public_for: timedelta
    begins_by: timedelta

    def is_due(self, event: Any, at: datetime) -> bool:
        begins_at, ends_at = self.hours(event)
        is_wanted: bool = getattr(event, f"reminds_{self.kind}")
        is_known = event.published_at <= event.starts_at - self.public_for
        return is_wanted and is_known and begins_at <= at < ends_at


def _hours_of_the_day_before(event: Any) -> Hours:
    zone = ZoneInfo(event.tz)
    day = event.starts_at.astimezone(zone).date() - A_DAY
    return datetime.combine(day, FROM_HOUR, zone), datetime.combine(day, UNTIL_HOUR, zone)


def _hours_before(event: Any) -> Hours:
    return event.starts_at - TWO_HOURS, event.starts_at - ONE_HOUR


DAY_BEFORE = Reminder(
    NoticeKind.DAY_BEFORE,
    "rsvp/mail/day_before",
    _hours_of_the_day_before,
    public_for=A_DAY,
    begins_by=timedelta(hours=40),  # from ten to the next midnight, and clocks may go back
)
HOURS_BEFORE = Reminder(
    NoticeKind.HOURS_BEFORE,
    "rsvp/mail/hours_before",
    _hours_before,
    public_for=TWO_HOURS,
    begins_by=TWO_HOURS,
)
REMINDERS = {one.template: one for one in (DAY_BEFORE, HOURS_BEFORE)}

# Built once: building them costs more than running them.
_SOON = (
    Event.starts_at > bindparam("at"),
    Event.starts_at <= bindparam("by"),
    Event.published_at.is_not(None),
    Event.called_off_at.is_(None),
)
_TO_BE_REMINDED = (
    Rsvp.status == Status.GOING,
    Rsvp.person_id.is_not(None),
    Rsvp.created_at <= bindparam("said_by"),
    Rsvp.confirmed_at <= bindparam("said_by"),
    ~exists().where(CheckIn.rsvp_id == Rsvp.id),  # doors open hours before the start
    or_(Rsvp.changed_at.is_(None), Rsvp.changed_at <= bindparam("said_by")),
    ~exists().where(
        OutboxMail.about_id == Rsvp.id,
        OutboxMail.template.in_(SAYS_THE_SAME),
        OutboxMail.created_at > bindparam("said_by"),
        OutboxMail.failed_at.is_(None),
    ),
)
_WAS_REMINDED = exists().where(
    Notice.rsvp_id == Rsvp.id,
    Notice.kind == bindparam("kind"),
    Notice.person_id == Rsvp.person_id,
    Notice.which == bindparam("day"),
)
_FACTS = (
    *(Event.id, Event.starts_at, Event.tz, Event.published_at),
    *(Event.reminds_day_before, Event.reminds_hours_before),
)
_EVENTS = by_index(select(*_FACTS), Event, "ix_event_starts_at").where(*_SOON)
_GUESTS = (
    by_index(select(Rsvp.id), Rsvp, "ix_rsvp_event_id_status_waitlisted_at")
    .where(any_of(Rsvp.event_id, "event_ids"), *_TO_BE_REMINDED, ~_WAS_REMINDED)
    .order_by(Rsvp.event_id)
    .limit(AT_ONCE)
)
_LOCKED_GUESTS = (
    select(Rsvp)
    .join(Event, Event.id == Rsvp.event_id)
    .where(any_of(Rsvp.id, "rsvp_ids"), *_SOON, *_TO_BE_REMINDED)
    .options(joinedload(Rsvp.person), joinedload(Rsvp.event))
    .execution_options(populate_existing=True)
    .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
)


def _find(reminder: Reminder, at: datetime) -> Sequence[int]:
    """Guests of events that are due, who were not reminded of that day. An event that moved to
    another day is due again.
    """
    events = [one for one in execute(_EVENTS, _soon(reminder, at)) if reminder.is_due(one, at)]
    found: list[int] = []
    for day, of_day in groupby(sorted(events, key=_day_of), _day_of):
        asked = {
            "event_ids": [event.id for event in of_day],
            "kind": reminder.kind,
            "day": day,
            "said_by": at - SAID_LATELY,
        }
        found += execute(_GUESTS, asked).scalars()
    return found[:AT_ONCE]


def _remind_all(reminder: Reminder, rsvp_ids: Sequence[int], at: datetime) -> int:
    asked = {"rsvp_ids": rsvp_ids, "said_by": at - SAID_LATELY, **_soon(reminder, at)}
    guests = db.session.scalars(_LOCKED_GUESTS, asked).all()
    return sum(
        tell_once(
            reminder.kind,
            rsvp,
            reminder.template,
            at=at,
            values=_values(rsvp, at),
            which=_day_of(rsvp.event),
        )
        for rsvp in guests
        if reminder.is_due(rsvp.event, at)
    )


def _soon(reminder: Reminder, at: datetime) -> dict[str, datetime]:
    return {"at": at, "by": at + reminder.begins_by}


def _day_of(event: Event | Row[Any]) -> str:
    """The day on which an event starts, by the calendar where it is."""
    day: str = event.starts_at.astimezone(ZoneInfo(event.tz)).date().isoformat()
    return day


def _values(rsvp: Rsvp, at: datetime) -> dict[str, Any]:
    calendar_url = absolute("rsvp.calendar", key=rsvp.key)
    return {**ticket_values(rsvp, at), "calendar_url": calendar_url}


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of a reminder if it is sent now. Returns None if they answered or came meanwhile,
    it is too late, or the event was called off or moved to another day, before which they are
    reminded.
    """
    rsvp, reminder = rsvp_mailed(mail), REMINDERS[mail.template]
    if rsvp is None or not rsvp.holds_a_seat or not rsvp.is_confirmed or _has_changed(rsvp, mail):
        return None
    if is_in(rsvp):
        return None
    event, notice = rsvp.event, db.session.get(Notice, mail.notice_id)
    if event.called_off_at or not event.published_at or not reminder.is_due(event, at):
        return None
    return _values(rsvp, at) if notice and notice.which == _day_of(event) else None


def _has_changed(rsvp: Rsvp, mail: OutboxMail) -> bool:
    return rsvp.changed_at is not None and rsvp.changed_at > mail.created_at


def _due(name: str, reminder: Reminder) -> Due:
    return Due(name, partial(_find, reminder), partial(_remind_all, reminder))


remind_the_day_before = _due("reminders of the day before", DAY_BEFORE)
remind_hours_before = _due("reminders two hours before", HOURS_BEFORE)
