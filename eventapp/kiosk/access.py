"""Which tablet or phone asks to check a guest in, and how often it may be wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, current_app

from eventapp.account.gate import browser, cookie_name
from eventapp.core.links import digest, keyed_digest
from eventapp.core.security import visitor_network
from eventapp.door.access import PHONE_COOKIE, NoDoor, pass_here, phone_secret, require_open
from eventapp.door.event import EventAtDoor, event_at_door
from eventapp.door.log import DoorAction
from eventapp.door.passes import Pass
from eventapp.kiosk.wrong_tries import TryLimit
from eventapp.model import DoorRole

# Wrong names and letters. All guests of a venue share one network. A phone that drops its cookie
# counts as a new phone, but in the same network.
WRONG_PER_TABLET, WRONG_PER_PHONE, WRONG_PER_NETWORK = 30, 10, 60

# Wrong PINs. The shortest PIN has 4 digits: 10,000 possibilities. In an evening of 6 hours,
# somebody who guesses all the time has 360 tries at one tablet, and succeeds with 4 in 100. All
# tablets of a link together, as opened by somebody on many devices, have 720 tries: 7 in 100. One
# tablet, with 15 tries in 10 minutes at most, never uses up those of the others.
WRONG_PINS_PER_TABLET, TABLET_WAITS = 5, timedelta(minutes=5)
WRONG_PINS_PER_LINK, LINK_WAITS = 20, timedelta(minutes=10)


@dataclass(frozen=True)
class Tablet:
    """A tablet that opened a kiosk's door link."""

    opened_by: Pass
    secret: str  # of its cookie

    @property
    def event(self) -> EventAtDoor:
        return self.opened_by.event

    def action(self, scan_id: str, at: datetime) -> DoorAction:
        by = f"link:{self.opened_by.link_id}"
        return DoorAction(scan_id, self.opened_by.door, by, happened_at=at, heard_at=at)


def at_kiosk(slug: str) -> Tablet:
    """The tablet that sent the request, if it is a kiosk of this event. Raises NoDoor, LinkShut, or
    NotFound if there is no such event.
    """
    found, secret = pass_here(slug), phone_secret()
    if secret and found and found.role == DoorRole.KIOSK:
        require_open(found.door, found.hours, found.event)
        return Tablet(found, secret)
    event_at_door(slug)
    raise NoDoor


def tablet_key() -> str:
    """Count requests by tablet, since all tablets of a venue share an address."""
    secret = phone_secret()
    return digest(secret) if secret else visitor_network()  # the limiter's storage keeps no secret


def limits_of_tablet(tablet: Tablet) -> list[TryLimit]:
    return [TryLimit(keyed_digest("tablet", tablet.secret), WRONG_PER_TABLET)]


def limits_of_pin(tablet: Tablet) -> list[TryLimit]:
    link = str(tablet.opened_by.link_id)
    tablet_digest = keyed_digest("PIN at a tablet", f"{link}:{tablet.secret}")
    return [
        TryLimit(tablet_digest, WRONG_PINS_PER_TABLET, TABLET_WAITS),
        TryLimit(keyed_digest("PIN of a link", link), WRONG_PINS_PER_LINK, LINK_WAITS),
    ]


def limits_of_phone() -> list[TryLimit]:
    """Those of the phone itself, known by its cookie, and of its network."""
    return [
        TryLimit(keyed_digest("phone", browser()), WRONG_PER_PHONE),
        TryLimit(keyed_digest("network", visitor_network()), WRONG_PER_NETWORK),
    ]


def forget_tablet(response: Response) -> Response:
    """Delete the cookie that makes the browser a kiosk."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.delete_cookie(cookie_name(PHONE_COOKIE), secure=secure, httponly=True)
    return response
