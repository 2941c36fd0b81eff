"""A card with its holders, and whom somebody met."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from eventapp.attendees.queries import crossings, holders_of, rsvps_apart_from
from eventapp.conduct.queries import blocks_of, reports_by
from eventapp.contacts.queries import shares_of
from eventapp.core.db import db
from eventapp.greeting.queries import led_to
from eventapp.me.export.rows import columns
from eventapp.met.queries import names_of
from eventapp.model import CARD_FIELDS, NAME_PARTS, Card, CardWithdrawal, Encounter, Person, Rsvp
from eventapp.rsvp.queries import rsvps_of


def card_of(person: Person) -> dict[str, Any]:
    card = db.session.get(Card, person.id)
    fields = [*NAME_PARTS, *(field for field in CARD_FIELDS if field != "email"), "changed_at"]
    met = crossings(person).subquery()
    withdrawn = db.session.execute(
        select(met.c.name, CardWithdrawal.at)
        .join(CardWithdrawal, CardWithdrawal.holder_id == met.c.person_id)
        .where(CardWithdrawal.owner_id == person.id)
    )
    return {
        **(columns(card, *fields) if card else {}),
        "shared": {share.field: share.since.isoformat() for share in shares_of(person)},
        "held_by": [
            {
                "name": holder.name,
                "fields": {field: since.isoformat() for field, since in holder.since_of.items()},
                "from": holder.event_title or None,
                "introduced_by": holder.introducer or None,
            }
            for holder in holders_of(person)
        ],
        "withdrawn_from": [{"name": name, "at": at.isoformat()} for name, at in withdrawn],
    }


def people_met(person: Person) -> list[dict[str, Any]]:
    """Whom they noted, with their notes; what the others share is on the contacts page."""
    own = select(Rsvp.id).where(Rsvp.person_id == person.id)
    back = aliased(Encounter)
    rows = db.session.execute(
        select(Encounter, back.id)
        .outerjoin(
            back,
            (back.noter_id == Encounter.met_id)
            & (back.met_id == Encounter.noter_id)
            & back.declined_at.is_(None)
            & back.unsure_since.is_(None)
            & Encounter.declined_at.is_(None)
            & Encounter.unsure_since.is_(None),
        )
        .where(
            Encounter.noter_id.in_(own),
            Encounter.taken_back_at.is_(None),
            Encounter.met_id.not_in(rsvps_apart_from(person.id)),
        )
        .options(joinedload(Encounter.met).joinedload(Rsvp.event))
        .order_by(Encounter.noted_at)
    )
    return [
        {
            "event": noted.met.event.title,
            "name": noted.met.name,
            **columns(noted, "note", "tags", "follow_up_on", "noted_at", "unsure_since"),
            "they_say_so_too": back_id is not None,
        }
        for noted, back_id in rows
    ]


def people_who_noted(person: Person) -> list[dict[str, Any]]:
    """Who noted them, as each event's page shows. The notes are the others' own, and left out."""
    own = select(Rsvp.id).where(Rsvp.person_id == person.id)
    noted = db.session.scalars(
        select(Encounter)
        .where(
            Encounter.met_id.in_(own),
            Encounter.taken_back_at.is_(None),
            Encounter.noter_id.not_in(rsvps_apart_from(person.id)),
            Encounter.unsure_since.is_(None),
        )
        .options(joinedload(Encounter.noter).joinedload(Rsvp.event))
        .order_by(Encounter.noted_at)
    )
    return [
        {
            "event": one.noter.event.title,
            "name": one.noter.name,
            **columns(one, "noted_at", "declined_at"),
        }
        for one in noted
    ]


def names_noted(person: Person) -> list[dict[str, Any]]:
    return [
        {"event": one.rsvp.event.title, **columns(one, "name", "note", "noted_at")}
        for one in names_of(person)
    ]


def people_blocked(person: Person) -> list[dict[str, Any]]:
    """Whom they blocked. Who blocked them is told to nobody."""
    return [columns(block, "name", "since") for block in blocks_of(person)]


def reports_made(person: Person) -> list[dict[str, Any]]:
    """What they reported to organisers, with the answers. What others reported stays theirs."""
    return [
        {
            "event": report.event.title,
            **columns(report, "subject", "words", "names_reporter", "created_at", "closed_at"),
            "answers": [columns(answer, "words", "created_at") for answer in report.answers],
        }
        for report in reports_by(person)
    ]


def people_to_meet(person: Person, at: datetime) -> list[dict[str, Any]]:
    """To whom they are led at events to come, as far as both agree to it now."""
    told = []
    for rsvp in rsvps_of(person):
        led = led_to(rsvp, at=at)
        for role, them in (
            ("your host", [led.host] if led.host else []),
            ("somebody you greet", led.greets),
            ("somebody to look for", led.people),
        ):
            told += [{"event": rsvp.event.title, "as": role, "name": one.them.name} for one in them]
    return told
