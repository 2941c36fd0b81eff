"""An event's programme: its talks, when each of them starts, and who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta

from eventapp.core import text, zones
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event, Talk


class OutsideEvent(Refusal):
    code = "outside_event"
    message = _l("The event isn't on at that time. Check when it starts and ends.")


class EndsBeforeItStarts(Refusal):
    code = "talk_ends_before_it_starts"
    message = _l("It would end before it starts.")


@dataclass(frozen=True)
class PlannedTalk:
    """A talk as an organiser writes it down, with the names of Talk's columns."""

    title: str
    speaker: str = ""
    speaker_about: str = ""
    minutes_in: int | None = None  # after the start of the event
    ends_minutes_in: int | None = None


def programme_of(event: Event) -> tuple[PlannedTalk, ...]:
    return tuple(
        PlannedTalk(**{column.name: getattr(talk, column.name) for column in fields(PlannedTalk)})
        for talk in event.talks
    )


def set_programme(event: Event, talks: tuple[PlannedTalk, ...]) -> bool:
    """Returns whether it changed. A talk that stays keeps its row, and with it what guests asked
    about it.
    """
    if talks == programme_of(event):
        return False
    rows = _rows_kept(event.talks, talks)
    event.talks = [
        _written(rows.get(position) or Talk(), position, talk)
        for position, talk in enumerate(talks)
    ]
    return True


def _written(row: Talk, position: int, talk: PlannedTalk) -> Talk:
    row.position, row.title = position, talk.title
    row.minutes_in, row.ends_minutes_in = talk.minutes_in, talk.ends_minutes_in
    row.speaker, row.speaker_key = talk.speaker, text.fold(talk.speaker)
    row.speaker_about = talk.speaker_about
    return row


def _rows_kept(before: Sequence[Talk], talks: Sequence[PlannedTalk]) -> dict[int, Talk]:
    """The row of each talk that was there before, by its new position: the one with its title, else
    with its speaker, else, of those without one, at its time.
    """
    left, kept = list(before), {}
    for what in (_title, _speaker, _time):
        for position, talk in enumerate(talks):
            wanted = what(talk)
            same = (row for row in left if wanted is not None and what(row) == wanted)
            if position not in kept and (row := next(same, None)):
                kept[position] = row
                left.remove(row)
    return kept


def _title(talk: Talk | PlannedTalk) -> str | None:
    return text.fold_but_signs(talk.title) or None


def _speaker(talk: Talk | PlannedTalk) -> str | None:
    return text.fold(talk.speaker) or None


def _time(talk: Talk | PlannedTalk) -> int | None:
    return None if talk.speaker else talk.minutes_in


def minutes_in(local: time, *, starts_at: datetime, ends_at: datetime, tz: str) -> int:
    """How long after an event's start its clocks first show this time.

    Raises OutsideEvent, and TimeDoesNotExist for a time that clocks skip.
    """
    at = _next(local, starts_at, tz)
    if not starts_at <= at < ends_at:
        raise OutsideEvent
    return (at - starts_at) // timedelta(minutes=1)


def ends_minutes_in(
    local: time, after: int, *, starts_at: datetime, ends_at: datetime, tz: str
) -> int:
    """The same of when a talk ends that starts so many minutes after the event: with it at the
    latest. Raises likewise, and EndsBeforeItStarts.
    """
    at = _next(local, starts_at, tz)
    if at > ends_at:
        raise OutsideEvent
    minutes = (at - starts_at) // timedelta(minutes=1)
    if minutes <= after:
        raise EndsBeforeItStarts
    return minutes


def _next(local: time, since: datetime, tz: str) -> datetime:
    start = zones.wall_clock(since, tz)
    shown = datetime.combine(start.date(), local)
    return zones.instant(shown if shown >= start else shown + timedelta(days=1), tz)
