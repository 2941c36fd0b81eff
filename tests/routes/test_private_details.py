"""What only who is going is told of an event is on their own pages, and on no other."""

from __future__ import annotations

from tests.routes.scenes import SECRETS_OF_EVENT
from tests.routes.world import ROLES, World

OWN = {"rsvp.own", "rsvp.kept", "rsvp.calendar", "rsvp.personal_feed", "rsvp.wallet"}
ORGANISERS = {
    "events.edit",
    "guests.confirm_stop_asking",  # these show the mail that is going to be sent
    "mails.confirm_all_again",
}
ASKED_FOR: tuple[dict[str, str], ...] = ({}, {"Accept": "application/json"}, {"HX-Request": "true"})


def test_no_page_but_their_own_says_it(world: World) -> None:
    found = set()
    for rule in world.routes("GET"):
        address = world.here.address(rule)
        for role in ROLES:
            for headers in ASKED_FOR:
                said = world.visitors[role].ask("GET", address, headers=headers).data
                if any(secret.encode() in said for secret in SECRETS_OF_EVENT.values()):
                    found.add((rule.endpoint, role))
    assert {endpoint for endpoint, _ in found} <= OWN | ORGANISERS
    assert {role for endpoint, role in found if endpoint in ORGANISERS} == {"organiser"}
    assert {("rsvp.own", "attendee"), ("rsvp.calendar", "attendee")} <= found
