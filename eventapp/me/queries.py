"""A person's evenings, what their own page counts, and what prevents their deletion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from eventapp.core.db import db
from eventapp.model import AWAITED, CheckIn, Community, Event, Organiser, Person, Rsvp
from eventapp.rsvp.queries import rsvps_of


@dataclass(frozen=True)
class Evenings:
    """A person's answers, as their page shows them."""

    next: Rsvp | None  # the first to come, or on, at which they have a place
    coming: Sequence[Rsvp]  # the others that are not over, in the order of time
    past: Sequence[Rsvp]  # the newest first
    called_off: Sequence[Rsvp]  # of those that would be past


def evenings_of(person: Person, *, at: datetime) -> Evenings:
    rsvps = rsvps_of(person)  # the newest event first
    coming = [rsvp for rsvp in reversed(rsvps) if at < rsvp.event.ends_at]
    is_next = (rsvp for rsvp in coming if rsvp.holds_a_seat and not rsvp.event.called_off_at)
    first = next(is_next, None)
    others = [rsvp for rsvp in coming if rsvp is not first]
    over = [rsvp for rsvp in rsvps if rsvp not in coming]
    past = [rsvp for rsvp in over if not rsvp.event.called_off_at]
    return Evenings(first, others, past, [rsvp for rsvp in over if rsvp not in past])


def rsvps_awaited(person: Person, at: datetime) -> Sequence[Rsvp]:
    """A person's RSVPs to events that are not over, at which they are not checked in. In the order
    in which seats must be locked.
    """
    return db.session.scalars(
        select(Rsvp)
        .join(Event, Rsvp.event_id == Event.id)
        .where(
            Rsvp.person_id == person.id,
            Rsvp.status.in_(AWAITED),
            Event.ends_at > at,
            ~exists().where(CheckIn.rsvp_id == Rsvp.id),
        )
        .order_by(Rsvp.event_id)
    ).all()


def communities_only_theirs(person: Person) -> Sequence[Community]:
    """The communities that nobody else organises, locked until the commit, so that two organisers
    cannot both leave at once.
    """
    other = aliased(Organiser)
    organised = db.session.scalars(
        select(Community)
        .join(Organiser)
        .where(Organiser.person_id == person.id)
        .order_by(Community.id)
        .with_for_update(of=Community, key_share=True)
    ).all()
    shared = set(
        db.session.scalars(
            select(other.community_id).where(
                other.community_id.in_([community.id for community in organised]),
                other.person_id != person.id,
            )
        )
    )
    return [community for community in organised if community.id not in shared]


def communities_they_answer_for(person: Person) -> Sequence[Community]:
    """The communities that they organise and whose contact is their address."""
    organised = db.session.scalars(
        select(Community).join(Organiser).where(Organiser.person_id == person.id)
    )
    return [one for one in organised if one.contact_email.casefold() == person.email_key]
