"""Mail the organisers that somebody asks to come to an event with approval: how many wait, and
where to decide. The first request is told at once, others are gathered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute, found, lock
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.index_hints import by_index
from eventapp.core.links import absolute, sign, signed
from eventapp.core.outbox import queue
from eventapp.events.queries import answers_to, mail_values
from eventapp.model import Event, Organiser, OutboxMail, Person, Rsvp, Status
from eventapp.rsvp.actions import note_requests_told

REQUESTS = "guests/mail/requests"
FOR_ONE, FOR_ONE_VALID = "end request mails", timedelta(days=2 * 365)  # of the token in each
BETWEEN_MAILS = timedelta(hours=1)  # of an event; what comes meanwhile is gathered

# Built once: the worker asks each minute, and building them costs more than running them.
_ASKED = (
    by_index(select(Rsvp.event_id), Rsvp, "ix_rsvp_asked_at")
    .where(Rsvp.asked_at <= bindparam("at"))
    .distinct()
    .limit(AT_ONCE)
)
_MAY_BE_TOLD = or_(
    Event.requests_told_at.is_(None), Event.requests_told_at <= bindparam("told_before")
)
_EVENTS = select(Event.id).where(any_of(Event.id, "event_ids"), _MAY_BE_TOLD)
_LOCKED_EVENTS = (
    select(Event)
    .where(any_of(Event.id, "event_ids"), _MAY_BE_TOLD)
    .options(joinedload(Event.community))
    .order_by(Event.id)
    .with_for_update(of=Event, skip_locked=True, key_share=True)
)


def _find(at: datetime) -> Sequence[int]:
    """Events to which somebody asked to come of whom no organiser was told."""
    asked = execute(_ASKED, {"at": at}).scalars().all()
    if not asked:
        return []
    return execute(_EVENTS, {"event_ids": asked, "told_before": at - BETWEEN_MAILS}).scalars().all()


def _tell_all(event_ids: Sequence[int], at: datetime) -> int:
    which = {"event_ids": event_ids, "told_before": at - BETWEEN_MAILS}
    return sum(_tell(event, at=at) for event in db.session.scalars(_LOCKED_EVENTS, which).all())


def _tell(event: Event, *, at: datetime) -> bool:
    """Mail all organisers. Requests to an event for which nobody is mailed count as told, so that
    they are not told of later.
    """
    if not note_requests_told(event):
        return False
    if _is_told(event, at):
        event.requests_told_at = at
        values = _values(event)
        for organiser in db.session.scalars(_told_of(event)):
            to, said = organiser.person, {**values, **_end_of_mail(organiser)}
            queue(REQUESTS, to=to.email, language=to.language, at=at, values=said)
    return True


def _is_told(event: Event, at: datetime) -> bool:
    """Whether requests to come are told to organisers, and there is something to decide still."""
    is_to_come = event.published_at and not event.called_off_at and at < event.ends_at
    return bool(is_to_come) and event.needs_approval and event.tells_of_requests


def _told_of(event: Event) -> Select[Organiser]:
    """The organisers who have not ended these mails for themselves."""
    return (
        select(Organiser)
        .join(Organiser.person)
        .where(Organiser.community_id == event.community_id, Organiser.requests_ended_at.is_(None))
        .options(contains_eager(Organiser.person))
        .order_by(Organiser.id)
    )


def page_of(organiser: Organiser) -> str:
    """The address at which one organiser ends these mails, or gets them again."""
    return absolute("guests.request_mail_page", token=sign(FOR_ONE, organiser.id))


def _end_of_mail(organiser: Organiser) -> dict[str, str]:
    return {"unsubscribe_url": page_of(organiser)}


def organiser_told(token: str) -> Organiser:
    """The organiser to whom the mail with this address was. Raises NotFound."""
    organiser_id = signed(FOR_ONE, token, valid=FOR_ONE_VALID)
    return found(
        select(Organiser)
        .where(Organiser.id == organiser_id)
        .options(joinedload(Organiser.community), joinedload(Organiser.person))
    )


def end_for_one(organiser: Organiser, *, at: datetime) -> None:
    """Mail this organiser no more. Idempotent: it keeps the time since when."""
    organiser.requests_ended_at = organiser.requests_ended_at or at


def resume_for_one(organiser: Organiser) -> None:
    """Idempotent."""
    organiser.requests_ended_at = None


def _values(event: Event) -> dict[str, Any]:
    return {
        **mail_values(event),
        "event_id": event.id,
        "waiting": answers_to([event])[event.id].pending,
        "url": absolute("guests.guest_list", slug=event.slug, status=Status.PENDING),
        "settings_url": absolute("overview.overview", slug=event.slug, _anchor="approval"),
    }


def mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of such a mail if it is sent now. Returns None if nobody waits any more, its
    reader organises no longer or ended them, or there is nothing to decide.
    """
    event = db.session.get(Event, mail.values["event_id"])
    if event is None or not _is_told(event, at):
        return None
    organiser = db.session.scalar(_told_of(event).where(Person.email == mail.to_email))
    values = _values(event)
    if organiser is None or not values["waiting"]:
        return None
    return {**values, **_end_of_mail(organiser)}


def tell_of_requests(event: Event) -> bool:
    """Have the organisers mailed. Idempotent. Returns whether that is new."""
    lock(event)
    were_told, event.tells_of_requests = event.tells_of_requests, True
    return not were_told


def keep_requests_quiet(event: Event) -> bool:
    """Have nobody mailed. Idempotent. Returns whether that is new."""
    lock(event)
    were_told, event.tells_of_requests = event.tells_of_requests, False
    return were_told


send_request_mails = Due("mails about requests to come", _find, _tell_all)
