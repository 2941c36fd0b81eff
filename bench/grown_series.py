"""Rows for the reports of a community that has met for years."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

from sqlalchemy import insert, update

from bench.grown import add_encounters, add_events, add_people, add_rsvps, open_session
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.model import CheckIn, Community, Event, Organiser

SERIES = "series"  # its address; its events are series-1 and so on
COMMUNITY = 2


def grow_series(people: int, events: int, encounters: int) -> str:
    """So many people came to three of so many events each, and noted so many encounters there.
    Returns the secret of an organiser's session.
    """
    chance = random.Random(7)
    with transaction():
        about = {"data_controller": "Series", "contact_email": "s@example.org"}
        community = Community(
            id=COMMUNITY, slug=SERIES, name="Series", created_at=clock.now(), **about
        )
        db.session.add(community)
    with transaction():
        before = {
            f"{SERIES}-{number}": clock.now() - timedelta(days=7 * (events - number), hours=15)
            for number in range(1, events + 1)
        }
        event_ids = add_events(before, community_id=COMMUNITY)
        persons = add_people("series", people)
        for event_id in event_ids:
            _evening(event_id, chance.sample(persons, people * 3 // events), encounters // events)
        organiser = add_people("host", 1)[0]
        agreed = {"community_id": COMMUNITY, "person_id": organiser, "since": clock.now()}
        db.session.execute(insert(Organiser), [agreed])
    with transaction():
        return open_session(organiser)


def _evening(event_id: int, came: Sequence[int], encounters: int) -> None:
    rsvp_ids = add_rsvps(event_id, came, listing="attendees")
    let_in = {"event_id": event_id, "people": 1, "at": clock.now(), "door": "d", "by": "b"}
    db.session.execute(insert(CheckIn), [{**let_in, "rsvp_id": rsvp_id} for rsvp_id in rsvp_ids])
    of_event = update(Event).where(Event.id == event_id)
    db.session.execute(of_event.values(admitted=len(came), seats_taken=len(came)))
    chance = random.Random(event_id)
    pairs = list(permutations(rsvp_ids, 2))
    add_encounters(event_id, chance.sample(pairs, min(encounters, len(pairs))))
