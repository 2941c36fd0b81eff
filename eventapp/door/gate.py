"""Who stands at the door: a phone that opened a door link, or an organiser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request

from eventapp.account import gate as account
from eventapp.communities.queries import is_organiser
from eventapp.core.i18n import gettext
from eventapp.core.links import digest
from eventapp.door import queries
from eventapp.door.queries import EventAtDoor

PHONE_COOKIE = "door"
LIST_STAYS_OPEN = timedelta(days=2)  # after the door has closed


class NoDoor(Exception):
    """Nobody who asks stands at this door: the link was withdrawn, or there never was one."""


@dataclass(frozen=True)
class AtDoor:
    """Somebody at a door of an event. `by` is who, as the door log keeps it."""

    event: EventAtDoor
    door: str
    by: str
    is_lead: bool

    def may_search(self, at: datetime) -> bool:
        """Organisers see who is on the list always, helpers while there is something to put
        right: a link on paper is not a guest list for ever.
        """
        return self.is_lead or at < self.event.door_closes_at + LIST_STAYS_OPEN


def phone_secret() -> str | None:
    return request.cookies.get(account.cookie_name(PHONE_COOKIE))


def at_door(slug: str) -> AtDoor:
    """Whoever asks, at the door of this event. Raises NoDoor, or NotFound without the event.

    An organiser leads at whichever door they opened. A kiosk is no door: whoever stands
    before it is a guest.
    """
    secret, person = phone_secret(), account.person()
    found = queries.pass_of_phone(slug, digest(secret)) if secret else None
    event = found.event if found else queries.event_at_door(slug)
    if person and is_organiser(person, event.community_id):
        door = found.door if found else gettext("Organisers")
        return AtDoor(event, door, f"person:{person.id}", is_lead=True)
    if found and found.role != "kiosk":
        by, is_lead = f"link:{found.link_id}", found.role == "lead"
        return AtDoor(event, found.door, by, is_lead=is_lead)
    raise NoDoor
