"""The answer that an account keeps when its guest becomes one with another."""

from __future__ import annotations

from datetime import datetime

from eventapp.core.db import db
from eventapp.model import Rsvp, Status
from eventapp.rsvp.actions import enter, take_off
from eventapp.rsvp.actions.name_index import unindex_name


def has_account(rsvp: Rsvp) -> bool:
    """Whether somebody has shown that the address is theirs, here or elsewhere."""
    person = rsvp.person
    return person is not None and (rsvp.is_confirmed or person.verified_at is not None)


def keep_own_answer(gone: Rsvp, *, at: datetime) -> Rsvp:
    """Give the account of a guest who is about to be deleted an answer of its own, off the list and
    found by no search: what it said of whom it met stays with it, and with nobody else. Whoever
    reads that mailbox may answer again, and is on the list then.
    """
    person, gone.person = gone.person, None
    db.session.flush()
    own = enter(
        gone.event,
        gone.name,
        status=Status.CANCELLED,
        at=gone.created_at,
        person=person,
        language=gone.language,
        listing=gone.listing,
        confirmed_at=gone.confirmed_at,
        source=gone.source,
    )
    take_off(own, at=at)
    unindex_name(own)
    return own
