"""Organisers approve everybody who waits, alone or because an event asks for approval no more: in
transactions short enough for others to go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.i18n import ngettext
from eventapp.core.links import digest
from eventapp.core.portions import short_portions
from eventapp.core.retry import in_transaction, saying_what_is_done
from eventapp.guests.approval import is_mailed, let_in
from eventapp.model import AuditEntry, AuditVerb, Event, Rsvp, Status
from eventapp.rsvp.actions import lock_seats


class OthersWait(Refusal):
    code = "others_wait"
    message = _l(
        "Who is waiting has changed meanwhile, so nothing is decided. This is how it is now."
    )


class ApprovalStopped(Refusal):
    """The database failed meanwhile. Those who were approved stay so."""

    code = "approval_stopped"

    @staticmethod
    def message(count: int) -> str:
        words: str = ngettext(
            "It stopped after %(num)s guest, because the database isn't answering. Approve the "
            "others in a moment: nobody is emailed twice.",
            "It stopped after %(num)s guests, because the database isn't answering. Approve the "
            "others in a moment: nobody is emailed twice.",
            count,
        )
        return words


@dataclass(frozen=True)
class Waiting:
    """The guests who wait for a yes, and what a yes to all of them comes to."""

    seen: str  # who they are and how many, for the organiser's answer to be about the same
    guests: int = 0  # RSVPs; a party is one
    with_place: int = 0
    mailed: int = 0
    unproven: int = 0  # their address may be a stranger's, or mistyped

    @property
    def waitlisted(self) -> int:
        return self.guests - self.with_place


class Request(NamedTuple):
    """Who asks to come, with how many: what an organiser saw, and says yes to."""

    rsvp_id: int
    person_id: int | None
    party: int


def approve_all(
    event: Event, *, seen: str | None, at: datetime, record: Callable[..., AuditEntry]
) -> int:
    """Approve everybody who waits, in the order in which they answered, in several transactions.
    Who is decided about or brings more meanwhile stays as they are. Run again, it goes on with
    those who still wait.

    `seen` tells whom the organiser saw waiting; None takes them as they are now. `record` makes the
    entry in the community's audit log, whose `count` grows with each portion. Returns how many are
    approved; 0 if nobody waits any more. Raises OthersWait, or ApprovalStopped if the database
    fails after the first portion.
    """
    requests, approved, entry = _requests_at(event), 0, None
    if requests and seen not in (None, _digest_of(requests)):
        raise OthersWait
    for some in short_portions(requests):
        with saying_what_is_done(ApprovalStopped(count=approved) if approved else None):
            count, entry = in_transaction(partial(_approve, event, some, entry, record, at))
        approved += count
    return approved


def stop_asking(
    event: Event, *, seen: str | None, at: datetime, record: Callable[..., AuditEntry]
) -> int:
    """Let in everybody who waits, as `approve_all` does, and whoever answers from now on. Returns
    how many are let in. Idempotent.
    """
    approved = approve_all(event, seen=seen, at=at, record=record)
    with saying_what_is_done(ApprovalStopped(count=approved) if approved else None):
        return approved + in_transaction(partial(_stop, event, record, at))


def waiting_at(event: Event) -> Waiting:
    """What it would come to if everybody who waits were approved now."""
    left, with_place, mailed, unproven = event.seats_left, 0, 0, 0
    waiting = _pending(event)
    for rsvp in waiting:
        mailed += is_mailed(rsvp)
        unproven += rsvp.is_unproven
        if left is None or rsvp.party <= left:
            with_place += 1
            left = None if left is None else left - rsvp.party
    seen = _digest_of([_request_of(rsvp) for rsvp in waiting])
    return Waiting(seen, len(waiting), with_place, mailed, unproven)


def _approve(
    event: Event,
    requests: Sequence[Request],
    entry: AuditEntry | None,
    record: Callable[..., AuditEntry],
    at: datetime,
) -> tuple[int, AuditEntry | None]:
    """Approve a portion, and count it in the audit log."""
    lock_seats(event)
    there, asked = _pending(event, [request.rsvp_id for request in requests]), set(requests)
    approved = [rsvp for rsvp in there if _request_of(rsvp) in asked]
    let_in(approved, at=at)
    if entry:
        entry.count = (entry.count or 0) + len(approved)
    elif approved:
        entry = record(AuditVerb.GUESTS_APPROVED, event, count=len(approved))
    return len(approved), entry


def _stop(event: Event, record: Callable[..., AuditEntry], at: datetime) -> int:
    """Ask no more, and let in whoever asked since the organiser said so."""
    lock_seats(event)
    late = _pending(event)
    let_in(late, at=at)
    if late:
        record(AuditVerb.GUESTS_APPROVED, event, count=len(late))
    if event.needs_approval:
        record(AuditVerb.APPROVAL_STOPPED, event)
    event.needs_approval = False
    return len(late)


def _requests_at(event: Event) -> list[Request]:
    columns = select(Rsvp.id, Rsvp.person_id, 1 + Rsvp.companions).where(*_waits_at(event))
    return [Request(*row) for row in db.session.execute(columns.order_by(Rsvp.id))]


def _request_of(rsvp: Rsvp) -> Request:
    return Request(rsvp.id, rsvp.person_id, rsvp.party)


def _digest_of(requests: Sequence[Request]) -> str:
    return digest(" ".join(":".join(map(str, request)) for request in requests))


def _pending(event: Event, ids: Sequence[int] | None = None) -> Sequence[Rsvp]:
    """Those who wait, or those of these who do."""
    found = select(Rsvp).where(*_waits_at(event)).options(joinedload(Rsvp.person))
    if ids is not None:
        found = found.where(Rsvp.id.in_(ids))
    in_order = found.order_by(Rsvp.id).execution_options(populate_existing=True)
    return db.session.scalars(in_order).all()


def _waits_at(event: Event) -> tuple[ColumnElement[bool], ...]:
    return Rsvp.event_id == event.id, Rsvp.status == Status.PENDING
