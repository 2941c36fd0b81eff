"""Whom of those they met a person might introduce to each other: one wants to learn, or looks for,
what the other is asked about, and both ticked that they may be suggested.

Who knows the other, was introduced, or blocked them, is left out; and so is who did not tick it. So
that somebody is not suggested says nothing of why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from eventapp.attendees.queries import Interests, pairs_not_to_introduce
from eventapp.contacts.queries import Known
from eventapp.core.any_of import among
from eventapp.core.db import db
from eventapp.model import LINES, Community, Event, Person, Rsvp

SHOWN_MOST = 3
RANKED_MOST = 100  # of more people who ticked it, those who were met last
PORTION = 30  # pairs looked up first, which is mostly enough; else all of the others at once


@dataclass(frozen=True)
class SuggestedPair:
    """Two contacts who are worth introducing, and why: in words of the second."""

    asks: Row[Any]  # wants to learn what the other is asked about, or looks for it
    offers: Row[Any]
    topics: tuple[str, ...]
    looks_for: bool


def worth_introducing(known: Sequence[Known], *, since: datetime) -> list[SuggestedPair]:
    """A few pairs of these people, each person once, those with most in common first. `since` is
    from when on introductions count.
    """
    people = _ticked(known)
    interests = {id_: Interests.of(row, row.synonyms) for id_, row in people.items()}
    ranked = _ranked(interests)
    found: list[SuggestedPair] = []
    used: set[int] = set()
    for some in (ranked[:PORTION], ranked[PORTION:]):
        if not some or len(found) == SHOWN_MOST:
            break
        left_out = pairs_not_to_introduce({id_ for pair in some for id_ in pair}, since=since)
        for one, other in some:
            is_free = used.isdisjoint((one, other)) and frozenset((one, other)) not in left_out
            if is_free and len(found) < SHOWN_MOST:
                found.append(_worth(people, interests, one, other))
                used |= {one, other}
    return found


def _ticked(known: Sequence[Known]) -> dict[int, Row[Any]]:
    """Those who may be suggested, by their person: with the lines of where they were met last, if
    its address was confirmed.
    """
    newest = sorted(known, key=lambda one: one.newest.starts_at, reverse=True)
    rows: Any = db.session.execute(
        select(Rsvp.id, Rsvp.person_id, Rsvp.name, *LINES, Community.synonyms)
        .join(Person, Person.id == Rsvp.person_id)
        .join(Event, Event.id == Rsvp.event_id)
        .join(Community, Community.id == Event.community_id)
        .where(
            among(Rsvp.id, [one.id for one in newest]),
            Rsvp.confirmed_at.is_not(None),
            Person.introducible_since.is_not(None),
            Person.introductions_ended_at.is_(None),
        )
    )
    ticked = {row.id: row for row in rows}
    shown = [ticked[one.id] for one in newest if one.id in ticked][:RANKED_MOST]
    return {row.person_id: row for row in shown}


def _ranked(interests: Mapping[int, Interests]) -> list[tuple[int, int]]:
    """Who asks, and who offers: the pairs that share most first, in the same order each time."""
    offering: defaultdict[str, list[int]] = defaultdict(list)
    for id_, one in interests.items():
        for key in one.offered:
            offering[key].append(id_)
    shared = dict(_counted(interests, offering))
    return sorted(shared, key=lambda pair: (-shared[pair], pair))


def _counted(
    interests: Mapping[int, Interests], offering: Mapping[str, Sequence[int]]
) -> Iterator[tuple[tuple[int, int], int]]:
    """Each pair with how many topics one asks for and the other offers."""
    for id_, one in interests.items():
        counts: defaultdict[int, int] = defaultdict(int)
        for key in one.asked:
            for other in offering.get(key, ()):
                counts[other] += other != id_
        yield from (((id_, other), count) for other, count in counts.items() if count)


def _worth(
    people: Mapping[int, Row[Any]], interests: Mapping[int, Interests], one: int, other: int
) -> SuggestedPair:
    asks, offers = interests[one], interests[other]
    keys = asks.asked.keys() & offers.offered.keys()
    topics = tuple(dict.fromkeys(phrase for key, phrase in offers.offered.items() if key in keys))
    looks_for = keys.isdisjoint(asks.wanted)
    return SuggestedPair(people[one], people[other], topics, looks_for)
