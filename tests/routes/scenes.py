"""An evening with one of every object that an address can name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from werkzeug.routing import Rule

from eventapp.account import actions as account
from eventapp.attendees.queries import viewer_of
from eventapp.badges.actions import ask_for_sheet
from eventapp.badges.choice import Choice
from eventapp.badges.formats import FORMATS
from eventapp.badges.queries import Chosen
from eventapp.communities.actions import record
from eventapp.conduct.actions import Said, report
from eventapp.contacts.actions import make_feed
from eventapp.contacts.queries import feed_of
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import new_secret, sign_values
from eventapp.core.picture_files import files_in
from eventapp.door.links import pin_digest
from eventapp.floor.actions import Asked, ask_question, open_floor, show_question
from eventapp.follow.actions import PURPOSE, start_following
from eventapp.guests.request_mails import page_of
from eventapp.impressions.actions import add_picture, show_picture
from eventapp.model import (
    Audience,
    AuditVerb,
    Block,
    CardShare,
    CheckIn,
    DoorConflict,
    DoorLink,
    DoorLog,
    Encounter,
    Event,
    EventPicture,
    Floor,
    GuestChange,
    Impression,
    NotedName,
    Organiser,
    Person,
    Quote,
    Recap,
    Round,
    Rounds,
    RoundSeat,
    Rsvp,
)
from eventapp.rounds.actions import Settings, announce, take_part
from eventapp.rsvp.actions import Answer, make_personal_feed
from eventapp.rsvp.queries import finish_address, personal_feed_of
from tests.guests.bringing import a_list_handed_in
from tests.introductions.three import introduced, passed_on
from tests.mails.failing import fail, mailed
from tests.make import Make
from tests.pictures import as_file, photo
from tests.rsvp.asking import ask, asked

PIN = "4711"

SECRETS_OF_EVENT = {
    "exact_address": "Calle Secreta 7",
    "private_link": "https://chat.example.org/unlisted",
}
GUEST, MET, PENDING = "Nadia Ferrer", "Oriol Puig", "Quim Sala"
WAYS = "", "_by_key"  # of a guest to a page: signed in, or from a mail


@dataclass
class Scene:
    """What addresses name in one community: `{argument: value}`, and by endpoint what differs."""

    arguments: dict[str, Any]
    by_endpoint: dict[str, dict[str, Any]]
    people: dict[str, Person]
    links: dict[str, DoorLink]

    def address(self, rule: Rule) -> str:
        """The address of a route, about this scene's objects."""
        values = {name: self.value(rule, name) for name in rule.arguments}
        missing = [name for name, value in values.items() if value is None]
        assert not missing, f"{rule}: what is {missing}? Add it to the scene."
        _, path = rule.build(values) or ("", "")
        return str(path)

    def typed(self) -> dict[str, Any]:
        """What would do something at most routes that take a form."""
        return {
            **{"name": "Somebody Else", "email": "else@example.org", "title": "Taken over"},
            **{"scan_id": str(uuid4()), "code": self.arguments["ticket"], "pin": PIN, "sure": "y"},
            **{"digits": "123456", "capacity": "70", "listing": "everyone", "language": "es"},
            **{
                "letters": "abc",
                "role": "helper",
                "note": "I was here",
                "words": "So be it",
                "over_reason": "because",
            },
            **{"starts": "2030-05-05T19:00", "ends": "2030-05-05T22:00", "tz": "Europe/Madrid"},
            **{"other": self.arguments["other_id"], "number": "1", "came_of_it": "useful"},
            **{"data_controller": "We", "contact_email": "we@example.org", "keep_months": "3"},
        }

    def value(self, rule: Rule, name: str) -> Any:
        if name == "slug" and re.match(r"/[oc]/<slug>", rule.rule):
            return self.arguments["community"]
        return self.by_endpoint.get(rule.endpoint, {}).get(name, self.arguments.get(name))


