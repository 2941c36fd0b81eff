"""A visitor answers an event. They get the place at once, and anything personal by mail."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from eventapp.account.actions import Visitor, meet_person
from eventapp.account.queries import code_by_form
from eventapp.core import text
from eventapp.core.sent_forms import key_of_form
from eventapp.model import Event, MailedCode, Person
from eventapp.rsvp.actions.change import decide
from eventapp.rsvp.actions.entry import enter_answer, status_for
from eventapp.rsvp.actions.notify import ALREADY, ANSWERED
from eventapp.rsvp.actions.proof import mail_code
from eventapp.rsvp.actions.seats import lock_seats
from eventapp.rsvp.actions.typed import Answer, AnsweredHere, RsvpClosed, TooManyCompanions


def answer(
    event: Event,
    typed: Answer,
    *,
    at: datetime,
    by: Visitor,
    form_id: str | None = None,
    confirmed: Person | None = None,
    answered: Container[str] = (),
) -> MailedCode:
    """Take the place, join the waitlist or note a maybe or a no, and mail anything personal.

    Returns the code whose page comes next. It looks the same whether or not the address was known:
    an RSVP that exists already is neither shown nor changed, and its owner is told by mail. The
    listing and the guest's own words are stored with the code, and apply once its digits prove the
    address. `confirmed` is the person signed in, whose own form applies at once. `answered` are
    keys of addresses that this form is not for: whoever sends it has answered with them. Idempotent
    by `form_id`. Raises RsvpClosed, TooManyCompanions, AnsweredHere.
    """
    lock_seats(event)  # a double tap is answered one after the other
    form_key = key_of_form(form_id, typed) if form_id else None
    if form_key and (same := code_by_form(form_key)):
        return same
    _refuse(event, typed, at, answered)
    status = status_for(event, typed)
    person = meet_person(typed.email, name=typed.name, language=by.language, at=at)
    rsvp, is_new = enter_answer(event, typed, person, language=by.language, at=at)
    if is_proven := person is confirmed:
        decide(rsvp, typed, at=at)
    return mail_code(
        rsvp,
        typed,
        status,
        template=ANSWERED if is_new or is_proven else ALREADY,
        at=at,
        by=by,
        confirmed=confirmed,
        form_id=form_key,
        made_rsvp=is_new,
    )


def _refuse(event: Event, typed: Answer, at: datetime, answered: Container[str]) -> None:
    if not event.takes_rsvps(at):
        raise RsvpClosed
    if typed.party > 1 + event.companions_max:
        raise TooManyCompanions(most=event.companions_max)
    if text.email_key(typed.email) in answered:
        raise AnsweredHere
