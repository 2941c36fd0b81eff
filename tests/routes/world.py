"""Two evenings side by side, with one of every object that an address can name, and people of
every role: for tests that ask every route.

`build(make)` makes them. A `Scene` is one community with its event; the roles belong to the
first scene, but for those called elsewhere, who belong to the second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from eventapp.account import actions as account
from eventapp.core import clock
from eventapp.core.assets import is_static
from eventapp.core.db import db
from eventapp.core.links import new_secret
from eventapp.door.links import pin_digest
from eventapp.model import (
    CheckIn,
    DoorConflict,
    DoorLink,
    DoorLog,
    DoorPass,
    Encounter,
    Event,
    Organiser,
    Person,
    Session,
)
from eventapp.rsvp.actions import Answer
from eventapp.rsvp.queries import finish_address
from tests.mails.failing import fail, mailed
from tests.make import Make
from tests.routes.admitted import ADMITTED

ROLES = (
    "stranger",
    "attendee",
    "attendee_elsewhere",
    "helper",
    "lead",
    "kiosk",
    "organiser",
    "organiser_elsewhere",
)
PIN = "4711"
GUEST, MET, PENDING = "Nadia Ferrer", "Oriol Puig", "Quim Sala"


@dataclass
class Scene:
    """What addresses name in one community: `{argument: value}`, and by endpoint what differs."""

    arguments: dict[str, Any]
    by_endpoint: dict[str, dict[str, Any]]
    people: dict[str, Person]
    links: dict[str, DoorLink]

    def address(self, app: Flask, rule: Rule) -> str:
        """The address of a route, about this scene's objects."""
        values = {name: self.value(rule, name) for name in rule.arguments}
        missing = [name for name, value in values.items() if value is None]
        assert not missing, f"{rule}: what is {missing}? Add it to the scene."
        with app.test_request_context():
            _, path = rule.build(values) or ("", "")
        return str(path)

    def typed(self) -> dict[str, Any]:
        """What would do something at most routes that take a form."""
        return {
            **{"name": "Somebody Else", "email": "else@example.org", "title": "Taken over"},
            **{"scan_id": str(uuid4()), "code": self.arguments["ticket"], "pin": PIN, "sure": "y"},
            **{"digits": "123456", "capacity": "70", "listing": "everyone", "language": "es"},
            **{"letters": "abc", "role": "helper", "note": "I was here", "over_reason": "because"},
            **{"starts": "2030-05-05T19:00", "ends": "2030-05-05T22:00", "tz": "Europe/Madrid"},
            **{"data_controller": "We", "contact_email": "we@example.org", "keep_months": "3"},
        }

    def value(self, rule: Rule, name: str) -> Any:
        if name == "slug" and re.match(r"/[oc]/<slug>", rule.rule):
            return self.arguments["community"]
        return self.by_endpoint.get(rule.endpoint, {}).get(name, self.arguments.get(name))


@dataclass
class Visitor:
    """A browser with the cookies of a role; each request starts with the same ones."""

    app: Flask
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def keep(self, client: FlaskClient) -> None:
        answer = client.get("/sign-in")
        self.token = re.findall(r'name="csrf_token" value="([^"]+)"', answer.text)[0]
        self.cookies = {cookie.key: cookie.value for cookie in client._cookies.values()}

    def ask(self, method: str, path: str, **more: Any) -> TestResponse:
        """One request. `headers` may be given; the token of the forms is sent along."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "X-CSRFToken": self.token, **more.pop("headers", {})}
        client = self.app.test_client(use_cookies=False)
        return client.open(path, method=method, headers=headers, **more)


@dataclass
class World:
    app: Flask
    here: Scene
    elsewhere: Scene
    visitors: Mapping[str, Visitor]

    def routes(self, method: str | None = None) -> list[Rule]:
        """Every route, but for static files; those that take a method."""
        rules = (rule for rule in self.app.url_map.iter_rules() if not is_static(rule.endpoint))
        wanted = (rule for rule in rules if method in (None, *(rule.methods or ())))
        return sorted(wanted, key=lambda rule: (rule.endpoint, rule.rule))

    def admitted(self, rule: Rule) -> Visitor:
        """Somebody whom a route is for, or nobody's browser where it is for nobody."""
        may = ADMITTED[rule.endpoint]
        role = next((role for role in ("organiser", *ROLES) if role in may), "stranger")
        return self.visitors[role]

    def forms(self) -> list[tuple[Visitor, Tag]]:
        """Each form that posts, of all pages here, once for each route and its fields."""
        found, adapter = {}, self.app.url_map.bind("localhost")
        for rule in self.routes("GET"):
            visitor = self.admitted(rule)
            answer = visitor.ask("GET", self.here.address(self.app, rule))
            page = BeautifulSoup(answer.data if "html" in answer.mimetype else "", "html.parser")
            for form in page.select("form[method=post]"):
                endpoint, _ = adapter.match(str(form["action"]), "POST")
                names = sorted({str(field["name"]) for field in form.select("[name]")})
                found[endpoint, *names] = (visitor, form)
        return list(found.values())


