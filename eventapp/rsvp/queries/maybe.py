"""Whether a guest who says maybe is asked again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from eventapp.core.db import db
from eventapp.model import Notice, NoticeKind, Rsvp, Status

ASKED_AGAIN_BEFORE = timedelta(days=2)  # the event, who said maybe
SAID_LATELY = timedelta(days=1)  # who said maybe since then is not asked yet


def is_asked_again(rsvp: Rsvp, at: datetime) -> bool:
    """Whether a guest who says maybe will be asked again two days before the event."""
    asks_at = rsvp.event.starts_at - ASKED_AGAIN_BEFORE
    said_at = rsvp.changed_at or rsvp.created_at
    is_asked_then = at < asks_at and said_at <= asks_at - SAID_LATELY
    return (
        rsvp.status == Status.MAYBE
        and rsvp.person_id is not None
        and not rsvp.is_unproven
        and is_asked_then
        and rsvp.event.takes_rsvps(asks_at)
        and not _was_asked_again(rsvp)
    )


def _was_asked_again(rsvp: Rsvp) -> bool:
    asked = Notice.rsvp_id == rsvp.id, Notice.kind == NoticeKind.STILL_MAYBE
    told = exists().where(*asked, Notice.person_id == rsvp.person_id)
    return bool(db.session.scalar(select(told)))
