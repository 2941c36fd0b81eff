"""A guest notes whom they met, declines, or takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, update

from eventapp.core.database_errors import Vanished
from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_once
from eventapp.met.actions.follow_up import need_no_mail_of_begun_day
from eventapp.met.actions.gather import tell_at
from eventapp.met.queries import Attendee
from eventapp.model import Encounter, Event, Rsvp
from eventapp.rsvp.actions import lock_rsvps


class MetNotOpen(Refusal):
    code = "met_not_open"
    message = _l("The event hasn't started yet. Once it has, you can say who you met.")


class MetClosed(Refusal):
    code = "met_closed"
    message = _l("This event was too long ago to say who you met. What was said stays.")


class MetCalledOff(Refusal):
    code = "met_called_off"
    message = _l("This event was called off, so nobody can have met there.")


def lock_both(one: Rsvp, other: Rsvp) -> None:
    """Lock both RSVPs, so that two guests who note each other at once are handled one after the
    other. Raises Vanished if one of them was deleted since they were loaded.
    """
    people = one.person_id, other.person_id
    lock_rsvps([one.id, other.id])
    if people != (one.person_id, other.person_id):
        raise Vanished


def say_we_met(guest: Attendee, them: Rsvp, *, at: datetime, note: Mapping[str, Any]) -> None:
    """Note that the guest met them, with the guest's own note, tags and day to follow up.

    If they noted it too, it is mutual now, even if the guest had declined it before. They hear of
    it by a mail that gathers a day's news: see `gather`. A repeat changes only the note. Raises
    MetNotOpen, MetClosed, MetCalledOff.
    """
    refuse_outside(guest.event, at)
    lock_both(guest.rsvp, them)
    tell = tell_at(guest.event, at=at) if them.person_id else None
    pair = {"event_id": guest.event.id, "noter_id": guest.rsvp.id, "met_id": them.id}
    if not insert_once(Encounter, {**pair, "noted_at": at, "tell_at": tell}):
        _be_sure(guest.rsvp, them, tell=tell)
        _say_again(guest.rsvp, them, at=at)
    if note:
        _change(guest.rsvp, them, **note)
        need_no_mail_of_begun_day(guest.rsvp, them, note.get("follow_up_on"), at=at)
    _clear_decline(guest.rsvp, them)


def decline(guest: Attendee, them: Rsvp, *, at: datetime) -> None:
    """Decline that they met the guest. They are not told. Noting it later undoes this."""
    forget(guest, them, at=at)
    _change(them, guest.rsvp, declined_at=at)


def undo_decline(guest: Attendee, them: Rsvp) -> None:
    """Have the guest asked again whether they met, as before they declined it. Nobody is told."""
    lock_both(guest.rsvp, them)
    _clear_decline(guest.rsvp, them)


def forget(guest: Attendee, them: Rsvp, *, at: datetime) -> None:
    """Take back that the guest met them, with the guest's note. Cards are shared no longer.

    If they had declined, that stays, invisibly: noting it again must not ask them again.
    """
    lock_both(guest.rsvp, them)
    _forget(guest.rsvp, them, at=at)


def confirm_unsure(encounter: Encounter, *, at: datetime) -> None:
    """Say that it was them whom hosts say the noter met. Possible also once it is too late to say
    who was met, as nothing new is said. Changes nothing where it is sure, or was taken back.
    Raises MetCalledOff.
    """
    noter, met = encounter.noter, encounter.met
    if noter.event.called_off_at:
        raise MetCalledOff
    if _is_unsure(encounter):
        _be_sure(noter, met, tell=tell_at(noter.event, at=at) if met.person_id else None)
        _say_again(noter, met, at=at)
        _clear_decline(noter, met)


def deny_unsure(encounter: Encounter, *, at: datetime) -> None:
    """Say that it was not them, at any time: it is forgotten, with its note, and nobody is told.
    Changes nothing where it is sure.
    """
    if _is_unsure(encounter):
        _forget(encounter.noter, encounter.met, at=at)


def _is_unsure(encounter: Encounter) -> bool:
    """Once both are locked, and it is read anew."""
    lock_both(encounter.noter, encounter.met)
    lock(encounter)
    return encounter.unsure_since is not None and encounter.taken_back_at is None


def refuse_outside(event: Event, at: datetime) -> None:
    """Raises MetNotOpen, MetClosed or MetCalledOff unless guests may say now whom they met."""
    if event.called_off_at:
        raise MetCalledOff
    if at < event.starts_at:
        raise MetNotOpen
    if not event.takes_encounters(at):
        raise MetClosed


def _said(noter: Rsvp, met: Rsvp) -> ColumnElement[bool]:
    return and_(Encounter.noter_id == noter.id, Encounter.met_id == met.id)


def _forget(noter: Rsvp, met: Rsvp, *, at: datetime) -> None:
    _change(noter, met, taken_back_at=at, note="", tags=[], follow_up_on=None)
    db.session.execute(delete(Encounter).where(_said(noter, met), Encounter.declined_at.is_(None)))


def _be_sure(noter: Rsvp, met: Rsvp, *, tell: datetime | None) -> None:
    """Have the other hear of what hosts alone said was about them, unless they had declined it."""
    unsure = _said(noter, met), Encounter.unsure_since.is_not(None)
    unanswered = update(Encounter).where(*unsure, Encounter.declined_at.is_(None))
    db.session.execute(unanswered.values(tell_at=tell))


def _say_again(noter: Rsvp, met: Rsvp, *, at: datetime) -> None:
    """Note again what was taken back after the other had declined it, without asking them again;
    or what hosts said was about the other.
    """
    not_said = or_(Encounter.taken_back_at.is_not(None), Encounter.unsure_since.is_not(None))
    again = update(Encounter).where(_said(noter, met), not_said)
    db.session.execute(again.values(taken_back_at=None, unsure_since=None, noted_at=at))


def _clear_decline(declined_by: Rsvp, noter: Rsvp) -> None:
    """Undo a decline, and delete a row that only kept it."""
    _change(noter, declined_by, declined_at=None)
    kept = _said(noter, declined_by), Encounter.taken_back_at.is_not(None)
    db.session.execute(delete(Encounter).where(*kept))


def _change(noter: Rsvp, met: Rsvp, **values: Any) -> None:
    """Change the encounter that one noted with the other, if there is one."""
    db.session.execute(update(Encounter).where(_said(noter, met)).values(**values))
