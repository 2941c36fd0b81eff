"""A row of every kind that an address names, and somebody who may post to each of them: for tests
that go through all routes, and so through those that are added later.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import wtforms
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from wtforms.fields.core import UnboundField

from eventapp.account import actions as account
from eventapp.badges.formats import FORMATS
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.forms import Form
from eventapp.core.links import new_secret
from eventapp.door import actions as door
from eventapp.kiosk import actions as kiosk
from eventapp.model import (
    DoorConflict,
    DoorLink,
    DoorLog,
    DoorPass,
    Event,
    Organiser,
    OutboxMail,
    Person,
    Rsvp,
)
from eventapp.rsvp.actions import notify
from eventapp.rsvp.queries import finish_address
from tests.contacts.evening import met
from tests.make import Make

# What the page says after an answer.
SHOWN = {"name": "Ana Ruiz", "party": 1, "status": "going", "place": None, "seats_left": None}


def routes(app: Flask, method: str) -> list[Rule]:
    rules = (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))
    return sorted((rule for rule in rules if rule.endpoint != "static"), key=str)


class Everything:
    """Ana organises the event, comes to it and stands at its door. Bea is a guest whom she met,
    Zoe a walk-in who left a name alone. A tablet is the event's kiosk.
    """

    def __init__(self, make: Make) -> None:
        self.make, self.community = make, make.community()
        self.event = make.event(
            self.community, starts_at=clock.now() - timedelta(hours=1), description="*Beers*"
        )
        ana, guest = make.person(name="Ana Ruiz"), {"listing": "attendees"}
        self.own = make.rsvp(self.event, "Ana Ruiz", person=ana, **guest)
        self.bea = make.rsvp(self.event, "Bea Gil", answers={"Diet": "none"}, **guest)
        self.zoe = make.rsvp(self.event, "Zoe", person=None, source="walk_in")
        met(make, self.own, self.bea)
        self.values: dict[str, Any] = {}
        phone, tablet = new_secret(), new_secret()
        with make.act():
            session = self._fill(db.session.get_one(Person, ana.id), phone, tablet)
        self.client = self._client(sid=session, door=phone)
        self.tablet = self._client(door=tablet)

    def _fill(self, ana: Person, phone: str, tablet: str) -> str:
        """Adds what the addresses name. Returns the secret of Ana's session."""
        at, event = clock.now(), db.session.get_one(Event, self.event.id)
        own = db.session.get_one(Rsvp, self.own.id)
        links = [
            DoorLink(event_id=event.id, name=role, role=role, created_at=at)
            for role in ("helper", "kiosk")
        ]
        organiser = Organiser(community_id=self.community.id, person_id=ana.id, since=at)
        log = DoorLog(
            event_id=event.id, rsvp_id=self.bea.id, scan_id=str(uuid4()), verb="admit",
            outcome="admitted", door="d", by="b", happened_at=at, heard_at=at,
        )  # fmt: skip
        code, token, _ = account.new_code(
            ana.email, at=at, valid=timedelta(hours=1), person=ana, rsvp=own, typed=SHOWN
        )
        db.session.add_all([*links, organiser, log])
        db.session.flush()
        conflict = DoorConflict(event_id=event.id, door_log_id=log.id, kind="twice")
        db.session.add(conflict)
        for link, secret in zip(links, (phone, tablet), strict=True):
            door.open_door(link, phone_secret=secret, at=at)
        kiosk.put_up_poster(event)
        notify.promoted(db.session.get_one(Rsvp, self.bea.id), at=at)
        db.session.flush()
        a_pass = db.session.query(DoorPass).filter_by(door_link_id=links[0].id).one()
        self.values |= {
            "rsvp_id": self.bea.id,
            "person_id": self.bea.person_id,
            "organiser_id": organiser.id,
            "conflict_id": conflict.id,
            "link_id": links[0].id,
            "pass_id": a_pass.id,
            "mail_id": db.session.query(OutboxMail).filter_by(about_id=self.bea.id).one().id,
            "secret": links[0].secret,
            "key": self.own.key,
            "ticket": self.bea.ticket,
            "badge": self.bea.badge,
            "page": code.page,
            "token": token,
            "code": FORMATS[0].code,
        }
        self.poster = event.poster_secret
        return account.start_session(ana, user_agent="", at=at)

    def _client(self, **cookies: str) -> FlaskClient:
        client = self.make.app.test_client()
        for name, value in cookies.items():
            client.set_cookie(name, value)
        return client

    def address(self, rule: Rule) -> str:
        values = {name: self.values.get(name) for name in rule.arguments}
        if "slug" in values:
            of_event = rule.rule.startswith(("/e/", "/o/e/"))
            values["slug"] = self.event.slug if of_event else self.community.slug
        if rule.endpoint.startswith("kiosk.") and "secret" in values:
            values["secret"] = self.poster
        if rule.rule.startswith("/finish/"):
            with self.make.app.app_context():
                return finish_address(self.zoe.id).removeprefix("http://localhost")
        missing = [name for name, value in values.items() if value is None]
        assert not missing, f"{rule}: what is {missing}? Add it to Everything."
        return str(self.make.app.url_map.bind("localhost").build(rule.endpoint, values))

    def client_for(self, rule: Rule) -> FlaskClient:
        return self.tablet if "/kiosk" in rule.rule else self.client

    def token(self, client: FlaskClient) -> str:
        """What lets in whatever this browser sends."""
        page = BeautifulSoup(client.get("/sign-in").text, "html.parser")
        return str(page.find(attrs={"name": "csrf_token"})["value"])

    def forms(self) -> list[tuple[FlaskClient, Tag]]:
        """Each form that posts, of all pages, once for each route and its fields."""
        found, adapter = {}, self.make.app.url_map.bind("localhost")
        for rule in routes(self.make.app, "GET"):
            client = self.client_for(rule)
            answer = client.get(self.address(rule))
            page = BeautifulSoup(answer.data if "html" in answer.mimetype else "", "html.parser")
            for form in page.select("form[method=post]"):
                endpoint, _ = adapter.match(str(form["action"]), "POST")
                names = sorted({str(field["name"]) for field in form.select("[name]")})
                found[endpoint, *names] = (client, form)
        return list(found.values())


def form_classes(of: type[Form] = Form) -> list[type[Form]]:
    """The application's forms, each once."""
    found = [each for form in of.__subclasses__() for each in (form, *form_classes(form))]
    return list(dict.fromkeys(found))


def field_names(form: type[wtforms.Form]) -> list[str]:
    return [name for name in dir(form) if isinstance(getattr(form, name), UnboundField)]
