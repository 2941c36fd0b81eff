"""Whom a guest might look for at an event: a few who come as well, each with a reason to talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries.listing import comes_and_listed, shown_to
from eventapp.attendees.queries.topics import LINES, Interests, Reason, Why
from eventapp.attendees.queries.viewer import Viewer
from eventapp.core.db import db
from eventapp.model import Encounter, Listing, Rsvp

SUGGESTED_MOST = 3
RANKED_MOST = 500  # of more who wrote what they look for, those who answered first

_BEST_FIRST = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True)
class Suggestion:
    them: Rsvp
    reason: Reason


def suggestions_for(rsvp: Rsvp, *, at: datetime) -> Sequence[Suggestion]:
    """Others who come, whom this guest has not met before, and why to look for them; for a guest
    who lets the others see them as well. Nobody without a reason.
    """
    same = rsvp.event.community.synonyms
    viewer, own = Viewer(rsvp.person, rsvp), Interests.of(rsvp, same)
    is_to_come = at < rsvp.event.ends_at and not rsvp.event.called_off_at
    agreed = viewer.is_attendee and shown_to(rsvp) != Listing.NOBODY
    if not (is_to_come and agreed and (own.offered or own.asked)):
        return ()
    reasons = _reasons(own, same, comes_and_listed(rsvp.event, viewer) & ~_met_before(rsvp))
    return _loaded(dict(sorted(reasons.items(), key=_rank)[:SUGGESTED_MOST]))


def _reasons(own: Interests, synonyms: str, whom: ColumnElement[bool]) -> dict[int, Reason]:
    """RSVP id → the reason to look for them. Columns instead of whole rows, as there are many."""
    wrote = or_(*(column != "" for column in LINES))
    rows: Any = db.session.execute(
        select(Rsvp.id, *LINES).where(whom, wrote).order_by(Rsvp.id).limit(RANKED_MOST)
    )
    found = {row.id: own.reason_to_meet(Interests.of(row, synonyms)) for row in rows}
    return {id_: reason for id_, reason in found.items() if reason}


def _rank(suggested: tuple[int, Reason]) -> tuple[int, int, int]:
    rsvp_id, (why, topics) = suggested
    return _BEST_FIRST[why], -len(topics), rsvp_id


def _loaded(reasons: dict[int, Reason]) -> Sequence[Suggestion]:
    if not reasons:
        return ()
    rsvps = {one.id: one for one in db.session.scalars(select(Rsvp).where(Rsvp.id.in_(reasons)))}
    return [Suggestion(rsvps[id_], reason) for id_, reason in reasons.items() if id_ in rsvps]


def _met_before(rsvp: Rsvp) -> ColumnElement[bool]:
    """The condition for guests with whom this person noted a meeting, or who noted one with them,
    here or at another event.

    Not what was taken back: such a row stays only where the other had declined it, and their
    absence would tell.
    """
    own, met = aliased(Rsvp), aliased(Rsvp)
    rsvps = select(own.id).where(own.person_id == rsvp.person_id)
    said = Encounter.taken_back_at.is_(None)
    by_me = select(Encounter.met_id).where(Encounter.noter_id.in_(rsvps), said)
    of_me = select(Encounter.noter_id).where(
        Encounter.met_id.in_(rsvps), said, Encounter.unsure_since.is_(None)
    )
    people = select(met.person_id).where(
        or_(met.id.in_(by_me), met.id.in_(of_me)), met.person_id.is_not(None)
    )
    return and_(Rsvp.person_id.is_not(None), Rsvp.person_id.in_(people))
