"""Organisers approve everybody who waits, alone or because an event asks for approval no more: in
transactions short enough for others to go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.i18n import ngettext
from eventapp.core.links import digest, sign_values, signed_values
from eventapp.core.portions import short_portions
from eventapp.core.retry import in_transaction, saying_what_is_done
from eventapp.guests.approval import is_mailed, let_in
from eventapp.model import AuditEntry, AuditVerb, Event, OutboxMail, Rsvp, Status
from eventapp.rsvp.actions import lock_seats, mails_to_come, notify, values_as

SEEN = "guests/seen waiting"  # the purpose of the token in the form
SEEN_VALID = timedelta(days=1)
Counted = tuple[int, AuditEntry | None]  # who is let in, and the entry that counts them


class OthersWait(Refusal):
    code = "others_wait"
    message = _l("Who is waiting has changed since you looked. This is how it is now.")


class ApprovalStopped(Refusal):
    """The database failed meanwhile. Those who were approved stay so."""

    code = "approval_stopped"

    @staticmethod
    def message(count: int) -> str:
        words: str = ngettext(
            "Approving stopped after %(num)s guest, because the database isn't answering. Try "
            "again in a moment for the others: nobody is emailed twice.",
            "Approving stopped after %(num)s guests, because the database isn't answering. Try "
            "again in a moment for the others: nobody is emailed twice.",
            count,
        )
        return words


class StillAsks(ApprovalStopped):
    """The same, once everybody who waited was approved."""

    code = "still_asks"

    @staticmethod
    def message(count: int) -> str:
        words: str = ngettext(
            "%(num)s guest is approved, but the database isn't answering, so the event still asks "
            "for approval. Try again in a moment.",
            "%(num)s guests are approved, but the database isn't answering, so the event still "
            "asks for approval. Try again in a moment.",
            count,
        )
        return words


@dataclass(frozen=True)
class Waiting:
    """The guests who wait for a yes, and what a yes to all of them comes to."""

    seen: str  # a token of who they are and how many, for the answer to be about the same
    guests: int = 0  # RSVPs; a party is one
    with_place: int = 0
    mailed: int = 0
    unproven: int = 0  # their address may be a stranger's, or mistyped
    mails: Sequence[OutboxMail] = ()  # that a yes to all of them would send

    @property
    def waitlisted(self) -> int:
        return self.guests - self.with_place


class AskedToCome(NamedTuple):
    """Who waits for a yes, with how many: what an organiser saw, and says yes to."""

    rsvp_id: int
    person_id: int | None
    party: int


class ApprovalOfAll:
    """A yes to everybody who waits, in the order in which they answered, in several transactions.
    Who is decided about or brings more meanwhile stays as they are. Run again, it goes on with
    those who still wait.

    `seen` is the token of whom the organiser saw waiting; None takes them as they are now. `record`
    makes the entry in the community's audit log, whose `count` grows with each portion.
    """

    def __init__(
        self, event: Event, *, seen: str | None, at: datetime, record: Callable[..., AuditEntry]
    ) -> None:
        self.event, self.seen, self.at, self.record = event, seen, at, record
        self.approved = 0  # of those that are committed
        self._entry: AuditEntry | None = None

    def approve(self) -> int:
        """Approve them. Returns how many; 0 if nobody waits any more. Raises OthersWait, or
        ApprovalStopped if the database fails after the first portion.
        """
        asked = _asked(*_waits_at(self.event))
        if asked and self.seen is not None and not _are_as_seen(self.event, self.seen):
            raise OthersWait
        for some in short_portions(asked):
            self._commit(partial(self._approve, some), ApprovalStopped)
        return self.approved

    def stop_asking(self) -> int:
        """Approve them, and have the event ask no more. Returns how many are let in, with those who
        asked meanwhile. Idempotent. Raises as `approve`, and StillAsks.
        """
        self.approve()
        self._commit(self._stop, StillAsks)
        return self.approved

    def _commit(self, work: Callable[[], Counted], stopped: type[ApprovalStopped]) -> None:
        """Do this in a transaction of its own, and count whom it lets in."""
        refusal = stopped(count=self.approved) if self.approved else None
        with saying_what_is_done(refusal):
            count, self._entry = in_transaction(work)
        self.approved += count

    def _approve(self, asked: Sequence[AskedToCome]) -> Counted:
        """Let in those of a portion who still wait as they did."""
        lock_seats(self.event)
        there, as_seen = _pending(self.event, [one.rsvp_id for one in asked]), set(asked)
        return self._let_in([rsvp for rsvp in there if _asked_by(rsvp) in as_seen])

    def _stop(self) -> Counted:
        """Ask no more, and let in whoever asked since the organiser said so."""
        lock_seats(self.event)
        counted = self._let_in(_pending(self.event))
        if self.event.needs_approval:
            self.record(AuditVerb.APPROVAL_STOPPED, self.event)
        self.event.needs_approval = False
        return counted

    def _let_in(self, waiting: Sequence[Rsvp]) -> Counted:
        let_in(waiting, at=self.at)
        entry, count = self._entry, len(waiting)
        if entry:
            entry.count = (entry.count or 0) + count
        elif waiting:
            entry = self.record(AuditVerb.GUESTS_APPROVED, self.event, count=count)
        return count, entry


def waiting_at(event: Event, *, at: datetime) -> Waiting:
    """What it would come to if everybody who waits were approved now."""
    left, unproven = event.seats_left, 0
    waiting, becomes = _pending(event), dict[int, Status]()
    for rsvp in waiting:
        unproven += rsvp.is_unproven
        fits = left is None or rsvp.party <= left
        becomes[rsvp.id] = Status.GOING if fits else Status.WAITLISTED
        left = left - rsvp.party if fits and left is not None else left

    def read(rsvp: Rsvp) -> dict[str, Any]:
        return values_as(notify.APPROVED, becomes[rsvp.id], rsvp, at=at)

    mails = mails_to_come(notify.APPROVED, filter(is_mailed, waiting), read, by=becomes)
    with_place = [*becomes.values()].count(Status.GOING)
    seen = sign_values(SEEN, [at.isoformat(), _digest_of([_asked_by(rsvp) for rsvp in waiting])])
    return Waiting(seen, len(waiting), with_place, len(mails), unproven, mails)


def _are_as_seen(event: Event, seen: str) -> bool:
    """Whether each of those whom the organiser saw waits or was approved since, and nobody else: so
    a form that is sent twice, or again after it was interrupted, goes on with those who are left.
    """
    values = signed_values(SEEN, seen, valid=SEEN_VALID)
    if values is None:
        return False
    since, expected = values
    was_approved = Rsvp.approved_at > datetime.fromisoformat(since)
    asked = _asked(Rsvp.event_id == event.id, or_(Rsvp.status == Status.PENDING, was_approved))
    return _digest_of(asked) == str(expected)


def _asked(*which: ColumnElement[bool]) -> list[AskedToCome]:
    columns = select(Rsvp.id, Rsvp.person_id, 1 + Rsvp.companions).where(*which)
    return [AskedToCome(*row) for row in db.session.execute(columns.order_by(Rsvp.id))]


def _asked_by(rsvp: Rsvp) -> AskedToCome:
    return AskedToCome(rsvp.id, rsvp.person_id, rsvp.party)


def _digest_of(asked: Sequence[AskedToCome]) -> str:
    return digest(" ".join(":".join(map(str, one)) for one in asked))


def _pending(event: Event, ids: Sequence[int] | None = None) -> Sequence[Rsvp]:
    """Those who wait, or those of these who do."""
    found = select(Rsvp).where(*_waits_at(event)).options(joinedload(Rsvp.person))
    if ids is not None:
        found = found.where(Rsvp.id.in_(ids))
    in_order = found.order_by(Rsvp.id).execution_options(populate_existing=True)
    return db.session.scalars(in_order).all()


def _waits_at(event: Event) -> tuple[ColumnElement[bool], ...]:
    return Rsvp.event_id == event.id, Rsvp.status == Status.PENDING
