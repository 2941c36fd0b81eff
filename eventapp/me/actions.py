"""The verbs of a person about themselves: be called otherwise, be forgotten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, delete, false, func, or_, select, update

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.me import queries
from eventapp.model import (
    CheckIn,
    DoorLog,
    Encounter,
    MailedCode,
    OutboxMail,
    Person,
    Rsvp,
)
from eventapp.rsvp.actions import cancel, rename
from eventapp.rsvp.queries import rsvps_of

NOBODY = "—"  # the name of who was deleted
DOOR_NOBODY = "person:deleted"


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


def change_person(person: Person, *, name: str, language: str) -> None:
    """Change how somebody is called from now on, and the language of every mail to them."""
    person.name = name
    person.language = language
    db.session.execute(update(Rsvp).where(Rsvp.person_id == person.id).values(language=language))


def delete_person(person: Person, *, at: datetime) -> None:
    """Forget a person: no row keeps their name, address, words, card or whom they met.

    Events to come get their places back, for who waits. What events count stays: an RSVP
    without person or name, and that somebody came in. Twice is once. Raises LastOrganiser
    and CommunityContact.
    """
    there = select(Person.id).where(Person.id == person.id).with_for_update()
    if db.session.scalar(there) is None:
        return
    _refuse_while_needed(person)
    for rsvp in queries.rsvps_awaited(person, at):
        cancel(rsvp, at=at)
    rsvps = rsvps_of(person)
    for rsvp in rsvps:
        _anonymise(rsvp)
    _delete_what_tells_of(person, [rsvp.id for rsvp in rsvps])
    # What only hangs on the person goes with it: card, shares, withdrawals, sessions, codes.
    db.session.execute(delete(Person).where(Person.id == person.id))


def _refuse_while_needed(person: Person) -> None:
    if alone := queries.communities_only_theirs(person):
        raise LastOrganiser(names=", ".join(community.name for community in alone))
    if answers_for := queries.communities_they_answer_for(person):
        raise CommunityContact(names=", ".join(community.name for community in answers_for))


def _anonymise(rsvp: Rsvp) -> None:
    rename(rsvp, NOBODY)
    rsvp.person = None
    rsvp.listing = "nobody"
    rsvp.ask_me_about = rsvp.want_to_learn = ""
    rsvp.answers = {}
    rsvp.source_ref = rsvp.source_digest = None
    rsvp.key, rsvp.ticket, rsvp.badge = new_secret(), new_secret(), new_secret()


def _delete_what_tells_of(person: Person, rsvp_ids: Collection[int]) -> None:
    met = or_(Encounter.noter_id.in_(rsvp_ids), Encounter.met_id.in_(rsvp_ids))
    db.session.execute(delete(Encounter).where(met))
    code = or_(
        MailedCode.rsvp_id.in_(rsvp_ids),
        func.lower(MailedCode.email).in_((person.email.lower(), person.email_key)),
    )
    db.session.execute(delete(MailedCode).where(code))
    asked = [OutboxMail.once.startswith(f"met:{rsvp_id}:") for rsvp_id in rsvp_ids]
    waiting = and_(OutboxMail.sent_at.is_(None), or_(false(), *asked))  # it says their name
    mail = or_(OutboxMail.to_key == person.email_key, waiting)
    db.session.execute(delete(OutboxMail).where(mail))
    for table in (CheckIn, DoorLog):  # where they let others in
        let_in = update(table).where(table.by == f"person:{person.id}")
        db.session.execute(let_in.values(by=DOOR_NOBODY))
