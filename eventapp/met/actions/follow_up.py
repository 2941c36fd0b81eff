"""On the day that guests chose to get in touch with whom they met, remind them in one mail.

A mail a day at most, and once for each day: another one, chosen later, is told again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, bindparam, cast, exists, select
from sqlalchemy.orm import aliased, joinedload

from eventapp.attendees.queries import is_between_apart
from eventapp.communities.queries import letterhead
from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.core.links import absolute
from eventapp.core.outbox import queue
from eventapp.met.actions.met_mail import end_of_mail
from eventapp.model import Encounter, Event, Notice, NoticeKind, OutboxMail, Person, Rsvp
from eventapp.rsvp.actions import note_told

FOLLOW_UP = "met/mail/follow_up"
FROM_HOUR, UNTIL_HOUR = time(9), time(20)  # of that day or the next, where they met
DAYS = timedelta(days=2)  # not reminded any more if the worker was down for longer
A_DAY = timedelta(hours=20)  # at least, between two mails: nine o'clock comes later than that
FARTHEST_ZONE = timedelta(hours=14)  # ahead of UTC

_NOTER = aliased(Rsvp)
_DAY = cast(Encounter.follow_up_on, String)  # in ISO 8601 on both databases


def _is_told_of() -> ColumnElement[bool]:
    """Whether a notice is about this encounter's noter, its other guest and its day."""
    return (
        (Notice.kind == NoticeKind.FOLLOW_UP)
        & (Notice.rsvp_id == Encounter.met_id)
        & (Notice.person_id == _NOTER.person_id)
        & (Notice.which == _DAY)
    )


_TO_REMIND = (
    Encounter.follow_up_on.between(bindparam("first"), bindparam("last")),
    Encounter.taken_back_at.is_(None),
    ~is_between_apart(),
    ~exists().where(_is_told_of()),
    ~exists().where(
        OutboxMail.to_key == Person.email_key,
        OutboxMail.template == FOLLOW_UP,
        OutboxMail.created_at > bindparam("mailed_by"),
    ),
)
_DAYS = (
    by_index(
        select(_NOTER.person_id, Encounter.follow_up_on, Event.tz),
        Encounter,
        "ix_encounter_follow_up_on",
    )
    .join(_NOTER, _NOTER.id == Encounter.noter_id)
    .join(Person, Person.id == _NOTER.person_id)
    .join(Event, Event.id == Encounter.event_id)
    .where(*_TO_REMIND)
    .order_by(Encounter.follow_up_on)
    .limit(AT_ONCE)
)
_LOCKED = (
    select(Encounter)
    .join(_NOTER, _NOTER.id == Encounter.noter_id)
    .join(Person, Person.id == _NOTER.person_id)
    .where(any_of(_NOTER.person_id, "person_ids"), *_TO_REMIND)
    .options(
        joinedload(Encounter.noter).joinedload(Rsvp.person),
        joinedload(Encounter.noter).joinedload(Rsvp.event),
        joinedload(Encounter.met),
    )
    .order_by(_NOTER.person_id, Encounter.id)
    .with_for_update(of=Encounter, skip_locked=True, key_share=True)
    .execution_options(populate_existing=True)
)


def _find(at: datetime) -> Sequence[int]:
    """People who wanted to get in touch with somebody today."""
    days = execute(_DAYS, _window(at))
    return sorted({day.person_id for day in days if _is_due(day.follow_up_on, day.tz, at=at)})


def _window(at: datetime) -> dict[str, Any]:
    return {
        "first": (at - DAYS).date(),
        "last": (at + FARTHEST_ZONE).date(),
        "mailed_by": at - A_DAY,
    }


def _is_due(day: date | None, tz: str, *, at: datetime) -> bool:
    assert day is not None  # noqa: S101  see `_TO_REMIND`
    here = at.astimezone(ZoneInfo(tz))
    is_in_time = timedelta(0) <= here.date() - day < DAYS
    return is_in_time and FROM_HOUR <= here.time() < UNTIL_HOUR


def _remind_all(person_ids: Sequence[int], at: datetime) -> int:
    """Remind each of them of everybody whose day it is, in one mail."""
    locked = db.session.scalars(_LOCKED, {"person_ids": person_ids, **_window(at)}).all()
    by_person = groupby(locked, key=lambda one: one.noter.person_id)
    return sum(_remind(_of_the_day(list(theirs), at), at=at) for _, theirs in by_person)


def _of_the_day(theirs: Sequence[Encounter], at: datetime) -> list[Encounter]:
    """Those whose day it is, and those whose same day begins later, as they were met farther west:
    they would need a second mail.
    """
    days = [one.follow_up_on for one in theirs if _is_due(one.follow_up_on, _tz(one), at=at)]
    return [one for one in theirs if one.follow_up_on in days]


def _tz(encounter: Encounter) -> str:
    return encounter.noter.event.tz


def _remind(theirs: Sequence[Encounter], *, at: datetime) -> int:
    told = list(_note_told(theirs, at=at))
    person = told[0].noter.person if told else None
    if person and not person.met_mail_ended_at:
        # Without `about_id`: organisers see mails about RSVPs, and must not see who met whom.
        queue(FOLLOW_UP, to=person.email, language=person.language, at=at, values=_values(told))
    return len(told)


def _note_told(theirs: Sequence[Encounter], *, at: datetime) -> Iterator[Encounter]:
    for one in theirs:
        if _note_day_told(one.noter, one.met, one.follow_up_on, at=at):
            yield one


def _note_day_told(noter: Rsvp, met: Rsvp, day: date | None, *, at: datetime) -> bool:
    if noter.person is None or day is None:
        return False
    return bool(note_told(NoticeKind.FOLLOW_UP, noter.person, met, at=at, which=str(day)))


def need_no_mail_of_begun_day(noter: Rsvp, met: Rsvp, day: date | None, *, at: datetime) -> None:
    """Mail nothing about a day that is set once its hour has come, or later: who sets it knows, and
    their page says that it is due.
    """
    if day and at >= datetime.combine(day, FROM_HOUR, ZoneInfo(noter.event.tz)):
        _note_day_told(noter, met, day, at=at)


def _values(encounters: Sequence[Encounter]) -> dict[str, Any]:
    people = [{"name": one.met.name, "title": one.noter.event.title} for one in encounters]
    url = absolute("contacts.contacts", due=1)
    return {
        "people": people,
        "url": url,
        **end_of_mail(encounters[0].noter),
        **letterhead(*(one.noter.event for one in encounters)),
    }


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now: without whom the day was changed, the meeting
    taken back, somebody blocked or a guest deleted. Returns None if nobody is left. Its notices
    are those of its instant.
    """
    encounters = db.session.scalars(
        select(Encounter)
        .join(_NOTER, _NOTER.id == Encounter.noter_id)
        .join(Notice, _is_told_of())
        .join(Person, Person.id == Notice.person_id)
        .where(
            Person.email == mail.to_email,
            Notice.at == mail.created_at,
            Person.met_mail_ended_at.is_(None),
            Encounter.taken_back_at.is_(None),
            ~is_between_apart(),
        )
        .options(joinedload(Encounter.met), joinedload(Encounter.noter).joinedload(Rsvp.event))
        .order_by(Encounter.id)
    ).all()
    return _values(encounters) if encounters else None


remind_of_follow_ups = Due("mails of the day to follow up", _find, _remind_all)
