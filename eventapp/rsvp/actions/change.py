"""A guest changes or cancels their answer. Each proves that the mailbox is theirs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Listing, RoundsTick, Rsvp, Status
from eventapp.rsvp import queries
from eventapp.rsvp.actions import notify
from eventapp.rsvp.actions.answers import add_answers, change_answers
from eventapp.rsvp.actions.entry import rename
from eventapp.rsvp.actions.floor import leave_floor
from eventapp.rsvp.actions.seats import lock_rsvp
from eventapp.rsvp.actions.status import resize, set_status, take_place_or_wait, withdraw
from eventapp.rsvp.actions.typed import Answer, RsvpClosed, TooManyCompanions
from eventapp.rsvp.actions.waitlist import promote


class AlreadyIn(Refusal):
    code = "already_in"
    message = _l("You're already in, so there's nothing to cancel. Enjoy it!")


class Declined(Refusal):
    code = "declined"
    message = _l("The hosts couldn't offer you a place this time, so your answer stays as it was.")


class PartyDoesNotFit(Refusal):
    code = "party_too_big"

    @staticmethod
    def message(count: int | None) -> str:
        if not count:
            return str(gettext("There are no more places, so your answer stays as it was."))
        words: str = ngettext(
            "Only %(num)s more place is left, so your answer stays as it was.",
            "Only %(num)s more places are left, so your answer stays as it was.",
            count,
        )
        return words


class ApprovedForFewer(Refusal):
    code = "approved_for_fewer"

    @staticmethod
    def message(count: int) -> str:
        words: str = ngettext(
            "The hosts approved you alone, so your answer stays as it was. Whoever else would like "
            "to come can ask on the event's page.",
            "The hosts approved the %(num)s of you, so your answer stays as it was. Whoever else "
            "would like to come can ask on the event's page.",
            count,
        )
        return words


def confirm(rsvp: Rsvp, *, at: datetime, listing: str | None = None) -> None:
    """Mark the RSVP's address as proven. What others may have typed before that is dropped, and
    the guest counts as not asked who may see them, unless `listing` says it.
    """
    if rsvp.is_unproven:
        forget_proof(rsvp)
    if listing in tuple(Listing):
        rsvp.listing = listing
    rsvp.confirmed_at = rsvp.confirmed_at or at
    if rsvp.person:
        rsvp.person.verified_at = rsvp.person.verified_at or at


def forget_proof(rsvp: Rsvp) -> None:
    """Mark the RSVP's address as unproven, and drop what its guest chose and wrote for others."""
    rsvp.confirmed_at, rsvp.listing = None, None
    rsvp.ask_me_about = rsvp.want_to_learn = rsvp.looking_for = ""
    rsvp.hosts_since, rsvp.badge_tells = None, False
    rsvp.may_be_suggested = rsvp.wants_a_host = False
    db.session.execute(delete(RoundsTick).where(RoundsTick.rsvp_id == rsvp.id))
    leave_floor(rsvp)


def change(rsvp: Rsvp, typed: Answer, *, at: datetime) -> None:
    """Change an RSVP as its guest's form says. A guest who comes after all takes the places that
    are left, joins the waitlist or asks for a host's yes; one who may come, or does not, gives
    theirs back.

    Raises RsvpClosed, Declined, TooManyCompanions, AlreadyIn, PartyDoesNotFit for a party that
    grows past the places left, and ApprovedForFewer for one that grows past what a host approved;
    it stays as it was.
    """
    event = rsvp.event
    lock_rsvp(rsvp)
    if not event.takes_rsvps(at):
        raise RsvpClosed
    _refuse_declined(rsvp, typed.answer)
    said, had_a_place = (rsvp.answer, rsvp.party), rsvp.holds_a_seat
    _refuse_more(rsvp, typed.party)
    _stay_away(rsvp, typed.answer)
    if not resize(rsvp, typed.party):
        raise PartyDoesNotFit(count=event.seats_left)
    if _come(rsvp, typed.answer, at=at):
        notify.came_back(rsvp, at=at)
    _write(rsvp, typed, at=at)
    change_answers(rsvp, typed.answers)
    if had_a_place and not rsvp.holds_a_seat:
        notify.gave_place_back(rsvp, at=at)
    if (rsvp.answer, rsvp.party) != said:
        rsvp.changed_at = at
    promote(event, at=at)


