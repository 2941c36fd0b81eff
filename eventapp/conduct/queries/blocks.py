"""Whom a person blocked, and whom they may block."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from eventapp.attendees.queries import is_blocked_here_by, is_shown, sat_with
from eventapp.core.db import db, found
from eventapp.met.queries import Attendee, noted_with
from eventapp.model import Block, Person, Rsvp


def guest_of(guest: Attendee, rsvp_id: int) -> Rsvp:
    """Another guest of the event whom this one sees there, met there, sat at a table with or
    blocked there. Raises NotFound for anybody else, so that it tells of nobody who isn't shown.
    """
    is_shown_here = is_shown(guest.event, guest.viewer)
    met = or_(noted_with(guest), sat_with(guest.rsvp))
    is_known = or_(is_shown_here, met, is_blocked_here_by(guest.person.id))
    at_event = Rsvp.id == rsvp_id, Rsvp.event_id == guest.event.id
    is_another = Rsvp.person_id != guest.person.id  # and nobody who has only a name
    return found(select(Rsvp).where(*at_event, is_another, is_known))


def block_between(person: Person, them: Rsvp) -> Block | None:
    """That this person blocked them."""
    return db.session.scalar(
        select(Block).where(Block.blocker_id == person.id, Block.blocked_id == them.person_id)
    )


def blocks_of(person: Person) -> Sequence[Block]:
    """Whom this person blocked, the newest first."""
    own = select(Block).where(Block.blocker_id == person.id)
    return db.session.scalars(own.order_by(Block.since.desc(), Block.id.desc())).all()
