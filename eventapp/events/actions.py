"""The actions on an event: schedule, change, publish, discard; and call off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.insert import insert_once
from eventapp.core.slugs import SLUG_MOST, SlugTaken, check_slug, slug_of
from eventapp.events import queries
from eventapp.events.calling_off import call_off_event as call_off_event
from eventapp.events.calling_off import take_back_call_off as take_back_call_off
from eventapp.events.programme import PlannedTalk, set_programme
from eventapp.events.question import QUESTION as QUESTION
from eventapp.events.question import question_says as question_says
from eventapp.model import ON_THE_TICKET, Community, Event, EventChange


class EndBeforeStart(Refusal):
    code = "end_before_start"
    message = _l("The event ends before it starts. Please check the two dates.")


class HasAnswers(Refusal):
    code = "has_answers"
    message = _l("People have answered already, so the event stays public. You can call it off.")


class PublicAlready(Refusal):
    code = "published"
    message = _l("People may know about it by now: make it a draft again first, or call it off.")


@dataclass(frozen=True)
class Plan:
    """The content of an event's form, with the names of Event's columns.

    Instants are aware.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    tz: str
    description: str = ""
    place: str = ""
    exact_address: str = ""
    private_link: str = ""
    companions_max: int = 5
    rsvp_closes_at: datetime | None = None
    door_opens_hours_before: int = 4
    door_closes_hours_after: int = 12
    met_closes_days_after: int = 60
    reminds_day_before: bool = True
    reminds_hours_before: bool = True
    talks: tuple[PlannedTalk, ...] = ()

    def columns(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "talks"}


def schedule_event(
    community: Community,
    plan: Plan,
    *,
    at: datetime,
    slug: str = "",
    capacity: int | None = None,
    needs_approval: bool = False,
) -> Event:
    """Add an event as a draft. If it has no slug, one is made of its title.

    Raises EndBeforeStart, InvalidSlug, SlugTaken.
    """
    _refuse_backwards(plan)
    candidates = [check_slug(slug)] if slug else _slugs_like(plan.title)
    values = {
        **plan.columns(),
        "community_id": community.id,
        "capacity": capacity,
        "needs_approval": needs_approval,
        "created_at": at,
    }
    event = _insert_at_first_free(candidates, values)
    set_programme(event, plan.talks)
    return event


def _insert_at_first_free(slugs: Iterable[str], values: dict[str, Any]) -> Event:
    for slug in slugs:
        if insert_once(Event, {**values, "slug": slug}):
            return db.session.scalars(select(Event).filter_by(slug=slug)).one()
    raise SlugTaken(slug=slug)


def _slugs_like(title: str) -> Iterator[str]:
    slug = slug_of(title) or "event"
    yield slug
    for number in count(2):
        yield f"{slug[: SLUG_MOST - 7].rstrip('-')}-{number}"


def change_event(event: Event, plan: Plan, *, at: datetime, slug: str | None = None) -> list[str]:
    """Change an event. A new time, place or private link makes a new revision of its calendar
    entry, and is noted if people have answered, so that they can be told.

    Its address (`slug`) changes only while it is a draft: later it may have been printed.
    Returns the names of the columns that changed. Raises EndBeforeStart, InvalidSlug, SlugTaken.
    """
    _refuse_backwards(plan)
    changed = []
    if slug and slug != event.slug and event.published_at is None:
        _move(event, check_slug(slug))
        changed.append("slug")
    changed += [name for name, new in plan.columns().items() if getattr(event, name) != new]
    if not set(changed).isdisjoint(ON_THE_TICKET):
        event.revision += 1
        _note_change(event, at=at)
    for name, value in plan.columns().items():
        setattr(event, name, value)
    if set_programme(event, plan.talks):
        changed.append("talks")
    if changed:
        event.changed_at = at
    return changed


def _note_change(event: Event, *, at: datetime) -> None:
    """Note when and where an event was to be until now, if people have answered."""
    if event.published_at and queries.has_answers(event):
        before = {name: getattr(event, name) for name in ON_THE_TICKET}
        db.session.add(EventChange(event_id=event.id, at=at, **before))


def _move(event: Event, slug: str) -> None:
    event.slug = slug
    try:
        db.session.flush()
    except IntegrityError as no:
        raise SlugTaken(slug=slug) from no


def _refuse_backwards(plan: Plan) -> None:
    if plan.ends_at <= plan.starts_at:
        raise EndBeforeStart


def publish_event(event: Event, *, at: datetime) -> bool:
    """Make a draft public, and open it for RSVPs. Idempotent. Returns whether it was a draft."""
    lock(event)
    if event.published_at:
        return False
    event.published_at = event.changed_at = at
    return True


def unpublish_event(event: Event, *, at: datetime) -> bool:
    """Make an event without RSVPs a draft again. Idempotent. Returns whether it was public. Raises
    HasAnswers.
    """
    lock(event)
    if queries.has_answers(event):
        raise HasAnswers
    if event.published_at is None:
        return False
    event.published_at = None
    event.changed_at = at
    return True


def discard_event(event: Event) -> None:
    """Delete a draft without RSVPs. Raises PublicAlready, HasAnswers."""
    lock(event)
    if event.published_at:
        raise PublicAlready
    if queries.has_answers(event):
        raise HasAnswers
    db.session.delete(event)
