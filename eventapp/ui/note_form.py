"""The form of a private note about somebody whom one met."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from wtforms import DateField
from wtforms.validators import Optional

from eventapp.core.edits import EditForm, Fact
from eventapp.core.fields import YEARS
from eventapp.core.forms import Bounded, LineField, LinesField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.text import fold_but_signs
from eventapp.model.limits import NOTE_MOST, TAGS_MOST

NOTE_FIELDS = ("note", "tags", "follow_up_on")


class Noted(Protocol):
    """An encounter, or the columns of one that its noter writes."""

    note: Any
    tags: Any
    follow_up_on: Any


class DayField(Bounded, DateField):
    """A day in ISO 8601, or empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        if valuelist:
            self.data = _day(typed) if typed else None


def _day(typed: str) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise invalid("date", gettext("A day is needed, like 2026-12-01."))
    return day


class NoteForm(EditForm):
    note = LinesField(_l("Note for yourself"), most=NOTE_MOST)
    tags = LineField(_l("Tags"), most=TAGS_MOST)
    follow_up_on = DayField(_l("Get in touch on"), [Optional()])

    def __init__(
        self, rsvp_id: int, noted: Noted | None, *, today: date | None = None, **more: Any
    ) -> None:
        """Filled in from the encounter; fields that the request does not send keep that value. A
        day before `today` is refused, unless it is the one that was saved.
        """
        self.rsvp_id = rsvp_id
        self._today = today
        self._saved_day = noted.follow_up_on if noted else None
        known = {name: getattr(noted, name) for name in NOTE_FIELDS} if noted else {}
        super().__init__(data=known | {"tags": ", ".join(known.get("tags", []))}, **more)
        for name in NOTE_FIELDS:
            self[name].id = self[name].label.field_id = f"{name}-{rsvp_id}"  # many on a page

    def validate_follow_up_on(self, field: DayField) -> None:
        day: Any = field.data
        if self._today and day and day < self._today and day != self._saved_day:
            raise invalid("past_day", gettext("This day is over. Choose today or a later one."))

    def facts(self) -> dict[str, Fact]:
        tags = Fact(str(self.tags.label.text), ", ".join(self._tags()))
        return {**super().facts(), "tags": tags}

    def typed(self) -> dict[str, Any]:
        """The fields that the request sent, as columns of Encounter."""
        values = {**{name: self[name].data for name in NOTE_FIELDS}, "tags": self._tags()}
        return {name: values[name] for name in NOTE_FIELDS if self[name].raw_data}

    def _tags(self) -> list[str]:
        """The comma-separated tags, without repeats."""
        tags: dict[str, str] = {}
        for tag in (self.tags.data or "").split(","):
            if key := fold_but_signs(tag):
                tags.setdefault(key, tag.strip())
        return list(tags.values())
