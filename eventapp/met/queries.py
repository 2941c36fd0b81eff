"""The encounters that the guests of an event noted of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from eventapp.attendees.queries import Viewer, came_and_listed, card_fields_for, rsvps_apart_from
from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.core.links import digest
from eventapp.model import Encounter, Event, NotedName, Person, Rsvp
from eventapp.rsvp.queries import rsvp_by_badge

_own, _answer = aliased(Rsvp), aliased(Encounter)  # made once: it takes longer than asking


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


class Noted(Protocol):
    """An encounter, or those of its columns that its state depends on."""

    declined_at: Any
    unsure_since: Any


@dataclass(frozen=True)
class Meeting:
    """Another guest, and the encounters that the two noted with each other."""

    them: Rsvp
    mine: Encounter | None = None  # noted by the attendee
    theirs: Encounter | None = None  # noted by the other
    topics: tuple[str, ...] = ()  # a reason to talk
    came_together: bool = False  # let in at about the same time
    card: Mapping[str, str] = field(default_factory=dict)  # the fields that they share

    @property
    def state(self) -> str:
        return _state(self.mine, self.theirs)

    @property
    def fingerprint(self) -> str:
        """Another one for each state and each note of the attendee's."""
        mine = self.mine
        note = (mine.note, mine.tags, mine.follow_up_on) if mine else None
        return digest(repr((self.state, note)))

    @property
    def holds_more_than_a_tap(self) -> bool:
        """Whether to forget it would lose a note, or that both said so."""
        mine = self.mine
        has_note = bool(mine and (mine.note or mine.tags or mine.follow_up_on))
        return has_note or self.state == "mutual"


def wearer_of(badge: str, *, at: datetime) -> Rsvp | None:
    """The guest who wears this badge, while guests of the event may say that they met them."""
    wearer = rsvp_by_badge(badge)
    if wearer is None or wearer.event.published_at is None:
        return None
    return wearer if wearer.may_say_whom_they_met(at) else None


def states_of(guest: Attendee) -> dict[int, str]:
    """What the guest or the other noted: RSVP id of the other → state, newest first. Light, since a
    thousand may have said so.
    """
    me = guest.rsvp.id
    said = Encounter.noter_id, Encounter.met_id, Encounter.declined_at, Encounter.unsure_since
    noted = db.session.execute(
        select(*said)
        .where(or_(Encounter.noter_id == me, _said_of(me)), _stands_for(guest.person))
        .order_by(Encounter.noted_at.desc(), Encounter.id.desc())
    ).all()
    mine = {row.met_id: row for row in noted if row.noter_id == me}
    theirs = {row.noter_id: row for row in noted if row.met_id == me}
    others = dict.fromkeys(row.met_id if row.noter_id == me else row.noter_id for row in noted)
    return {them: _state(mine.get(them), theirs.get(them)) for them in others}


def noted_with(guest: Attendee) -> ColumnElement[bool]:
    """The condition for other guests of whom, or by whom, something was noted with this one."""
    me, said = guest.rsvp.id, _stands_for(guest.person)
    by_me = select(Encounter.met_id).where(Encounter.noter_id == me, said)
    of_me = select(Encounter.noter_id).where(_said_of(me), said)
    return or_(Rsvp.id.in_(by_me), Rsvp.id.in_(of_me))


def _stands_for(person: Person) -> ColumnElement[bool]:
    """The condition for encounters of this person's that were not taken back, but for those with
    somebody whom they blocked, or who blocked them.
    """
    hidden = rsvps_apart_from(person.id)
    others = Encounter.noter_id.not_in(hidden), Encounter.met_id.not_in(hidden)
    return and_(Encounter.taken_back_at.is_(None), *others)


def _said_of(me: int) -> ColumnElement[bool]:
    """The condition for what others say of this guest: not what hosts alone say it is about."""
    return and_(Encounter.met_id == me, Encounter.unsure_since.is_(None))


