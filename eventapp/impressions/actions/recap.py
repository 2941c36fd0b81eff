"""Organisers publish the recap of an event, take it back, and mail it to who was there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import joinedload

from eventapp.attendees.queries import ShownImpression, Viewer, came, quotes_shown
from eventapp.core.any_of import any_of
from eventapp.core.db import db, execute
from eventapp.core.due import AT_ONCE, Due
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.index_hints import by_index
from eventapp.core.links import absolute
from eventapp.events.queries import mail_values
from eventapp.impressions.queries.recap import numbers_of, recap_of
from eventapp.met.actions import end_of_mail
from eventapp.model import Event, Notice, NoticeKind, OutboxMail, Person, Recap, Rsvp
from eventapp.rsvp.actions import mails_to_come, tell_once
from eventapp.rsvp.queries import rsvp_mailed

RECAP = "impressions/mail/recap"
NOT_AFTER = timedelta(days=1)  # whoever is let in late, or answers late, hears of it until then


class RecapTooEarly(Refusal):
    code = "recap_too_early"
    message = _l("Publish it once the event is over: until then, it isn't one.")


class RecapNotPublished(Refusal):
    code = "recap_not_published"
    message = _l("Publish it first: the email leads to its page.")


def change_recap(recap: Recap, *, words: str, shows_numbers: bool) -> list[str]:
    """Idempotent. Returns the names of what is new."""
    said = {"words": words, "shows_numbers": shows_numbers}
    changed = [name for name, new in said.items() if getattr(recap, name) != new]
    for name in changed:
        setattr(recap, name, said[name])
    return changed


def can_be_published(event: Event, at: datetime) -> bool:
    """Whether the event took place and is over."""
    return bool(event.published_at and not event.called_off_at and at >= event.ends_at)


def publish_recap(recap: Recap, *, at: datetime) -> bool:
    """Idempotent. Returns whether that is new. Raises RecapTooEarly."""
    if not can_be_published(recap.event, at):
        raise RecapTooEarly
    was_private = recap.published_at is None
    recap.published_at = recap.published_at or at
    return was_private


def take_back_recap(recap: Recap) -> bool:
    """Have nobody but the organisers read it; what is not mailed yet is not mailed. Idempotent.
    Returns whether that is new.
    """
    was_published = recap.published_at is not None
    recap.published_at = recap.mail_asked_at = None
    return was_published


def mail_recap(recap: Recap, *, at: datetime) -> None:
    """Have it mailed to who was there, and to nobody twice. Raises RecapNotPublished."""
    if recap.published_at is None:
        raise RecapNotPublished
    recap.mail_asked_at = at


def mails_of_recap(event: Event, viewer: Viewer) -> list[OutboxMail]:
    """The mails that the worker will write if it is asked to, with the quotes that this organiser
    sees: each reader's are their own. To be read before, so that nobody waits for the lock.
    """
    recap, quotes = recap_of(event), quotes_shown(event, viewer)
    if recap is None:
        return []
    guests = select(Rsvp).where(Rsvp.event_id == event.id, *_TO_BE_TOLD).order_by(Rsvp.id)
    there = db.session.scalars(guests.options(joinedload(Rsvp.person))).all()
    return mails_to_come(RECAP, there, lambda rsvp: _values(recap, rsvp, quotes))


_WERE_TOLD = exists().where(
    Notice.rsvp_id == Rsvp.id,
    Notice.kind == NoticeKind.RECAP,
    Notice.person_id == Rsvp.person_id,
)
_WANTS_IT = exists().where(Person.id == Rsvp.person_id, Person.met_mail_ended_at.is_(None))
_TO_BE_TOLD = (Rsvp.person_id.is_not(None), came(), ~_WERE_TOLD, _WANTS_IT)
# Built once: the worker asks each minute, and building them costs more than running them.
_ASKED = (
    by_index(select(Recap.event_id), Recap, "ix_recap_mail_asked_at")
    .where(Recap.mail_asked_at > bindparam("not_before"))
    .limit(AT_ONCE)
)


def _to_tell(*conditions: Any) -> Select[Any]:
    return select(Rsvp.id).where(*conditions, *_TO_BE_TOLD)


_GUESTS = _to_tell(any_of(Rsvp.event_id, "event_ids")).order_by(Rsvp.event_id).limit(AT_ONCE)
_LOCKED_GUESTS = (
    _to_tell(any_of(Rsvp.id, "rsvp_ids"))
    .with_only_columns(Rsvp)
    .join(Recap, Recap.event_id == Rsvp.event_id)
    .where(Recap.mail_asked_at > bindparam("not_before"))
    .options(joinedload(Rsvp.person), joinedload(Rsvp.event))
    .with_for_update(of=Rsvp, skip_locked=True, key_share=True)
)


def _find(at: datetime) -> Sequence[int]:
    """Guests who were there and have not got the recap that hosts have mailed."""
    events = execute(_ASKED, {"not_before": at - NOT_AFTER}).scalars().all()
    return execute(_GUESTS, {"event_ids": events}).scalars().all() if events else []


def _tell_all(rsvp_ids: Sequence[int], at: datetime) -> int:
    """What each reads is looked up when the mail is sent."""
    which = {"rsvp_ids": rsvp_ids, "not_before": at - NOT_AFTER}
    guests = db.session.scalars(_LOCKED_GUESTS, which).all()
    for rsvp in guests:
        tell_once(NoticeKind.RECAP, rsvp, RECAP, at=at, values={"name": rsvp.name})
    return len(guests)


def _values(recap: Recap, rsvp: Rsvp, quotes: Sequence[ShownImpression]) -> dict[str, Any]:
    return {
        **mail_values(recap.event),
        "name": rsvp.name,
        "told": recap.words,
        "numbers": numbers_of(recap.event) if recap.shows_numbers else {},
        "quotes": [[one.impression.words, one.name] for one in quotes],
        "url": absolute("impressions.recap", slug=recap.event.slug),
        "own_url": absolute("impressions.impressions_by_key", key=rsvp.key),
        **end_of_mail(rsvp),
    }


def recap_mail_says(mail: OutboxMail, at: datetime) -> dict[str, Any] | None:
    """The values of a recap's mail if it is sent now: with what its reader may read by then.
    Returns None if it was taken back, or they were not there after all, or want no such mail.
    """
    rsvp = rsvp_mailed(mail)
    recap = recap_of(rsvp.event) if rsvp else None
    if rsvp is None or recap is None or recap.published_at is None or rsvp.person is None:
        return None
    if rsvp.person.met_mail_ended_at or not _came(rsvp):
        return None
    viewer = Viewer(rsvp.person, rsvp)
    return _values(recap, rsvp, quotes_shown(recap.event, viewer))


def _came(rsvp: Rsvp) -> bool:
    return bool(db.session.scalar(select(exists().where(Rsvp.id == rsvp.id, came()))))


mail_recaps = Due("mails of recaps", _find, _tell_all)