def build(make: Make) -> World:
    here, elsewhere = scene(make), scene(make)
    return World(make.app, here, elsewhere, visitors(make, here, elsewhere))


def scene(make: Make) -> Scene:
    community = make.community()
    starts = clock.now() - timedelta(hours=1)
    event = make.event(community, starts_at=starts, notes_leaving=True)
    organiser, second = make.organiser(community), make.organiser(community)
    person, other = make.person(name=GUEST), make.person(name=MET)
    listed = {"listing": "attendees"}
    rsvp = make.rsvp(event, GUEST, person=person, **listed)
    met = make.rsvp(event, MET, person=other, **listed)
    pending = make.rsvp(event, PENDING, status="pending", **listed)
    links = {
        role: make.door_link(event, role.title(), role=role, **_secrets(role))
        for role in ("helper", "lead", "kiosk")
    }
    rows = _rows(make, event, rsvp, met)
    codes = _codes(make, person, rsvp)
    bounced = mailed(make, event, f"bounced-{event.slug}", confirmed_at=None)
    walk_in = make.rsvp(event, "Walk In", person=None, source="walk_in")
    poster = new_secret()
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.poster_secret, there.admitted = poster, 1
        finish = finish_address(walk_in.id).rpartition("/")[2]
    arguments = {
        **{"community": community.slug, "slug": event.slug, "rsvp_id": met.id},
        **{"key": rsvp.key, "ticket": rsvp.ticket, "badge": met.badge},
        **{"link_id": links["helper"].id, "person_id": other.id},
        **{"code": "l4785", "filename": "app.css", **rows, **codes},
        "mail_id": fail(make, bounced.name).id,
        "organiser_id": make.row(Organiser, person_id=second.id).id,
    }
    by_endpoint: dict[str, dict[str, Any]] = {
        "guests.approve": {"rsvp_id": pending.id},
        "guests.decline": {"rsvp_id": pending.id},
        "mails.ask_address": {"rsvp_id": bounced.id},
        "mails.correct_address": {"rsvp_id": bounced.id},
        "door.link": {"secret": links["helper"].secret},
        "door.open_door": {"secret": links["helper"].secret},
        "kiosk.here": {"secret": poster},
        "kiosk.check_in_here": {"secret": poster},
        "rsvp.finish": {"token": finish},
        "rsvp.send_finished": {"token": finish},
    }
    people = {"attendee": person, "organiser": organiser}
    return Scene(arguments, by_endpoint, people, links)


def _secrets(role: str) -> dict[str, str]:
    secret = new_secret()
    return {
        "secret": secret,
        **({"pin_digest": pin_digest(secret, PIN)} if role == "kiosk" else {}),
    }


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
        db.session.add(CheckIn(event_id=event.id, rsvp_id=met.id, **arrival))
        db.session.add(line)
        db.session.flush()
        conflict = DoorConflict(event_id=event.id, door_log_id=line.id, kind="unknown")
        db.session.add(conflict)
        db.session.flush()
        return {"conflict_id": conflict.id}


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


def visitors(make: Make, here: Scene, elsewhere: Scene) -> dict[str, Visitor]:
    """Somebody of each role, signed in or at their door."""
    people = {
        "attendee": here.people["attendee"],
        "organiser": here.people["organiser"],
        "attendee_elsewhere": elsewhere.people["attendee"],
        "organiser_elsewhere": elsewhere.people["organiser"],
    }
    found = {}
    for role in ROLES:
        client = make.app.test_client()
        if role in people:
            post_after_get(client, make.sign_in_link(people[role]))
        elif role in here.links:
            post_after_get(client, f"/door/{here.links[role].secret}")
        found[role] = Visitor(make.app)
        found[role].keep(client)
    post_after_get(make.app.test_client(), f"/door/{elsewhere.links['helper'].secret}")
    for scene in (here, elsewhere):
        link, guest = scene.links["helper"], scene.people["attendee"]
        scene.arguments["pass_id"] = make.row(DoorPass, door_link_id=link.id).id
        scene.arguments["session_id"] = make.row(Session, person_id=guest.id).id
    return found


def post_after_get(client: FlaskClient, address: str) -> None:
    """Open a page that has one button, and press it."""
    path = re.sub(r"^https?://[^/]+", "", address)
    page = client.get(path)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]
    answer = client.post(path, data={"csrf_token": token})
    assert answer.status_code == 303, (path, answer.status_code)
