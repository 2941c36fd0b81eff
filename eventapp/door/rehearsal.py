"""Try it all on a copy of the list: nothing of it counts, nobody is mailed, and it can be wiped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db, execute
from eventapp.core.due import deletion
from eventapp.core.insert import insert_once
from eventapp.core.slugs import SLUG_MOST
from eventapp.door.event import EventAtDoor
from eventapp.model import Event, Rsvp, Source, Talk
from eventapp.rsvp.actions import enter_all, lock_seats

LASTS = timedelta(hours=12)
KEPT = timedelta(days=7)  # it is full of names, and nobody may think of wiping it
SOURCE = Source.IMPORT  # as of everybody who was brought in from a list

# What the copy of an event has of it, besides its guests. Not its page: a rehearsal has none.
_LIKE_THE_EVENT = (
    "community_id", "title", "description", "place", "tz", "capacity", "companions_max",
    "seats_taken", "seats_over", "door_opens_hours_before", "door_closes_hours_after",
    "notes_leaving", "door_answers",
)  # fmt: skip
_LIKE_THE_TALK = ("position", "title", "speaker", "speaker_key")

# What the copy of a guest has of them. Not the person, so that nobody can be mailed; not the
# secrets, which open the real door and the real page.
_LIKE_THE_GUEST = (
    "name", "status", "companions", "ask_me_about", "want_to_learn", "language", "hosts_since",
    "badge_tells", "short_code", "answers", "waitlisted_at",
)  # fmt: skip


def rehearse(event: Event, *, at: datetime) -> Event:
    """Copy an event with its guests, none of them arrived; its door is open from now on.

    Where a rehearsal goes on, it is that one.
    """
    lock_seats(event)  # whoever answers meanwhile waits, so that seats and guests agree
    if there := rehearsal_of(event):
        return there
    copy = _copy_of(event, at)
    for talk in event.talks:  # a door knows who speaks
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


# The guests go first, some at a time: all that happened at it may be a hundred thousand rows.
wipe_old_rehearsals = (
    deletion(Rsvp.id, _is_copy_of_guest),
    deletion(Event.id, _is_without_guests),
)


def source_ref_of(rsvp_id: int) -> str:
    """How the copy of a guest says whose copy it is."""
    return f"rehearsal:{rsvp_id}"


def rehearsal_of(event: Event) -> Event | None:
    """The rehearsal that goes on, if there is one."""
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
_TICKETS = select(Rsvp.id, Rsvp.ticket).where(Rsvp.event_id == bindparam("event_id"))


def tickets_of_originals(rehearsal: EventAtDoor) -> dict[int, str]:
    """The ticket by which each guest of a rehearsal comes in, by the copy's id."""
    originals = execute(_TICKETS, {"event_id": rehearsal.rehearsal_of_id})
    by_ref = {source_ref_of(one.id): one.ticket for one in originals}
    copies = execute(_REFS_OF_COPIES, {"event_id": rehearsal.id})
    return {one.id: by_ref[one.source_ref] for one in copies if one.source_ref in by_ref}
