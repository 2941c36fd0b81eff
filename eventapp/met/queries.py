"""Who was at an event, likely meetings first; and the encounters that were noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from eventapp.attendees.queries import (
    Interests,
    Viewer,
    came_and_listed,
    card_fields_for,
    find_by_name,
)
from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.model import CheckIn, Encounter, Event, Person, Rsvp

RANKED_MAX = 1000  # of more, only those who came in at about the same time; a search finds anybody


@dataclass(frozen=True)
class Attendee:
    """A guest of an event, who looks back on whom they met there."""

    event: Event
    person: Person
    rsvp: Rsvp
    viewer: Viewer
    key: str | None = None  # of the RSVP, where it asks instead of a session: it shows no card

    @property
    def may_meet(self) -> ColumnElement[bool]:
        return came_and_listed(self.event, self.viewer)


@dataclass(frozen=True)
class Meeting:
    """Another guest, and the encounters that the two noted with each other."""

    them: Rsvp
    mine: Encounter | None = None  # noted by the attendee
    theirs: Encounter | None = None  # noted by the other
    topics: tuple[str, ...] = ()  # a reason to talk
    card: Mapping[str, str] = field(default_factory=dict)  # the fields that they share

    @property
    def state(self) -> str:
        """`new`, `noted` by me, `asked` by them, `declined` by me, or `mutual`."""
        if self.mine is None:
            if self.theirs is None:
                return "new"
            return "declined" if self.theirs.declined_at else "asked"
        is_mutual = self.theirs and not (self.theirs.declined_at or self.mine.declined_at)
        return "mutual" if is_mutual else "noted"


def meetings_of(guest: Attendee) -> dict[int, Meeting]:
    """All meetings that the guest or the other noted, read anew: RSVP id of the other → meeting,
    newest first.
    """
    me = guest.rsvp.id
    encounters = db.session.scalars(
        select(Encounter)
        .where(
            or_(Encounter.noter_id == me, Encounter.met_id == me),
            Encounter.taken_back_at.is_(None),
        )
        .options(joinedload(Encounter.noter), joinedload(Encounter.met))
        .order_by(Encounter.noted_at.desc(), Encounter.id.desc())
        .execution_options(populate_existing=True)
    ).all()
    mine = {encounter.met_id: encounter for encounter in encounters if encounter.noter_id == me}
    theirs = {encounter.noter_id: encounter for encounter in encounters if encounter.met_id == me}
    others = [each.met if each.noter_id == me else each.noter for each in encounters]
    found = {them.id: Meeting(them, mine.get(them.id), theirs.get(them.id)) for them in others}
    return found if guest.key else _with_cards(guest.person, found)


def questions_to(person: Person, at: datetime) -> dict[Event, int]:
    """Events at which others noted that they met this person, who has not answered and still can:
    event → how many of them; newest event first.
    """
    own, answer = aliased(Rsvp), aliased(Encounter)
    answered = exists().where(
        answer.noter_id == Encounter.met_id,
        answer.met_id == Encounter.noter_id,
        answer.taken_back_at.is_(None),
    )
    counted = db.session.execute(
        select(Event, func.count())
        .join(Encounter, Encounter.event_id == Event.id)
        .join(own, own.id == Encounter.met_id)
        .where(
            own.person_id == person.id,
            Encounter.declined_at.is_(None),
            Encounter.taken_back_at.is_(None),
            ~answered,
        )
        .group_by(Event.id)
        .order_by(Event.starts_at.desc())
    )
    return {event: count for event, count in counted if event.takes_encounters(at)}


def _with_cards(holder: Person, meetings: Mapping[int, Meeting]) -> dict[int, Meeting]:
    mutual = [meeting.them for meeting in meetings.values() if meeting.state == "mutual"]
    owner_ids = [them.person_id for them in mutual if them.person_id is not None]
    cards = card_fields_for(holder, owner_ids) if owner_ids else {}
    return {
        rsvp_id: replace(meeting, card=cards.get(meeting.them.person_id or 0, {}))
        if meeting.state == "mutual"
        else meeting
        for rsvp_id, meeting in meetings.items()
    }


def meeting_as_it_is(guest: Attendee, them: Rsvp) -> Meeting:
    return meetings_of(guest).get(them.id) or Meeting(them)


def meeting_with(guest: Attendee, rsvp_id: int) -> Meeting:
    """The meeting with a guest who came and may be seen, or with whom there is an encounter. Raises
    NotFound for anybody else.
    """
    meeting = meeting_if_seen(guest, rsvp_id)
    if meeting is None:
        raise NotFound
    return meeting


def meeting_if_seen(guest: Attendee, rsvp_id: int) -> Meeting | None:
    """Like `meeting_with`, but returns None for anybody else."""
    if there := meetings_of(guest).get(rsvp_id):
        return there
    them = db.session.scalar(select(Rsvp).where(Rsvp.id == rsvp_id, guest.may_meet))
    return Meeting(them) if them else None


def find_meetings(
    guest: Attendee, typed: str, meetings: Mapping[int, Meeting], *, limit: int, offset: int
) -> list[Meeting]:
    """Guests of this name whom the guest may have met, or with whom there is an encounter."""
    may_be_found = or_(guest.may_meet, Rsvp.id.in_(list(meetings)))
    found = find_by_name(guest.event.id, typed, may_be_found, limit=limit, offset=offset)
    them = db.session.scalars(found).all()
    interests = Interests.of(guest.rsvp)
    return [meetings.get(rsvp.id) or _unsaid(rsvp, interests) for rsvp in them]


def others_there(
    guest: Attendee, meetings: Mapping[int, Meeting], *, limit: int, offset: int
) -> list[Meeting]:
    """Other guests without an encounter yet: first those with whom the guest shares topics, then
    those who came in at about the same time.
    """
    own_entry = db.session.scalar(select(CheckIn.at).where(CheckIn.rsvp_id == guest.rsvp.id))
    interests = Interests.of(guest.rsvp)
    there = _nearest(
        select(Rsvp, CheckIn.at)
        .outerjoin(CheckIn, CheckIn.rsvp_id == Rsvp.id)
        .where(guest.may_meet, Rsvp.id.not_in(list(meetings))),
        own_entry,
    )
    ranked = sorted(
        ((_unsaid(them, interests), at) for them, at in there),
        key=lambda row: (
            -len(row[0].topics),
            _apart(row[1], own_entry),
            text.fold(row[0].them.name),
        ),
    )
    return [meeting for meeting, _ in ranked[offset : offset + limit]]


def _nearest(
    there: Select[Rsvp, datetime | None], at: datetime | None
) -> Sequence[Row[Rsvp, datetime | None]]:
    if at is None:
        return db.session.execute(there.order_by(Rsvp.id).limit(RANKED_MAX)).all()
    before = there.where(CheckIn.at < at).order_by(CheckIn.at.desc()).limit(RANKED_MAX // 2)
    after = there.where(CheckIn.at >= at).order_by(CheckIn.at).limit(RANKED_MAX // 2)
    return [*db.session.execute(before), *db.session.execute(after)]


def _apart(one: datetime | None, other: datetime | None) -> timedelta:
    return abs(one - other) if one and other else timedelta(0)


def _unsaid(them: Rsvp, interests: Interests) -> Meeting:
    return Meeting(them, topics=interests.shared_with(Interests.of(them)))
