"""An event asks for approval no more: organisers approve everybody who waits, and then it stops."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import NamedTuple

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.i18n import ngettext
from eventapp.core.retry import in_transaction, saying_what_is_done
from eventapp.guests.act_plan import plan
from eventapp.guests.acts import APPROVE, Doing
from eventapp.guests.many import ManyGuests
from eventapp.model import AuditVerb, Event, Rsvp, Status
from eventapp.rsvp.actions import lock_seats


class OthersWait(Refusal):
    code = "others_wait"
    message = _l("Who is waiting has changed since you looked. This is how it is now.")


class StillAsks(Refusal):
    """The database failed once everybody who waited was approved."""

    code = "still_asks"

    @staticmethod
    def message(count: int) -> str:
        words: str = ngettext(
            "%(num)s guest is approved, but the database isn't answering, so the event still asks "
            "for approval. Try again in a moment.",
            "%(num)s guests are approved, but the database isn't answering, so the event still "
            "asks for approval. Try again in a moment.",
            count,
        )
        return words


class Seen(NamedTuple):
    """Whom an organiser saw waiting, and how many people they are."""

    ids: Collection[int]
    people: int


def ids_waiting(event: Event) -> list[int]:
    """Of the guests who wait for a yes, in the order in which they answered."""
    waiting = select(Rsvp.id).where(Rsvp.event_id == event.id, Rsvp.status == Status.PENDING)
    return list(db.session.scalars(waiting.order_by(Rsvp.id)))


def stop_asking(event: Event, doing: Doing, *, seen: Seen | None) -> int:
    """Approve everybody who waits, and have the event ask no more. Returns how many are let in,
    with those who asked meanwhile. Run again, it goes on with those who still wait.

    Raises OthersWait if somebody waits whom the organiser has not `seen`, or a party has grown;
    None takes them as they are now. Raises Stopped or StillAsks if the database fails later.
    """
    waiting = plan(event, APPROVE, ids_waiting(event), doing)
    if seen and ({*waiting.ids} - {*seen.ids} or waiting.people > seen.people):
        raise OthersWait
    many = ManyGuests(event, APPROVE, doing)
    count = many.do(waiting.ids)
    with saying_what_is_done(StillAsks(count=count) if count else None):
        return count + in_transaction(partial(_stop, event, many))


def _stop(event: Event, many: ManyGuests) -> int:
    """Ask no more, and let in whoever asked since the organiser said so."""
    lock_seats(event)
    late, _ = many.portion(ids_waiting(event))
    if event.needs_approval:
        many.doing.record(AuditVerb.APPROVAL_STOPPED, event)
    event.needs_approval = False
    return late
