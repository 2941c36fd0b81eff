"""Organisers choose impressions for the recap, in an order; who wrote one says whether they may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from eventapp.core.db import db, lock
from eventapp.core.insert import insert_once
from eventapp.model import Audience, Event, Impression, Quote, Recap


def recap_for(event: Event) -> Recap:
    """The event's recap, locked until the commit; an empty one if it has none yet."""
    insert_once(Recap, {**_NEW, "event_id": event.id})
    recap = db.session.get_one(Recap, event.id)
    lock(recap)
    return recap


_NEW = {"words": "", "shows_numbers": True, "published_at": None, "mail_asked_at": None}


def choose_quote(impression: Impression, *, at: datetime) -> bool:
    """Put an impression last into the recap, and have its writer asked, unless it is for everyone,
    or they were asked before. Until they say yes, the recap doesn't show it. Idempotent. Returns
    whether that is new. Raises Vanished if it was withdrawn meanwhile.
    """
    recap_for(impression.event)
    lock(impression)
    quote = _quote(impression) or Quote(impression_id=impression.id)
    db.session.add(quote)
    asks = impression.audience != Audience.EVERYONE and quote.asked_at is None
    if asks:
        quote.asked_at = at
    if quote.place is not None:
        return asks
    quote.place = _last_place(impression.event) + 1
    return True


def _last_place(event: Event) -> int:
    places = select(func.max(Quote.place)).join(Impression, Impression.id == Quote.impression_id)
    return db.session.scalar(places.where(Impression.event_id == event.id)) or 0


def drop_quote(impression: Impression) -> bool:
    """Take an impression out of the recap. Who was asked is not asked again, if it is chosen anew.
    Idempotent. Returns whether that is new.
    """
    recap_for(impression.event)
    quote = _quote(impression)
    if quote is None or quote.place is None:
        return False
    quote.place = None
    if not (quote.told_at or quote.allowed_at or quote.refused_at):
        quote.asked_at = None  # nobody has been asked yet
    return True


def move_quote(impression: Impression, others: Sequence[Impression], *, by: int) -> bool:
    """Move a quote one up (-1) or down (1) among those that an organiser sees, in their order.
    Returns whether there was another to change places with.
    """
    recap_for(impression.event)
    ids = [one.id for one in others]
    index = ids.index(impression.id) if impression.id in ids else -1
    if index < 0 or not 0 <= index + by < len(ids):
        return False
    one, other = _quote(impression), _quote(others[index + by])
    if one is None or other is None:  # withdrawn meanwhile
        return False
    one.place, other.place = other.place, one.place
    return True


def allow_quote(impression: Impression, *, at: datetime) -> None:
    """Its writer lets the recap quote it, at any time once they were asked. Idempotent."""
    if quote := _asked_of(impression):
        quote.allowed_at, quote.refused_at = quote.allowed_at or at, None


def decline_quote(impression: Impression, *, at: datetime) -> None:
    """Its writer says no, or takes their yes back, at any time. Idempotent. Nobody is told."""
    if quote := _quote(impression):
        quote.allowed_at, quote.refused_at = None, quote.refused_at or at


def narrow_quote(impression: Impression) -> None:
    """Take back a yes to be quoted, once an impression is for fewer than before."""
    if quote := _quote(impression):
        quote.allowed_at = None


def _asked_of(impression: Impression) -> Quote | None:
    quote = _quote(impression)
    return quote if quote and quote.asked_at else None


def _quote(impression: Impression) -> Quote | None:
    """Read anew, and locked until the commit."""
    quote = db.session.get(Quote, impression.id)
    if quote is not None:
        lock(quote)
    return quote
