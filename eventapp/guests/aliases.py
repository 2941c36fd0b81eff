"""By what was known of a guest who became one with another, find who is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from eventapp.core.db import db
from eventapp.core.insert import insert_missing
from eventapp.core.links import absolute
from eventapp.door.ticket_codes import code_key
from eventapp.model import MergedGuest, MergedRef, Rsvp, Source, TicketCode


def keep_aliases(kept: Rsvp, gone: Rsvp, *, at: datetime) -> None:
    """Have the tickets, the badge, the id and the list of who goes find who is kept."""
    insert_missing(TicketCode, _tickets_of(kept, gone))
    _move_refs(kept, gone)
    _keep_badge(kept, gone, at=at)


def _tickets_of(kept: Rsvp, gone: Rsvp) -> list[dict[str, Any]]:
    """The ticket and the short code of who goes, by which a door finds who is kept."""
    codes = [absolute("door.ticket", ticket=gone.ticket), gone.ticket, gone.short_code]
    row = {"event_id": gone.event_id, "rsvp_id": kept.id}
    return [{**row, "key": code_key(code), "code": ""} for code in codes]


def _move_refs(kept: Rsvp, gone: Rsvp) -> None:
    """Have the list that who goes came from find who is kept. Not by an address of another mailbox,
    which a list would give to a guest who has proven none.
    """
    theirs = update(MergedRef).where(MergedRef.rsvp_id == gone.id)
    db.session.execute(theirs.values(rsvp_id=kept.id))
    if gone.source == Source.IMPORT and gone.source_ref and (kept.is_confirmed or not gone.person):
        ref = {"event_id": gone.event_id, "source_ref": gone.source_ref, "rsvp_id": kept.id}
        insert_missing(MergedRef, [ref])


def _keep_badge(kept: Rsvp, gone: Rsvp, *, at: datetime) -> None:
    """Have the badge of who goes, and a phone that was alone meanwhile, find who is kept."""
    theirs = update(MergedGuest).where(MergedGuest.rsvp_id == gone.id)
    db.session.execute(theirs.values(rsvp_id=kept.id))
    db.session.add(MergedGuest(badge=gone.badge, gone_id=gone.id, rsvp_id=kept.id, at=at))
