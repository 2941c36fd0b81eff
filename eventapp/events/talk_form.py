"""One talk in the form of an event."""

from __future__ import annotations

from datetime import time
from typing import Any

import wtforms
from wtforms import Field

from eventapp.core import zones
from eventapp.core.errors import Refusal
from eventapp.core.fields import ClockField
from eventapp.core.forms import LineField, Message, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.events.programme import OutsideEvent, PlannedTalk, minutes_in
from eventapp.model import Talk
from eventapp.model.limits import SPEAKER_ABOUT_MOST, TITLE_MOST


class TalkForm(wtforms.Form):
    starts = ClockField(_l("Starts at"))
    title = LineField(_l("Talk"), most=TITLE_MOST)
    speaker = LineField(_l("Speaker"), most=TITLE_MOST)
    speaker_about = LineField(_l("Who they are"), most=SPEAKER_ABOUT_MOST)

    minutes_in: int | None = None
    so_far: Talk | None = None

    def __init__(self, formdata: Any = None, obj: Talk | None = None, **more: Any) -> None:
        super().__init__(formdata, obj, **more)
        self.so_far = obj

    @property
    def minutes_so_far(self) -> int | None:
        """The `minutes_in` of a talk whose time was left as it was."""
        shown = self.so_far.starts if self.so_far else None
        if self.so_far is None or shown is None or self.starts.errors:
            return None
        is_left = self.starts.data == shown.replace(second=0, microsecond=0)
        return self.so_far.minutes_in if is_left else None

    def validate_title(self, field: Field) -> None:
        if not field.data and any(value for name, value in self.data.items() if name != "title"):
            raise invalid("required", gettext("What is it about? This talk has no title yet."))

    def read_start(self, **event: Any) -> None:
        """Find `minutes_in`, from the start, end and zone of the event."""
        local: time | None = self.starts.data
        if local and not self.starts.errors:
            try:
                self.minutes_in = minutes_in(local, **event)
            except (OutsideEvent, zones.TimeDoesNotExist) as no:
                refuse(self.starts, no)

    def typed(self) -> PlannedTalk:
        texts = {name: self[name].data for name in ("title", "speaker", "speaker_about")}
        return PlannedTalk(**texts, minutes_in=self.minutes_in)


def refuse(field: Field, refusal: Refusal) -> None:
    field.errors = [*field.errors, Message(refusal.code, str(refusal))]
