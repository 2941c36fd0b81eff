"""Two evenings side by side, with one of every object that an address can name, and people of
every role: for tests that ask every route.

`build(make)` makes them. A `Scene` is one community with its event; the roles belong to the
first scene, but for those called elsewhere, who belong to the second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from eventapp.core.assets import is_static
from eventapp.model import (
    DoorPass,
    Session,
)
from tests.html import parse
from tests.make import Make
from tests.routes.admitted import ADMITTED
from tests.routes.scenes import Scene, scene

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
            answer = visitor.ask("GET", self.here.address(rule))
            page = parse(answer.text if "html" in answer.mimetype else "")
            for form in page.select("form[method=post]"):
                path = str(form["action"]).partition("?")[0]
                if not path:  # the service worker answers it: see met/static/sw.js
                    continue
                endpoint, _ = adapter.match(path, "POST")
                names = sorted({str(field["name"]) for field in form.select("[name]")})
                found[endpoint, *names] = (visitor, form)
        return list(found.values())


def build(make: Make) -> World:
    here, elsewhere = scene(make), scene(make)
    return World(make.app, here, elsewhere, visitors(make, here, elsewhere))


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
    for one in (here, elsewhere):
        link, guest = one.links["helper"], one.people["attendee"]
        one.arguments["pass_id"] = make.row(DoorPass, door_link_id=link.id).id
        one.arguments["session_id"] = make.row(Session, person_id=guest.id).id
    return found


def post_after_get(client: FlaskClient, address: str) -> None:
    """Open a page that has one button, and press it."""
    path = re.sub(r"^https?://[^/]+", "", address)
    page = client.get(path)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]
    answer = client.post(path, data={"csrf_token": token})
    assert answer.status_code == 303, (path, answer.status_code)
