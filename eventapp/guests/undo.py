"""Undo what an organiser changed of a guest by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from eventapp.core.db import db, found
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.by_hand import (
    NothingToWaitFor,
    Values,
    content_of,
    promote_others,
    write_words,
)
from eventapp.guests.seating import GuestIsIn, NoRoom, seat, seat_one
from eventapp.model import AuditEntry, GuestChange, Notice, OutboxMail, Rsvp, Status
from eventapp.rsvp.actions import decide_again, lock_rsvp, notify, rename, set_status, take_off
from eventapp.rsvp.queries import is_in


class ChangedSince(Refusal):
    code = "changed_since"
    message = _l("%(name)s was changed again since then, so this can't be undone any more.")


class ToldAlready(Refusal):
    code = "told_already"
    message = _l(
        "%(name)s has had an email about it, so this can't be undone. Change the answer below: "
        "you'll see the email that says so."
    )


def note_change(rsvp: Rsvp, before: Values, entry: AuditEntry, *, at: datetime) -> None:
    """Keep what an act changed beside its entry in the audit log. `at` is the instant of the act,
    which its mails have.
    """
    now = content_of(rsvp)
    names = [name for name in now if now[name] != before[name]]
    db.session.flush()
    db.session.add(
        GuestChange(
            entry_id=entry.id,
            rsvp_id=rsvp.id,
            at=at,
            before={name: before[name] for name in names},
            after={name: now[name] for name in names},
        )
    )


def changes_of(rsvp: Rsvp) -> Sequence[GuestChange]:
    """What may be undone of a guest, the newest first."""
    changes = select(GuestChange).where(GuestChange.rsvp_id == rsvp.id)
    in_order = changes.order_by(GuestChange.entry_id.desc())
    return db.session.scalars(in_order.options(joinedload(GuestChange.entry))).all()


def _is_last_removal() -> ColumnElement[bool]:
    """Of changes: whether it is the last that took its guest off the list."""
    one = aliased(GuestChange)
    removals = select(func.max(one.entry_id)).where(
        one.rsvp_id == GuestChange.rsvp_id, one.after["removed_at"].as_string().is_not(None)
    )
    return GuestChange.entry_id == removals.scalar_subquery()


def last_removal(rsvp: Rsvp) -> GuestChange | None:
    """The change by which a guest is put back."""
    of_guest = select(GuestChange).where(GuestChange.rsvp_id == rsvp.id)
    return db.session.scalar(of_guest.where(_is_last_removal()))


def had_place() -> ColumnElement[bool]:
    """Of guests: whether they had a place when they were last taken off the list."""
    was_going = GuestChange.before["status"].as_string() == Status.GOING
    return exists().where(GuestChange.rsvp_id == Rsvp.id, was_going, _is_last_removal())


def change_at(rsvp: Rsvp, entry_id: int) -> GuestChange:
    """Raises NotFound, also if it was undone."""
    return found(
        select(GuestChange).where(GuestChange.rsvp_id == rsvp.id, GuestChange.entry_id == entry_id)
    )


def is_undoable(change: GuestChange, now: Mapping[str, Any]) -> bool:
    """Whether a guest still is as the change left them."""
    return all(now[name] == value for name, value in change.after.items())


def undo_change(
    change: GuestChange, *, at: datetime, over_capacity: bool = False, waits: bool = False
) -> list[str]:
    """Have a guest be as before a change. Returns the names of what changes by it. The mails of the
    change that have not left are deleted. Whose place is taken by now has one `over_capacity`, or
    `waits` behind those who wait.

    Raises ChangedSince, ToldAlready once a mail has told of it, NoRoom, NothingToWaitFor and
    GuestIsIn.
    """
    rsvp, before = change.rsvp, change.before
    lock_rsvp(rsvp)
    refuse_undo(change, at=at, needs_room=not (over_capacity or waits))
    if "status" in before:
        _take_back_mails(change)
    said = {**content_of(rsvp), **before}
    if waits and said["status"] == Status.GOING:
        said |= {"status": Status.WAITLISTED, "waitlisted_at": at.isoformat()}
    restore(rsvp, said, at=at, over_capacity=over_capacity)
    db.session.execute(delete(GuestChange).where(GuestChange.entry_id == change.entry_id))
    promote_others(rsvp, at=at)
    return list(before)


def refuse_undo(change: GuestChange, *, at: datetime, needs_room: bool = True) -> None:
    """Raise what `undo_change` would, and change nothing. The guest must be locked."""
    rsvp, now = change.rsvp, content_of(change.rsvp)
    if not is_undoable(change, now):
        raise ChangedSince(name=rsvp.name)
    if "status" in change.before and _is_told(change, at):
        raise ToldAlready(name=rsvp.name)
    said = {**now, **change.before}
    party, held = 1 + said["companions"], rsvp.party if rsvp.holds_a_seat else 0
    left = rsvp.event.seats_left_once(held)
    fits = left is None or party <= left
    if said["status"] != Status.GOING and is_in(rsvp):
        raise GuestIsIn(name=rsvp.name)
    if said["status"] == Status.GOING and party > held and not fits and needs_room:
        raise NoRoom(count=rsvp.event.seats_left)
    if said["status"] == Status.WAITLISTED and fits and rsvp.event.takes_rsvps(at):
        raise NothingToWaitFor(name=rsvp.name)


def withdraws_mail(change: GuestChange) -> bool:
    """Whether a mail of the change has not left, and is deleted if it is undone."""
    own = _tells(change) & (OutboxMail.created_at == change.at) & OutboxMail.sent_at.is_(None)
    return "status" in change.before and bool(db.session.scalar(select(exists().where(own))))


def _tells(change: GuestChange) -> ColumnElement[bool]:
    """Of mails: what else is sent about a guest tells of no answer."""
    about = OutboxMail.about_id == change.rsvp_id
    return about & OutboxMail.template.in_(notify.TELLS_ANSWER)


def _is_told(change: GuestChange, at: datetime) -> bool:
    leaves = or_(OutboxMail.sent_at.is_not(None), OutboxMail.leased_until > at)
    since = OutboxMail.created_at >= change.at
    return bool(db.session.scalar(select(exists().where(_tells(change), since, leaves))))


def _take_back_mails(change: GuestChange) -> None:
    """Only the act's own. Another that waits will say how it is by then."""
    own = _tells(change) & (OutboxMail.created_at == change.at)
    notices = select(OutboxMail.notice_id).where(own)
    db.session.execute(delete(Notice).where(Notice.id.in_(notices)))
    db.session.execute(delete(OutboxMail).where(own))


