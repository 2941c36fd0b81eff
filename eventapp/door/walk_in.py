"""Walk-ins: people who are not on the list. A name is enough; whoever comes along has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eventapp.account.actions import meet_person
from eventapp.account.queries import person_by_email
from eventapp.core.db import db
from eventapp.door.check_in import arrive, check_in, deny, why_nobody
from eventapp.door.event import EventAtDoor
from eventapp.door.guests import Guest
from eventapp.door.heard import was_heard
from eventapp.door.log import DoorAction, RepeatedScan, ScanResult
from eventapp.door.search import called_so
from eventapp.model import DoorVerb, Event, Outcome, Person, Reason, Rsvp, Source, Status
from eventapp.rsvp import queries as rsvp_queries
from eventapp.rsvp.actions import enter, lock_seats, take_seats, take_seats_over_capacity


def walk_in(
    event: EventAtDoor,
    name: str,
    action: DoorAction,
    *,
    email: str | None = None,
    language: str,
    is_another: bool = False,
    over_capacity: bool = False,
) -> ScanResult:
    """Add a guest and their party to the list and let them in. If the address is on the list
    already, checks in that guest instead.

    `needs_input` if the list has somebody of that name, in or not, unless this `is_another` or it
    happened offline. `denied` as `full` if too few seats are left, unless a lead says
    `over_capacity` or it happened offline. Raises RepeatedScan.
    """
    row = db.session.get_one(Event, event.id)
    lock_seats(row)  # serialises two requests with the same walk-in
    if was_heard(event, action.scan_id):
        raise RepeatedScan
    if (no := why_nobody(event, action)) and not action.overrules:
        return deny(event, action, no)
    if event.is_rehearsal:
        email = None  # a rehearsal mails nobody
    known = person_by_email(email) if email else None
    if known and (there := rsvp_queries.rsvp_of(row, known)):
        return _check_in_guest(event, there, action)
    if not (is_another or action.offline) and (meant := called_so(event, name)):
        return _ask_which(meant, action)
    party = action.people or 1
    if not take_seats(row, party):
        if not (action.offline or (action.is_lead and over_capacity)):
            return deny(event, action, Reason.FULL)
        take_seats_over_capacity(row, party)
        no = no or Reason.FULL
    person = meet_person(email, name=name, language=language, at=action.heard_at) if email else None
    rsvp = _put_on_list(row, name, action, person=person, language=language)
    return _welcome(event, rsvp, action, conflict=no)


def _ask_which(meant: Sequence[Guest], action: DoorAction) -> ScanResult:
    return ScanResult(
        Outcome.NEEDS_INPUT,
        action.scan_id,
        reason=Reason.ON_LIST,
        listed=[guest for guest in meant if not guest.arrived_at],
        arrived=[guest for guest in meant if guest.arrived_at],
    )


def _check_in_guest(event: EventAtDoor, guest: Rsvp, action: DoorAction) -> ScanResult:
    """With the whole party, unless the form says how many of them came."""
    said = replace(action, people=None) if action.people == 1 else action  # 1 stands in the form
    return check_in(event, guest.id, said)


def _welcome(
    event: EventAtDoor, rsvp: Rsvp, action: DoorAction, *, conflict: str | None
) -> ScanResult:
    result = ScanResult(
        Outcome.ADMITTED,
        action.scan_id,
        rsvp_id=rsvp.id,
        guest=rsvp.name,
        party=rsvp.party,
        first_at=action.happened_at,
        first_door=action.door,
    )
    arrive(event, DoorVerb.WALK_IN, action, result, status=rsvp.status, conflict=conflict)
    return result


def _put_on_list(
    event: Event, name: str, action: DoorAction, *, person: Person | None, language: str
) -> Rsvp:
    return enter(
        event,
        name,
        status=Status.GOING,
        companions=(action.people or 1) - 1,
        at=action.heard_at,
        person=person,
        source=Source.WALK_IN,
        source_ref=action.scan_id,
        language=language,
    )
