"""Guests of an evening, and who may be told what of them, by the rows alone.

What is private of a guest is a word that stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.contacts import actions as cards
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.floor.actions import open_floor
from eventapp.model import (
    Block,
    CardShare,
    CardWithdrawal,
    Community,
    Encounter,
    Event,
    Floor,
    FloorQuestion,
    FollowUpFeed,
    Person,
    PersonalFeed,
    Rsvp,
    Status,
)
from eventapp.rsvp import actions as rsvp_actions
from tests.browser import Browser
from tests.contacts.evening import card
from tests.door.helpers import at_door
from tests.make import Make

NAMES = ("Quilana", "Wexbert", "Zorcarla")
CODES = dict(zip(NAMES, ("xqa", "xqb", "xqc"), strict=True))


@dataclass(frozen=True)
class Guest:
    """A guest at their own browser, and the words that are theirs."""

    name: str
    code: str
    rsvp_id: int
    person_id: int
    email: str
    key: str
    badge: str
    feeds: tuple[str, ...]  # the addresses of their calendars
    client: FlaskClient

    @property
    def fields(self) -> dict[str, str]:
        phone = f"346123450{NAMES.index(self.name)}0"
        return {"email": self.email, "phone": phone, "company": f"firm{self.code}"}

    @property
    def shown(self) -> set[str]:
        """What a list of attendees shows of them."""
        return {self.name.lower(), f"ask{self.code}"}

    @property
    def kept(self) -> set[str]:
        """What nobody else is ever told."""
        of_others = (self.report_on, self.note_on)
        about = {words(CODES[name]) for name in NAMES for words in of_others}
        return {f"said{self.code}", self.impression, *about}

    @property
    def question(self) -> str:
        """For the hosts, until they show it to everybody there."""
        return f"asks{self.code}"

    @property
    def impression(self) -> str:
        """For the hosts alone."""
        return f"took{self.code}"

    def report_on(self, code: str) -> str:
        return f"told{self.code}on{code}"

    def note_on(self, code: str) -> str:
        return f"note{self.code}on{code}"

    @property
    def words(self) -> set[str]:
        return {*self.shown, *self.kept, *self.fields.values(), self.given, self.question}

    @property
    def given(self) -> str:
        """The given name on their card, which crosses with it, ticked or not."""
        return f"given{self.code}"

    @property
    def rsvp(self) -> Rsvp:
        return db.session.get_one(Rsvp, self.rsvp_id)

    @property
    def person(self) -> Person | None:
        return db.session.get(Person, self.person_id)


@dataclass(frozen=True)
class Evening:
    slug: str
    community: str
    wall: str  # where the questions are on the big screen
    guests: tuple[Guest, ...]
    stranger: FlaskClient
    helper: FlaskClient


def evening_of(browser: Callable[[], Browser], make: Make) -> Evening:
    """An event that has begun, so that one may still answer and say already whom one met; its
    hosts look at questions first.
    """
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    make.organiser(make.row(Community, id=event.community_id))
    with make.act():
        open_floor(db.session.get_one(Event, event.id), hosts_first=True, at=clock.now())
    wall = f"/floor/{make.row(Floor, event_id=event.id).wall}"
    helper = at_door(make, browser(), event)
    community = make.row(Community, id=event.community_id).slug
    guests = tuple(guest_of(browser(), make, event, name) for name in NAMES)
    return Evening(event.slug, community, wall, guests, browser().client, helper.client)


def guest_of(browser: Browser, make: Make, event: Event, name: str) -> Guest:
    code, number = CODES[name], NAMES.index(name)
    words = {"ask_me_about": f"ask{code}", "note": f"said{code}"}
    row = make.rsvp(event, name, listing="attendees", **words)
    phone = f"+346123450{number}0"
    card(make, row.person, shared=[], phone=phone, company=f"firm{code}", given_name=f"given{code}")
    with make.act():
        person, at = db.session.get_one(Person, row.person_id), clock.now()
        cards.make_feed(person, at=at)
        rsvp_actions.make_personal_feed(person, at=at)
    kinds = {"follow-ups": FollowUpFeed, "my-events": PersonalFeed}
    keys = {of: make.row(kind, person_id=row.person_id).key for of, kind in kinds.items()}
    feeds = tuple(f"/{of}/{key}/calendar.ics" for of, key in keys.items())
    client = make.signed_in(browser, row.person).client
    email, ids = row.person.email, (row.id, row.person_id)
    return Guest(name, code, *ids, email, row.key, row.badge, feeds, client)


def told_to(evening: Evening, viewer: Guest | None) -> set[str]:
    """The words that somebody may read, by the rows alone; those of a stranger for None."""
    told = set()
    for guest in evening.guests:
        if guest.person is None:
            continue
        if guest == viewer:
            told |= guest.words
        elif viewer and are_apart(guest, viewer):
            continue
        elif is_listed(guest, viewer):
            told |= guest.shown
        elif viewer and (noted(guest, viewer) or noted(viewer, guest)):
            told.add(guest.name.lower())
    if viewer and is_going(viewer):
        told |= {guest.question for guest in evening.guests if shown_question(guest)}
    return told | (shared_with(evening, viewer) if viewer else set())


def told_on_floor(evening: Evening, viewer: Guest | None) -> set[str]:
    """What others asked, as far as hosts show it, and the names that stand beside it: to one of the
    guests or, for None, to whoever looks at the wall.
    """
    told: set[str] = set()
    if viewer and not is_going(viewer):
        return told
    for guest in evening.guests:
        question = shown_question(guest)
        if guest == viewer or question is None:
            continue
        told.add(guest.question)
        if viewer:
            may_name = is_listed(guest, viewer) and not are_apart(guest, viewer)
        else:
            may_name = is_listed_to_guests(guest) and not blocked_by(guest)
        if may_name and not question.is_anonymous:
            told.add(guest.name.lower())
    return told


def shown_question(guest: Guest) -> FloorQuestion | None:
    own = select(FloorQuestion).where(FloorQuestion.rsvp_id == guest.rsvp_id)
    return db.session.scalar(own.where(FloorQuestion.shown_at.is_not(None)))


def is_listed(guest: Guest, viewer: Guest | None) -> bool:
    if viewer and is_going(viewer):
        return is_listed_to_guests(guest)
    return is_going(guest) and guest.rsvp.listing == "everyone"


def is_listed_to_guests(guest: Guest) -> bool:
    return is_going(guest) and guest.rsvp.listing in ("attendees", "everyone")


def is_going(guest: Guest) -> bool:
    return guest.person is not None and guest.rsvp.status == Status.GOING


def shared_with(evening: Evening, holder: Guest) -> set[str]:
    """The fields that others share with the holder, by the rows alone."""
    shared = set()
    for owner in evening.guests:
        if owner == holder or not (says(owner, holder) and says(holder, owner)):
            continue
        if are_apart(owner, holder):
            continue
        pair = CardWithdrawal.owner_id == owner.person_id, CardWithdrawal.holder_id
        if db.session.scalar(select(CardWithdrawal.id).where(pair[0], pair[1] == holder.person_id)):
            continue
        ticked = select(CardShare.field).where(CardShare.person_id == owner.person_id)
        shared |= {owner.given, *(owner.fields[field] for field in db.session.scalars(ticked))}
    return shared


def noted(one: Guest, other: Guest) -> Encounter | None:
    """That one says that they met the other, who may have declined it, of which nobody is told."""
    pair = Encounter.noter_id == one.rsvp_id, Encounter.met_id == other.rsvp_id
    row = db.session.scalar(select(Encounter).where(*pair))
    return None if row is None or row.taken_back_at else row


def says(one: Guest, other: Guest) -> bool:
    row = noted(one, other)
    return row is not None and row.declined_at is None


def are_apart(one: Guest, other: Guest) -> bool:
    """Whether one of them blocked the other."""
    return one.person_id in blocked_by(other) or other.person_id in blocked_by(one)


def blocked_by(guest: Guest) -> dict[int, str]:
    """Person id → the name by which their own page lists them."""
    blocks = select(Block).where(Block.blocker_id == guest.person_id)
    return {block.blocked_id: block.name.lower() for block in db.session.scalars(blocks)}
