"""What happened to one guest at the doors."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response
from sqlalchemy import select

from eventapp.core import htmx
from eventapp.core.db import db
from eventapp.door.access import at_list
from eventapp.door.blueprint import bp
from eventapp.door.guests import Guest, guest_at
from eventapp.model import DoorLog


def history_of(guest: Guest) -> Sequence[DoorLog]:
    """The lines of the door log about this guest, the newest first."""
    return db.session.scalars(
        select(DoorLog)
        .where(DoorLog.rsvp_id == guest.id)
        .order_by(DoorLog.happened_at.desc(), DoorLog.id.desc())
    ).all()


@bp.get("/e/<slug>/door/<int:rsvp_id>/history")
def history(slug: str, rsvp_id: int) -> Response:
    keeper = at_list(slug)
    guest = guest_at(keeper.event, rsvp_id)
    return htmx.show(
        "door/history.html",
        fragment="door/_history.html",
        keeper=keeper,
        event=keeper.event,
        guest=guest,
        history=history_of(guest),
    )
