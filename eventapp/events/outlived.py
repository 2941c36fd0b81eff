"""What a community keeps for so many months only, and is to be deleted since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.core.db import db
from eventapp.model import Community, Event


def kept_no_longer(at: datetime, months_of: Callable[[Community], int]) -> Select[int]:
    """The ids of events that ended longer ago than their community keeps something of them."""
    return select(Event.id).where(is_outlived(Event.ends_at, at, months_of))


def is_outlived(
    since: ColumnElement[Any] | InstrumentedAttribute[Any],
    at: datetime,
    months_of: Callable[[Community], int],
) -> ColumnElement[bool]:
    """The condition for a time, longer ago than the community of an Event keeps what began then."""
    long_ago = (
        and_(
            Event.community_id == community.id,
            since < at - relativedelta(months=months_of(community)),
        )
        for community in db.session.scalars(select(Community))
    )
    return or_(false(), *long_ago)
