"""Find RSVPs by key, ticket, badge or person; and the waitlist."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from eventapp.account.queries import code_by_form
from eventapp.core import text
from eventapp.core.contact_details import titles_of_contacts
from eventapp.core.db import UtcDateTime, db, found, in_portions
from eventapp.core.errors import NotFound
from eventapp.core.links import absolute, sign, signed
from eventapp.events.queries import FEED_PAST
from eventapp.model import (
    CheckIn,
    Event,
    MailedCode,
    MergedGuest,
    Notice,
    NoticeKind,
    OutboxMail,
    Person,
    PersonalFeed,
    Rsvp,
    Status,
)


def rsvp_by_key(key: str) -> Rsvp:
    """The RSVP that this mailed key manages. Raises NotFound."""
    return found(
        select(Rsvp)
        .where(Rsvp.key == key)
        .options(joinedload(Rsvp.event).joinedload(Event.community), joinedload(Rsvp.person))
    )


def rsvp_by_ticket(ticket: str) -> Rsvp | None:
    return db.session.scalar(
        select(Rsvp).where(Rsvp.ticket == ticket).options(joinedload(Rsvp.event))
    )


def code_of(event: Event, page: str) -> MailedCode | None:
    """The code of this page, if it was mailed for an answer to this event and is still kept."""
    return db.session.scalar(
        select(MailedCode).join(Rsvp).where(MailedCode.page == page, Rsvp.event_id == event.id)
    )


def corrected_code(code: MailedCode) -> MailedCode | None:
    """The code of the address that was corrected on a code's page, or on one that followed it."""
    newest: MailedCode | None = code
    while newest and (form_key := newest.typed.get("next")):
        newest = code_by_form(str(form_key))
    is_corrected = newest and text.email_key(newest.email) != text.email_key(code.email)
    return newest if is_corrected else None


FINISH = "finish"  # the purpose of the token in a walk-in's QR code
FINISH_VALID = timedelta(days=2)


def rsvp_to_finish(token: str) -> Rsvp:
    """The RSVP of the walk-in who scanned this token. Raises NotFound."""
    rsvp_id = signed(FINISH, token, valid=FINISH_VALID)
    rsvp = rsvp_id and db.session.get(Rsvp, rsvp_id, options=[joinedload(Rsvp.event)])
    if not rsvp:
        raise NotFound
    return rsvp


def finish_address(rsvp_id: int) -> str:
    """The address at which a walk-in without an e-mail address says who they are."""
    return absolute("rsvp.finish", token=sign(FINISH, rsvp_id))


def rsvp_mailed(mail: OutboxMail) -> Rsvp | None:
    """The RSVP that a mail is about, if it belongs to the mail's addressee."""
    return db.session.scalar(
        select(Rsvp)
        .join(Rsvp.person)
        .where(Rsvp.id == mail.about_id, Person.email == mail.to_email)
        .options(joinedload(Rsvp.event).joinedload(Event.community))
        .execution_options(populate_existing=True)
    )


def rsvp_by_badge(badge: str) -> Rsvp | None:
    """Who wears this badge; of one who became one with another, the other."""
    kept = select(MergedGuest.rsvp_id).where(MergedGuest.badge == badge).scalar_subquery()
    wears = or_(Rsvp.badge == badge, Rsvp.id == kept)
    return db.session.scalar(select(Rsvp).where(wears).options(joinedload(Rsvp.event)))


_OF_PERSON = select(Rsvp).where(
    Rsvp.event_id == bindparam("event_id"), Rsvp.person_id == bindparam("person_id")
)


def rsvp_of(event: Event, person: Person) -> Rsvp | None:
    return db.session.scalar(_OF_PERSON, {"event_id": event.id, "person_id": person.id})


def rsvps_of(person: Person) -> Sequence[Rsvp]:
    """A person's RSVPs to all events, newest event first."""
    return db.session.scalars(
        select(Rsvp)
        .join(Event, Rsvp.event_id == Event.id)
        .where(Rsvp.person_id == person.id)
        .options(joinedload(Rsvp.event))
        .order_by(Event.starts_at.desc())
    ).all()


def rsvps_of_feed(person: Person, at: datetime) -> list[Rsvp]:
    """Those that the person's calendar shows: the places they have, may want or had."""
    shown, since = (Status.GOING, Status.MAYBE, Status.CANCELLED), at - FEED_PAST
    rsvps = [one for one in rsvps_of(person) if one.status in shown and one.event.published_at]
    return [one for one in reversed(rsvps) if one.event.ends_at > since]


def personal_feed_of(person: Person) -> PersonalFeed | None:
    """Their feed of their own events, as it is now."""
    own = select(PersonalFeed).where(PersonalFeed.person_id == person.id)
    return db.session.scalar(own.execution_options(populate_existing=True))


def personal_feed_by_key(key: str) -> PersonalFeed:
    """The feed with this secret. Raises NotFound."""
    by_key = select(PersonalFeed).where(PersonalFeed.key == key)
    return found(by_key.options(joinedload(PersonalFeed.person)))


