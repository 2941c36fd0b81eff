"""A person changes their name and language, renews their links, or is deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from eventapp.contacts.actions import end_feed, forget_name_parts
from eventapp.core.db import db, lock_and_reread
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.me import queries
from eventapp.me.actions.anonymise import (
    anonymise,
    delete_codes_to,
    delete_encounters,
    delete_traces,
)
from eventapp.model import Person, Rsvp
from eventapp.rsvp.actions import cancel, end_personal_feed, lock_rsvps_of
from eventapp.rsvp.queries import rsvps_of


class LastOrganiser(Refusal):
    code = "last_organiser"
    message = _l(
        "Nobody else organises %(names)s. Let somebody else organise it too, then come back."
    )


class CommunityContact(Refusal):
    code = "community_contact"
    message = _l(
        "Your address is the contact of %(names)s. Put another one into its settings, "
        "then come back."
    )


def lock_person(person: Person) -> None:
    """Lock a person until the commit, after their events and RSVPs, in the same order as a
    deletion. Everything that was read before is read anew.
    """
    lock_rsvps_of(person)
    lock_and_reread(person)


def change_person(person: Person, *, name: str, language: str) -> None:
    """Change a person's name for future RSVPs, and the language of all mails to them."""
    before, person.name = person.name, name
    forget_name_parts(person, before=before)
    person.language = language
    db.session.execute(update(Rsvp).where(Rsvp.person_id == person.id).values(language=language))


def renew_links(person: Person) -> None:
    """Make all links that others may have of a person stop working: those to their RSVPs, of which
    /me shows new ones, those that sign in, and the feeds for their own calendar, which they may
    make anew. Tickets, which are other secrets, stay valid.
    """
    for rsvp in rsvps_of(person):
        rsvp.key = new_secret()
    delete_codes_to(person)
    end_feed(person)
    end_personal_feed(person)


def delete_person(person: Person, *, at: datetime) -> None:
    """Delete a person: no row keeps their name, address, words, card or whom they met.

    Future events give their seats to the waitlist. What events count stays: an RSVP without person
    or name, and its check-in. Idempotent. Raises LastOrganiser and CommunityContact.
    """
    lock_rsvps_of(person)
    delete_codes_to(person)
    there = select(Person.id).where(Person.id == person.id).with_for_update()
    if db.session.scalar(there) is None:
        return
    _refuse_while_needed(person)
    for rsvp in queries.rsvps_awaited(person, at):
        cancel(rsvp, at=at)
    rsvps = rsvps_of(person)
    for rsvp in rsvps:
        anonymise(rsvp)
    delete_encounters([rsvp.id for rsvp in rsvps])
    delete_traces(person, [rsvp.id for rsvp in rsvps])
    # Deleted by cascade: card, shares, withdrawals, blocks, reports, impressions, sessions, codes.
    db.session.execute(delete(Person).where(Person.id == person.id))


def _refuse_while_needed(person: Person) -> None:
    if alone := queries.communities_only_theirs(person):
        raise LastOrganiser(names=", ".join(community.name for community in alone))
    if answers_for := queries.communities_they_answer_for(person):
        raise CommunityContact(names=", ".join(community.name for community in answers_for))
