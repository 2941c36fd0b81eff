"""Walk-ins: people who are not on the list. A name is enough."""

from __future__ import annotations

from eventapp.account.actions import meet_person
from eventapp.account.queries import person_by_email
from eventapp.core.db import db
from eventapp.door.check_in import arrive, check_in, deny, outside_hours
from eventapp.door.event import EventAtDoor
from eventapp.door.heard import was_heard
from eventapp.door.log import DoorAction, RepeatedScan, ScanResult
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
    over_capacity: bool = False,
) -> ScanResult:
    """Add a guest to the list and let them in. If the address is on the list already, checks in
    that guest instead.

    `denied` as `full` if no seat is left, unless a lead says `over_capacity` or it happened
    offline. Raises RepeatedScan.
    """
    row = db.session.get_one(Event, event.id)
    lock_seats(row)  # serialises two requests with the same walk-in
    if was_heard(event, action.scan_id):
        raise RepeatedScan
    no = outside_hours(event, action)
    if no and not action.overrules:
        return deny(event, action, no)
    if event.is_rehearsal:
        email = None  # a rehearsal mails nobody
    known = person_by_email(email) if email else None
    if known and (there := rsvp_queries.rsvp_of(row, known)):
        return check_in(event, there.id, action)
    if not take_seats(row, 1):
        if not (action.offline or (action.is_lead and over_capacity)):
            return deny(event, action, Reason.FULL)
        take_seats_over_capacity(row, 1)
        no = no or Reason.FULL
    person = meet_person(email, name=name, language=language, at=action.heard_at) if email else None
    rsvp = _put_on_list(row, name, action, person=person, language=language)
    return _welcome(event, rsvp, action, conflict=no)


def _welcome(
    event: EventAtDoor, rsvp: Rsvp, action: DoorAction, *, conflict: str | None
) -> ScanResult:
    result = ScanResult(
        Outcome.ADMITTED,
        action.scan_id,
        rsvp_id=rsvp.id,
        guest=rsvp.name,
        party=1,
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
        at=action.heard_at,
        person=person,
        source=Source.WALK_IN,
        source_ref=action.scan_id,
        language=language,
    )
