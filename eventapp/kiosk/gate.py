"""Who asks to be checked in: a tablet that opened a kiosk's link, or a guest's own phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, current_app

from eventapp.account.gate import browser, cookie_name
from eventapp.core.links import digest, keyed_digest
from eventapp.core.security import visitor
from eventapp.door.access import PHONE_COOKIE, NoDoor, pass_here, phone_secret, require_open
from eventapp.door.event import EventAtDoor, event_at_door
from eventapp.door.log import DoorAction
from eventapp.door.passes import Pass
from eventapp.kiosk.actions import Source
from eventapp.model import DoorRole

# Wrong names and letters that are no harm. All guests of a venue share one network; a phone that
# forgets its cookie is another phone, and still in that network.
WRONG_PER_TABLET, WRONG_PER_PHONE, WRONG_PER_NETWORK = 30, 10, 60

# Wrong PINs. The shortest has 4 digits: 10,000 to try. In an evening of 6 hours, whoever tries all
# the time has 360 tries at one tablet, and finds it with 4 in 100. All tablets of a link together,
# as who opened it on many has them, have 720: 7 in 100. One tablet alone, which has 15 tries in 10
# minutes at the very most, never uses up those of the others.
WRONG_PINS_PER_TABLET, TABLET_WAITS = 5, timedelta(minutes=5)
WRONG_PINS_PER_LINK, LINK_WAITS = 20, timedelta(minutes=10)


@dataclass(frozen=True)
class AtKiosk:
    """A tablet that stands before the guests of an event."""

    phone: Pass
    phone_secret: str

    @property
    def event(self) -> EventAtDoor:
        return self.phone.event

    def act(self, scan_id: str, at: datetime) -> DoorAction:
        by = f"link:{self.phone.link_id}"
        return DoorAction(scan_id, self.phone.door, by, happened_at=at, heard_at=at)


def at_kiosk(slug: str) -> AtKiosk:
    """The kiosk that asks, of this event. Raises NoDoor, LinkShut, or NotFound without the
    event.
    """
    found, secret = pass_here(slug), phone_secret()
    if secret and found and found.role == DoorRole.KIOSK:
        require_open(found.door, found.hours, found.event)
        return AtKiosk(found, secret)
    event_at_door(slug)
    raise NoDoor


def tablet() -> str:
    """Who floods: each tablet for itself, since all of a venue share an address."""
    secret = phone_secret()
    return digest(secret) if secret else visitor()  # the limiter's storage keeps no secret


def sources_of_tablet(at: AtKiosk) -> list[Source]:
    return [Source(keyed_digest("tablet", at.phone_secret), WRONG_PER_TABLET)]


def sources_of_pin(at: AtKiosk) -> list[Source]:
    link = str(at.phone.link_id)
    tablet_digest = keyed_digest("PIN at a tablet", f"{link}:{at.phone_secret}")
    return [
        Source(tablet_digest, WRONG_PINS_PER_TABLET, TABLET_WAITS),
        Source(keyed_digest("PIN of a link", link), WRONG_PINS_PER_LINK, LINK_WAITS),
    ]


def sources_of_phone() -> list[Source]:
    """The phone itself, known by its cookie, and the network it is in."""
    return [
        Source(keyed_digest("phone", browser()), WRONG_PER_PHONE),
        Source(keyed_digest("network", visitor()), WRONG_PER_NETWORK),
    ]


def forget_tablet(response: Response) -> Response:
    """Have the browser forget that it was one."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.delete_cookie(cookie_name(PHONE_COOKIE), secure=secure, httponly=True)
    return response
