"""Which badges are printed, in their order, before the words on them are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from sqlalchemy import select

from eventapp.badges.queries import Chosen, chosen_guests
from eventapp.core.contact_details import has_contact_details
from eventapp.core.db import db
from eventapp.model import Event, Rsvp


class Kind(Enum):
    """Whose badge it is."""

    GUEST = "guest"
    COMPANION = "companion"  # by name
    UNNAMED = "unnamed"  # a companion whose name hosts don't know
    BLANK = "blank"  # a walk-in's


# Which companions have a badge, by what an organiser chose.
KINDS = {
    "blank": (Kind.COMPANION, Kind.UNNAMED),
    "guest_of": (Kind.COMPANION, Kind.UNNAMED),
    "named": (Kind.COMPANION,),
    "none": (),
}


class Planned(NamedTuple):
    kind: Kind
    rsvp_id: int = 0  # of the party; 0 for a walk-in's
    name: str = ""  # a companion's


def plan(event: Event, chosen: Chosen, *, blanks: int) -> list[Planned]:
    """The badges of the chosen guests by name, each with their companions', then blank ones."""
    guests = (
        select(Rsvp.id, Rsvp.companions, Rsvp.companion_names)
        .where(chosen_guests(event, chosen))
        .order_by(Rsvp.name_key, Rsvp.id)
    )
    found = []
    for id_, companions, names in db.session.execute(guests):
        found.append(Planned(Kind.GUEST, id_))
        planned = (Planned(kind, id_, name) for kind, name in _companions(companions, names))
        found += [each for each in planned if each.kind in KINDS[chosen.companions]]
    return found + blanks * [Planned(Kind.BLANK)]


def _companions(count: int, names: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    """A name that says how to reach somebody is not for a badge."""
    fit = [name for name in names[:count] if name and not has_contact_details(name)]
    yield from ((Kind.COMPANION, name) for name in fit)
    yield from [(Kind.UNNAMED, "")] * (count - len(fit))
