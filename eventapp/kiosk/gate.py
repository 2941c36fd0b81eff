"""Which tablet is asking: one that opened a kiosk's link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app, request

from eventapp.account.gate import cookie_name
from eventapp.core.links import digest
from eventapp.core.security import visitor
from eventapp.door.actions import Act
from eventapp.door.gate import PHONE_COOKIE, NoDoor, pass_here, phone_secret, require_open
from eventapp.door.queries import EventAtDoor, event_at_door


@dataclass(frozen=True)
class AtKiosk:
    """A tablet that stands before the guests of an event."""

    event: EventAtDoor
    link_id: int
    door: str
    phone_secret: str

    def act(self, scan_id: str, at: datetime) -> Act:
        return Act(scan_id, self.door, f"link:{self.link_id}", happened_at=at, heard_at=at)


def at_kiosk(slug: str) -> AtKiosk:
    """The kiosk that asks, of this event. Raises NoDoor, LinkShut, or NotFound without the
    event.
    """
    found, secret = pass_here(slug), phone_secret()
    if secret and found and found.role == "kiosk":
        require_open(found.door, found.hours, found.event)
        return AtKiosk(found.event, found.link_id, found.door, secret)
    event_at_door(slug)
    raise NoDoor


def tablet() -> str:
    """Who floods: each tablet for itself, since all of a venue share an address."""
    secret = request.cookies.get(cookie_name(PHONE_COOKIE))
    return digest(secret) if secret else visitor()  # the limiter's storage keeps no secret


def forget_tablet(response: Response) -> Response:
    """Have the browser forget that it was one."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.delete_cookie(cookie_name(PHONE_COOKIE), secure=secure, httponly=True)
    return response
