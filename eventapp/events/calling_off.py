"""Call an event off, and take that back for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from eventapp.core.db import lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event

TAKEN_BACK_WITHIN = timedelta(days=1)


class NotPublished(Refusal):
    code = "not_published"
    message = _l("Nobody knows about this draft yet: there's nothing to call off.")


class EventOver(Refusal):
    code = "event_over"
    message = _l("This event is over, so it took place: it can't be called off any more.")


class StaysCalledOff(Refusal):
    code = "stays_called_off"
    message = _l("It was called off more than a day ago, and stays so. Copy it for another date.")


def call_off_event(event: Event, *, at: datetime, because: str = "") -> bool:
    """Call an event off. Its page stays, and says so first, with the reason. Idempotent.

    Returns False if it was called off before. Raises NotPublished, EventOver.
    """
    lock(event)
    if event.published_at is None:
        raise NotPublished
    if event.called_off_at:
        return False
    if event.ends_at <= at:
        raise EventOver
    event.called_off_at = event.changed_at = at
    event.called_off_because = because
    event.back_on_at = None
    event.revision += 1
    return True


def take_back_call_off(event: Event, *, at: datetime) -> bool:
    """Have an event take place after all. Idempotent. Returns whether it was called off. Raises
    StaysCalledOff once a day has passed, or it is over.
    """
    lock(event)
    if event.called_off_at is None:
        return False
    if not may_be_taken_back(event, at):
        raise StaysCalledOff
    event.called_off_at, event.called_off_because = None, ""
    event.back_on_at = event.changed_at = at
    event.revision += 1
    return True


def may_be_taken_back(event: Event, at: datetime) -> bool:
    """Whether it is called off, and may still take place after all."""
    off_at = event.called_off_at
    return off_at is not None and at < min(off_at + TAKEN_BACK_WITHIN, event.ends_at)