def decide(rsvp: Rsvp, typed: Answer, *, at: datetime) -> None:
    """Overwrite an RSVP by the form of the guest who proved its address: name, listing, the lines,
    whether they come, and the party as far as there is room and a host approved it. The event
    must be locked.

    Once RSVPs are closed, the guest is in, or a host declined them, status and party stay as they
    were.
    """
    event = rsvp.event
    is_open = event.takes_rsvps(at) and not rsvp.declined_at and not queries.is_in(rsvp)
    if typed.companions is not None and is_open:
        _stay_away(rsvp, typed.answer)
        _bring(rsvp, min(typed.companions, rsvp.companions_most))
        _come(rsvp, typed.answer, at=at)
    _write(rsvp, typed, at=at)
    add_answers(rsvp, typed.answers)
    rsvp.changed_at = at
    promote(event, at=at)


def _write(rsvp: Rsvp, typed: Answer, *, at: datetime) -> None:
    """Write what the guest's own form says."""
    confirm(rsvp, at=at)
    rename(rsvp, typed.name)
    rsvp.listing = typed.listing
    rsvp.ask_me_about = typed.ask_me_about
    rsvp.want_to_learn = typed.want_to_learn
    if typed.looking_for is not None:
        rsvp.looking_for = typed.looking_for
    _tick(rsvp, typed, at=at)
    _leave_note(rsvp, typed.note)


def _tick(rsvp: Rsvp, typed: Answer, *, at: datetime) -> None:
    """Add whom the guest wants to meet. A form that cannot show what they chose before withdraws
    nothing of it.
    """
    rsvp.may_be_suggested |= typed.may_be_suggested
    rsvp.wants_a_host |= typed.wants_a_host
    if typed.hosts:
        rsvp.hosts_since = rsvp.hosts_since or at


def say(rsvp: Rsvp, answer: str, *, at: datetime, note: str = "") -> None:
    """Change whether the guest comes, and nothing else of the answer. Who comes after all takes the
    places that are left, joins the waitlist or asks for a host's yes, and is mailed. Idempotent.

    Raises RsvpClosed, for a no once the event is over, Declined, and AlreadyIn.
    """
    event = rsvp.event
    lock_rsvp(rsvp)
    if not (event.takes_rsvps(at) or (answer == Status.NOT_GOING and at < event.ends_at)):
        raise RsvpClosed
    _refuse_declined(rsvp, answer)
    confirm(rsvp, at=at)
    had_a_place = rsvp.holds_a_seat
    _stay_away(rsvp, answer)
    if had_a_place and not rsvp.holds_a_seat:
        notify.gave_place_back(rsvp, at=at)
    if _come(rsvp, answer, at=at):
        notify.ticket(rsvp, at=at)
    _leave_note(rsvp, note)
    rsvp.changed_at = at
    promote(event, at=at)


def _bring(rsvp: Rsvp, companions: int) -> None:
    """Set the number of companions, or as many of them as there are places left."""
    left = rsvp.event.seats_left
    if rsvp.holds_a_seat and left is not None:
        companions = min(companions, rsvp.companions + left)
    resize(rsvp, 1 + companions)


def _stay_away(rsvp: Rsvp, answer: str) -> None:
    """Note that a guest may come, or does not, and free their seats. Raises AlreadyIn."""
    if answer in (Status.GOING, rsvp.answer):
        return
    if queries.is_in(rsvp):
        raise AlreadyIn
    set_status(rsvp, answer)


def _refuse_declined(rsvp: Rsvp, answer: str) -> None:
    if rsvp.declined_at and answer != Status.NOT_GOING:
        raise Declined


def _refuse_more(rsvp: Rsvp, party: int) -> None:
    if party <= 1 + rsvp.companions_most:
        return
    if party <= 1 + rsvp.event.companions_max:
        raise ApprovedForFewer(count=rsvp.party)
    raise TooManyCompanions(most=rsvp.event.companions_max)


def _come(rsvp: Rsvp, answer: str, *, at: datetime) -> bool:
    """Let a guest who had not said that they come take a place, join the waitlist, or ask for a
    host's yes. Returns whether they do so by this.
    """
    comes = answer == Status.GOING != rsvp.answer
    if comes:
        take_place_or_wait(rsvp, at=at)
    return comes


def _leave_note(rsvp: Rsvp, note: str) -> None:
    rsvp.note = note if rsvp.answer == Status.NOT_GOING else ""


def cancel(rsvp: Rsvp, *, at: datetime, note: str = "") -> None:
    """Cancel the RSVP, and give its seats to the waitlist, by mail. Idempotent.

    Raises RsvpClosed once the event is over, AlreadyIn once the guest is checked in.
    """
    event = rsvp.event
    lock_rsvp(rsvp)
    if at >= event.ends_at:
        raise RsvpClosed
    if queries.is_in(rsvp):
        raise AlreadyIn
    confirm(rsvp, at=at)
    if rsvp.status == Status.CANCELLED:
        return
    withdraw(rsvp, at=at)
    _leave_note(rsvp, note)
    notify.cancelled(rsvp, at=at)
    promote(event, at=at)
