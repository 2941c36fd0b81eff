"""Contacts passed on to somebody outside: as whoever passes one on, whoever it is, and whoever gets
it see it. What that one gets is no more than whoever passes it on has, at that moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries import are_apart, card_fields_for
from eventapp.core.db import db
from eventapp.core.errors import NotFound
from eventapp.introductions.queries.got import known_as
from eventapp.introductions.queries.states import State
from eventapp.model import PassedContact, Person, Rsvp

_passed, _rsvp, _by = PassedContact, aliased(Rsvp), aliased(Rsvp)
_PASSED: Any = (
    select(_passed, _rsvp.name, _by.name.label("passer"))
    .join(_rsvp, known_as(_rsvp, _passed))
    .join(_by, (_by.event_id == _passed.event_id) & (_by.person_id == _passed.passer_id))
    .where(~are_apart(_passed.passer_id, _passed.person_id))
    .order_by(_passed.created_at.desc(), _passed.id.desc())
)


@dataclass(frozen=True)
class Passed:
    row: PassedContact
    name: str  # of whoever it is, as whoever passes them on knows them
    passer: str

    def seen_by_passer(self, at: datetime) -> State:
        """To whoever passes it on, a no is no answer yet."""
        row = self.row
        if row.ended_at or at >= row.ends_at:
            return State.LAPSED
        return State.ACCEPTED if row.accepted_at else State.ASKED

    def seen_by_person(self, at: datetime) -> State:
        row = self.row
        if row.ended_at or at >= row.ends_at:
            return State.LAPSED
        if row.accepted_at:
            return State.ACCEPTED
        return State.DECLINED if row.declined_at else State.ASKED


def passed_by(person: Person) -> Sequence[Passed]:
    """What a person passes on, the newest first. Nobody who is apart from them, or gone."""
    return _all(_passed.passer_id == person.id)


def passed_of(person: Person) -> Sequence[Passed]:
    """Those of the person's own contact that they are asked about."""
    return _all(_passed.person_id == person.id, _passed.asked_at.is_not(None))


def passed_with(key: str) -> Passed:
    """The one of whoever has the key of the mail that asks. Raises NotFound."""
    return _one(_passed.key == key, _passed.asked_at.is_not(None))


def one_passed_by(person: Person, passed_id: int) -> Passed:
    """Raises NotFound."""
    return _one(_passed.passer_id == person.id, _passed.id == passed_id)


def handed_over(link: str, *, at: datetime) -> tuple[Passed, dict[str, str]]:
    """What whoever has the link gets: field → value. Raises NotFound alike for one that has ended,
    was taken back, has nothing in it any more, or never was.
    """
    passed = _one(_passed.link == link)
    fields = fields_of(passed) if passed.seen_by_passer(at) == State.ACCEPTED else {}
    if not fields:
        raise NotFound
    return passed, fields


def fields_of(passed: Passed) -> dict[str, str]:
    """Those of the fields, as they are, that whoever passes them on may see themselves."""
    row = passed.row
    return fields_to_pass(row.passer, row.person_id, row.fields)


def fields_to_pass(passer: Person, person_id: int, fields: Sequence[str]) -> dict[str, str]:
    return card_fields_for(passer, [person_id], fields).get(person_id, {})


def _all(*which: Any) -> Sequence[Passed]:
    return [Passed(*row) for row in db.session.execute(_PASSED.where(*which))]


def _one(*which: Any) -> Passed:
    row = db.session.execute(_PASSED.where(*which)).first()
    if row is None:
        raise NotFound
    return Passed(*row)
