"""The guests whose badges are printed, and what may be printed about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, select

from eventapp.core.db import db, found
from eventapp.door.guests import is_new
from eventapp.model import BadgeSheet, CheckIn, Event, Rsvp, Status

GROUPS = ("going", "not_in")
SHEET_KEPT = timedelta(hours=1)


@dataclass(frozen=True)
class Chosen:
    """Which of the guests who are going."""

    group: str = "going"  # a word of GROUPS
    since: datetime | None = None  # only who was put on the list from then on
    rsvp_id: int | None = None  # this guest alone
    companions: str = "blank"  # which of theirs, too: a word of plan.py's KINDS


@dataclass(frozen=True)
class Wearer:
    """A guest with a badge. What they did not agree to have printed is false here."""

    rsvp: Rsvp
    is_new: bool  # nobody of this community has let them in before
    is_host: bool


def wearers(event: Event, ids: Collection[int]) -> dict[int, Wearer]:
    """These guests, by their ids."""
    guests = select(Rsvp, is_new(event.community_id, event.starts_at)).where(Rsvp.id.in_(ids))
    return {
        rsvp.id: Wearer(
            rsvp,
            is_new=rsvp.badge_tells and comes_first,
            is_host=rsvp.badge_tells and rsvp.hosts_since is not None,
        )
        for rsvp, comes_first in db.session.execute(guests)
    }


def all_wearers(event: Event, chosen: Chosen) -> dict[int, Wearer]:
    """The chosen guests, without whether they are new, which takes longer to find."""
    guests = db.session.scalars(select(Rsvp).where(chosen_guests(event, chosen)))
    return {rsvp.id: Wearer(rsvp, is_new=False, is_host=False) for rsvp in guests}


def sheet_of(event: Event, sheet_id: int, *, at: datetime) -> BadgeSheet:
    """A sheet that the worker draws or has drawn, while it is kept. Raises NotFound."""
    return found(
        select(BadgeSheet).where(
            BadgeSheet.event_id == event.id,
            BadgeSheet.id == sheet_id,
            BadgeSheet.created_at >= at - SHEET_KEPT,
        )
    )


def has_file(sheet: BadgeSheet) -> bool:
    """Whether a sheet could be drawn, without loading it."""
    there = select(BadgeSheet.file.is_not(None)).where(BadgeSheet.id == sheet.id)
    return bool(db.session.scalar(there))


def chosen_guests(event: Event, chosen: Chosen) -> ColumnElement[bool]:
    rules = [Rsvp.event_id == event.id, Rsvp.status == Status.GOING]
    if chosen.group == "not_in":
        rules.append(~exists().where(CheckIn.rsvp_id == Rsvp.id))
    if chosen.since:
        rules.append(Rsvp.created_at >= chosen.since)
    if chosen.rsvp_id is not None:
        rules.append(Rsvp.id == chosen.rsvp_id)
    return and_(*rules)
