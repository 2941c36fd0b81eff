"""Let in who proves to be on the list: by their name, and the last letters of their address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.due import deletion
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_missing
from eventapp.door.actions import Act, RepeatedScan, check_in
from eventapp.door.actions.check_in import deny, outside_hours
from eventapp.door.queries import EventAtDoor, Verdict, was_heard
from eventapp.kiosk.queries import Named, guests_named, is_end_of
from eventapp.model import WrongLetters

COUNTED_FOR = timedelta(minutes=10)


class Claim(NamedTuple):
    """Who somebody says they are."""

    name: str
    letters: str


class Source(NamedTuple):
    """A phone, a tablet or a network that claims come from, and how many of them may be wrong
    within COUNTED_FOR.
    """

    digest: str
    wrong_most: int


class TooManyWrongLetters(Refusal):
    code = "too_many_wrong_letters"
    message = _l(
        "Too many names were typed here that we could not find. Show your ticket at the door, or "
        "wait ten minutes."
    )


def check_in_oneself(
    event: EventAtDoor, claim: Claim, act: Act, sources: Sequence[Source]
) -> Verdict:
    """Let in the one guest with this name whose address ends in these letters before its @.

    Nobody, several, and the wrong letters are all `denied` as `unknown`: whoever tries learns
    nothing, and is slowed down by where they ask from, never by whom they ask for.
    Raises RepeatedScan, TooManyWrongLetters.
    """
    if was_heard(event, act.scan_id):  # before anything is compared, or a repeat could try
        raise RepeatedScan
    if reason := outside_hours(event, act):
        return deny(event, act, reason)
    counts = _held_counts(event, sources, act.heard_at)
    if any(counts[source.digest].tries >= source.wrong_most for source in sources):
        raise TooManyWrongLetters
    if meant := _meant(event, claim):
        return check_in(event, meant.rsvp_id, act)
    for count in counts.values():
        count.tries += 1
    return deny(event, act, "unknown")


def _meant(event: EventAtDoor, claim: Claim) -> Named | None:
    """The one guest of whom name and letters are."""
    named = guests_named(event, claim.name)
    theirs = [guest for guest in named if is_end_of(guest.email_key, claim.letters)]
    return theirs[0] if len(theirs) == 1 else None


def _held_counts(
    event: EventAtDoor, sources: Sequence[Source], at: datetime
) -> dict[str, WrongLetters]:
    """The counts of these sources, held until the transaction ends: of many guesses at once,
    each waits for the one before. In one order, or two of them would wait for each other.
    """
    digests = sorted(source.digest for source in sources)
    new = {"event_id": event.id, "tries": 0, "until": at + COUNTED_FOR}
    insert_missing(WrongLetters, [{**new, "source": digest} for digest in digests])
    counts = db.session.scalars(
        select(WrongLetters)
        .where(WrongLetters.event_id == event.id, WrongLetters.source.in_(digests))
        .order_by(WrongLetters.source)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for count in counts:
        if count.until <= at:
            count.tries, count.until = 0, at + COUNTED_FOR
    return {count.source: count for count in counts}


# Counts that are over.
forget_wrong_letters = deletion(WrongLetters.event_id, lambda at: WrongLetters.until <= at)