def _state(mine: Noted | None, theirs: Noted | None) -> str:
    """`new`, `noted` by me, `unsure` whether it was them, `asked` by them, `declined` by me, or
    `mutual`.
    """
    if mine is None:
        if theirs is None:
            return "new"
        return "declined" if theirs.declined_at else "asked"
    if mine.unsure_since:
        return "unsure"
    return "mutual" if theirs and not (theirs.declined_at or mine.declined_at) else "noted"


def meetings_with(guest: Attendee, rsvp_ids: Sequence[int]) -> dict[int, Meeting]:
    """The meetings of the guest with these others, read anew, in their order; those of whom neither
    noted anything are left out.
    """
    me = guest.rsvp.id
    by_me = and_(Encounter.noter_id == me, Encounter.met_id.in_(rsvp_ids))
    of_me = and_(_said_of(me), Encounter.noter_id.in_(rsvp_ids))
    encounters = db.session.scalars(
        select(Encounter)
        .where(or_(by_me, of_me), _stands_for(guest.person))
        .options(joinedload(Encounter.noter), joinedload(Encounter.met))
        .execution_options(populate_existing=True)
    ).all()
    mine = {encounter.met_id: encounter for encounter in encounters if encounter.noter_id == me}
    theirs = {encounter.noter_id: encounter for encounter in encounters if encounter.met_id == me}
    others = {each.met_id: each.met for each in mine.values()}
    others |= {each.noter_id: each.noter for each in theirs.values()}
    meetings = {
        them: Meeting(others[them], mine.get(them), theirs.get(them))
        for them in rsvp_ids
        if them in others
    }
    return meetings if guest.key else _with_cards(guest.person, meetings)


def guests_called(guest: Attendee, name: str) -> Sequence[Rsvp]:
    """Other guests by exactly this name, folded, whom the guest may find on the form anyway."""
    may_be_found = or_(guest.may_meet, noted_with(guest))
    called = Rsvp.event_id == guest.event.id, Rsvp.name_key == text.fold(name)
    return db.session.scalars(select(Rsvp).where(*called, may_be_found).order_by(Rsvp.id)).all()


def names_noted_by(rsvp: Rsvp) -> Sequence[NotedName]:
    """People on no list whose names this guest noted, the newest first."""
    own = select(NotedName).where(NotedName.rsvp_id == rsvp.id)
    return db.session.scalars(own.order_by(NotedName.id.desc())).all()


def name_noted(guest: Attendee, name_id: int) -> NotedName | None:
    """A name that this guest noted. Returns None if it is deleted. Raises NotFound."""
    there = db.session.get(NotedName, name_id)
    if there and there.rsvp_id != guest.rsvp.id:
        raise NotFound
    return there


def names_of(person: Person) -> Sequence[NotedName]:
    """All names that this person noted of people on no list, the newest first."""
    return db.session.scalars(
        select(NotedName)
        .join(Rsvp, Rsvp.id == NotedName.rsvp_id)
        .where(Rsvp.person_id == person.id)
        .options(joinedload(NotedName.rsvp).joinedload(Rsvp.event))
        .order_by(NotedName.id.desc())
    ).all()


def questions_to(person: Person, at: datetime) -> dict[Event, int]:
    """Events at which others noted that they met this person, who has not answered and still can:
    event → how many of them; newest event first.
    """
    answered = exists().where(
        _answer.noter_id == Encounter.met_id,
        _answer.met_id == Encounter.noter_id,
        _answer.taken_back_at.is_(None),
        _answer.unsure_since.is_(None),
    )
    is_open = Encounter.declined_at.is_(None), Encounter.unsure_since.is_(None)
    counted = db.session.execute(
        select(Event, func.count())
        .join(Encounter, Encounter.event_id == Event.id)
        .join(_own, _own.id == Encounter.met_id)
        .where(_own.person_id == person.id, *is_open, _stands_for(person), ~answered)
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
    return meetings_with(guest, [them.id]).get(them.id) or Meeting(them)


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
    if there := meetings_with(guest, [rsvp_id]).get(rsvp_id):
        return there
    them = db.session.scalar(select(Rsvp).where(Rsvp.id == rsvp_id, guest.may_meet))
    return Meeting(them) if them else None
