"""What guests of an evening do, one step at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from eventapp.attendees.queries import Viewer
from eventapp.conduct import actions as conduct
from eventapp.conduct.queries import block_between
from eventapp.contacts import actions as cards
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.floor.actions import (
    Asked,
    ask_question,
    hide_question,
    show_question,
    vote,
    withdraw_question,
)
from eventapp.floor.queries import has_asked
from eventapp.impressions.actions import Said, withdraw_impression, write_impression
from eventapp.me.actions import delete_person
from eventapp.met import actions as met
from eventapp.met.queries import Attendee, meeting_if_seen
from eventapp.model import Audience, FloorQuestion, Impression, Person
from eventapp.rsvp import actions as rsvp_actions
from tests.told import Evening, Guest, shown_question


def act(evening: Evening, verb: str, one: int, other: Any, at: Any) -> None:
    """One step. What the rules refuse changes nothing, and who is deleted does nothing."""
    guest = evening.guests[one]
    if (person := guest.person) is None:
        return
    try:
        with transaction():
            match verb:
                case "tick":
                    cards.keep_card(person, {}, shared=other, at=at)
                case "list":
                    rsvp_actions.confirm(guest.rsvp, at=at, listing=other)
                case "answer":
                    rsvp_actions.say(guest.rsvp, other, at=at, note=f"said{guest.code}")
                case "delete":
                    delete_person(person, at=at)
                case "show" | "hide":
                    moderate(verb, guest, at)
                case "ask" | "write" | "withdraw words":
                    act_with_words(verb, guest, person, at, is_anonymous=other)
                case _ if evening.guests[other].person:
                    act_on(verb, guest, evening.guests[other], person, at)
    except Refusal:
        db.session.rollback()


def act_with_words(verb: str, guest: Guest, person: Person, at: Any, *, is_anonymous: bool) -> None:
    """What they ask, one thing at a time, waits for a host; what they write is for the hosts."""
    rsvp = guest.rsvp
    if verb == "ask":
        if not has_asked(rsvp):
            ask_question(rsvp, Asked(guest.question, None, is_anonymous), at=at)
    elif verb == "write":
        write_impression(attendee(guest), Said(guest.impression, Audience.HOSTS), at=at)
    else:
        for one in db.session.scalars(select(Impression).filter_by(person_id=person.id)):
            withdraw_impression(person, one.id)
        for asked in db.session.scalars(select(FloorQuestion).filter_by(rsvp_id=rsvp.id)):
            withdraw_question(rsvp, asked.id)


def moderate(verb: str, guest: Guest, at: Any) -> None:
    """A host shows what a guest asked, or hides it."""
    for asked in db.session.scalars(select(FloorQuestion).filter_by(rsvp_id=guest.rsvp_id)):
        (show_question if verb == "show" else hide_question)(asked, at=at)


def act_on(verb: str, guest: Guest, other: Guest, person: Person, at: Any) -> None:
    them, holder = other.rsvp, other.person
    assert holder is not None
    if verb == "withdraw":
        cards.withdraw(person, holder, at=at)
    elif verb == "share again":
        cards.share_again(person, holder)
    elif verb == "vote":
        if (question := shown_question(other)) and guest.rsvp.holds_a_seat:
            vote(guest.rsvp, question.id, at=at)
    elif verb == "unblock":
        if block := block_between(person, them):
            conduct.unblock(person, block.id)
    elif meeting_if_seen(asking := attendee(guest), them.id):
        if verb == "meet":
            note = {"note": guest.note_on(other.code), "follow_up_on": date(2027, 1, 8)}
            met.say_we_met(asking, them, at=at, note=note)
        elif verb == "block":
            conduct.block(person, them, at=at)
        elif verb == "report":
            said = conduct.Said(guest.report_on(other.code), names_reporter=False)
            conduct.report(them.event, said, by=person, about=holder, at=at)
        else:
            getattr(met, verb)(asking, them, at=at)


def attendee(guest: Guest) -> Attendee:
    row, person = guest.rsvp, guest.person
    assert person is not None
    return Attendee(row.event, person, row, Viewer(person, row))
