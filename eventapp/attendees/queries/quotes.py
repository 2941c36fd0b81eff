"""Which impressions the recap of an event quotes, to whom, and beside whose names."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, true

from eventapp.attendees.queries.blocks import is_not_apart_from
from eventapp.attendees.queries.impressions import (
    ShownImpression,
    is_writers,
    is_written,
    to_hosts,
)
from eventapp.attendees.queries.listing import came_and_listed
from eventapp.attendees.queries.viewer import Viewer
from eventapp.core.db import db
from eventapp.model import Audience, Event, Impression, Person, Quote, Rsvp


def quotes_shown(event: Event, viewer: Viewer) -> Sequence[ShownImpression]:
    """In the order that its organisers gave them."""
    is_named = or_(came_and_listed(event, viewer), _is_own(viewer))
    quoted = (
        select(Impression, Rsvp.name, is_named.label("is_named"))
        .join(Rsvp, is_writers())
        .join(Quote, Quote.impression_id == Impression.id)
        .where(is_written(event), is_quoted(), _is_not_apart(viewer))
        .order_by(Quote.place, Impression.id)
    )
    rows = db.session.execute(quoted)
    return [ShownImpression(one, name if is_named else None) for one, name, is_named in rows]


def quotes_to_hosts(event: Event, organiser: Person) -> Sequence[ShownImpression]:
    """All that organisers chose, whether the recap may show it or not, as this one reads it."""
    chosen = to_hosts(event, organiser).join(Quote, Quote.impression_id == Impression.id)
    rows = db.session.execute(
        chosen.where(Quote.place.is_not(None)).order_by(Quote.place, Impression.id)
    )
    return [ShownImpression(impression, name) for impression, name in rows]


def is_quoted() -> ColumnElement[bool]:
    """The condition for impressions, with their Quote, that organisers chose and did not hide, and
    that are for everyone anyway, or whose writer said yes.
    """
    may_be = or_(Impression.audience == Audience.EVERYONE, Quote.allowed_at.is_not(None))
    return Quote.place.is_not(None) & Impression.hidden_at.is_(None) & may_be


def _is_own(viewer: Viewer) -> ColumnElement[bool]:
    return Rsvp.id == (viewer.rsvp.id if viewer.rsvp else None)


def _is_not_apart(viewer: Viewer) -> ColumnElement[bool]:
    return is_not_apart_from(viewer.person.id) if viewer.person else true()
