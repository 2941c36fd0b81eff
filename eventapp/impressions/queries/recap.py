"""The recap of an event: its words and numbers, and which impressions its organisers chose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from eventapp.attendees.queries import came
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.door.guests import people_who_came_before
from eventapp.model import Audience, Event, Impression, Quote, Recap, Rsvp
from eventapp.model.limits import COUNT_SHOWN_FROM

STEP = 5  # in which those are counted of whom the list says more


def recap_of(event: Event) -> Recap | None:
    return db.session.get(Recap, event.id, populate_existing=True)


def published_recap(event: Event, at: datetime) -> Recap:
    """That of an event that has taken place. Raises NotFound."""
    if event.called_off_at or event.ends_at > at:
        raise NotFound
    recap = recap_of(event)
    if recap is None or recap.published_at is None:
        raise NotFound
    return recap


def numbers_of(event: Event) -> dict[str, int]:
    """What a recap counts, where it is about five people or more. Those who came for the first time
    are rounded down to fives, and are not told where it would tell of a few who didn't.
    """
    first, others = _first_timers(event)
    numbers = {"came": event.admitted, "first": first - first % STEP, "talks": len(event.talks)}
    if others < COUNT_SHOWN_FROM:
        del numbers["first"]
    least = {"talks": 2}
    return {name: n for name, n in numbers.items() if n >= least.get(name, COUNT_SHOWN_FROM)}


def _first_timers(event: Event) -> tuple[int, int]:
    """How many of those who came and have an address were new, and how many weren't."""
    known = Rsvp.event_id == event.id, Rsvp.person_id.is_not(None), came()
    is_new = Rsvp.person_id.not_in(people_who_came_before(event))
    counted = select(func.count(), func.count().filter(is_new)).select_from(Rsvp).where(*known)
    everybody, new = db.session.execute(counted).one()
    return new, everybody - new


def quotes_of(impressions: Sequence[Impression]) -> dict[int, Quote]:
    """What is asked of these impressions, by their id."""
    ids = [one.id for one in impressions]
    found = db.session.scalars(select(Quote).where(Quote.impression_id.in_(ids)))
    return {quote.impression_id: quote for quote in found}


def state_of_quote(impression: Impression, quote: Quote | None) -> str:
    """For the organisers: `none`, `hidden`, `quoted`, `asked` (whether they said no or nothing), or
    `unasked` if it was for everyone when it was chosen, and isn't any more.
    """
    if quote is None or quote.place is None:
        return "none"
    if impression.hidden_at:
        return "hidden"
    if quote.allowed_at or impression.audience == Audience.EVERYONE:
        return "quoted"
    return "asked" if quote.asked_at else "unasked"
