"""A guest notes the name of somebody who is on no list, for themselves alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from eventapp.core import text
from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_once
from eventapp.met.actions.say import refuse_outside
from eventapp.met.queries import Attendee, names_noted_by
from eventapp.model import NotedName
from eventapp.model.limits import NOTED_NAMES_MOST


class TooManyNames(Refusal):
    code = "too_many_names"
    message = _l("At most %(most)s names can be noted here.")


def note_name(guest: Attendee, name: str, note: str, *, at: datetime) -> None:
    """Note a name; noted again, its note is replaced, unless none is given. Raises MetNotOpen,
    MetClosed, MetCalledOff, TooManyNames.
    """
    refuse_outside(guest.event, at)
    if len(names_noted_by(guest.rsvp)) >= NOTED_NAMES_MOST:
        raise TooManyNames(most=NOTED_NAMES_MOST)
    key = text.fold(name)
    row = {"rsvp_id": guest.rsvp.id, "name": name, "name_key": key, "note": note, "noted_at": at}
    if not insert_once(NotedName, row) and note:
        same = NotedName.rsvp_id == guest.rsvp.id, NotedName.name_key == key
        db.session.execute(update(NotedName).where(*same).values(note=note))


def forget_name(guest: Attendee, name_id: int) -> None:
    """Delete a name that this guest noted. Idempotent."""
    own = NotedName.id == name_id, NotedName.rsvp_id == guest.rsvp.id
    db.session.execute(delete(NotedName).where(*own))
