"""A guest changes their answer, or withdraws it. Both prove that the mailbox is theirs."""

from __future__ import annotations

from datetime import datetime

from eventapp.core.errors import Refusal
from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import LISTINGS, Rsvp
from eventapp.rsvp import queries
from eventapp.rsvp.actions import notify
from eventapp.rsvp.actions.answer import Answer, RsvpClosed, TooManyCompanions
from eventapp.rsvp.actions.entry import rename
from eventapp.rsvp.actions.seats import free_seats, lock_rsvp, promote, take_seats


class AlreadyIn(Refusal):
    code = "already_in"
    message = _l("You have been let in already, so there is nothing to cancel. Enjoy it!")


class PartyDoesNotFit(Refusal):
    code = "party_too_big"

    @staticmethod
    def message(count: int | None) -> str:
        if not count:
            return str(gettext("No more places are left, so your answer stays as it was."))
        words: str = ngettext(
            "Only %(num)s more place is left, so your answer stays as it was.",
            "Only %(num)s more places are left, so your answer stays as it was.",
            count,
        )
        return words


def confirm(rsvp: Rsvp, *, at: datetime, listing: str | None = None) -> None:
    """Note that the mailbox answered: from now on the listing that was chosen counts.

    With a `listing`, that is the choice.
    """
    if listing in LISTINGS:
        rsvp.listing = listing
    rsvp.confirmed_at = rsvp.confirmed_at or at
    if rsvp.person:
        rsvp.person.verified_at = rsvp.person.verified_at or at


def change(rsvp: Rsvp, typed: Answer, *, at: datetime) -> None:
    """Change a party, a name, a listing, the two lines, the two ticks; or come after all.

    Who comes back takes the places that are left, or queues. A party that grows past the
    places left is refused and stays as it was. Raises RsvpClosed, TooManyCompanions,
    PartyDoesNotFit.
    """
    event = rsvp.event
    lock_rsvp(rsvp)
    if not event.takes_rsvps(at):
        raise RsvpClosed
    if typed.companions > max(event.companions_max, rsvp.companions):
        raise TooManyCompanions(most=event.companions_max)
    if rsvp.holds_a_seat:
        _resize(rsvp, typed.party)
    elif rsvp.status in ("cancelled", "not_going"):
        _come_after_all(rsvp, typed.party, at=at)
    rename(rsvp, typed.name)
    rsvp.companions = typed.companions
    rsvp.listing = typed.listing
    rsvp.ask_me_about = typed.ask_me_about
    rsvp.want_to_learn = typed.want_to_learn
    rsvp.hosts_since = (rsvp.hosts_since or at) if typed.hosts else None
    rsvp.badge_tells = typed.badge_tells
    rsvp.changed_at = at
    confirm(rsvp, at=at)
    promote(event, at=at)


def _resize(rsvp: Rsvp, party: int) -> None:
    more = party - rsvp.party
    if more > 0 and not take_seats(rsvp.event, more):
        raise PartyDoesNotFit(count=rsvp.event.seats_left)
    if more < 0:
        free_seats(rsvp.event, -more)


def _come_after_all(rsvp: Rsvp, party: int, *, at: datetime) -> None:
    if take_seats(rsvp.event, party):
        rsvp.status = "going"
    else:
        rsvp.status, rsvp.waitlisted_at = "waitlisted", at


def cancel(rsvp: Rsvp, *, at: datetime) -> None:
    """Withdraw. The seats go to the first who waits and fits, who is mailed. Twice is once.

    Raises RsvpClosed once the event is over, AlreadyIn once a door has let them in.
    """
    event = rsvp.event
    lock_rsvp(rsvp)
    if at >= event.ends_at:
        raise RsvpClosed
    if queries.is_in(rsvp):
        raise AlreadyIn
    confirm(rsvp, at=at)
    if rsvp.status == "cancelled":
        return
    if rsvp.holds_a_seat:
        free_seats(event, rsvp.party)
    rsvp.status, rsvp.waitlisted_at, rsvp.changed_at = "cancelled", None, at
    notify.cancelled(rsvp, at=at)
    promote(event, at=at)
