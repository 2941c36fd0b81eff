"""Anonymise the rows that stay after a person or guest is deleted."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, func, or_, update

from eventapp.core.db import db
from eventapp.core.links import new_secret
from eventapp.door.rehearsal import copies_of
from eventapp.impressions.actions import delete_pictures_of
from eventapp.introductions.actions import forget_introductions_at, forget_introductions_of
from eventapp.model import (
    NOBODY,
    BadgeSheet,
    CheckIn,
    CheckOut,
    DoorConflict,
    DoorLog,
    Encounter,
    GuestChange,
    GuestImport,
    ImportedGuest,
    Listing,
    MailedCode,
    MergedGuest,
    MergedRef,
    NotedName,
    Notice,
    OutboxMail,
    Person,
    RoundSeat,
    RoundsTick,
    Rsvp,
    Suggestion,
    TicketCode,
)
from eventapp.rsvp.actions import delete_notices, forget_notices, leave_floor, rename, renew_ticket

DOOR_NOBODY = "person:deleted"


def anonymise(rsvp: Rsvp) -> None:
    """Keep only what an event counts: that somebody came, with how many."""
    for copy in copies_of(rsvp):
        anonymise(copy)
    forget_introductions_at(rsvp)
    leave_floor(rsvp)
    rename(rsvp, NOBODY)
    rsvp.person = None
    rsvp.listing = Listing.NOBODY
    rsvp.ask_me_about = rsvp.want_to_learn = rsvp.looking_for = rsvp.note = ""
    rsvp.answers = {}
    rsvp.companion_names = []
    for kept in (GuestChange, ImportedGuest, MergedGuest, MergedRef, RoundsTick, RoundSeat):
        db.session.execute(delete(kept).where(kept.rsvp_id == rsvp.id))
    db.session.execute(delete(BadgeSheet).where(BadgeSheet.event_id == rsvp.event_id))
    _forget_lists(rsvp.event_id)
    rsvp.hosts_since, rsvp.badge_tells = None, False
    rsvp.may_be_suggested = rsvp.wants_a_host = False
    of_them = or_(Suggestion.rsvp_id == rsvp.id, Suggestion.whom_id == rsvp.id)
    db.session.execute(delete(Suggestion).where(of_them))
    rsvp.source_ref = rsvp.source_digest = None
    said_of_them = update(DoorLog).where(DoorLog.rsvp_id == rsvp.id)
    db.session.execute(said_of_them.values(over_reason=None))
    db.session.execute(delete(TicketCode).where(TicketCode.rsvp_id == rsvp.id))
    renew_ticket(rsvp)
    rsvp.badge = new_secret()


def _forget_lists(event_id: int) -> None:
    """Delete lists that nobody has confirmed yet, and what is shown of those that are written: any
    may name the person. One that is being written is done in minutes, and its file goes.
    """
    of_event = GuestImport.event_id == event_id
    db.session.execute(delete(GuestImport).where(of_event, GuestImport.confirmed_at.is_(None)))
    written = of_event, GuestImport.finished_at.is_not(None), GuestImport.shown.is_not(None)
    db.session.execute(update(GuestImport).where(*written).values(shown=None))


def delete_encounters(rsvp_ids: Collection[int]) -> None:
    """Delete whom these guests met, and who met them; and names that they noted."""
    met = or_(Encounter.noter_id.in_(rsvp_ids), Encounter.met_id.in_(rsvp_ids))
    db.session.execute(delete(Encounter).where(met))
    db.session.execute(delete(NotedName).where(NotedName.rsvp_id.in_(rsvp_ids)))


def delete_codes(rsvp_ids: Collection[int]) -> None:
    """Delete the codes mailed for these RSVPs, which hold an address and a name."""
    db.session.execute(delete(MailedCode).where(MailedCode.rsvp_id.in_(rsvp_ids)))


def delete_codes_to(person: Person) -> None:
    theirs = func.lower(MailedCode.email).in_((person.email.lower(), person.email_key))
    db.session.execute(delete(MailedCode).where(theirs))


def delete_mails(rsvp: Rsvp) -> None:
    """Delete the mails about this RSVP, which say whose it was. Call it before `anonymise`."""
    if rsvp.person is None:
        return
    forget_notices(rsvp)
    db.session.execute(delete(OutboxMail).where(OutboxMail.about_id == rsvp.id))


def delete_traces(person: Person, rsvp_ids: Collection[int]) -> None:
    """Delete codes and mails to this person, mails that name them and pictures that they added, and
    remove them as the one who let guests in.
    """
    delete_codes(rsvp_ids)
    delete_codes_to(person)
    forget_introductions_of(person)
    delete_pictures_of(person)
    told = or_(Notice.person_id == person.id, Notice.rsvp_id.in_(rsvp_ids))
    delete_notices(told)  # and mails to others that say their name
    mail = or_(OutboxMail.to_key == person.email_key, OutboxMail.about_id.in_(rsvp_ids))
    db.session.execute(delete(OutboxMail).where(mail))
    for column in (CheckIn.by, CheckOut.by, DoorLog.by, DoorConflict.settled_by):
        signed = update(column.class_).where(column == f"person:{person.id}")
        db.session.execute(signed.values({column: DOOR_NOBODY}))