def scene(make: Make) -> Scene:
    community = make.community()
    starts = clock.now() - timedelta(hours=1)
    event = make.event(community, starts_at=starts, notes_leaving=True, **SECRETS_OF_EVENT)
    ask(make, event, asked("Diet", "any_of", "Vegan", "Halal"), asked("Size"))
    organiser, second = make.organiser(community), make.organiser(community)
    person, other = make.person(name=GUEST), make.person(name=MET)
    listed = {"listing": "attendees"}
    rsvp = make.rsvp(event, GUEST, person=person, **listed)
    met = make.rsvp(event, MET, person=other, **listed)
    pending = make.rsvp(event, PENDING, status="pending", **listed)
    links = _door_links(make, event)
    bounced = mailed(make, event, f"bounced-{event.slug}", confirmed_at=None)
    arguments = {
        **{"community": community.slug, "slug": event.slug, "rsvp_id": met.id},
        **{"key": rsvp.key, "ticket": rsvp.ticket, "badge": met.badge},
        **{"link_id": links["helper"].id, "person_id": other.id},
        **{"code": "l4785", "act": "remove", "filename": "app.css"},
        **_rows(make, event, rsvp, met),
        **_codes(make, person, rsvp),
        **{"way": "up", "format": "webp", "kind": "xlsx", "name": "0badcafe3"},
        **_of_event(make, event, met),
        **{"block_id": _block(make, person), "report_id": _report(make, event, person, other)},
        "impression_id": _impression(make, event, person),
        "picture_id": (picture := _picture(make, event, person)).id,
        "wall": _round(make, event, rsvp, met),
        "mail_id": fail(make, bounced.name).id,
        "organiser_id": make.row(Organiser, person_id=second.id).id,
    }
    by_endpoint = {
        **{f"guests.{act}": {"rsvp_id": pending.id} for act in ("approve", "decline")},
        **{f"mails.{act}_address": {"rsvp_id": bounced.id} for act in ("ask", "correct")},
        **_secrets_by_endpoint(links["helper"].secret, *_poster_and_finish(make, event)),
        **_of_following(make, community, person),
        **_of_floor(make, event, rsvp),
        **_of_request_mail(make, second),
        **_of_introductions(make, rsvp, met),
        **{f"impressions.picture_file{way}": {"digest": picture.digest} for way in WAYS},
        **_of_reports(make, event, met),
        "communities.logo_file": {"digest": make.logo(community).digest},
        "communities.portrait_file": {"digest": make.portrait(second).digest},
    }
    people = {"attendee": person, "organiser": organiser}
    return Scene(arguments, by_endpoint, people, links)


def _door_links(make: Make, event: Event) -> dict[str, DoorLink]:
    return {
        role: make.door_link(event, role.title(), role=role, **_secrets(role))
        for role in ("helper", "lead", "kiosk")
    }


def _of_event(make: Make, event: Event, met: Any) -> dict[str, Any]:
    return {
        "digest": make.cover(event).digest,
        "entry_id": _change(make, event, met),
        "other_id": make.rsvp(event, "Twice On It", person=None).id,
        "import_id": a_list_handed_in(make, event, b"name\nLia\n").id,
        "sheet_id": _drawn(make, event),
    }


def _poster_and_finish(make: Make, event: Event) -> tuple[str, str]:
    """The secret of the event's poster, and of the page on which a walk-in finishes."""
    walk_in, poster = make.rsvp(event, "Walk In", person=None, source="walk_in"), new_secret()
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.poster_secret, there.admitted = poster, 1
        return poster, finish_address(walk_in.id).rpartition("/")[2]


def _secrets_by_endpoint(link: str, poster: str, finish: str) -> dict[str, dict[str, Any]]:
    return {
        "door.link": {"secret": link},
        "door.open_door": {"secret": link},
        "kiosk.here": {"secret": poster},
        "kiosk.check_in_here": {"secret": poster},
        "rsvp.finish": {"token": finish},
        "rsvp.send_finished": {"token": finish},
    }


def _of_following(make: Make, community: Any, person: Any) -> dict[str, dict[str, Any]]:
    with make.act():
        key = start_following(community, person, at=clock.now()).key
        make_feed(person, at=clock.now())
        make_personal_feed(person, at=clock.now())
        feed, own = feed_of(person), personal_feed_of(person)
        token = sign_values(PURPOSE, [community.id, person.email, "en"])
    return {
        "contacts.feed": {"key": feed.key if feed else None},
        "rsvp.personal_feed": {"key": own.key if own else None},
        "follow.confirm_page": {"token": token},
        "follow.confirm": {"token": token},
        "follow.end_page": {"key": key},
        "follow.end": {"key": key},
    }


def _of_introductions(make: Make, rsvp: Any, met: Any) -> dict[str, dict[str, Any]]:
    """The guest is asked about one, and made another, of which a third is asked too."""
    third = make.rsvp(make.event(), "Third Of Them")
    got = introduced(make, met.person, rsvp, third)
    made = introduced(make, rsvp.person, met, third)
    weeks_ago = clock.now() - timedelta(days=20)
    joined = introduced(make, met.person, rsvp, third, at=weeks_ago, joined_at=weeks_ago)
    pages = ("asked", "mail_page", "switch_mail")
    return {
        **{f"introductions.{page}": {"key": got.sides[0].key} for page in pages},
        "introductions.answer": {"introduction_id": got.id, "answer": "accept"},
        "introductions.answer_by_key": {"key": got.sides[0].key, "answer": "decline"},
        "introductions.block": {"introduction_id": got.id},
        "introductions.withdraw": {"introduction_id": made.id},
        "introductions.say_what_came": {"introduction_id": joined.id},
        "introductions.say_what_came_by_key": {"key": joined.sides[0].key},
        **_of_passing(make, rsvp, met),
    }


