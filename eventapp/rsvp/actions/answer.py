"""A visitor answers an event. The place is theirs at once; what is personal goes by mail."""

from __future__ import annotations

from datetime import datetime

from eventapp.account.actions import key_of_form, meet_person
from eventapp.account.queries import code_by_form
from eventapp.model import Event, MailedCode, Person, Status
from eventapp.rsvp.actions.change import decide
from eventapp.rsvp.actions.entry import enter_answer
from eventapp.rsvp.actions.notify import ALREADY, ANSWERED
from eventapp.rsvp.actions.proof import mail_code
from eventapp.rsvp.actions.seats import lock_seats
from eventapp.rsvp.actions.typed import Answer, RsvpClosed, TooManyCompanions


def answer(
    event: Event,
    typed: Answer,
    *,
    at: datetime,
    language: str,
    browser: str,
    network: str = "",
    form_id: str | None = None,
    confirmed: Person | None = None,
) -> MailedCode:
    """Take the place, or wait in the queue, and mail what is personal.

    Returns the code whose page the visitor sees next. It says the same whether the address
    was known or not: an RSVP that is there already is neither shown nor changed, and its
    mailbox is told. Who may see them, and their words, are kept with the code and count once
    its digits prove the address. `confirmed` is the person signed in, whose own address needs
    no proof: their form decides at once. The same form sent twice answers as the first time.
    Raises RsvpClosed, TooManyCompanions.
    """
    lock_seats(event)  # two taps at the same moment come one after the other
    form_key = key_of_form(form_id, typed) if form_id else None
    if form_key and (same := code_by_form(form_key)):
        return same
    _refuse_closed(event, typed, at)
    status = Status.GOING if event.has_room_for(typed.party) else Status.WAITLISTED
    person = meet_person(typed.email, name=typed.name, language=language, at=at)
    rsvp, is_new = enter_answer(event, typed, person, language=language, at=at)
    if is_proven := person is confirmed:
        decide(rsvp, typed, at=at)
    return mail_code(
        rsvp,
        typed,
        status,
        template=ANSWERED if is_new or is_proven else ALREADY,
        at=at,
        browser=browser,
        network=None if is_proven else network,
        form_id=form_key,
        made_rsvp=is_new,
    )


def _refuse_closed(event: Event, typed: Answer, at: datetime) -> None:
    if not event.takes_rsvps(at):
        raise RsvpClosed
    if typed.party > 1 + event.companions_max:
        raise TooManyCompanions(most=event.companions_max)
