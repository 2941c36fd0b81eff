"""Whoever asks or votes waits for hosts who are closing, and the other way round: so nothing counts
that comes after closing.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event, Floor


class FloorClosed(Refusal):
    code = "floor_closed"
    message = _l("The hosts take no questions now.")


def hold_open(event: Event, *, at: datetime) -> Floor:
    """Keep hosts from closing it, or changing how they take questions, until the commit. Others may
    ask and vote meanwhile. Raises FloorClosed.
    """
    of_event = select(Floor).where(Floor.event_id == event.id).options(joinedload(Floor.event))
    held = of_event.with_for_update(read=True, of=Floor)
    floor = db.session.scalar(held, execution_options={"populate_existing": True})
    if floor is None or not floor.takes_questions(at):
        raise FloorClosed
    return floor