def _of_passing(make: Make, rsvp: Any, met: Any) -> dict[str, dict[str, Any]]:
    """The guest passes the other one's contact on, who has agreed; and is asked about their own."""
    passed = passed_on(make, rsvp, met, fields=["email"], accepted_at=clock.now())
    asked = passed_on(make, met, rsvp, fields=["email"])
    with make.act():
        there = {"person_id": met.person_id, "field": "email", "since": clock.now()}
        db.session.add(CardShare(**there))
    keys = ("passing", "agree", "refuse")
    return {
        **{f"introductions.{page}": {"key": asked.key} for page in keys},
        "introductions.end_passing": {"passed_id": passed.id},
        "introductions.handed": {"link": passed.link},
        "introductions.open_handed": {"link": passed.link},
    }


def _of_request_mail(make: Make, organiser: Any) -> dict[str, dict[str, Any]]:
    row = make.row(Organiser, person_id=organiser.id)
    with make.app.app_context():
        token = page_of(row).rpartition("/")[2]
    pages = "guests.request_mail_page", "guests.switch_request_mail"
    return {page: {"token": token} for page in pages}


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


def _rows(make: Make, event: Any, rsvp: Any, met: Any) -> dict[str, Any]:
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


def _block(make: Make, person: Any) -> int:
    """The guest blocked somebody, who isn't here."""
    blocked = make.person(name="Somebody Blocked")
    with make.act():
        row = Block(blocker_id=person.id, blocked_id=blocked.id, name=blocked.name)
        row.since = clock.now()
        db.session.add(row)
        db.session.flush()
        return row.id


def _report(make: Make, event: Event, by: Any, about: Any) -> int:
    """The guest reported the other one."""
    with make.act():
        there = db.session.get_one(Event, event.id)
        said = Said("He followed me home", names_reporter=False)
        row = report(there, said, by=db.session.merge(by), about=about, at=clock.now())
        db.session.flush()
        return row.id


def _impression(make: Make, event: Event, person: Any) -> int:
    """What the guest took with them, of which a recap was published."""
    with make.act():
        said = {"words": "Good bread", "audience": Audience.ATTENDEES}
        row = Impression(event_id=event.id, person_id=person.id, created_at=clock.now(), **said)
        db.session.add(row)
        db.session.flush()
        db.session.add(Recap(event_id=event.id, words="Cosy", published_at=clock.now()))
        db.session.add(Quote(impression_id=row.id, place=1, asked_at=clock.now()))
        return row.id


def _round(make: Make, event: Event, *rsvps: Rsvp) -> str:
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


def _of_floor(make: Make, event: Event, rsvp: Rsvp) -> dict[str, dict[str, Any]]:
    """A question of the guest's, which a host showed; and the secret of the wall."""
    with make.act():
        open_floor(db.session.get_one(Event, event.id), hosts_first=True, at=clock.now())
        asked = Asked("Why rye?", talk_id=None, is_anonymous=True)
        row = ask_question(db.session.get_one(Rsvp, rsvp.id), asked, at=clock.now())
        db.session.flush()
        show_question(row, at=clock.now())
        about = {"question_id": row.id}
    of_guests = (f"{act}{way}" for act in ("vote", "take_back", "withdraw") for way in WAYS)
    acts = *of_guests, "take_back_own", "show", "hide", "answered", "reopen"
    told = (f"conduct.{page}{way}" for page in ("question", "report_question") for way in WAYS)
    wall = {"wall": make.row(Floor, event_id=event.id).wall}
    walls = {f"floor.{page}": wall for page in ("wall", "wall_now")}
    return {**{f"floor.{act}": about for act in acts}, **dict.fromkeys(told, about), **walls}


def _of_reports(make: Make, event: Event, by: Any) -> dict[str, dict[str, Any]]:
    """What another guest took with them, for whoever reports it."""
    said = {"words": "Bad bread", "audience": Audience.ATTENDEES, "created_at": clock.now()}
    row = Impression(event_id=event.id, person_id=by.person_id, **said)
    with make.act():
        db.session.add(row)
    pages = "conduct.impression", "conduct.report_impression"
    ways = (f"{page}{way}" for page in pages for way in WAYS)
    return {way: {"impression_id": row.id} for way in ways}


def _picture(make: Make, event: Event, person: Any) -> EventPicture:
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
        said = {"before": {"name": "Uriol Puig"}, "after": {"name": MET}}
        db.session.add(GuestChange(entry_id=entry.id, rsvp_id=rsvp.id, at=clock.now(), **said))
        return entry.id


def _codes(make: Make, person: Any, rsvp: Any) -> dict[str, Any]:
    with make.act():
        code, token, _ = account.new_code(
            person.email,
            at=clock.now(),
            valid=timedelta(minutes=10),
            person=db.session.merge(person),
            rsvp=db.session.merge(rsvp),
            typed={**Answer(GUEST, person.email).to_keep(), "party": 1, "status": "going"},
        )
        db.session.flush()
        return {"page": code.page, "token": token}
