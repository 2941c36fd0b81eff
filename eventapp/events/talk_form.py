"""One talk in the form of an event."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import wtforms
from wtforms import Field

from eventapp.core import zones
from eventapp.core.errors import Refusal
from eventapp.core.fields import ClockField
from eventapp.core.forms import LineField, Message, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.events.programme import (
    EndsBeforeItStarts,
    OutsideEvent,
    PlannedTalk,
    ends_minutes_in,
    minutes_in,
)
from eventapp.model import Talk
from eventapp.model.limits import SPEAKER_ABOUT_MOST, TITLE_MOST


class StartNeeded(Refusal):
    code = "required"
    message = _l("When does it start?")


class TalkForm(wtforms.Form):
    starts = ClockField(_l("Starts at"))
    ends = ClockField(_l("Ends at"))
    title = LineField(_l("Talk"), most=TITLE_MOST)
    speaker = LineField(_l("Speaker"), most=TITLE_MOST)
    speaker_about = LineField(_l("Who they are"), most=SPEAKER_ABOUT_MOST)

    minutes_in: int | None = None
    ends_minutes_in: int | None = None
    so_far: Talk | None = None

    def __init__(self, formdata: Any = None, obj: Talk | None = None, **more: Any) -> None:
        super().__init__(formdata, obj, **more)
        self.so_far = obj

    @property
    def minutes_so_far(self) -> int | None:
        """The `minutes_in` of a talk whose times were left as they were."""
        if self.so_far is None or self.starts.errors or self.ends.errors:
            return None
        was = self.so_far
        is_left = _is_left(self.starts, was.starts) and _is_left(self.ends, was.ends)
        return was.minutes_in if is_left else None

    def leave_times(self) -> None:
        """Have it move along with the event's start."""
        if self.so_far:
            self.minutes_in = self.so_far.minutes_in
            self.ends_minutes_in = self.so_far.ends_minutes_in

    def fits(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether it would still be within the event if it moved along."""
        at, until = self.minutes_so_far or 0, (self.so_far and self.so_far.ends_minutes_in) or 0
        minute = timedelta(minutes=1)
        return starts_at + at * minute < ends_at and starts_at + until * minute <= ends_at

    def validate_title(self, field: Field) -> None:
        if not field.data and any(value for name, value in self.data.items() if name != "title"):
            raise invalid("required", gettext("What is it about? This talk has no title yet."))

    def read_times(self, **event: Any) -> None:
        """Find `minutes_in` and `ends_minutes_in`, from the start, end and zone of the event."""
        if self.starts.errors or self.ends.errors:
            return
        if self.ends.data and not self.starts.data:
            refuse(self.starts, StartNeeded())
        field: Field = self.starts
        try:
            if self.starts.data:
                self.minutes_in = minutes_in(self.starts.data, **event)
                field = self.ends
                if self.ends.data:
                    self.ends_minutes_in = ends_minutes_in(self.ends.data, self.minutes_in, **event)
        except (OutsideEvent, EndsBeforeItStarts, zones.TimeDoesNotExist) as no:
            refuse(field, no)

    def typed(self) -> PlannedTalk:
        texts = {name: self[name].data for name in ("title", "speaker", "speaker_about")}
        return PlannedTalk(
            **texts, minutes_in=self.minutes_in, ends_minutes_in=self.ends_minutes_in
        )


def _is_left(field: Field, before: time | None) -> bool:
    same: bool = field.data == (before.replace(second=0, microsecond=0) if before else None)
    return same


def refuse(field: Field, refusal: Refusal) -> None:
    field.errors = [*field.errors, Message(refusal.code, str(refusal))]
