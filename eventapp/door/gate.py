"""Who stands at the door: a phone that opened a door link, or an organiser."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from eventapp.account import gate as account
from eventapp.communities.queries import is_organiser
from eventapp.core.i18n import gettext
from eventapp.core.links import digest
from eventapp.door import queries
from eventapp.events.queries import event_at
from eventapp.model import Event

PHONE_COOKIE = "door"


class NoDoor(Exception):
    """Nobody who asks stands at this door: the link was withdrawn, or there never was one."""


@dataclass(frozen=True)
class AtDoor:
    """Somebody at a door of an event. `by` is who, as the door log keeps it."""

    event: Event
    door: str
    by: str
    is_lead: bool


def phone_secret() -> str | None:
    return request.cookies.get(account.cookie_name(PHONE_COOKIE))


def at_door(slug: str) -> AtDoor:
    """Whoever asks, at the door of this event. Raises NoDoor, or NotFound without the event."""
    if secret := phone_secret():
        found = queries.pass_of_phone(slug, digest(secret))
        if found:
            event, link_id, door = found
            return AtDoor(event, door, f"link:{link_id}", is_lead=False)
    event, person = event_at(slug), account.person()
    if person and is_organiser(person, event.community_id):
        return AtDoor(event, gettext("Organisers"), f"person:{person.id}", is_lead=True)
    raise NoDoor
