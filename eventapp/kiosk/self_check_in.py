"""Check in guests who prove who they are: by their name and the last letters of their address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from eventapp.attendees.queries import find_by_name
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.name_words import is_called
from eventapp.door.check_in import check_in, deny, why_nobody
from eventapp.door.event import EventAtDoor
from eventapp.door.heard import result_of_scan, was_heard
from eventapp.door.log import DoorAction, RepeatedScan, ScanResult
from eventapp.kiosk.wrong_tries import TryLimit, lock_tries
from eventapp.model import DoorLog, Person, Reason, Rsvp

NAMESAKES_MOST = 10  # a name that more guests have finds nobody: one try is no try for them all
LETTERS_LEAST = 4
RESULT_STAYS = timedelta(minutes=1)


class Claim(NamedTuple):
    """Who somebody says they are."""

    name: str
    letters: str


class TooManyWrongLetters(Refusal):
    code = "too_many_wrong_letters"
    message = _l(
        "Too many names were typed here that we could not find. Show your ticket at the door, or "
        "wait ten minutes."
    )


def self_check_in(
    event: EventAtDoor, claim: Claim, action: DoorAction, limits: Sequence[TryLimit]
) -> ScanResult:
    """Check in the one guest with this name whose address ends in these letters before its @.

    No such guest, several, and wrong letters all get the same answer, `denied` as `unknown`, so
    that guessing reveals nothing. Wrong tries are limited by where they come from, never by the
    guest they name. Raises RepeatedScan, TooManyWrongLetters.
    """
    if was_heard(event, action.scan_id):  # compares nothing, or a repeat would be another try
        raise RepeatedScan
    if reason := why_nobody(event, action):
        return deny(event, action, reason)
    tries = lock_tries(event.id, limits, action.heard_at)
    if tries.are_used_up:
        raise TooManyWrongLetters
    if guest := _claimed_guest(event, claim):
        return check_in(event, guest.rsvp_id, action)
    tries.count_wrong()
    return deny(event, action, Reason.UNKNOWN)


class Namesake(NamedTuple):
    rsvp_id: int
    email_key: str


def _claimed_guest(event: EventAtDoor, claim: Claim) -> Namesake | None:
    """The one guest to whom both name and letters belong."""
    namesakes = _namesakes(event, claim.name)
    proven = [guest for guest in namesakes if is_end_of(guest.email_key, claim.letters)]
    return proven[0] if len(proven) == 1 else None


def _namesakes(event: EventAtDoor, typed: str) -> Sequence[Namesake]:
    """Guests with an address whose name has, for each word typed, a word that begins with it. Empty
    if there are more than NAMESAKES_MOST.
    """
    found = db.session.execute(
        find_by_name(event.id, typed, limit=NAMESAKES_MOST + 1)
        .join(Person, Person.id == Rsvp.person_id)
        .with_only_columns(Rsvp.id, Person.email_key, Rsvp.name)
    ).all()
    # The search is fuzzy; a proof is not.
    namesakes = [Namesake(row.id, row.email_key) for row in found if is_called(row.name, typed)]
    return namesakes if len(namesakes) <= NAMESAKES_MOST else []


def is_end_of(email_key: str, typed: str) -> bool:
    """Whether these are the last letters before the @ of this address, or all of it.

    What comes after the @ proves nothing, as many guests share it; it may be typed as well.
    """
    end, _, domain = _normal_letters(typed).partition("@")
    own, _, own_domain = email_key.rpartition("@")
    if domain not in ("", own_domain):
        return False
    return own.endswith(end) if len(end) >= LETTERS_LEAST else bool(domain) and end == own


def _normal_letters(typed: str) -> str:
    return "".join(typed.split()).casefold()


def proves_something(typed: str) -> bool:
    """Whether these letters could prove who somebody is: enough of them, or a whole address."""
    end, _, domain = _normal_letters(typed).partition("@")
    return len(end) >= LETTERS_LEAST or bool(end and domain)


def run_once(
    event: EventAtDoor,
    run: Callable[[DoorAction], ScanResult],
    action_at: Callable[[datetime], DoorAction],
) -> ScanResult | None:
    """The result of an action, or, if its scan id was used a moment ago (a double tap), of that
    one. Returns None if that was over RESULT_STAYS ago: whoever goes back to the page then is
    another guest.
    """
    now = clock.now()
    action = action_at(now)
    try:
        with transaction():
            return run(action)
    except RepeatedScan:
        return _recent_result(event, action.scan_id, now)


def _recent_result(event: EventAtDoor, scan_id: str, at: datetime) -> ScanResult | None:
    heard_at = db.session.scalar(
        select(DoorLog.heard_at).where(DoorLog.event_id == event.id, DoorLog.scan_id == scan_id)
    )
    is_recent = heard_at is not None and at < heard_at + RESULT_STAYS
    return result_of_scan(event, scan_id) if is_recent else None
