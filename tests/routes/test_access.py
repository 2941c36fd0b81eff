"""Who may ask what: every route, by everybody, about their own evening and somebody else's.

`ADMITTED` names for each route the people it is for. Everybody else is refused, whether they ask
as a browser does, as HTMX or as a program, and their asking changes nothing. A GET changes nothing
whoever asks. A route without a row fails.
"""

from __future__ import annotations

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.routes.conftest import Snapshot
from tests.routes.world import GUEST, MET, PENDING, ROLES, Scene, World

# What somebody is to the scene that they ask about.
SIGNED_IN = {"attendee", "attendee_elsewhere", "organiser", "organiser_elsewhere"}
EVERYBODY = {"stranger", "helper", "lead", "kiosk", "at_door_elsewhere", *SIGNED_IN}
GUESTS = {"attendee"}
DOOR = {"helper", "lead", "organiser"}
LEADS = {"lead", "organiser"}
KIOSKS = {"kiosk"}
ORGANISERS = {"organiser"}
NOBODY: set[str] = set()

# A secret in the address is what lets in, whoever brings it.
WITH_SECRET = EVERYBODY

ADMITTED: dict[str, set[str]] = {
    "account.mail_link": EVERYBODY,
    "account.mailed": WITH_SECRET,
    "account.sign_in": EVERYBODY,
    "account.sign_in_link": WITH_SECRET,
    "account.sign_out": EVERYBODY,
    "account.sign_out_everywhere": SIGNED_IN,
    "account.type_digits": WITH_SECRET,
    "account.use_link": WITH_SECRET,
    "attendees.people": EVERYBODY,
    "badges.choose": ORGANISERS,
    "badges.paper": EVERYBODY,
    "badges.pdf": ORGANISERS,
    "badges.sheets": ORGANISERS,
    "communities.add_organiser": ORGANISERS,
    "communities.change_settings": ORGANISERS,
    "communities.organised": {"organiser", "organiser_elsewhere"},
    "communities.organisers": ORGANISERS,
    "communities.privacy": EVERYBODY,
    "communities.remove_organiser": ORGANISERS,
    "communities.settings": ORGANISERS,
    "contacts.card": SIGNED_IN,
    "contacts.contacts": SIGNED_IN,
    "contacts.csv": SIGNED_IN,
    "contacts.keep_card": SIGNED_IN,
    "contacts.one_vcf": GUESTS,
    "contacts.share_again": GUESTS,
    "contacts.vcf": SIGNED_IN,
    "contacts.withdraw": GUESTS,
    "door.add_link": ORGANISERS,
    "door.batch": DOOR,
    "door.change_settings": ORGANISERS,
    "door.check_in": DOOR,
    "door.choose_mode": DOOR,
    "door.conflicts": LEADS,
    "door.door": DOOR,
    "door.headcount": DOOR,
    "door.history": DOOR,
    "door.leave": DOOR,
    "door.link": WITH_SECRET,
    "door.links": ORGANISERS,
    "door.open_door": WITH_SECRET,
    "door.print_link": ORGANISERS,
    "door.rehearse": ORGANISERS,
    "door.roster": DOOR,
    "door.scan": DOOR,
    "door.service_worker": EVERYBODY,
    "door.settings": ORGANISERS,
    "door.settle": LEADS,
    "door.start_over": ORGANISERS,
    "door.ticket": WITH_SECRET,
    "door.undo": DOOR,
    "door.walk_in": DOOR,
    "door.wipe": ORGANISERS,
    "door.withdraw_link": ORGANISERS,
    "door.withdraw_phone": ORGANISERS,
    "events.agenda": ORGANISERS,
    "events.calendar": EVERYBODY,
    "events.call_off": ORGANISERS,
    "events.change": ORGANISERS,
    "events.community": EVERYBODY,
    "events.confirm_call_off": ORGANISERS,
    "events.confirm_discard": ORGANISERS,
    "events.copy": ORGANISERS,
    "events.discard": ORGANISERS,
    "events.home": EVERYBODY,
    "events.manage": ORGANISERS,
    "events.new": ORGANISERS,
    "events.publish": ORGANISERS,
    "events.robots": EVERYBODY,
    "events.schedule": ORGANISERS,
    "events.sitemap": EVERYBODY,
    "events.unpublish": ORGANISERS,
    "guests.approve": ORGANISERS,
    "guests.choose_list": ORGANISERS,
    "guests.confirm_tickets": ORGANISERS,
    "guests.decline": ORGANISERS,
    "guests.export": ORGANISERS,
    "guests.guest_list": ORGANISERS,
    "guests.import_list": ORGANISERS,
    "guests.send_tickets": ORGANISERS,
    "healthz": EVERYBODY,
    "kiosk.check_in": KIOSKS,
    "kiosk.check_in_here": WITH_SECRET,
    "kiosk.here": WITH_SECRET,
    "kiosk.kiosk": KIOSKS,
    "kiosk.leave": KIOSKS,
    "kiosk.poster": ORGANISERS,
    "kiosk.put_up_poster": ORGANISERS,
    "kiosk.take_down_poster": ORGANISERS,
    "mails.ask_address": ORGANISERS,
    "mails.confirm_all_again": ORGANISERS,
    "mails.correct_address": ORGANISERS,
    "mails.mails": ORGANISERS,
    "mails.send_again": ORGANISERS,
    "mails.send_all_again": ORGANISERS,
    "me.ask_to_delete": SIGNED_IN,
    "me.change": SIGNED_IN,
    "me.delete": SIGNED_IN,
    "me.export": SIGNED_IN,
    "me.goodbye": EVERYBODY,
    "me.me": SIGNED_IN,
    "metrics": NOBODY,  # but for whoever has its token
    "met.badge": WITH_SECRET,
    "met.decline": GUESTS,
    "met.forget": GUESTS,
    "met.met": GUESTS,
    "met.say": GUESTS,
    "readyz": EVERYBODY,
    "rsvp.answer": EVERYBODY,
    "rsvp.cancel": WITH_SECRET,
    "rsvp.change": WITH_SECRET,
    "rsvp.confirm": WITH_SECRET,
    "rsvp.correct_address": WITH_SECRET,
    "rsvp.event": EVERYBODY,
    "rsvp.finish": WITH_SECRET,
    "rsvp.mail_again": WITH_SECRET,
    "rsvp.mailed": WITH_SECRET,
    "rsvp.own": WITH_SECRET,
    "rsvp.places": ORGANISERS,
    "rsvp.send_finished": WITH_SECRET,
    "rsvp.type_digits": WITH_SECRET,
    "security_txt": NOBODY,  # until SECURITY_CONTACT names somebody
    "ui.choose_language": EVERYBODY,
    "ui.dev_mail": EVERYBODY,
}

