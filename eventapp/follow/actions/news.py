"""Mail followers what is newly published: once, a moment later, so that a slip can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import joinedload

from eventapp.communities.queries import letterhead, mail_picture
from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.core.insert import insert_new
from eventapp.core.links import absolute
from eventapp.core.outbox import queue
from eventapp.model import Event, Follow, Notice, NoticeKind, OutboxMail

NEWS = "follow/mail/news"
PAUSE = timedelta(minutes=10)  # after publishing
EACH = timedelta(hours=20)  # between two mails of a community; what comes meanwhile is gathered
NOT_AFTER = timedelta(days=3)  # not told any more if the worker was down for longer

# Built once: the worker asks each minute, and building them costs more than running them.
_IS_NEWS = (
    Event.starts_at > bindparam("at"),
    Event.published_at <= bindparam("published_by"),
    Event.published_at > bindparam("not_before"),
    Event.called_off_at.is_(None),
    Event.rehearsal_of_id.is_(None),
)
_EVENTS = by_index(select(Event.id), Event, "ix_event_starts_at").where(*_IS_NEWS)


def _is_untold() -> ColumnElement[bool]:
    """Whether a follow was there before an event was published, and its person not told of it."""
    told = exists().where(
        Notice.event_id == Event.id,
        Notice.kind == NoticeKind.NEW_EVENT,
        Notice.person_id == Follow.person_id,
    )
    return and_(Event.published_at > Follow.since, ~told)


_MAY_BE_MAILED = or_(Follow.mailed_at.is_(None), Follow.mailed_at <= bindparam("mailed_by"))
_FOLLOWS: Select[Any] = (
    select(Follow.id)
    .join(Event, Event.community_id == Follow.community_id)
    .where(any_of(Event.id, "event_ids"), _is_untold(), _MAY_BE_MAILED)
    .distinct()
    .limit(AT_ONCE)
)
_LOCKED_FOLLOWS = (
    select(Follow)
    .where(any_of(Follow.id, "follow_ids"), _MAY_BE_MAILED)
    .options(joinedload(Follow.person), joinedload(Follow.community))
    .order_by(Follow.id)
    .with_for_update(of=Follow, skip_locked=True, key_share=True)
)
_NEWS_FOR_ONE = (
    select(Event)
    .join(Follow, Follow.community_id == Event.community_id)
    .where(Follow.id == bindparam("follow_id"), *_IS_NEWS, _is_untold())
    .order_by(Event.starts_at, Event.id)
)


def _find(at: datetime) -> Sequence[int]:
    """The ids of follows that something newly published is to be told to."""
    times = _times(at)
    mailed_by = times.pop("mailed_by")
    events = execute(_EVENTS, times).scalars().all()
    if not events:
        return []
    return execute(_FOLLOWS, {"event_ids": events, "mailed_by": mailed_by}).scalars().all()


def _times(at: datetime) -> dict[str, datetime]:
    return {
        "at": at,
        "published_by": at - PAUSE,
        "not_before": at - NOT_AFTER,
        "mailed_by": at - EACH,
    }


def _tell_all(follow_ids: Sequence[int], at: datetime) -> int:
    """Mail each of them everything that is new, in one mail."""
    times = _times(at)
    who = {"follow_ids": follow_ids, "mailed_by": times.pop("mailed_by")}
    told = 0
    for follow in db.session.scalars(_LOCKED_FOLLOWS, who).all():
        events = db.session.scalars(_NEWS_FOR_ONE, {**times, "follow_id": follow.id}).all()
        told += _tell(follow, events, at=at)
    return told


def _tell(follow: Follow, events: Sequence[Event], *, at: datetime) -> bool:
    notices = [_note_told(follow, event, at=at) for event in events]
    if not any(notices):
        return False
    follow.mailed_at = at
    queue(
        NEWS,
        to=follow.person.email,
        language=follow.person.language,
        at=at,
        values=_values(follow, events),
        notice_id=next(filter(None, notices)),
    )
    return True


def _note_told(follow: Follow, event: Event, *, at: datetime) -> int | None:
    about = {"kind": NoticeKind.NEW_EVENT, "person_id": follow.person_id, "event_id": event.id}
    return insert_new(Notice, {**about, "at": at})


def _values(follow: Follow, events: Sequence[Event]) -> dict[str, Any]:
    return {
        "community": follow.community.name,
        "event_ids": [event.id for event in events],
        "events": [_event(event) for event in events],
        "unsubscribe_url": absolute("follow.end_page", key=follow.key),
        **letterhead(*events),
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "title": event.title,
        "place": event.place,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "tz": event.tz,
        "url": absolute("rsvp.event", slug=event.slug),
        "picture": mail_picture(event),
    }


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of that mail if it is sent now: without what was taken back or called off
    meanwhile. Returns None if nothing is left of it, or its reader has stopped following.
    """
    notice = db.session.get(Notice, mail.notice_id) if mail.notice_id else None
    if notice is None:
        return None
    event_ids = mail.values.get("event_ids") or [notice.event_id]
    follow = _follow_told(notice)
    events = db.session.scalars(
        select(Event)
        .where(
            Event.id.in_(event_ids),
            Event.published_at.is_not(None),
            Event.called_off_at.is_(None),
            Event.starts_at > at,
        )
        .order_by(Event.starts_at, Event.id)
    ).all()
    return _values(follow, events) if follow and events else None


def _follow_told(notice: Notice) -> Follow | None:
    return db.session.scalar(
        select(Follow)
        .join(Event, Event.community_id == Follow.community_id)
        .where(Event.id == notice.event_id, Follow.person_id == notice.person_id)
        .options(joinedload(Follow.community))
    )


def mails_of_news(event: Event, *, at: datetime) -> list[OutboxMail]:
    """The mails that the worker will write to followers if this event is public from now on, none
    of them in the outbox. They name nobody: organisers are told how many follow, not who.
    """
    if event.starts_at <= at:
        return []
    follows = (
        select(Follow)
        .where(Follow.community_id == event.community_id, Follow.since < at)
        .options(joinedload(Follow.person), joinedload(Follow.community))
        .order_by(Follow.id)
    )
    said: dict[str, Any] | None = None
    mails = []
    for follow in db.session.scalars(follows):
        said = said or _values(follow, [event])
        mail = OutboxMail(template=NEWS, to_email=follow.person.email, values=said)
        mail.language = follow.person.language
        mails.append(mail)
    return mails


tell_followers = Due("mails to followers", _find, _tell_all)
