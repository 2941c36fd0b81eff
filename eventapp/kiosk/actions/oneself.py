"""Let in who proves to be on the list: by their name, and the last letters of their address."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.insert import insert_missing
from eventapp.door.actions import Act, RepeatedScan, check_in
from eventapp.door.actions.check_in import deny, outside_hours
from eventapp.door.queries import EventAtDoor, Verdict, was_heard
from eventapp.kiosk.queries import Named, guests_named, is_end_of
from eventapp.model import WrongLetters

TRIES_MOST = 10  # for one guest, all evening: four letters are half a million


def check_in_oneself(event: EventAtDoor, name: str, letters: str, act: Act) -> Verdict:
    """Let in the one guest with this name whose address ends in these letters before its @.

    Nobody, several, and the wrong letters are all `denied` as `unknown`: whoever tries learns
    nothing. Past TRIES_MOST wrong tries only the door lets that guest in, or their ticket.
    Raises RepeatedScan.
    """
    if was_heard(event, act.scan_id):  # before anything is compared, or a repeat could try
        raise RepeatedScan
    if reason := outside_hours(event, act):
        return deny(event, act, reason)
    meant = _meant(guests_named(event, name), letters)
    return check_in(event, meant.rsvp_id, act) if meant else deny(event, act, "unknown")


def _meant(named: Sequence[Named], letters: str) -> Named | None:
    """The one of these guests whose letters they are; else the try counts for each of them."""
    tried = _tries([guest.rsvp_id for guest in named])
    left = [guest for guest in named if tried[guest.rsvp_id].tries < TRIES_MOST]
    theirs = [guest for guest in left if is_end_of(guest.email_key, letters)]
    if len(theirs) == 1:
        return theirs[0]
    for guest in left:
        tried[guest.rsvp_id].tries += 1
    return None


def _tries(rsvp_ids: Sequence[int]) -> dict[int, WrongLetters]:
    """The counts of these guests, held until the transaction ends: of many guesses at once,
    each waits for the one before. In one order, or two of them would wait for each other.
    """
    insert_missing(WrongLetters, [{"rsvp_id": one, "tries": 0} for one in sorted(rsvp_ids)])
    counts = (
        select(WrongLetters)
        .where(WrongLetters.rsvp_id.in_(rsvp_ids))
        .order_by(WrongLetters.rsvp_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.rsvp_id: row for row in db.session.scalars(counts)}
