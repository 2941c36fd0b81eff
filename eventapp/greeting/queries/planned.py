"""What the suggestions of an event are made from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries import Interests, may_be_led, pairs_apart
from eventapp.core.db import db
from eventapp.core.links import digest
from eventapp.greeting.plan import Guest, Led, Pair
from eventapp.greeting.queries.visits import visits_of
from eventapp.model import LINES, Encounter, Event, Rsvp, Suggestion

_here, _there = aliased(Rsvp), aliased(Rsvp)  # made once: it takes longer than asking
_noter, _met = aliased(Rsvp), aliased(Rsvp)
_COLUMNS = (
    *(Rsvp.id, Rsvp.person_id, *LINES),
    *(Rsvp.may_be_suggested, Rsvp.wants_a_host, Rsvp.hosts_since),
)


def _rows(event: Event) -> Sequence[Any]:
    chosen = select(*_COLUMNS).where(may_be_led(event))
    return db.session.execute(chosen.order_by(Rsvp.id)).all()


def made_from(event: Event) -> str:
    """A digest of what the plan of an event depends on, but for whom they meet there; "" if nobody
    takes part.
    """
    rows = [tuple(row) for row in _rows(event)]
    content = rows, sorted(both_apart(event)), event.community.synonyms
    return digest(repr(content)) if rows else ""


def planned(event: Event) -> list[Guest]:
    """Those who take part, as the plan sees them."""
    visits, synonyms = visits_of(event), event.community.synonyms
    return [
        Guest(
            row.id,
            Interests.of(row, synonyms),
            visits.get(row.person_id, 0),
            agrees=row.may_be_suggested,
            wants_a_host=row.wants_a_host,
            hosts=row.hosts_since is not None,
        )
        for row in _rows(event)
    ]


def stands(event: Event) -> list[Led]:
    """What was suggested at an event so far."""
    columns = Suggestion.rsvp_id, Suggestion.whom_id, Suggestion.as_host
    rows = db.session.execute(select(*columns).where(Suggestion.event_id == event.id))
    return [Led(*row) for row in rows]


def both_apart(event: Event) -> set[Pair]:
    """Of whom one blocked the other, in both directions."""
    return {(one, other) for pair in pairs_apart(event) for one, other in permutations(pair)}


def pairs_met(event: Event) -> set[Pair]:
    """Of whom one noted having met the other, here or elsewhere, whatever the other said to that.

    Not what was taken back: such a row stays only where the other had declined it, and their
    absence would tell. And what hosts made of two guests in one is known to who noted it alone.
    """
    rows = db.session.execute(
        select(_here.id, _there.id, Encounter.unsure_since)
        .join(_noter, _noter.person_id == _here.person_id)
        .join(Encounter, Encounter.noter_id == _noter.id)
        .join(_met, _met.id == Encounter.met_id)
        .join(_there, _there.person_id == _met.person_id)
        .where(
            _here.event_id == event.id,
            _there.event_id == event.id,
            Encounter.taken_back_at.is_(None),
        )
    )
    pairs = set()
    for one, other, unsure_since in rows:
        pairs.add((one, other))
        if unsure_since is None:
            pairs.add((other, one))
    return pairs
