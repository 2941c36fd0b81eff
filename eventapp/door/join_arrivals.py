"""Make one arrival of two, once their guests turn out to be one."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from eventapp.core.db import db, execute
from eventapp.door.event import event_at_door
from eventapp.door.log import count_people
from eventapp.model import CheckIn, CheckOut, DoorLog, Event, Rsvp


def join_arrivals(kept: Rsvp, gone: Rsvp) -> None:
    """Give the guest who is kept the arrival of the other, and their lines of the door log. Where
    both arrived, the earliest stays, for as many people as the bigger party had, and nobody has
    left as long as one of the two is in. The event must be locked.
    """
    db.session.flush()
    here, other = _arrival(kept), _arrival(gone)
    execute(update(DoorLog).where(DoorLog.rsvp_id == gone.id).values(rsvp_id=kept.id))
    if other and not here:
        execute(update(CheckIn).where(CheckIn.id == other.id).values(rsvp_id=kept.id))
    elif other and here:
        _join(kept.event, here, other)


def people_in(rsvp: Rsvp) -> int:
    """How many of a party were let in."""
    return db.session.scalar(select(CheckIn.people).where(CheckIn.rsvp_id == rsvp.id)) or 0


def _arrival(rsvp: Rsvp) -> CheckIn | None:
    return db.session.scalar(select(CheckIn).where(CheckIn.rsvp_id == rsvp.id))


def _join(event: Event, here: CheckIn, other: CheckIn) -> None:
    left = {
        out.check_in_id: out
        for out in db.session.scalars(
            select(CheckOut).where(CheckOut.check_in_id.in_([here.id, other.id]))
        )
    }
    inside = here.people + other.people
    had_left = sum(one.people for one in (here, other) if one.id in left)
    people, has_left = max(here.people, other.people), len(left) == 2
    first = min((here, other), key=lambda one: (one.at, one.id))
    values = {"people": people, "at": first.at, "door": first.door, "by": first.by}
    last = max(left.values(), key=lambda out: out.at) if has_left else None
    gone_out = {"at": last.at, "door": last.door, "by": last.by} if last else {}
    execute(delete(CheckIn).where(CheckIn.id == other.id))  # with its check-out
    execute(update(CheckIn).where(CheckIn.id == here.id).values(**values))
    if has_left:
        execute(update(CheckOut).where(CheckOut.check_in_id == here.id).values(**gone_out))
    else:
        execute(delete(CheckOut).where(CheckOut.check_in_id == here.id))
    now_left = people if has_left else 0
    count_people(event_at_door(event.slug), people - inside, left=now_left - had_left)
    for row in (here, other, *left.values()):
        db.session.expunge(row)
    db.session.expire(event, ["admitted", "people_left", "door_revision"])
