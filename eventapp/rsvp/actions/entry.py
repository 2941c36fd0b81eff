"""Add a guest to an event's list, from a form, an import or a door."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm.attributes import set_committed_value

from eventapp.core import text
from eventapp.core.db import db, in_portions
from eventapp.core.insert import insert_once
from eventapp.core.links import new_secret, new_short_code
from eventapp.model import Event, MailedCode, Person, Rsvp, Status
from eventapp.rsvp import queries
from eventapp.rsvp.actions.floor import forget_who_asked
from eventapp.rsvp.actions.name_index import index_name, index_names, unindex_name, unindex_names
from eventapp.rsvp.actions.seats import count_seats, free_seats, lock_list
from eventapp.rsvp.actions.status import columns_of_brought, columns_of_new
from eventapp.rsvp.actions.typed import Answer

_UNINDEXED_AT_ONCE = 100  # guests, whose names have some thousand keys
# Many at once, in a third less time than objects added to the session take. With nulls, as rows
# that leave out other columns would be another statement.
_INSERT_ALL = (
    insert(Rsvp).returning(Rsvp, sort_by_parameter_order=True).execution_options(render_nulls=True)
)


def enter(
    event: Event, name: str, *, status: str, at: datetime, person: Person | None = None, **more: Any
) -> Rsvp:
    """Add an RSVP for the hosts, with its ticket, its short code and its name in the search index.

    The caller has taken the seats if the status is `going`. `more` are columns of Rsvp.
    """
    guest = {"name": name, "status": status, "person": person, **more}
    (rsvp,) = enter_all(event, [guest], at=at)
    return rsvp


def status_for(event: Event, typed: Answer) -> str:
    """The status that a new answer to a locked event gets."""
    if typed.answer != Status.GOING:
        return typed.answer
    if event.needs_approval:
        return Status.PENDING
    return Status.GOING if event.has_room_for(typed.party) else Status.WAITLISTED


def enter_answer(
    event: Event, typed: Answer, person: Person, *, language: str, at: datetime
) -> tuple[Rsvp, bool]:
    """Add a person's RSVP to a locked event, with the status that fits, unless they have one.

    Returns their RSVP, and whether it is new; an existing one is not changed. Both cases run the
    same statements, so that response times do not reveal which it was. Only the name and the party
    are stored, which doors and seats need; the rest applies once the address is proven.
    """
    status = status_for(event, typed)
    seats = typed.party if status == Status.GOING else 0
    columns = {
        "event_id": event.id,
        "person_id": person.id,
        "name": typed.name,
        "name_key": text.fold(typed.name),
        **columns_of_new(status, at=at),
        "companions": typed.companions or 0,
        "language": language,
        "created_at": at,
    }
    while True:  # again if another guest of the event has the short code
        is_new = insert_once(Rsvp, {**columns, "short_code": new_short_code()})
        if rsvp := queries.rsvp_of(event, person):
            break
    count_seats(event, seats if is_new else 0)
    index_name(rsvp)
    return rsvp, is_new


def enter_all(event: Event, guests: Sequence[Mapping[str, Any]], *, at: datetime) -> list[Rsvp]:
    """Add many RSVPs for the hosts, in their order, with about as many statements as one takes.

    Each is given by its columns: `name`, `status`, and those that `enter` takes as `more`. A given
    short code or waitlist time is used instead of a new one.
    """
    if not guests:
        return []
    without_code = sum(1 for guest in guests if "short_code" not in guest)
    codes = iter(_free_short_codes(event, without_code))
    db.session.add_all(guest["person"] for guest in guests if guest.get("person"))
    db.session.flush()  # seats that were taken, and people who are new
    rows = [_row(event, guest, at, codes) for guest in guests]
    rsvps = list(db.session.scalars(_INSERT_ALL, rows))
    for rsvp, guest in zip(rsvps, guests, strict=True):
        set_committed_value(rsvp, "event", event)
        set_committed_value(rsvp, "person", guest.get("person"))
    index_names(rsvps)
    return rsvps


def _row(
    event: Event, guest: Mapping[str, Any], at: datetime, codes: Iterator[str]
) -> dict[str, Any]:
    columns = dict(guest)
    person: Person | None = columns.pop("person", None)
    made = {
        "event_id": event.id,
        "person_id": person and person.id,
        "name_key": text.fold(guest["name"]),
        "created_at": at,
        **columns_of_brought(event, guest["status"], at=at),
    }
    given = columns if "short_code" in guest else {"short_code": next(codes), **columns}
    return {**made, **given}


def erase_all(event: Event, rsvps: Collection[Rsvp]) -> None:
    """Delete guests of a locked event with all that is about them, as if they had never been on its
    list; but what they asked anonymously stays. Their seats become free: call `promote` to give
    them to the waitlist.
    """
    free_seats(event, sum(rsvp.party for rsvp in rsvps if rsvp.holds_a_seat))
    for some in in_portions((rsvp.id for rsvp in rsvps), most=_UNINDEXED_AT_ONCE):
        unindex_names(event.id, some)
        forget_who_asked(some)
        db.session.execute(delete(Rsvp).where(Rsvp.id.in_(some)))


def rename(rsvp: Rsvp, name: str) -> None:
    """Give the guest another name, and update the search index."""
    if name == rsvp.name:
        return
    unindex_name(rsvp)
    rsvp.name, rsvp.name_key = name, text.fold(name)
    index_names([rsvp])


def renew_ticket(rsvp: Rsvp) -> None:
    """Give the guest a new ticket and a new key. Those that were mailed before stop working."""
    lock_list(rsvp.event_id)
    rsvp.key, rsvp.ticket = new_secret(), new_secret()


def give_to(rsvp: Rsvp, person: Person) -> None:
    """Set whose RSVP it is. If somebody else had it before, the key, the ticket and the digits
    mailed to them stop working, and their listing is reset.
    """
    if rsvp.person is not None and rsvp.person is not person:
        codes = update(MailedCode).where(MailedCode.rsvp_id == rsvp.id)
        db.session.execute(codes.values(digits_digest=None))
        renew_ticket(rsvp)
        rsvp.listing = rsvp.in_calendar_since = None
    rsvp.person, rsvp.language = person, person.language


def _free_short_codes(event: Event, count: int) -> set[str]:
    codes: set[str] = set()
    while len(codes) < count:
        fresh = {new_short_code() for _ in range(count - len(codes))}
        codes |= fresh - queries.short_codes_taken(event, fresh)
    return codes
