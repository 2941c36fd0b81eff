"""What an act on many guests comes to, before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from eventapp.core.db import db, transaction
from eventapp.core.outbox import OutboxMail
from eventapp.core.outgoing import noting_mails
from eventapp.guests import tickets
from eventapp.guests.acts import MAIL, MAIL_AGAIN, PROMOTE, REMOVE, Act, Doing, locked, rows_of
from eventapp.model import Event, Status
from eventapp.rsvp.queries import fitting, who_would_fit

NAMED_MOST = 12  # guests, before an act


@dataclass(frozen=True)
class Plan:
    """What it comes to for these guests."""

    ids: Sequence[int]  # of those to whom it applies
    names: Sequence[str]  # of the first of them
    with_place: int
    without_place: int  # where it is about places
    mailed: int
    move_up: int  # of the waitlist, into seats that become free: mailed, too
    skipped: Counter[str]  # by their status, REMOVED, "came", "no_address", or "mailed" already
    sample: OutboxMail | None  # one of the mails

    @property
    def others(self) -> int:
        return len(self.ids) - len(self.names)


def plan(event: Event, act: Act, ids: Sequence[int], doing: Doing) -> Plan:
    """Raises NoTicketNeeded where mails would say nothing any more."""
    if act in (MAIL, MAIL_AGAIN):
        tickets.refuse_if_over(event, doing.at)
    there = rows_of(event, act, ids)
    applies = [row for row in there if row.applies]
    seated = [row for row in applies if row.seats]
    placed = list(fitting(seated, event.seats_left))
    mailed = placed if act is PROMOTE else applies
    return Plan(
        ids=[row.id for row in applies],
        names=[row.name for row in applies[:NAMED_MOST]],
        with_place=len(placed),
        without_place=len(seated) - len(placed),
        mailed=sum(row.mails for row in mailed),
        move_up=_count_moving_up(event, applies, doing.at) if act is REMOVE else 0,
        skipped=Counter(row.kind for row in there if not row.applies),
        sample=_sample(event, act, [row.id for row in applies[:NAMED_MOST]], doing),
    )


def _count_moving_up(event: Event, removed: Sequence[Row[Any]], at: datetime) -> int:
    """How many of the waitlist get the seats of those who are removed."""
    if not event.takes_rsvps(at):
        return 0
    freed = sum(row.party for row in removed if row.status == Status.GOING)
    return len(who_would_fit(event, freed=freed, gone={row.id for row in removed}))


class _OnlyTried(Exception):
    pass


def _sample(event: Event, act: Act, ids: Sequence[int], doing: Doing) -> OutboxMail | None:
    """The first mail that it would send, tried on some of them and undone."""
    with noting_mails() as mails:
        try:
            with transaction():
                act.do(event, locked(event, act, ids), doing)
                db.session.flush()
                raise _OnlyTried
        except _OnlyTried:
            pass
    db.session.refresh(event)
    return next(iter(mails), None)
