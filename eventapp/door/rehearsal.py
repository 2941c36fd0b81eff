"""Rehearse the door on a copy of the guest list: nothing counts, nobody is mailed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, execute
from eventapp.core.due import deletion
from eventapp.core.insert import insert_once
from eventapp.core.slugs import SLUG_MOST
from eventapp.door.event import EventAtDoor
from eventapp.door.ticket_codes import KEYS_OF_GUEST
from eventapp.model import Event, Rsvp, Source, Talk
from eventapp.rsvp.actions import enter_all, lock_seats

LASTS = timedelta(hours=12)
KEPT = timedelta(days=7)  # a copy holds personal data, and its organiser may forget to wipe it
SOURCE = Source.IMPORT

# Copied from the event. Not what its page shows: a rehearsal has no page.
_LIKE_THE_EVENT = (
    "community_id", "title", "description", "place", "tz", "capacity", "companions_max",
    "seats_taken", "seats_over", "door_opens_hours_before", "door_closes_hours_after",
    "notes_leaving", "door_answers", "needs_approval",
)  # fmt: skip
_LIKE_THE_TALK = ("position", "title", "speaker", "speaker_key")

# Copied from each guest. Not the person, so that nobody can be mailed; not the ticket and key,
# which are good for the real door and the real page.
_LIKE_THE_GUEST = (
    "name", "status", "companions", "ask_me_about", "want_to_learn", "looking_for",
    "language", "hosts_since", "badge_tells", "short_code", "answers", "waitlisted_at",
    "approved_at",
)  # fmt: skip


def rehearse(event: Event, *, at: datetime) -> Event:
    """Copy an event with its guests, without check-ins, and open its door now. Idempotent: returns
    the event's rehearsal if there is one.
    """
    lock_seats(event)  # RSVPs wait meanwhile, so that seats and guests agree
    if there := rehearsal_of(event):
        return there
    copy = _copy_of(event, at)
    for talk in event.talks:  # a door shows who is a speaker
        talk_of_copy = {name: getattr(talk, name) for name in _LIKE_THE_TALK}
        db.session.add(Talk(event_id=copy.id, **talk_of_copy))
    enter_all(copy, list(_guests_of(event)), at=at)
    return copy


def _copy_of(event: Event, at: datetime) -> Event:
    values: dict[str, Any] = {
        **{name: getattr(event, name) for name in _LIKE_THE_EVENT},
        "starts_at": at,
        "ends_at": at + LASTS,
        "created_at": at,
        "rehearsal_of_id": event.id,
    }
    for slug in _slugs_after(event.slug):
        if insert_once(Event, {**values, "slug": slug}):
            return db.session.scalars(select(Event).filter_by(slug=slug)).one()
    raise AssertionError("slugs never end")


def _slugs_after(slug: str) -> Iterator[str]:
    endings = chain(["-rehearsal"], (f"-rehearsal-{number}" for number in count(2)))
    for ending in endings:
        yield slug[: SLUG_MOST - len(ending)].rstrip("-") + ending


def _guests_of(event: Event) -> Iterator[dict[str, Any]]:
    columns = [getattr(Rsvp, name) for name in _LIKE_THE_GUEST]
    guests = select(Rsvp.id, *columns).where(Rsvp.event_id == event.id).order_by(Rsvp.id)
    for rsvp_id, *values in db.session.execute(guests):
        yield {
            **dict(zip(_LIKE_THE_GUEST, values, strict=True)),
            "source": SOURCE,
            "source_ref": source_ref_of(rsvp_id),
        }


def wipe_rehearsal(event: Event) -> None:
    """Delete an event's rehearsal with all that happened at it. Idempotent."""
    db.session.execute(delete(Event).where(Event.rehearsal_of_id == event.id))


def _ended_long_ago(at: datetime) -> ColumnElement[bool]:
    return and_(Event.rehearsal_of_id.is_not(None), Event.ends_at < at - KEPT)


def _is_copy_of_guest(at: datetime) -> ColumnElement[bool]:
    return Rsvp.event_id.in_(select(Event.id).where(_ended_long_ago(at)))


def _is_without_guests(at: datetime) -> ColumnElement[bool]:
    return and_(_ended_long_ago(at), ~exists().where(Rsvp.event_id == Event.id))


# Guests first, in portions: with their door log they may be a hundred thousand rows.
wipe_old_rehearsals = (
    deletion(Rsvp.id, _is_copy_of_guest),
    deletion(Event.id, _is_without_guests),
)


def source_ref_of(rsvp_id: int) -> str:
    """The `source_ref` of a guest's copy: it names the original RSVP."""
    return f"rehearsal:{rsvp_id}"


def rehearsal_of(event: Event) -> Event | None:
    """The event's rehearsal, if there is one."""
    return db.session.scalar(
        select(Event).where(Event.rehearsal_of_id == event.id).options(joinedload(Event.community))
    )


def rehearsed_by(event: Event) -> Event:
    """The event that this rehearsal is a copy of."""
    return db.session.get_one(Event, event.rehearsal_of_id)


def copies_of(rsvp: Rsvp) -> Sequence[Rsvp]:
    """The guest's copy in a rehearsal of the event, if there is one."""
    return db.session.scalars(
        select(Rsvp)
        .join(Event, Event.id == Rsvp.event_id)
        .where(
            Event.rehearsal_of_id == rsvp.event_id,
            Rsvp.source == SOURCE,
            Rsvp.source_ref == source_ref_of(rsvp.id),
        )
    ).all()


_REFS_OF_COPIES = select(Rsvp.id, Rsvp.source_ref).where(
    Rsvp.event_id == bindparam("event_id"), Rsvp.source == SOURCE
)
_TICKETS = select(Rsvp.id, Rsvp.ticket, KEYS_OF_GUEST.label("keys")).where(
    Rsvp.event_id == bindparam("event_id")
)


class Tickets(NamedTuple):
    """What a guest may show: the ticket, and the keys of other tools' codes, if any."""

    ticket: str
    keys: str | None


def tickets_of_originals(rehearsal: EventAtDoor) -> dict[int, Tickets]:
    """What the original of each guest of a rehearsal may show, by the id of the copy."""
    originals = execute(_TICKETS, {"event_id": rehearsal.rehearsal_of_id})
    by_ref = {source_ref_of(one.id): Tickets(one.ticket, one.keys) for one in originals}
    copies = execute(_REFS_OF_COPIES, {"event_id": rehearsal.id})
    return {one.id: by_ref[one.source_ref] for one in copies if one.source_ref in by_ref}
