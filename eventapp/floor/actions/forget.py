"""Once the morning after an event is over, nothing says any more who asked an anonymous question.
Questions and votes go once guests of the event can say no longer whom they met, or earlier, with
what guests wrote of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from sqlalchemy import ColumnElement, and_, or_, select, update

from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due, deletion
from eventapp.events.queries import kept_no_longer
from eventapp.met.actions.closed import form_closed
from eventapp.model import Event, FloorQuestion

KEPT = timedelta(hours=36)  # from the end of the event; by then it's past noon of the day after


def _to_forget(at: datetime) -> ColumnElement[bool]:
    past = select(Event.id).where(Event.ends_at < at - KEPT)
    is_known = FloorQuestion.is_anonymous, FloorQuestion.rsvp_id.is_not(None)
    return and_(*is_known, FloorQuestion.event_id.in_(past))


def _find(at: datetime) -> Sequence[int]:
    ids = select(FloorQuestion.id).where(_to_forget(at)).limit(AT_ONCE)
    return db.session.scalars(ids).all()


def _forget_askers(ids: Sequence[int], at: datetime) -> int:
    known = update(FloorQuestion).where(FloorQuestion.id.in_(ids), _to_forget(at))
    return execute(known.values(rsvp_id=None)).rowcount


def _is_old(at: datetime) -> ColumnElement[bool]:
    """Guests can't say any longer whom they met, or their community keeps what they wrote no
    longer.
    """
    closed = select(Event.id).where(form_closed(at))
    outlived = kept_no_longer(at, attrgetter("months_of_impressions"))
    return or_(FloorQuestion.event_id.in_(closed), FloorQuestion.event_id.in_(outlived))


forget_askers = Due("askers of anonymous questions", _find, _forget_askers)
forget_questions = deletion(FloorQuestion.id, _is_old)
