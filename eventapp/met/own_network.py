"""Whom a guest met at an event, as their own part of its network: what they said themselves.

Whom these met is theirs to know. Between two of them there is a line only where this guest
introduced them to each other, and both accepted.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from eventapp.attendees.queries import joined_by
from eventapp.core.db import db
from eventapp.met.queries import Attendee, meetings_with, names_noted_by, states_of

SHOWN_MOST = 60  # people that a phone shows readably, around one


class Bond(StrEnum):
    """Who says so, the surest first."""

    BOTH = "both"
    OWN = "own"  # the guest alone
    NAMED = "named"  # likewise, of somebody on no list


BOND_OF = {"mutual": Bond.BOTH, "noted": Bond.OWN, "unsure": Bond.OWN}


@dataclass(frozen=True)
class Acquaintance:
    name: str
    bond: Bond
    rsvp_id: int | None = None  # None of whom only a name is noted
    work: str = ""  # what they do and where, if their card shows it


@dataclass(frozen=True)
class OwnNetwork:
    people: list[Acquaintance]
    introduced: list[tuple[int, int]]  # the places of two of them, the first before the second
    count: int  # of everybody they met, also beyond SHOWN_MOST

    def of(self, bond: Bond) -> list[Acquaintance]:
        return [one for one in self.people if one.bond == bond]

    def introduced_to(self, one: Acquaintance) -> list[str]:
        """The names of those to whom this guest introduced one of them."""
        place = self.people.index(one)
        others = (set(pair) - {place} for pair in self.introduced if place in pair)
        return [self.people[other].name for (other,) in others]


def own_network(guest: Attendee) -> OwnNetwork:
    """Reached by the key of a mail, it has neither cards nor introductions."""
    said = {id_: BOND_OF[state] for id_, state in states_of(guest).items() if state in BOND_OF}
    ids = sorted(said, key=lambda id_: [*Bond].index(said[id_]))[:SHOWN_MOST]
    met = [one for one in meetings_with(guest, ids).values() if one.state in BOND_OF]
    names = names_noted_by(guest.rsvp)
    people = [
        Acquaintance(
            one.them.name,
            BOND_OF[one.state],
            one.them.id,
            " · ".join(filter(None, (one.card.get("role"), one.card.get("company")))),
        )
        for one in met
    ]
    people += [Acquaintance(one.name, Bond.NAMED) for one in names]
    persons = [one.them.person_id for one in met[:SHOWN_MOST]]
    introduced = [] if guest.key else _introduced_by(guest.person.id, persons)
    return OwnNetwork(people[:SHOWN_MOST], introduced, len(said) + len(names))


def _introduced_by(introducer_id: int, persons: Collection[int | None]) -> list[tuple[int, int]]:
    place_of = {person: place for place, person in enumerate(persons) if person is not None}
    joined = db.session.execute(joined_by(introducer_id)).all()
    pairs = {
        (min(place_of[one], place_of[other]), max(place_of[one], place_of[other]))
        for one, other in joined
        if one in place_of and other in place_of
    }
    return sorted(pairs)
