"""Somebody stands at the door who is on no list: a name is enough."""

from __future__ import annotations

from eventapp.account.actions import meet_person
from eventapp.account.queries import person_by_email
from eventapp.core.db import db
from eventapp.door.check_in import arrive, check_in, deny, outside_hours
from eventapp.door.event import EventAtDoor
from eventapp.door.heard import was_heard
from eventapp.door.log import Act, RepeatedScan, Verdict
from eventapp.model import DoorVerb, Event, Outcome, Person, Reason, Rsvp, Source, Status
from eventapp.rsvp import queries as rsvp_queries
from eventapp.rsvp.actions import enter, lock_seats, take_seats, take_seats_over_capacity


def walk_in(
    event: EventAtDoor,
    name: str,
    act: Act,
    *,
    email: str | None = None,
    language: str,
    over_capacity: bool = False,
) -> Verdict:
    """Put somebody on the list and let them in. An address that is on the list is let in as that.

    A full house is `denied` as `full`, unless a lead says `over_capacity` or it happened
    offline. Raises RepeatedScan.
    """
    row = db.session.get_one(Event, event.id)
    lock_seats(row)  # two phones that send the same walk-in come one after the other
    if was_heard(event, act.scan_id):
        raise RepeatedScan
    no = outside_hours(event, act)
    if no and not act.admits_over_a_no:
        return deny(event, act, no)
    if event.is_rehearsal:
        email = None  # nobody is known, or mailed, by what was only tried
    known = person_by_email(email) if email else None
    if known and (there := rsvp_queries.rsvp_of(row, known)):
        return check_in(event, there.id, act)
    if not take_seats(row, 1):
        if not (act.offline or (act.is_lead and over_capacity)):
            return deny(event, act, Reason.FULL)
        take_seats_over_capacity(row, 1)
        no = no or Reason.FULL
    person = meet_person(email, name=name, language=language, at=act.heard_at) if email else None
    rsvp = _put_on_list(row, name, act, person=person, language=language)
    return _welcome(event, rsvp, act, conflict=no if act.let_in_alone else None)


def _welcome(event: EventAtDoor, rsvp: Rsvp, act: Act, *, conflict: str | None) -> Verdict:
    verdict = Verdict(
        Outcome.ADMITTED,
        act.scan_id,
        rsvp_id=rsvp.id,
        guest=rsvp.name,
        party=1,
        first_at=act.happened_at,
        first_door=act.door,
    )
    arrive(event, DoorVerb.WALK_IN, act, verdict, status=rsvp.status, conflict=conflict)
    return verdict


def _put_on_list(
    event: Event, name: str, act: Act, *, person: Person | None, language: str
) -> Rsvp:
    return enter(
        event,
        name,
        status=Status.GOING,
        at=act.heard_at,
        person=person,
        source=Source.WALK_IN,
        source_ref=act.scan_id,
        language=language,
    )
