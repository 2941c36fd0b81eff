"""Whom a person may introduce: whom they met, where both said so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eventapp.contacts.queries import Known, contact_with, known_to
from eventapp.core.errors import NotFound
from eventapp.model import Person


def introducible(person: Person) -> list[Known]:
    """By their names. Who was introduced to the person is not theirs to pass on, unless both said
    that they met.
    """
    met = [one for one in known_to(person) if one.has_met_mutually]
    return sorted(met, key=lambda one: one.newest.name_key)


def introducible_with(known: Iterable[Known], rsvp_id: int | None) -> Known | None:
    """The one of these who has this RSVP, to whichever event."""
    people: Sequence[Known] = list(known)
    try:
        return contact_with(people, rsvp_id or 0)
    except NotFound:
        return None
