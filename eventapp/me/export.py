"""Everything that is kept about a person, as a file (GDPR, articles 15 and 20).

Of others it has only the name that the person sees anyway, and nothing that they wrote. Keys,
tickets and digests are left out, so that the file gives access to nothing; of tickets of other
tools it says how many are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from eventapp.attendees.queries import holders_of, mutual_meetings
from eventapp.contacts.queries import feed_of, shares_of
from eventapp.core.db import Base, db
from eventapp.follow.queries import follows_of
from eventapp.met.queries import names_of
from eventapp.model import (
    CARD_FIELDS,
    NAME_PARTS,
    Card,
    CardWithdrawal,
    CheckIn,
    Community,
    DoorLog,
    Encounter,
    Event,
    FollowUpFeed,
    GuestChange,
    MailedCode,
    Notice,
    Organiser,
    OutboxMail,
    Person,
    PersonalFeed,
    Rsvp,
    Session,
    TicketCode,
)
from eventapp.rsvp.actions import answers_typed
from eventapp.rsvp.queries import personal_feed_of, rsvps_of

PERSON_TIMES = ("verified_at", "created_at", "met_mail_ended_at")
RSVP_COLUMNS = (
    "name", "status", "companions", "companion_names", "listing", "ask_me_about", "want_to_learn",
    "note", "answers", "language", "source", "source_ref", "created_at", "confirmed_at",
    "changed_at", "waitlisted_at", "asked_at", "approved_at", "declined_at", "morning_after_at",
    "called_off_mailed_at", "in_calendar_since", "hosts_since", "badge_tells", "removed_at",
)  # fmt: skip
DOOR_COLUMNS = ("verb", "outcome", "reason", "over_reason", "people", "door", "happened_at")


def everything_about(person: Person, *, at: datetime) -> dict[str, Any]:
    """All of it, as values for JSON: instants are ISO 8601 in UTC."""
    rsvps = rsvps_of(person)
    return {
        "exported_at": at.isoformat(),
        "person": _columns(person, "email", "name", "language", *PERSON_TIMES),
        "organises": _organises(person),
        "follows": _follows(person),
        "rsvps": _rsvps(rsvps),
        "card": _card(person),
        "people_you_met": _people_met(person),
        "names_you_noted": [
            {"event": one.rsvp.event.title, **_columns(one, "name", "note", "noted_at")}
            for one in names_of(person)
        ],
        "follow_up_feed": _feed(feed_of(person)),
        "personal_feed": _feed(personal_feed_of(person)),
        "people_who_say_they_met_you": _people_who_noted(person),
        "told_to_you": _notices(person),
        "mails_to_you": _mails(person),
        "codes_mailed_to_you": _codes(person),
        "browsers_signed_in": _browsers(person),
    }


def _columns(row: Base, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _event(event: Event) -> dict[str, Any]:
    return {"event": event.title, **_columns(event, "place", "starts_at", "tz")}


def _organises(person: Person) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Organiser)
        .join(Organiser.community)
        .where(Organiser.person_id == person.id)
        .options(contains_eager(Organiser.community), joinedload(Organiser.portrait))
        .order_by(Community.name)
    )
    return [
        {
            "community": one.community.name,
            **_columns(one, "since", "named_since", "requests_ended_at"),
            "picture": one.portrait and _columns(one.portrait, "uploaded_at", "data_url"),
        }
        for one in rows
    ]


def _follows(person: Person) -> list[dict[str, Any]]:
    return [
        {"community": follow.community.name, **_columns(follow, "since", "mailed_at")}
        for follow in follows_of(person)
    ]


def _rsvps(rsvps: Sequence[Rsvp]) -> list[dict[str, Any]]:
    ids = [rsvp.id for rsvp in rsvps]
    check_ins = {
        row.rsvp_id: _columns(row, "at", "door", "people")
        for row in db.session.scalars(select(CheckIn).where(CheckIn.rsvp_id.in_(ids)))
    }
    known = select(TicketCode.rsvp_id, func.count()).group_by(TicketCode.rsvp_id)
    tickets = dict(db.session.execute(known.where(TicketCode.rsvp_id.in_(ids))).all())
    door: dict[int | None, list[dict[str, Any]]] = {}
    log = select(DoorLog).where(DoorLog.rsvp_id.in_(ids)).order_by(DoorLog.happened_at, DoorLog.id)
    for row in db.session.scalars(log):
        told = _columns(row, *DOOR_COLUMNS)
        door.setdefault(row.rsvp_id, []).append(told)
    changes = _changes(ids)
    return [
        {
            **_event(rsvp.event),
            **_columns(rsvp, *RSVP_COLUMNS),
            "tickets_of_other_tools": tickets.get(rsvp.id, 0),
            "checked_in": check_ins.get(rsvp.id),
            "at_the_door": door.get(rsvp.id, []),
            "changed_by_hosts": changes.get(rsvp.id, []),
        }
        for rsvp in rsvps
    ]


def _changes(rsvp_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """What hosts changed by hand of each RSVP."""
    changes: dict[int, list[dict[str, Any]]] = {}
    rows = select(GuestChange).where(GuestChange.rsvp_id.in_(rsvp_ids))
    for row in db.session.scalars(rows.order_by(GuestChange.entry_id)):
        changes.setdefault(row.rsvp_id, []).append(_columns(row, "at", "before", "after"))
    return changes


def _card(person: Person) -> dict[str, Any]:
    card = db.session.get(Card, person.id)
    fields = [*NAME_PARTS, *(field for field in CARD_FIELDS if field != "email"), "changed_at"]
    met = mutual_meetings(person).subquery()
    withdrawn = db.session.execute(
        select(met.c.name, CardWithdrawal.at)
        .join(CardWithdrawal, CardWithdrawal.holder_id == met.c.person_id)
        .where(CardWithdrawal.owner_id == person.id)
    )
    return {
        **(_columns(card, *fields) if card else {}),
        "shared": {share.field: share.since.isoformat() for share in shares_of(person)},
        "held_by": [
            {
                "name": holder.name,
                "fields": {field: since.isoformat() for field, since in holder.since_of.items()},
                "from": holder.event_title,
            }
            for holder in holders_of(person)
        ],
        "withdrawn_from": [{"name": name, "at": at.isoformat()} for name, at in withdrawn],
    }


def _feed(feed: FollowUpFeed | PersonalFeed | None) -> dict[str, Any] | None:
    """That there is one: its address would open it."""
    return _columns(feed, "since") if feed else None


def _people_met(person: Person) -> list[dict[str, Any]]:
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
            & Encounter.declined_at.is_(None),
        )
        .where(Encounter.noter_id.in_(own), Encounter.taken_back_at.is_(None))
        .options(joinedload(Encounter.met).joinedload(Rsvp.event))
        .order_by(Encounter.noted_at)
    )
    return [
        {
            "event": noted.met.event.title,
            "name": noted.met.name,
            **_columns(noted, "note", "tags", "follow_up_on", "noted_at"),
            "they_say_so_too": back_id is not None,
        }
        for noted, back_id in rows
    ]


def _people_who_noted(person: Person) -> list[dict[str, Any]]:
    """Who noted them, as each event's page shows. The notes are the others' own, and left out."""
    own = select(Rsvp.id).where(Rsvp.person_id == person.id)
    noted = db.session.scalars(
        select(Encounter)
        .where(Encounter.met_id.in_(own), Encounter.taken_back_at.is_(None))
        .options(joinedload(Encounter.noter).joinedload(Rsvp.event))
        .order_by(Encounter.noted_at)
    )
    return [
        {
            "event": one.noter.event.title,
            "name": one.noter.name,
            **_columns(one, "noted_at", "declined_at"),
        }
        for one in noted
    ]


def _notices(person: Person) -> list[dict[str, Any]]:
    notices = (
        select(Notice.kind, Notice.which, Event.title, Notice.at)
        .outerjoin(Rsvp, Rsvp.id == Notice.rsvp_id)
        .join(Event, Event.id == func.coalesce(Notice.event_id, Rsvp.event_id))
        .where(Notice.person_id == person.id)
        .order_by(Notice.id)
    )
    return [
        {"about": kind, "which": which, "event": title, "at": at.isoformat()}
        for kind, which, title, at in db.session.execute(notices)
    ]


def _mails(person: Person) -> list[dict[str, Any]]:
    mails = select(OutboxMail).where(OutboxMail.to_key == person.email_key).order_by(OutboxMail.id)
    return [
        _columns(mail, "template", "language", "created_at", "sent_at")
        for mail in db.session.scalars(mails)
    ]


def _codes(person: Person) -> list[dict[str, Any]]:
    codes = select(MailedCode).where(MailedCode.person_id == person.id).order_by(MailedCode.id)
    return [
        {
            **_columns(code, "created_at", "expires_at", "used_at", "typed"),
            "answers": answers_typed(code),
        }
        for code in db.session.scalars(codes)
    ]


def _browsers(person: Person) -> list[dict[str, Any]]:
    sessions = select(Session).where(Session.person_id == person.id).order_by(Session.id)
    return [
        {"browser": one.user_agent, **_columns(one, "created_at", "last_seen_at", "expires_at")}
        for one in db.session.scalars(sessions)
    ]
