"""Once a day, tell a guest in one mail who says that they met them, and who confirmed it.

Each encounter is news to the one met, once: a question, unless they answered it meanwhile; a
confirmation, if they had said so first. A decline is news to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased, joinedload

from eventapp.attendees.queries import fields_given, is_between_apart
from eventapp.communities.queries import letterhead
from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due, deletion
from eventapp.core.index_hints import by_index
from eventapp.core.outbox import queue
from eventapp.met.actions.closed import form_closed
from eventapp.met.actions.links import row_of
from eventapp.met.actions.met_mail import end_of_mail
from eventapp.model import Encounter, Event, Notice, NoticeKind, OutboxMail, Person, Rsvp
from eventapp.rsvp.actions import lock_rsvps, note_told

DID_YOU_MEET = "met/mail/did_you_meet"
KINDS = (NoticeKind.DID_YOU_MEET, NoticeKind.MET_CONFIRMED)
TELL_AT = time(18)  # in the event's zone
A_DAY = timedelta(hours=22)  # at least: TELL_AT on a day with a short night, a moment early

_MET = aliased(Rsvp)
_DUE = (
    by_index(select(Encounter.met_id), Encounter, "ix_encounter_to_tell")
    .where(Encounter.tell_at <= bindparam("at"))
    .limit(AT_ONCE)
)


def tell_at(event: Event, *, at: datetime) -> datetime:
    """When somebody who was at this event hears of what is said now."""
    here = at.astimezone(event.zone)
    day = here.date() if here.time() < TELL_AT else here.date() + timedelta(days=1)
    return datetime.combine(day, TELL_AT, event.zone)


def _find(at: datetime) -> Sequence[int]:
    """Guests of whom somebody said that they met them, and who are to be told."""
    return sorted(set(execute(_DUE, {"at": at}).scalars()))


def _tell_all(rsvp_ids: Sequence[int], at: datetime) -> int:
    """Tell these guests, of all events at which they were noted: a person gets one mail."""
    guests = select(Rsvp.person_id).where(any_of(Rsvp.id, "rsvp_ids"), Rsvp.person_id.is_not(None))
    person_ids = list(set(execute(guests, {"rsvp_ids": rsvp_ids}).scalars()))
    ripe = _ripe(person_ids, at)
    lock_rsvps({encounter.met_id for encounter in ripe})
    ripe = _ripe(person_ids, at)
    news = sorted(_shown(ripe), key=_person_told)
    answers = _answers_to(news)
    for _, theirs in groupby(news, key=_person_told):
        _tell(list(theirs), answers, at=at)
    return len(ripe)


def _person_told(encounter: Encounter) -> int:
    return encounter.met.person_id or 0


def _ripe(person_ids: Sequence[int], at: datetime) -> Sequence[Encounter]:
    """What these people are to be told of, read anew."""
    found = (
        select(Encounter)
        .join(_MET, _MET.id == Encounter.met_id)
        .where(any_of(_MET.person_id, "person_ids"), Encounter.tell_at <= at)
        .options(
            joinedload(Encounter.met).joinedload(Rsvp.person),
            joinedload(Encounter.noter).joinedload(Rsvp.event),
        )
        .order_by(Encounter.id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(found, {"person_ids": person_ids}).all()


def _shown(ripe: Sequence[Encounter]) -> Sequence[Encounter]:
    """Those of which neither blocked the other. The others are not told, later either."""
    among = Encounter.id.in_([encounter.id for encounter in ripe])
    apart = set(db.session.scalars(select(Encounter.id).where(among, is_between_apart())))
    for encounter in ripe:
        if encounter.id in apart:
            encounter.tell_at = None
    return [encounter for encounter in ripe if encounter.id not in apart]


def _tell(theirs: Sequence[Encounter], answers: Mapping[Any, Encounter], *, at: datetime) -> None:
    """Mail one person what is news to them, unless they want no such mail, or had one within a day:
    then it waits for the next hour of telling.
    """
    person = theirs[0].met.person
    assert person is not None  # noqa: S101  see `_ripe`
    if person.met_mail_ended_at:
        for encounter in theirs:
            encounter.tell_at = None
        return
    if _was_told_lately(person, at):
        for encounter in theirs:
            encounter.tell_at = tell_at(encounter.noter.event, at=at)
        return
    told = []
    for encounter in theirs:
        encounter.tell_at = None
        kind = kind_of(encounter, answers.get((encounter.met_id, encounter.noter_id)), at=at)
        if kind and note_told(kind, person, encounter.noter, at=at):
            told.append((kind, encounter))
    if told:
        # Without `about_id`: organisers see mails about RSVPs, and must not see who met whom.
        queue(
            DID_YOU_MEET,
            to=person.email,
            language=theirs[0].met.language,
            at=at,
            values=_values(person, told),
        )


def _was_told_lately(person: Person, at: datetime) -> bool:
    last = select(func.max(Notice.at)).where(
        Notice.person_id == person.id, Notice.kind.in_(KINDS), Notice.at > at - A_DAY
    )
    return db.session.scalar(last) is not None


def _answers_to(encounters: Sequence[Encounter]) -> dict[tuple[int, int], Encounter]:
    """What those met said of those who noted it: (noter id, met id) → encounter."""
    theirs = Encounter.noter_id.in_({encounter.met_id for encounter in encounters})
    said = Encounter.taken_back_at.is_(None), Encounter.unsure_since.is_(None)
    answers = select(Encounter).where(theirs, *said)
    found = db.session.scalars(answers.execution_options(populate_existing=True))
    return {(answer.noter_id, answer.met_id): answer for answer in found}


def kind_of(encounter: Encounter, answer: Encounter | None, *, at: datetime) -> NoticeKind | None:
    """What an encounter is to the one met, who answered it or not; None if it is no news."""
    if encounter.taken_back_at or encounter.declined_at or encounter.unsure_since:
        return None
    if answer is None:
        is_open = encounter.noter.event.takes_encounters(at)
        return NoticeKind.DID_YOU_MEET if is_open else None
    said_first = (answer.noted_at, answer.id) < (encounter.noted_at, encounter.id)
    return NoticeKind.MET_CONFIRMED if said_first and not answer.declined_at else None


def _values(person: Person, told: Sequence[tuple[NoticeKind, Encounter]]) -> dict[str, Any]:
    rows = {kind: [row_of(one) for of, one in told if of == kind] for kind in KINDS}
    return {
        "asking": rows[NoticeKind.DID_YOU_MEET],
        "confirmed": rows[NoticeKind.MET_CONFIRMED],
        "crosses": list(fields_given(person)),
        **end_of_mail(told[0][1].met),
        **letterhead(*(one.noter.event for _, one in told)),
    }


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now: without what was answered, taken back or deleted
    meanwhile, or is of somebody blocked. Returns None if nothing is left. Its notices are those of
    its instant.
    """
    noted = db.session.execute(
        select(Notice.kind, Encounter, Person)
        .join(Person, Person.id == Notice.person_id)
        .join(Encounter, Encounter.noter_id == Notice.rsvp_id)
        .join(_MET, and_(_MET.id == Encounter.met_id, _MET.person_id == Person.id))
        .where(Person.email == mail.to_email, Notice.at == mail.created_at, Notice.kind.in_(KINDS))
        .where(~is_between_apart())
        .order_by(Notice.id)
    ).all()
    answers = _answers_to([encounter for _, encounter, _ in noted])
    told = [
        (NoticeKind(kind), encounter)
        for kind, encounter, _ in noted
        if kind_of(encounter, answers.get((encounter.met_id, encounter.noter_id)), at=at) == kind
    ]
    if not told or noted[0].Person.met_mail_ended_at:
        return None
    return _values(noted[0].Person, told)


def _tells_in_vain(at: datetime) -> Any:
    noters = select(Rsvp.id).join(Event, Event.id == Rsvp.event_id).where(form_closed(at))
    return and_(Notice.kind.in_(KINDS), Notice.rsvp_id.in_(noters))


tell_who_met_them = Due("mails of who met whom", _find, _tell_all)

# It names who said that they met whom, also after they took that back: kept until the guests of
# an event can say it no longer, so that nobody is told twice.
forget_who_was_asked = deletion(Notice.id, _tells_in_vain)
