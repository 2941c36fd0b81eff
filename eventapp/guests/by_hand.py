"""An organiser adds a guest, changes one, or takes one off the list; and may undo it.

Each returns or takes what an RSVP says as plain values, so that the change can be kept beside its
entry in the audit log: see `GuestChange`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventapp.account.actions import meet_person
from eventapp.account.queries import person_by_email
from eventapp.attendees.queries import ids_by_name
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.seating import GuestIsIn, NoRoom, seat
from eventapp.model import AuditVerb, Event, Person, Rsvp, Source, Status
from eventapp.rsvp.actions import (
    enter,
    lock_list,
    lock_rsvp,
    lock_seats,
    notify,
    promote,
    rename,
    take_off,
    take_seats,
)
from eventapp.rsvp.queries import is_in, rsvp_of

Values = dict[str, Any]
LIKE_MOST = 6  # guests with a name like one that is added

_PLAIN = ("name", "status", "companions", "companion_names", "answers")
_TIMES = ("waitlisted_at", "approved_at", "declined_at", "removed_at")


class NothingToWaitFor(Refusal):
    code = "nothing_to_wait_for"
    message = _l("There's room for %(name)s, so there's nothing to wait for.")


class OnTheList(Refusal):
    """`rsvp_id` is of the guest who has the address."""

    code = "on_the_list"
    message = _l("%(name)s is on the list with this address already.")


class NamesLikeThis(Refusal):
    """`rsvp_ids` are of guests with a name like this, the nearest first."""

    code = "names_like_this"
    message = _l("Somebody with a name like this is on the list. Is it one of these?")


@dataclass(frozen=True)
class TypedGuest:
    """What an organiser typed of a guest."""

    name: str
    status: str
    companions: int = 0
    companion_names: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)  # by the heading; "" if left empty

    @property
    def party(self) -> int:
        return 1 + self.companions


def content_of(rsvp: Rsvp) -> Values:
    """What the hosts may change of an RSVP, as values for JSON."""
    times = {name: getattr(rsvp, name) for name in _TIMES}
    return {
        **{name: getattr(rsvp, name) for name in _PLAIN},
        **{name: at and at.isoformat() for name, at in times.items()},
    }


def add_guest(
    event: Event,
    typed: TypedGuest,
    *,
    email: str | None = None,
    at: datetime,
    over_capacity: bool = False,
) -> Rsvp:
    """Add a guest, who is listed to nobody and mailed nothing until the hosts say so. Raises
    OnTheList if the address has a guest here, who is not changed, NoRoom and NothingToWaitFor.
    """
    lock_seats(event)
    person = _new_person(event, typed, email, at=at) if email else None
    if typed.status == Status.WAITLISTED and event.has_room_for(typed.party):
        raise NothingToWaitFor(name=typed.name)
    if typed.status == Status.GOING and not take_seats(
        event, typed.party, over_capacity=over_capacity
    ):
        raise NoRoom(count=event.seats_left)
    return enter(
        event,
        typed.name,
        status=typed.status,
        at=at,
        person=person,
        companions=typed.companions,
        companion_names=list(typed.companion_names),
        answers={title: words for title, words in typed.answers.items() if words},
        source=Source.IMPORT,
        language=person.language if person else event.community.language,
    )


def refuse_if_known(event: Event, typed: TypedGuest, *, email: str | None = None) -> None:
    """Raises OnTheList, and NamesLikeThis where no address tells that it is somebody else."""
    person = person_by_email(email) if email else None
    if person and (there := rsvp_of(event, person)):
        raise OnTheList(name=there.name, rsvp_id=there.id)
    if ids := ids_by_name(event.id, typed.name, limit=LIKE_MOST):
        raise NamesLikeThis(rsvp_ids=ids)


def _new_person(event: Event, typed: TypedGuest, email: str, *, at: datetime) -> Person:
    language = event.community.language
    person = meet_person(email, name=typed.name, language=language, at=at)
    if there := rsvp_of(event, person):
        raise OnTheList(name=there.name, rsvp_id=there.id)
    return person


def change_guest(
    rsvp: Rsvp, typed: TypedGuest, *, at: datetime, over_capacity: bool = False
) -> Values:
    """Change a guest as an organiser says, and give seats that become free to the waitlist, by
    mail; if they were the guest's, a mail takes the event out of their calendar, or puts it back.
    Returns what was there before. Raises NoRoom, NothingToWaitFor and GuestIsIn; it stays as it
    was.
    """
    before, had_a_place = content_of(rsvp), rsvp.holds_a_seat
    seat(rsvp, typed.status, typed.companions, at=at, over_capacity=over_capacity)
    if had_a_place != rsvp.holds_a_seat:
        (notify.gave_place_back if had_a_place else notify.came_back)(rsvp, at=at)
    rename(rsvp, typed.name)
    write_words(rsvp, typed.companion_names, {**rsvp.answers, **_changed(rsvp, typed.answers)})
    promote_others(rsvp, at=at)
    return before


def promote_others(rsvp: Rsvp, *, at: datetime) -> None:
    """Give free seats to the waitlist, by mail. Raises NothingToWaitFor for a guest who was put on
    it, if they are theirs.
    """
    waits = rsvp.status == Status.WAITLISTED
    promote(rsvp.event, at=at)
    if waits and rsvp.holds_a_seat:
        raise NothingToWaitFor(name=rsvp.name)


def _changed(rsvp: Rsvp, answers: Mapping[str, str]) -> dict[str, str]:
    """Without those that were left empty and are none."""
    return {title: words for title, words in answers.items() if words or title in rsvp.answers}


def write_words(rsvp: Rsvp, companions: tuple[str, ...], answers: Mapping[str, str]) -> None:
    if list(companions) != rsvp.companion_names:
        rsvp.companion_names = list(companions)
    if dict(answers) != rsvp.answers:
        rsvp.answers = dict(answers)


def remove_guest(rsvp: Rsvp, *, at: datetime) -> Values | None:
    """Take a guest off the list, and give their seats to the waitlist, by mail. They are mailed
    only what takes the event out of their calendar, if a mail has put it there. Returns what was
    there before, or None if they are off it already. Raises GuestIsIn.
    """
    lock_rsvp(rsvp)
    if rsvp.removed_at:
        return None
    if is_in(rsvp):
        raise GuestIsIn(name=rsvp.name)
    lock_list(rsvp.event_id)
    before = take_off_list(rsvp, at=at)
    promote(rsvp.event, at=at)
    return before


def take_off_list(rsvp: Rsvp, *, at: datetime) -> Values:
    """The same of one of many, whose event's list is locked; their seats are given to nobody."""
    before, had_a_place = content_of(rsvp), rsvp.holds_a_seat
    take_off(rsvp, at=at)
    if had_a_place:
        notify.gave_place_back(rsvp, at=at)
    return before


def give_place(rsvp: Rsvp, *, at: datetime, over_capacity: bool = False) -> Values | None:
    """Give a guest who waits, or said maybe, their seats. Returns what was there before, or None if
    they have them already. Raises NoRoom.
    """
    lock_rsvp(rsvp)
    if rsvp.holds_a_seat:
        return None
    before = content_of(rsvp)
    seat(rsvp, Status.GOING, rsvp.companions, at=at, over_capacity=over_capacity)
    return before


def verb_of_place(event: Event) -> AuditVerb:
    """What the audit log calls it that a guest was just given a place: whether it was full."""
    return AuditVerb.GUEST_GIVEN_PLACE_OVER if event.seats_over else AuditVerb.GUEST_GIVEN_PLACE
