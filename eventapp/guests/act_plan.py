"""What an act on many guests comes to, before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from eventapp.core.db import db, transaction
from eventapp.core.outbox import OutboxMail
from eventapp.core.outgoing import noting_mails
from eventapp.guests import tickets
from eventapp.guests.acts import (
    APPROVE,
    MAIL,
    MAIL_AGAIN,
    NO_LIMIT_OVER,
    REMOVE,
    Act,
    Doing,
    locked,
    rows_of,
)
from eventapp.model import Event, Rsvp, Status
from eventapp.rsvp.actions import mails_to_come, notify, values_as
from eventapp.rsvp.queries import fitting, who_would_fit

NAMED_MOST = 12  # guests, before an act


@dataclass(frozen=True)
class Plan:
    """What it comes to for these guests."""

    ids: Sequence[int]  # of those to whom it applies
    names: Sequence[str]  # of the first of them
    with_place: int
    without_place: int  # where it is about places
    people: int  # of all these, their companions included
    placed: frozenset[int]  # the ids of who gets one
    over: int  # people beyond the capacity, if all get a place
    applied_count: int  # to how many it is done; the others have no place, and stay as they are
    unproven: int  # whose address may be a stranger's, or mistyped
    mailed: int
    moving_up: Sequence[str]  # names of the waitlist, into seats that become free: mailed, too
    mailed_ids: Sequence[int]  # all who are mailed
    skipped: Counter[str]  # by their status, REMOVED, "came", "no_address", or "mailed" already

    @property
    def others(self) -> int:
        return len(self.ids) - len(self.names)

    @property
    def move_up(self) -> int:
        return len(self.moving_up)

    @property
    def moving_first(self) -> Sequence[str]:
        return self.moving_up[:NAMED_MOST]


def plan(event: Event, act: Act, ids: Sequence[int], doing: Doing) -> Plan:
    """Raises NoTicketNeeded where mails would say nothing any more."""
    if act in (MAIL, MAIL_AGAIN):
        tickets.refuse_if_over(event, doing.at)
    there = rows_of(event, act, ids)
    applies = [row for row in there if row.applies]
    seated = [row for row in applies if row.seats]
    placed = {row.id for row in fitting(seated, doing.seats_left(event))}
    stays = {row.id for row in seated if row.id not in placed} if act.needs_place else set()
    applied = [row for row in applies if row.id not in stays]
    mailed = [row.id for row in applied if row.mails]
    moving = _moving_up(event, applies, doing.at) if act is REMOVE else []
    return Plan(
        ids=[row.id for row in applies],
        names=[row.name for row in applies[:NAMED_MOST]],
        with_place=len(placed),
        without_place=len(seated) - len(placed),
        people=sum(row.party for row in seated),
        placed=frozenset(placed),
        over=_over(event, sum(row.party for row in seated)),
        applied_count=len(applied),
        unproven=sum(row.unproven for row in applies),
        mailed=len(mailed),
        moving_up=[row.name for row in moving],
        mailed_ids=[*mailed, *(row.id for row in moving if row.person_id)],
        skipped=Counter(row.kind for row in there if not row.applies),
    )


def _over(event: Event, more: int) -> int:
    """How many people are beyond the capacity once so many more have a place."""
    return 0 if event.capacity is None else max(0, event.seats_taken + more - event.capacity)


def _moving_up(event: Event, removed: Sequence[Row[Any]], at: datetime) -> list[Row[Any]]:
    """Who of the waitlist gets the seats of those who are removed."""
    if not event.takes_rsvps(at):
        return []
    freed = sum(row.party for row in removed if row.status == Status.GOING)
    return who_would_fit(event, freed=freed, gone={row.id for row in removed})


class _OnlyTried(Exception):
    pass


def samples(event: Event, act: Act, planned: Plan, doing: Doing) -> list[OutboxMail]:
    """The first mail of each kind that it would send, tried on some of them and undone."""
    if act is APPROVE:  # some of them would all get a place
        return _mails_of_yes(planned, at=doing.at)
    trying = doing if planned.with_place else replace(doing, over_capacity_by=NO_LIMIT_OVER)
    some = planned.ids[:NAMED_MOST]
    with noting_mails() as mails:
        try:
            with transaction():
                act.do(event, locked(event, act, some), trying)
                db.session.flush()
                raise _OnlyTried
        except _OnlyTried:
            pass
    db.session.refresh(event)
    firsts: dict[str, OutboxMail] = {}
    for mail in mails:
        firsts.setdefault(mail.template, mail)
    return [*firsts.values()]


def _mails_of_yes(planned: Plan, *, at: datetime) -> list[OutboxMail]:
    """To the first who gets a place by a yes, and to the first who goes on the waitlist."""
    becomes: dict[str, int] = {}
    for rsvp_id in planned.mailed_ids:
        status = Status.GOING if rsvp_id in planned.placed else Status.WAITLISTED
        becomes.setdefault(status, rsvp_id)
    by = {rsvp_id: status for status, rsvp_id in becomes.items()}

    def read(rsvp: Rsvp) -> dict[str, Any]:
        return values_as(notify.APPROVED, by[rsvp.id], rsvp, at=at)

    guests = db.session.scalars(select(Rsvp).where(Rsvp.id.in_(by)).order_by(Rsvp.id)).all()
    return mails_to_come(notify.APPROVED, guests, read, by=by)
