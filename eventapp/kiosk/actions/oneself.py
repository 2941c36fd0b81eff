"""Let in who proves to be on the list: by their name, and the last letters of their address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.door.check_in import check_in, deny, outside_hours
from eventapp.door.event import EventAtDoor
from eventapp.door.heard import was_heard
from eventapp.door.log import DoorAction, RepeatedScan, ScanResult
from eventapp.kiosk.actions.tries import Source, hold_tries
from eventapp.kiosk.queries import Named, guests_named, is_end_of
from eventapp.model import Reason


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


def check_in_oneself(
    event: EventAtDoor, claim: Claim, act: DoorAction, sources: Sequence[Source]
) -> ScanResult:
    """Let in the one guest with this name whose address ends in these letters before its @.

    Nobody, several, and the wrong letters are all `denied` as `unknown`: whoever tries learns
    nothing, and is slowed down by where they ask from, never by whom they ask for.
    Raises RepeatedScan, TooManyWrongLetters.
    """
    if was_heard(event, act.scan_id):  # before anything is compared, or a repeat could try
        raise RepeatedScan
    if reason := outside_hours(event, act):
        return deny(event, act, reason)
    tries = hold_tries(event.id, sources, act.heard_at)
    if tries.are_used_up:
        raise TooManyWrongLetters
    if meant := _meant(event, claim):
        return check_in(event, meant.rsvp_id, act)
    tries.count_wrong()
    return deny(event, act, Reason.UNKNOWN)


def _meant(event: EventAtDoor, claim: Claim) -> Named | None:
    """The one guest of whom name and letters are."""
    named = guests_named(event, claim.name)
    theirs = [guest for guest in named if is_end_of(guest.email_key, claim.letters)]
    return theirs[0] if len(theirs) == 1 else None
