"""Who is asking at a door: a phone that opened a door link, or an organiser."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request

from eventapp.account import gate as account
from eventapp.communities.queries import is_organiser
from eventapp.core import clock
from eventapp.core.links import digest
from eventapp.door.door_name import organisers_door
from eventapp.door.event import EventAtDoor, event_at_door
from eventapp.door.guests import Guest, Wanted
from eventapp.door.passes import LinkHours, Pass, pass_of_phone, see_phone
from eventapp.door.rehearsal import rehearsal_of
from eventapp.door.undo import UNDO_FOR
from eventapp.model import DoorRole, Event

PHONE_COOKIE = "door"
_PERSON = "person:"  # prefix of an organiser in the door log; a phone has "link:"
LIST_STAYS_OPEN = timedelta(days=2)  # for helpers, after the door has closed


class NoDoor(Exception):
    """Whoever asks has no access to this door: their link was withdrawn, or they never had one."""


class LinkShut(Exception):
    """A door link is used outside its hours: before they begin, or after they ended."""

    def __init__(self, door: str, hours: LinkHours, event: Event | EventAtDoor) -> None:
        super().__init__(door)
        self.door, self.hours, self.event = door, hours, event
        self.is_early = hours.is_early(clock.now())


@dataclass(frozen=True)
class DoorKeeper:
    """Someone working at a door of an event: a phone that opened a door link, or an organiser.
    `by` identifies them in the door log.
    """

    event: EventAtDoor
    door: str
    by: str
    is_lead: bool
    phone: Pass | None = None

    @property
    def guest(self) -> Guest | None:
        """The guest of this request, if already read together with the pass."""
        return self.phone.guest if self.phone else None

    @property
    def is_organiser(self) -> bool:
        return self.by.startswith(_PERSON)

    def may_search(self, at: datetime) -> bool:
        """Whether they may look guests up. Leads always may. Helpers may until LIST_STAYS_OPEN
        after the door has closed: a printed link must not give access to the list for ever.
        """
        return self.is_lead or at < self.event.door_closes_at + LIST_STAYS_OPEN

    def may_undo(self, guest: Guest, at: datetime) -> bool:
        """Whether to offer an undo of the check-in: to anyone for a minute, to a lead always."""
        just = guest.arrived_at is not None and at - guest.arrived_at < UNDO_FOR
        return self.is_lead or just


def phone_secret() -> str | None:
    return request.cookies.get(account.cookie_name(PHONE_COOKIE))


def pass_here(slug: str, wanted: Wanted | None = None) -> Pass | None:
    """The pass of this phone for this event, or None. Does not check the link's hours: see
    `require_open`.
    """
    secret = phone_secret()
    return pass_of_phone(slug, digest(secret), clock.now(), wanted) if secret else None


def require_open(door: str, hours: LinkHours, event: Event | EventAtDoor) -> None:
    """Raises LinkShut if the door link has hours of its own and now is outside them."""
    if not hours.hold(clock.now()):
        raise LinkShut(door, hours, event)


def at_door(slug: str, wanted: Wanted | None = None) -> DoorKeeper:
    """The door keeper who is asking. Raises NoDoor, LinkShut, or NotFound if there is no such
    event. The guest `wanted` is read in the same statement as a phone's pass, which saves an
    action a statement.

    An organiser is a lead, whichever door link they opened. A kiosk's link gives no access: the
    people using a kiosk are guests.
    """
    found, person = pass_here(slug, wanted), account.person()
    event = found.event if found else event_at_door(slug)
    if person and is_organiser(person, event.community_id):
        door = found.door if found else organisers_door()
        return DoorKeeper(event, door, f"{_PERSON}{person.id}", is_lead=True, phone=found)
    if found and found.role != DoorRole.KIOSK:
        require_open(found.door, found.hours, event)
        by, is_lead = f"link:{found.link_id}", found.role == DoorRole.LEAD
        return DoorKeeper(event, found.door, by, is_lead=is_lead, phone=found)
    raise NoDoor


def at_list(slug: str, wanted: Wanted | None = None) -> DoorKeeper:
    """As `at_door`, for requests about a guest. Also raises NoDoor unless `may_search`."""
    keeper = at_door(slug, wanted)
    if not keeper.may_search(clock.now()):
        raise NoDoor
    return keeper


def at_list_for(event: Event) -> DoorKeeper | None:
    """The door keeper who takes tickets of this event: at its door, else at its rehearsal's."""
    with suppress(NoDoor):
        return at_list(event.slug)
    rehearsal = rehearsal_of(event)
    with suppress(NoDoor):
        return at_list(rehearsal.slug) if rehearsal else None
    return None


def note_phone(phone: Pass | None) -> None:
    """Note when the phone was last seen, at most once a minute. To be called within the
    transaction of its action.
    """
    now = clock.now()
    if phone and now - phone.last_seen_at >= timedelta(minutes=1):
        see_phone(phone.pass_id, at=now)