def restore(rsvp: Rsvp, said: Values, *, at: datetime, over_capacity: bool = False) -> None:
    """Have a guest be as `content_of` said. Raises NoRoom and GuestIsIn."""
    seat(rsvp, said["status"], said["companions"], at=at, over_capacity=over_capacity)
    _restore_rest(rsvp, said)


def restore_one(rsvp: Rsvp, said: Values, *, came: Collection[int], at: datetime) -> None:
    """The same of one of many, whose event's list is locked: see `seat_one`."""
    seat_one(rsvp, said["status"], said["companions"], came=came, at=at)
    _restore_rest(rsvp, said)


def _restore_rest(rsvp: Rsvp, said: Values) -> None:
    if said["removed_at"]:
        take_off(rsvp, at=datetime.fromisoformat(said["removed_at"]))
    if said["status"] == Status.WAITLISTED:
        _wait_since(rsvp, datetime.fromisoformat(said["waitlisted_at"]))
    decide_again(
        rsvp, approved_at=_time(said["approved_at"]), declined_at=_time(said["declined_at"])
    )
    rename(rsvp, said["name"])
    write_words(rsvp, tuple(said["companion_names"]), said["answers"])


def _wait_since(rsvp: Rsvp, since: datetime) -> None:
    """In the position of before."""
    set_status(rsvp, Status.PENDING)
    set_status(rsvp, Status.WAITLISTED, at=since)


def _time(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
