"""Of which events guests can say no longer whom they met there."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select

from eventapp.core.db import db
from eventapp.model import Event


def form_closed(at: datetime) -> ColumnElement[bool]:
    """The condition for such events; by SQL, what `Event.met_closes_at` says of one."""
    closed = [
        and_(Event.met_closes_days_after == days, Event.ends_at <= at - timedelta(days=days))
        for days in db.session.scalars(select(Event.met_closes_days_after).distinct())
    ]
    return or_(false(), *closed)
