"""A person introduces two of their contacts: each is asked, and nothing crosses before both accept.

If one is not to be asked, neither is. Whoever introduces them learns neither that nor why: it looks
like somebody who does not answer, and takes as long.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from eventapp.attendees.queries import are_apart
from eventapp.contacts.queries import Known
from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.core.sent_forms import add_once
from eventapp.introductions.queries import PAIR_KEPT, introducible, introducible_with, made_before
from eventapp.model import Introduction, IntroductionSide, Person, Rsvp
from eventapp.model.limits import INTRODUCTIONS_A_WEEK_MOST, INTRODUCTIONS_GOT_A_WEEK_MOST

A_WEEK = timedelta(days=7)


class NoContact(Refusal):
    code = "contact"
    message = _l("Choose one of the people whom you both say you met.")


class SamePerson(Refusal):
    code = "same_person"
    message = _l("That's one person twice. Choose two people.")


class IntroducedBefore(Refusal):
    code = "introduced_before"
    message = _l("You've asked these two already. Give them time, or tell them yourself.")


class TooManyIntroductions(Refusal):
    code = "too_many_introductions"
    message = _l("You've made %(most)s introductions within a week. Go on in a few days.")


@dataclass(frozen=True)
class Asked:
    """The two whom somebody introduces, as they know them, and why it helps both."""

    one: Known
    other: Known
    reason: str


def introduce(
    person: Person, asked: Asked, *, at: datetime, form_id: str | None = None
) -> Introduction:
    """Ask two contacts of this person, on their pages and soon by mail, whether they want to be
    introduced to each other. Idempotent by `form_id`. Raises SamePerson, NoContact,
    IntroducedBefore and TooManyIntroductions. The last two tell of nothing but what the person did.
    """
    two = [asked.one.newest.person_id, asked.other.newest.person_id]
    if two[0] == two[1]:
        raise SamePerson
    lock_all({person.id, *two})
    own = select(Introduction).where(Introduction.introducer_id == person.id)
    typed = (person.id, *two, asked.reason)
    return add_once(form_id, typed, own, lambda: _add(person, asked, two, at), at=at)


def lock_all(person_ids: Collection[int]) -> None:
    """In one order, so that what each makes and is asked in a week is counted one at a time."""
    people = select(Person).where(Person.id.in_(person_ids)).order_by(Person.id)
    for row in db.session.scalars(people).all():
        lock(row)


def _add(person: Person, asked: Asked, two: list[int], at: datetime) -> Introduction:
    known = introducible(person)  # one may have blocked or deleted them since the form was read
    if not all(introducible_with(known, one.id) for one in (asked.one, asked.other)):
        raise NoContact
    if made_before(person, two, since=at - PAIR_KEPT):
        raise IntroducedBefore
    lately = Introduction.introducer_id == person.id, Introduction.created_at > at - A_WEEK
    if _count(select(func.count()).select_from(Introduction).where(*lately)) >= (
        INTRODUCTIONS_A_WEEK_MOST
    ):
        raise TooManyIntroductions(most=INTRODUCTIONS_A_WEEK_MOST)
    asked_at = at if _are_to_be_asked(two, at) else None
    row = Introduction(introducer_id=person.id, reason=asked.reason, created_at=at)
    db.session.add(row)
    row.sides += [_side(known, asked_at) for known in (asked.one, asked.other)]
    db.session.flush()
    return row


def _side(known: Known, asked_at: datetime | None) -> IntroductionSide:
    rsvp = db.session.get(Rsvp, known.id)
    if rsvp is None or rsvp.person_id is None:
        raise NoContact
    of = {"person_id": rsvp.person_id, "event_id": rsvp.event_id}
    return IntroductionSide(**of, key=new_secret(), asked_at=asked_at)


def _are_to_be_asked(two: list[int], at: datetime) -> bool:
    """All is looked up, also once one of it says no: whoever waits must not be able to tell."""
    takes = [_takes_one_more(person_id, at) for person_id in two]
    against = [_were_asked_lately(two, at), _are_apart(two)]
    return all(takes) and not any(against)


def _takes_one_more(person_id: int, at: datetime) -> bool:
    """Whether this person wants to be introduced, and was not asked a lot this week."""
    lately = IntroductionSide.person_id == person_id, IntroductionSide.asked_at > at - A_WEEK
    asked = _count(select(func.count()).select_from(IntroductionSide).where(*lately))
    wants_none = db.session.get_one(Person, person_id).introductions_ended_at
    return wants_none is None and asked < INTRODUCTIONS_GOT_A_WEEK_MOST


def _were_asked_lately(two: list[int], at: datetime) -> bool:
    """Whether somebody has introduced these two lately: they are not asked twice."""
    one, other = aliased(IntroductionSide), aliased(IntroductionSide)
    asked = (
        select(func.count())
        .select_from(one)
        .join(other, other.introduction_id == one.introduction_id)
        .where(one.person_id == two[0], other.person_id == two[1])
        .where(or_(one.asked_at > at - PAIR_KEPT, other.asked_at > at - PAIR_KEPT))
    )
    return _count(asked) > 0


def _are_apart(two: list[int]) -> bool:
    one, other = aliased(Person), aliased(Person)
    pair = one.id == two[0], other.id == two[1]
    apart = select(func.count()).select_from(one).join(other, are_apart(one.id, other.id))
    return _count(apart.where(*pair)) > 0


def _count(rows: Select[int]) -> int:
    return db.session.scalar(rows) or 0
