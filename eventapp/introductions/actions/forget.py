"""Introductions go with whoever is in them; of one that is joined, only its maker's part goes with
the maker. Those of which nothing came are forgotten after a while.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from eventapp.core.db import db
from eventapp.core.due import deletion
from eventapp.events.queries import is_outlived
from eventapp.introductions.actions.tell import delete_mails_of, delete_mails_of_passed
from eventapp.introductions.queries import PAIR_KEPT, known_as
from eventapp.model import (
    Event,
    Introduction,
    IntroductionSide,
    PassedContact,
    Person,
    Rsvp,
)


def forget_introductions_at(rsvp: Rsvp) -> None:
    """Delete the introductions in which a guest is one of the two, known by this answer. Call it
    before the answer is anonymised.
    """
    side = IntroductionSide
    here = side.event_id == rsvp.event_id, side.person_id == rsvp.person_id
    _delete(select(side.introduction_id).where(*here))
    passed = PassedContact
    _delete_passed(passed.event_id == rsvp.event_id, passed.person_id == rsvp.person_id)
    _delete_passed(passed.event_id == rsvp.event_id, passed.passer_id == rsvp.person_id)


def forget_introductions_of(person: Person) -> None:
    """Delete those in which a person is one of the two, and those that they made. What has joined
    two others stays with these, without a reason and without saying who made it.
    """
    _delete_passed(PassedContact.person_id == person.id)
    _delete_passed(PassedContact.passer_id == person.id)
    theirs = IntroductionSide.person_id == person.id
    _delete(select(IntroductionSide.introduction_id).where(theirs))
    made = Introduction.introducer_id == person.id
    _delete(select(Introduction.id).where(made, Introduction.joined_at.is_(None)))
    delete_mails_of(list(db.session.scalars(select(Introduction.id).where(made))))
    db.session.execute(update(Introduction).where(made).values(introducer_id=None, reason=""))


def _delete(which: Select[int]) -> None:
    ids: Sequence[int] = db.session.scalars(which).all()
    if ids:
        delete_mails_of(list(ids))
        db.session.execute(delete(Introduction).where(Introduction.id.in_(ids)))


def _delete_passed(*which: ColumnElement[bool]) -> None:
    ids = list(db.session.scalars(select(PassedContact.id).where(*which)))
    if ids:
        delete_mails_of_passed(ids)
        db.session.execute(delete(PassedContact).where(PassedContact.id.in_(ids)))


def _is_kept_no_longer(at: datetime) -> ColumnElement[bool]:
    """Nothing came of it, its time is over, or of the two one is known no more."""
    side: Any = aliased(IntroductionSide)
    known = select(func.count()).select_from(side).join(Rsvp, known_as(Rsvp, side))
    count = known.where(side.introduction_id == Introduction.id).scalar_subquery()
    is_old = Introduction.created_at < at - PAIR_KEPT
    return or_(and_(Introduction.joined_at.is_(None), is_old), count < 2, _is_outlived(at))


def _is_outlived(at: datetime) -> ColumnElement[bool]:
    """The community at which one of the two was met keeps it no longer, once it joined them. What
    came to nothing is kept for PAIR_KEPT in each: by it these two are not asked again.
    """
    side: Any = aliased(IntroductionSide)
    of_side = side.introduction_id == Introduction.id, Event.id == side.event_id
    months_of = attrgetter("months_of_introductions")
    return exists().where(*of_side, is_outlived(Introduction.joined_at, at, months_of))


forget_old_introductions = deletion(Introduction.id, _is_kept_no_longer)
