"""Mail digits that prove an address, and apply the form of whoever types them back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventapp.account.actions import Visitor, new_code, say_not_mailed, try_digits
from eventapp.core.db import db, lock
from eventapp.model import MailedCode, Person, Rsvp
from eventapp.rsvp import queries
from eventapp.rsvp.actions import notify
from eventapp.rsvp.actions.change import confirm, decide
from eventapp.rsvp.actions.entry import enter_answer
from eventapp.rsvp.actions.mail_budgets import OWN, budgets_of_anybody, was_mailed
from eventapp.rsvp.actions.notify import DIGITS_VALID
from eventapp.rsvp.actions.seats import lock_seats
from eventapp.rsvp.actions.typed import Answer, RsvpClosed


def mail_code(
    rsvp: Rsvp,
    typed: Answer,
    status: str,
    *,
    template: str,
    at: datetime,
    by: Visitor,
    confirmed: Person | None = None,
    **more: Any,
) -> MailedCode:
    """Mail anything personal, with the digits for the page that comes next.

    `status` is what that page says: `going`, `waitlisted`, or `in` for a guest who is in the room.
    `confirmed` is the person signed in: if the RSVP is theirs, their budget counts, not strangers'.
    `more` are columns of MailedCode.
    """
    network = None if rsvp.person is confirmed else by.network
    is_mailed = network is not None and was_mailed(rsvp, network=network, at=at)
    code, _, digits = new_code(
        typed.email,
        at=at,
        valid=DIGITS_VALID,
        browser=by.browser,
        person=rsvp.person,
        rsvp=rsvp,
        typed={**typed.to_keep(), "party": typed.party, "status": status, "mailed": is_mailed},
        **more,
    )
    code.token_digest = None  # the mail has digits, but no link that signs in
    budgets = OWN if network is None else budgets_of_anybody(network, is_mailed=is_mailed)
    waits_until = notify.answered(
        rsvp, template, budgets=budgets, network=network, digits=digits, at=at
    )
    say_not_mailed(code, waits_until)
    return code


def prove_by_digits(code: MailedCode, digits: str, *, by: Visitor, at: datetime) -> Rsvp | None:
    """Spend the code of an RSVP's page, and apply the form of that page: see `decide`.

    Returns the RSVP of the mailbox's owner, or None if the digits are wrong, which is counted.
    Where the answer was lost and they are sent again, the form has been applied already.
    Raises CodeSpent, CodeExpired, TooManyTries, RsvpClosed.
    """
    assert code.rsvp is not None and code.person is not None  # noqa: S101, PT018  see `mail_code`
    event, was_verified = code.rsvp.event, code.person.verified_at is not None
    lock_seats(event)  # before the code: the same order as in `answer`
    lock(code)  # its digits may have been spent meanwhile
    was_used = code.used_at is not None
    person = try_digits(code, digits, by=by, at=at)
    if person is None:
        return None
    if was_used:
        return queries.rsvp_of(event, person)
    typed = form_of(code)
    if typed and not was_verified:  # anybody could have typed the name before
        person.name, person.language = typed.name, by.language
    rsvp = queries.rsvp_of(event, person)
    if rsvp is None:
        if typed is None or not event.takes_rsvps(at):
            raise RsvpClosed
        rsvp, _ = enter_answer(event, typed, person, language=person.language, at=at)
    db.session.refresh(rsvp)  # as it is now that the event is locked
    if typed:
        had_a_place = rsvp.holds_a_seat
        decide(rsvp, typed, at=at)
        if had_a_place and not rsvp.holds_a_seat:
            notify.gave_place_back(rsvp, at=at)
    else:
        confirm(rsvp, at=at)
    rsvp.language = person.language
    return rsvp


def form_of(code: MailedCode | None, email: str | None = None) -> Answer | None:
    """The form for which this code was mailed, with its address or another."""
    if code is None or "listing" not in code.typed:
        return None
    return Answer.kept(code.typed, email or code.email)


def answers_typed(code: MailedCode) -> dict[str, str]:
    """The answers on that form to the questions that the event still asks, by their words."""
    form = form_of(code)
    if form is None or code.rsvp is None or not form.answers:
        return {}
    asked = [one for one in code.rsvp.event.asked if one.id in form.answers]
    return {question.label: form.answers[question.id] for question in asked}