ENVELOPES: dict[str, dict[str, str]] = {
    "plain": {},
    "htmx": {"HX-Request": "true", "HX-Request-Type": "partial"},
    "json": {"Accept": "application/json"},
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


def is_refused(answer: TestResponse) -> bool:
    leads_to = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""
    return answer.status_code in (401, 403, 404) or leads_to.partition("?")[0] == "/sign-in"


def test_each_route_says_whom_it_is_for(world: World) -> None:
    assert {rule.endpoint for rule in world.routes()} == set(ADMITTED)


@pytest.mark.parametrize("endpoint", sorted(ADMITTED))
def test_a_route_is_for_whom_it_says(endpoint: str, world: World, snapshot: Snapshot) -> None:
    rule = next(rule for rule in world.routes() if rule.endpoint == endpoint)
    for scene in (world.here, world.elsewhere):
        for role in ROLES:
            for envelope in ENVELOPES:
                ask_and_look(world, rule, scene, role, envelope, snapshot)


def ask_and_look(
    world: World, rule: Rule, scene: Scene, role: str, envelope: str, snapshot: Snapshot
) -> None:
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    data = {"data": scene.typed()} if method == "POST" else {}
    answer = world.visitors[role].ask(
        method, scene.address(world.app, rule), headers=ENVELOPES[envelope], **data
    )
    who = f"{relation(role, scene, world)}, {envelope}: {answer.status_code}"
    may = relation(role, scene, world) in ADMITTED[rule.endpoint]
    assert answer.status_code < 500, who
    assert may != is_refused(answer), who
    changed = snapshot.changed()
    if method == "GET" or not may:
        assert not changed, f"{who} changed {changed}"
    if not may:
        assert not any(name in answer.text for name in (GUEST, MET, PENDING)), who
    if changed:
        snapshot.restore()


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
        data = {"data": world.elsewhere.typed()} if method == "POST" else {}
        answer = world.visitors[role].ask(method, mixed.address(world.app, rule), **data)
        assert is_refused(answer), f"{rule.endpoint}: {answer.status_code}"
        assert not snapshot.changed(), rule.endpoint
