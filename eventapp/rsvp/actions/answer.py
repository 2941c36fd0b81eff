"""A visitor answers an event. The place is theirs at once; what is personal goes by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.account.actions import match_nothing, meet_person, new_code
from eventapp.account.queries import code_by_form
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event, MailedCode, Person, Rsvp
from eventapp.rsvp import queries
from eventapp.rsvp.actions import notify
from eventapp.rsvp.actions.entry import enter
from eventapp.rsvp.actions.seats import lock_seats, take_seats

DIGITS_VALID = timedelta(minutes=30)


class RsvpClosed(Refusal):
    code = "rsvp_closed"
    message = _l("This event does not take RSVPs any more. What you typed is still here.")


class TooManyCompanions(Refusal):
    code = "too_many_companions"
    message = _l("At most %(most)s companions can come along.")


@dataclass(frozen=True)
class Answer:
    """What a visitor typed into the RSVP form."""

    name: str
    email: str
    companions: int = 0
    listing: str | None = None
    ask_me_about: str = ""
    want_to_learn: str = ""
    hosts: bool = False  # would greet people who are new
    badge_tells: bool = False  # that they are new, or a host

    @property
    def party(self) -> int:
        return 1 + self.companions


def answer(
    event: Event,
    typed: Answer,
    *,
    at: datetime,
    language: str,
    browser: str,
    form_id: str | None = None,
    confirmed: Person | None = None,
) -> MailedCode:
    """Take the place, or wait in the queue, and mail what is personal.

    Returns the code whose page the visitor sees next. It says the same whether the address
    was known or not: an RSVP that is there already is neither shown nor changed, and its
    mailbox is told. `confirmed` is the person signed in, whose own address needs no proof.
    The same form sent twice answers as the first time. Raises RsvpClosed, TooManyCompanions.
    """
    lock_seats(event)  # two taps at the same moment come one after the other
    if form_id and (same := code_by_form(form_id)):
        return same
    _refuse_closed(event, typed, at)
    person = meet_person(typed.email, name=typed.name, language=language, at=at)
    shown = _what_a_stranger_is_told(event, typed)
    there = queries.rsvp_of(event, person)
    confirmed_at = at if confirmed is person else None
    rsvp = there or _take_place(event, typed, person, language, confirmed_at=confirmed_at, at=at)
    return mail_code(
        rsvp, typed, shown, at=at, browser=browser, form_id=form_id, was_there=bool(there)
    )


def mail_code(
    rsvp: Rsvp,
    typed: Answer,
    shown: dict[str, str | int | None],
    *,
    at: datetime,
    browser: str,
    form_id: str | None,
    was_there: bool,
) -> MailedCode:
    """Mail what is personal, with the digits for the page that shows the rest."""
    code, _, digits = new_code(
        typed.email,
        at=at,
        valid=DIGITS_VALID,
        browser=browser,
        person=rsvp.person,
        rsvp=rsvp,
        typed=shown,
        form_id=form_id,
    )
    code.token_digest = None  # the mail brings digits, no link that signs in
    if not notify.answered(rsvp, digits=digits, was_there=was_there, at=at):
        match_nothing(code)
    return code


def _refuse_closed(event: Event, typed: Answer, at: datetime) -> None:
    if not event.takes_rsvps(at):
        raise RsvpClosed
    if typed.companions > event.companions_max:
        raise TooManyCompanions(most=event.companions_max)


def _what_a_stranger_is_told(event: Event, typed: Answer) -> dict[str, str | int | None]:
    """What the page says: what was typed, and what becomes of it for an unknown address."""
    fits = event.seats_left is None or event.seats_left >= typed.party
    return {
        "name": typed.name,
        "party": typed.party,
        "status": "going" if fits else "waitlisted",
        "place": None if fits else queries.next_place_in_queue(event),
        "seats_left": event.seats_left,
    }


def _take_place(
    event: Event,
    typed: Answer,
    person: Person,
    language: str,
    *,
    confirmed_at: datetime | None,
    at: datetime,
) -> Rsvp:
    return enter(
        event,
        typed.name,
        status="going" if take_seats(event, typed.party) else "waitlisted",
        at=at,
        person=person,
        companions=typed.companions,
        listing=typed.listing,
        ask_me_about=typed.ask_me_about,
        want_to_learn=typed.want_to_learn,
        language=language,
        confirmed_at=confirmed_at,
    )