def answer_titles(event: Event) -> list[str]:
    """The event's questions, then the titles of what else guests answered: of the columns of lists
    in their order, of questions that are gone.
    """
    answers = select(Rsvp.answers).where(Rsvp.event_id == event.id).order_by(Rsvp.id)
    rows = db.session.scalars(answers, execution_options={"yield_per": 1000})
    return list(dict.fromkeys([*labels_of(event), *(title for row in rows for title in row)]))


def titles_to_show(event: Event) -> list[str]:
    """Those of `answer_titles` that a door or a badge may show: not those of phones and addresses,
    whatever they are called.
    """
    hidden = contact_titles(event)
    return [title for title in answer_titles(event) if title not in hidden]


def contact_titles(event: Event) -> set[str]:
    """The titles under which guests mostly say how to reach them."""
    answers = select(Rsvp.answers).where(Rsvp.event_id == event.id)
    return titles_of_contacts(db.session.scalars(answers, execution_options={"yield_per": 1000}))


def labels_of(event: Event) -> list[str]:
    """The words of the event's questions, in their order."""
    return [question.label for question in event.asked]


def count_open_questions(rsvp: Rsvp) -> int:
    """How many questions a guest who comes has not been asked yet, or has to answer still."""
    if rsvp.answer != Status.GOING:
        return 0
    there = rsvp.answers
    return sum(
        not there[one.label] and one.required if one.label in there else True
        for one in rsvp.event.asked
    )


ASKED_AGAIN_BEFORE = timedelta(days=2)  # the event, who said maybe
SAID_LATELY = timedelta(days=1)  # who said maybe since then is not asked yet


def is_asked_again(rsvp: Rsvp, at: datetime) -> bool:
    """Whether a guest who says maybe will be asked again two days before the event."""
    asks_at = rsvp.event.starts_at - ASKED_AGAIN_BEFORE
    said_at = rsvp.changed_at or rsvp.created_at
    is_asked_then = at < asks_at and said_at <= asks_at - SAID_LATELY
    return (
        rsvp.status == Status.MAYBE
        and rsvp.person_id is not None
        and not rsvp.is_unproven
        and is_asked_then
        and rsvp.event.takes_rsvps(asks_at)
        and not _was_asked_again(rsvp)
    )


def _was_asked_again(rsvp: Rsvp) -> bool:
    asked = Notice.rsvp_id == rsvp.id, Notice.kind == NoticeKind.STILL_MAYBE
    told = exists().where(*asked, Notice.person_id == rsvp.person_id)
    return bool(db.session.scalar(select(told)))


def is_in(rsvp: Rsvp) -> bool:
    """Whether they are checked in."""
    return bool(db.session.scalar(select(exists().where(CheckIn.rsvp_id == rsvp.id))))


def first_who_fit(event: Event, most: int = 100) -> Sequence[Rsvp]:
    """The waitlist's parties for which there are places, in order of arrival."""
    fits = [] if event.seats_left is None else [1 + Rsvp.companions <= event.seats_left]
    waiting = select(Rsvp).where(*_waits_for(event), *fits).options(joinedload(Rsvp.person))
    return db.session.scalars(waiting.order_by(*_FIRST_COME).limit(most)).all()


def _waits_for(event: Event) -> list[ColumnElement[bool]]:
    return [Rsvp.event_id == event.id, Rsvp.status == Status.WAITLISTED]


_FIRST_COME = (Rsvp.waitlisted_at, Rsvp.id)


def waitlist_position(rsvp: Rsvp) -> int | None:
    """1 for the first on the waitlist. Returns None if they are not on it."""
    return count_waiting_before(rsvp) + 1 if rsvp.status == Status.WAITLISTED else None


_WAITING_BEFORE = (
    select(func.count())
    .select_from(Rsvp)
    .where(
        Rsvp.event_id == bindparam("event_id"),
        Rsvp.status == Status.WAITLISTED,
        tuple_(*_FIRST_COME) < tuple_(bindparam("since", type_=UtcDateTime), bindparam("id")),
    )
)


def count_waiting_before(rsvp: Rsvp) -> int:
    """How many parties are on the waitlist before this one; 0 if it is not on it."""
    values = {"event_id": rsvp.event_id, "since": rsvp.waitlisted_at, "id": rsvp.id}
    return db.session.scalar(_WAITING_BEFORE, values) or 0


def count_who_would_fit(event: Event) -> int:
    """How many parties of the waitlist there are places for, in order of arrival."""
    parties = select(1 + Rsvp.companions).where(*_waits_for(event)).order_by(*_FIRST_COME)
    left, count = event.seats_left, 0
    for party in db.session.scalars(parties):
        if left is None or party <= left:
            left = None if left is None else left - party
            count += 1
    return count


def count_people_waiting(event: Event) -> int:
    """How many people are on the waitlist, companions included."""
    people = select(func.sum(1 + Rsvp.companions)).where(*_waits_for(event))
    return db.session.scalar(people) or 0


def short_codes_taken(event: Event, short_codes: Collection[str]) -> set[str]:
    """Those of these codes that are used at the event."""
    of_event = select(Rsvp.short_code).where(Rsvp.event_id == event.id)
    return {
        code
        for some in in_portions(short_codes)
        for code in db.session.scalars(of_event.where(Rsvp.short_code.in_(some)))
    }
