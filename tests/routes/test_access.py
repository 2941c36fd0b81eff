"""Who may ask what: every route, by everybody, about their own evening and somebody else's.

`ADMITTED` names for each route the people it is for. Everybody else is refused, whether they ask
as a browser does, as HTMX or as a program, and their asking changes nothing. A GET changes nothing
whoever asks. A route without a row fails. What only who is going is told of an event is said on
their own pages, and on no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, product
from typing import Any

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.routes.admitted import ADMITTED
from tests.routes.conftest import Snapshot
from tests.routes.scenes import GUEST, MET, PENDING, SECRETS_OF_EVENT, Scene
from tests.routes.world import ROLES, World

ENVELOPES: dict[str, dict[str, str]] = {
    "plain": {},
    "htmx": {"HX-Request": "true", "HX-Request-Type": "partial"},
    "json": {"Accept": "application/json"},
}

TELL_GUESTS = {"rsvp.own", "rsvp.kept", "rsvp.calendar", "rsvp.personal_feed", "rsvp.wallet"}
TELL_ORGANISERS = {
    "events.edit",
    "guests.confirm_stop_asking",  # these show the mail that is going to be sent
    "mails.confirm_all_again",
}


def relation(role: str, scene: Scene, world: World) -> str:
    """What somebody of a role is to a scene."""
    if scene is world.here:
        return role
    at_door = role in ("helper", "lead", "kiosk")
    swapped = {
        "attendee": "attendee_elsewhere",
        "attendee_elsewhere": "attendee",
        "organiser": "organiser_elsewhere",
        "organiser_elsewhere": "organiser",
    }
    return "at_door_elsewhere" if at_door else swapped.get(role, role)


def body_of(rule: Rule, scene: Scene) -> dict[str, Any]:
    if rule.endpoint == "door.batch":
        return {"json": {"entries": []}}
    return {"data": scene.typed()}


# They answer alike whether there is such a row, which nobody may know.
ALIKE = ("floor.vote", "floor.take_back", "floor.withdraw", "impressions.withdraw")


def is_refused(answer: TestResponse) -> bool:
    leads_to = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""
    return answer.status_code in (401, 403, 404) or leads_to.partition("?")[0] == "/sign-in"


def test_each_route_says_whom_it_is_for(world: World) -> None:
    assert {rule.endpoint for rule in world.routes()} == set(ADMITTED)


@pytest.mark.parametrize("endpoint", sorted(ADMITTED))
def test_a_route_is_for_whom_it_says(endpoint: str, world: World, snapshot: Snapshot) -> None:
    rule = next(rule for rule in world.routes() if rule.endpoint == endpoint)
    for scene, role, envelope in ways_to_ask(world):
        ask_and_look(world, rule, scene, role, envelope, snapshot)


def ways_to_ask(world: World) -> Iterator[tuple[Scene, str, str]]:
    """Here, each role in each envelope. Elsewhere, where most are to the scene what somebody else
    is here, each role in one of them.
    """
    for role, envelope in product(ROLES, ENVELOPES):
        yield world.here, role, envelope
    for role, envelope in zip(ROLES, cycle(ENVELOPES), strict=False):
        yield world.elsewhere, role, envelope


def test_elsewhere_the_door_asks_in_each_envelope(world: World) -> None:
    """No role is to the first scene what those at its door are to the other."""
    asked = {
        envelope
        for scene, role, envelope in ways_to_ask(world)
        if relation(role, scene, world) == "at_door_elsewhere"
    }
    assert asked == set(ENVELOPES)


def ask_and_look(
    world: World, rule: Rule, scene: Scene, role: str, envelope: str, snapshot: Snapshot
) -> None:
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    data = body_of(rule, scene) if method == "POST" else {}
    answer = world.visitors[role].ask(
        method, scene.address(rule), headers=ENVELOPES[envelope], **data
    )
    who = f"{relation(role, scene, world)}, {envelope}: {answer.status_code}"
    may = relation(role, scene, world) in ADMITTED[rule.endpoint]
    assert answer.status_code < 500, who
    assert may != is_refused(answer), who
    if method == "GET" or not may:
        assert not (changed := snapshot.changed()), f"{who} changed {changed}"
    if not may:
        assert not any(name in answer.text for name in (GUEST, MET, PENDING)), who
    if says_secrets(answer) and not (method == "POST" and may):
        assert rule.endpoint in TELL_GUESTS or (rule.endpoint in TELL_ORGANISERS and may), who
    if snapshot.is_written():
        snapshot.restore()


def says_secrets(answer: TestResponse) -> bool:
    return any(secret.encode() in answer.data for secret in SECRETS_OF_EVENT.values())


@pytest.mark.parametrize("endpoint", ["rsvp.own", "rsvp.calendar"])
def test_guests_are_told_what_others_are_not(endpoint: str, world: World) -> None:
    rule = next(rule for rule in world.routes() if rule.endpoint == endpoint)
    assert says_secrets(world.visitors["attendee"].ask("GET", world.here.address(rule)))


@pytest.mark.parametrize("role", ROLES)
def test_a_row_of_one_event_is_not_found_under_another(
    role: str, world: World, snapshot: Snapshot
) -> None:
    for rule in world.routes():
        rows = [name for name in rule.arguments if name.endswith("_id")]
        if "slug" not in rule.arguments or not rows:
            continue
        mixed = Scene(
            {**world.elsewhere.arguments, "slug": world.here.arguments["slug"]},
            world.elsewhere.by_endpoint,
            *({}, {}),
        )
        mixed.arguments["community"] = world.here.arguments["community"]
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        data = body_of(rule, world.elsewhere) if method == "POST" else {}
        answer = world.visitors[role].ask(method, mixed.address(rule), **data)
        if rule.endpoint not in ALIKE:
            assert is_refused(answer), f"{rule.endpoint}: {answer.status_code}"
        assert not snapshot.changed(), rule.endpoint
