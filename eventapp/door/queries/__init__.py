"""Reads at the door: who may stand there, who is meant, what was answered before."""

from eventapp.door.queries.event import EventAtDoor, event_at_door
from eventapp.door.queries.guest import Guest
from eventapp.door.queries.guests import (
    Wanted,
    event_of_ticket,
    find,
    guest_after,
    guest_at,
    guest_now,
    holder,
    ticket_in,
    wanted_by_code,
)
from eventapp.door.queries.history import (
    admitted_twice,
    conflict_at,
    count_open_conflicts,
    history_of,
    open_conflicts,
)
from eventapp.door.queries.hours import LinkHours, hours_of
from eventapp.door.queries.links import link_by_secret, link_of, links_of, phone_of, phones_of
from eventapp.door.queries.namesakes import namesakes
from eventapp.door.queries.passes import Pass, pass_of_phone
from eventapp.door.queries.rehearsal import copies_of, rehearsal_of, rehearsed_by
from eventapp.door.queries.verdicts import Verdict, scans_heard, verdict_of_scan, was_heard

__all__ = [
    "EventAtDoor",
    "Guest",
    "LinkHours",
    "Pass",
    "Verdict",
    "Wanted",
    "admitted_twice",
    "conflict_at",
    "copies_of",
    "count_open_conflicts",
    "event_at_door",
    "event_of_ticket",
    "find",
    "guest_after",
    "guest_at",
    "guest_now",
    "history_of",
    "holder",
    "hours_of",
    "link_by_secret",
    "link_of",
    "links_of",
    "namesakes",
    "open_conflicts",
    "pass_of_phone",
    "phone_of",
    "phones_of",
    "rehearsal_of",
    "rehearsed_by",
    "scans_heard",
    "ticket_in",
    "verdict_of_scan",
    "wanted_by_code",
    "was_heard",
]
