"""Mails about people to meet: a part of the reminder two hours before; one mail of its own to who
gets no reminder; the same once more to a newcomer whom another host greets since; and one to a host
when somebody whom they greet is in.

Each is composed from what both agree to at the moment it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, exists, or_, select
from sqlalchemy.orm import aliased

from eventapp.core.db import db
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.links import absolute
from eventapp.core.outbox import queue
from eventapp.events.queries import mail_values
from eventapp.greeting.actions.planner import events_near
from eventapp.greeting.queries import host_and_newcomer, led_to
from eventapp.model import CheckIn, Notice, NoticeKind, OutboxMail, Rsvp, Suggestion
from eventapp.rsvp.actions import note_told, tell_once
from eventapp.rsvp.queries import rsvp_mailed

PEOPLE_TO_MEET = "greeting/mail/people_to_meet"
NEWCOMER_IS_IN = "greeting/mail/newcomer_is_in"

AFTER_REMINDERS = timedelta(hours=1, minutes=45)  # before the start
NEWS_FOR = timedelta(hours=1)  # after somebody came in
TOLD = (NoticeKind.HOURS_BEFORE, NoticeKind.PEOPLE_TO_MEET)
OF_ANOTHER_HOST = "another host"  # which notice: a newcomer is told so once at most


def people_to_meet_values(rsvp: Rsvp, at: datetime) -> dict[str, Any]:
    """What a mail says of whom this guest is led to now; nothing if that is nobody."""
    led = led_to(rsvp, at=at)
    if not led:
        return {}
    meet = {
        "host": led.host and led.host.told(),
        "greets": [one.told() for one in led.greets],
        "people": [one.told() for one in led.people],
    }
    return {"meet": meet, "meet_url": absolute("rsvp.own", key=rsvp.key, _anchor="meet")}


def _find_untold(at: datetime) -> Sequence[int]:
    """Guests who are led to somebody, and whom neither the reminder nor our own mail told."""
    event_ids = events_near(at, before=AFTER_REMINDERS)
    if not event_ids:
        return []
    is_led = or_(
        Rsvp.id.in_(select(Suggestion.rsvp_id).where(Suggestion.event_id.in_(event_ids))),
        Rsvp.id.in_(
            select(Suggestion.whom_id).where(Suggestion.event_id.in_(event_ids), Suggestion.as_host)
        ),
    )
    untold = select(Rsvp.id).where(is_led, Rsvp.person_id.is_not(None), ~_told())
    return db.session.scalars(untold.limit(AT_ONCE)).all()


def _told(*which: ColumnElement[bool]) -> Exists:
    """A guest was told whom they may meet, by such a notice."""
    own = Notice.rsvp_id == Rsvp.id, Notice.person_id == Rsvp.person_id
    return exists().where(*own, Notice.kind.in_(TOLD), *which)


def _find_with_another_host(at: datetime) -> Sequence[int]:
    """Newcomers whose host was found after they were told, as the first one cancelled, say."""
    event_ids = events_near(at, before=AFTER_REMINDERS)
    if not event_ids:
        return []
    return db.session.scalars(
        select(Rsvp.id)
        .join(Suggestion, Suggestion.rsvp_id == Rsvp.id)
        .where(
            and_(Suggestion.event_id.in_(event_ids), Suggestion.as_host),
            _told(Notice.at < Suggestion.made_at),
            ~_told(Notice.which == OF_ANOTHER_HOST),
        )
        .limit(AT_ONCE)
    ).all()


def _tell_people(rsvp_ids: Sequence[int], at: datetime, *, which: str = "") -> int:
    guests = db.session.scalars(select(Rsvp).where(Rsvp.id.in_(rsvp_ids)).order_by(Rsvp.id)).all()
    values = {rsvp: _people_mail_values(rsvp, at) for rsvp in guests if rsvp.person}
    kind = NoticeKind.PEOPLE_TO_MEET
    return sum(
        tell_once(kind, rsvp, PEOPLE_TO_MEET, at=at, values=said, which=which)
        for rsvp, said in values.items()
        if said
    )


def _people_mail_values(rsvp: Rsvp, at: datetime) -> dict[str, Any] | None:
    if people := people_to_meet_values(rsvp, at):
        return {**mail_values(rsvp.event), "name": rsvp.name, **people}
    return None


def people_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of the mail if it is sent now. Returns None if nobody is left to be led to."""
    rsvp = rsvp_mailed(mail)
    return _people_mail_values(rsvp, at) if rsvp else None


def _find_who_is_in(at: datetime) -> Sequence[int]:
    """Suggestions of hosts whose newcomer came in lately, of which the host was not told."""
    host = aliased(Rsvp)
    told = exists().where(
        Notice.rsvp_id == Suggestion.rsvp_id,
        Notice.person_id == host.person_id,
        Notice.kind == NoticeKind.NEWCOMER_IS_IN,
    )
    event_ids = events_near(at, before=timedelta(days=1))  # some doors open long before
    if not event_ids:
        return []
    return db.session.scalars(
        select(Suggestion.id)
        .join(CheckIn, CheckIn.rsvp_id == Suggestion.rsvp_id)
        .join(host, host.id == Suggestion.whom_id)
        .where(
            and_(Suggestion.event_id.in_(event_ids), Suggestion.as_host),
            CheckIn.at > at - NEWS_FOR,
            host.hosts_since.is_not(None),
            ~told,
        )
        .limit(AT_ONCE)
    ).all()


def _tell_hosts(suggestion_ids: Sequence[int], at: datetime) -> int:
    told = 0
    for one in db.session.scalars(select(Suggestion).where(Suggestion.id.in_(suggestion_ids))):
        if not (both := host_and_newcomer(one.whom_id, one.rsvp_id, at=at)) or not both[1].is_in:
            continue
        host, newcomer = both
        assert host.person is not None  # noqa: S101  see `host_and_newcomer`
        kind = NoticeKind.NEWCOMER_IS_IN
        if notice_id := note_told(kind, host.person, newcomer.them, at=at):
            queue(
                NEWCOMER_IS_IN,
                to=host.person.email,
                language=host.language,
                at=at,
                values=_is_in_values(host, newcomer.told()),
                about_id=host.id,
                notice_id=notice_id,
            )
            told += 1
    return told


def _is_in_values(host: Rsvp, newcomer: dict[str, Any]) -> dict[str, Any]:
    url = absolute("rsvp.own", key=host.key, _anchor="meet")
    return {**mail_values(host.event), "newcomer": newcomer, "meet_url": url}


def is_in_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of the mail to a host if it is sent now. Returns None if one of the two withdrew,
    or it is no news any more.
    """
    notice = db.session.get(Notice, mail.notice_id) if mail.notice_id else None
    if notice is None or notice.rsvp_id is None or at > mail.created_at + NEWS_FOR:
        return None
    host = rsvp_mailed(mail)
    both = host and host_and_newcomer(host.id, notice.rsvp_id, at=at)
    return _is_in_values(both[0], both[1].told()) if both and both[1].is_in else None


tell_people_to_meet = Due("mails about people to meet", _find_untold, _tell_people)
tell_of_another_host = Due(
    "mails about another host",
    _find_with_another_host,
    partial(_tell_people, which=OF_ANOTHER_HOST),
)
tell_hosts_who_is_in = Due("mails to hosts of newcomers", _find_who_is_in, _tell_hosts)
