"""An event's programme: its talks, when each of them starts, and who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from eventapp.core import text, zones
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event, Talk


class OutsideEvent(Refusal):
    code = "outside_event"
    message = _l("The event isn't on at that time. Check when it starts and ends.")


@dataclass(frozen=True)
class PlannedTalk:
    """A talk as an organiser writes it down, with the names of Talk's columns."""

    title: str
    speaker: str = ""
    speaker_about: str = ""
    minutes_in: int | None = None  # after the start of the event


def programme_of(event: Event) -> tuple[PlannedTalk, ...]:
    return tuple(
        PlannedTalk(talk.title, talk.speaker, talk.speaker_about, talk.minutes_in)
        for talk in event.talks
    )


def set_programme(event: Event, talks: tuple[PlannedTalk, ...]) -> bool:
    """Returns whether it changed."""
    if talks == programme_of(event):
        return False
    event.talks = [
        Talk(
            position=position,
            title=talk.title,
            speaker=talk.speaker,
            speaker_key=text.fold(talk.speaker),
            speaker_about=talk.speaker_about,
            minutes_in=talk.minutes_in,
        )
        for position, talk in enumerate(talks)
    ]
    return True


def minutes_in(local: time, *, starts_at: datetime, ends_at: datetime, tz: str) -> int:
    """How long after an event's start its clocks first show this time.

    Raises OutsideEvent, and TimeDoesNotExist for a time that clocks skip.
    """
    start = zones.wall_clock(starts_at, tz)
    shown = datetime.combine(start.date(), local)
    if shown < start:
        shown += timedelta(days=1)
    at = zones.instant(shown, tz)
    if not starts_at <= at < ends_at:
        raise OutsideEvent
    return (at - starts_at) // timedelta(minutes=1)
