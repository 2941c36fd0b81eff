"""The objects of a scene, each of which an argument of addresses names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from eventapp.account import actions as account
from eventapp.attendees.queries import viewer_of
from eventapp.badges.actions import ask_for_sheet
from eventapp.badges.choice import Choice
from eventapp.badges.formats import FORMATS
from eventapp.badges.queries import Chosen
from eventapp.communities.actions import record
from eventapp.conduct.actions import Said, report
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import new_secret
from eventapp.core.picture_files import files_in
from eventapp.door.links import pin_digest
from eventapp.impressions.actions import add_picture, show_picture
from eventapp.model import (
    Audience,
    AuditVerb,
    Block,
    CheckIn,
    DoorConflict,
    DoorLink,
    DoorLog,
    Encounter,
    Event,
    EventPicture,
    GuestChange,
    Impression,
    NotedName,
    Quote,
    Recap,
    Round,
    Rounds,
    RoundSeat,
    Rsvp,
)
from eventapp.rounds.actions import Settings, announce, take_part
from eventapp.rsvp.actions import Answer
from tests.guests.bringing import a_list_handed_in
from tests.make import Make
from tests.pictures import as_file, photo

PIN = "4711"


def door_links(make: Make, event: Event) -> dict[str, DoorLink]:
    return {
        role: make.door_link(event, role.title(), role=role, **_secrets(role))
        for role in ("helper", "lead", "kiosk")
    }


def of_event(make: Make, event: Event, met: Any) -> dict[str, Any]:
    return {
        "digest": make.cover(event).digest,
        "entry_id": _change(make, event, met),
        "other_id": make.rsvp(event, "Twice On It", person=None).id,
        "import_id": a_list_handed_in(make, event, b"name\nLia\n").id,
        "sheet_id": _drawn(make, event),
    }


def _secrets(role: str) -> dict[str, str]:
    secret = new_secret()
    return {
        "secret": secret,
        **({"pin_digest": pin_digest(secret, PIN)} if role == "kiosk" else {}),
    }


def _drawn(make: Make, event: Event) -> int:
    """A sheet of badges that the worker has drawn."""
    choice = Choice(FORMATS[0].code, Chosen(), "", 1)
    with make.act():
        there = db.session.get_one(Event, event.id)
        sheet = ask_for_sheet(there, choice, count=1, form_id=None, at=clock.now())
        sheet.file, sheet.finished_at = b"%PDF-1.4", clock.now()
    return sheet.id


def what_happened(make: Make, event: Any, rsvp: Any, met: Any) -> dict[str, Any]:
    """Both said that they met; a phone let somebody in whom the list did not know."""
    now = clock.now()
    with make.act():
        for one, two in ((rsvp, met), (met, rsvp)):
            pair = {"noter_id": one.id, "met_id": two.id, "noted_at": now}
            db.session.add(Encounter(event_id=event.id, **pair))
        line = DoorLog(
            **{"event_id": event.id, "scan_id": str(uuid4()), "verb": "admit"},
            **{"outcome": "denied", "reason": "unknown", "door": "Main", "by": "link:0"},
            **{"happened_at": now, "heard_at": now, "offline": True, "rsvp_id": met.id},
        )
        arrival = {"people": 1, "at": now, "door": "Main", "by": "link:0"}
        for one in (met, rsvp):
            db.session.add(CheckIn(event_id=event.id, rsvp_id=one.id, **arrival))
        db.session.add(line)
        db.session.flush()
        conflict = DoorConflict(event_id=event.id, door_log_id=line.id, kind="unknown")
        db.session.add(conflict)
        db.session.flush()
        key = {"rsvp_id": rsvp.id, "name_key": "somebody"}
        name = NotedName(**key, name="Somebody", noted_at=now)
        db.session.add(name)
        db.session.flush()
        return {"conflict_id": conflict.id, "name_id": name.id}


def a_block(make: Make, person: Any) -> int:
    """The guest blocked somebody, who isn't here."""
    blocked = make.person(name="Somebody Blocked")
    with make.act():
        row = Block(blocker_id=person.id, blocked_id=blocked.id, name=blocked.name)
        row.since = clock.now()
        db.session.add(row)
        db.session.flush()
        return row.id


def a_report(make: Make, event: Event, by: Any, about: Any) -> int:
    """The guest reported the other one."""
    with make.act():
        there = db.session.get_one(Event, event.id)
        said = Said("He followed me home", names_reporter=False)
        row = report(there, said, by=db.session.merge(by), about=about, at=clock.now())
        db.session.flush()
        return row.id


def an_impression(make: Make, event: Event, person: Any) -> int:
    """What the guest took with them, of which a recap was published."""
    with make.act():
        said = {"words": "Good bread", "audience": Audience.ATTENDEES}
        row = Impression(event_id=event.id, person_id=person.id, created_at=clock.now(), **said)
        db.session.add(row)
        db.session.flush()
        db.session.add(Recap(event_id=event.id, words="Cosy", published_at=clock.now()))
        db.session.add(Quote(impression_id=row.id, place=1, asked_at=clock.now()))
        return row.id


def a_round(make: Make, event: Event, *rsvps: Rsvp) -> str:
    """The guest and the other sit at a table, in a round that runs. The secret of its wall."""
    settings = Settings(minutes=10, table_size=4, count=3, pause_minutes=3)
    with make.act():
        announce(db.session.get_one(Event, event.id), settings, at=clock.now())
    rounds: Rounds = make.row(Rounds, event_id=event.id)
    with make.act():
        begun = Round(rounds_id=rounds.id, number=1, people=2, tables=1, starts_at=clock.now())
        begun.ends_at = clock.now() + timedelta(minutes=10)
        db.session.add(begun)
        db.session.flush()
        for rsvp in rsvps:
            take_part(db.session.get_one(Rsvp, rsvp.id), at=clock.now())
            db.session.add(RoundSeat(round_id=begun.id, rsvp_id=rsvp.id, table_number=1))
    return rounds.wall


def a_picture(make: Make, event: Event, person: Any) -> EventPicture:
    """That the guest added, and a host let everybody see."""
    files = files_in(as_file(photo()), [], 480)
    with make.act():
        by, there = db.session.merge(person), db.session.get_one(Event, event.id)
        viewer = viewer_of(there, by)
        picture = add_picture(there, viewer, files, alt="A flag", at=clock.now())
        show_picture(picture, at=clock.now())
    return picture


def _change(make: Make, event: Any, rsvp: Any) -> int:
    """An organiser changed a guest by hand."""
    with make.act():
        there = db.session.get_one(Event, event.id)
        entry = record(AuditVerb.GUEST_CHANGED, there, by=None, at=clock.now(), rsvp_id=rsvp.id)
        db.session.flush()
        said = {"before": {"name": "Uriol Puig"}, "after": {"name": rsvp.name}}
        db.session.add(GuestChange(entry_id=entry.id, rsvp_id=rsvp.id, at=clock.now(), **said))
        return entry.id


def codes(make: Make, person: Any, rsvp: Any) -> dict[str, Any]:
    with make.act():
        code, token, _ = account.new_code(
            person.email,
            at=clock.now(),
            valid=timedelta(minutes=10),
            person=db.session.merge(person),
            rsvp=db.session.merge(rsvp),
            typed={**Answer(person.name, person.email).to_keep(), "party": 1, "status": "going"},
        )
        db.session.flush()
        return {"page": code.page, "token": token}
