"""The form of an event."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from wtforms import BooleanField, Field, FormField

from eventapp.core import clock, zones
from eventapp.core.edits import EditForm
from eventapp.core.errors import Refusal
from eventapp.core.fields import (
    FormIdField,
    LocalTimeField,
    NumberField,
    RowsField,
    ZoneField,
)
from eventapp.core.forms import LineField, LinesField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.core.public import may_link_to
from eventapp.core.slugs import SLUG_MOST, InvalidSlug, SlugTaken, check_slug
from eventapp.events.actions import EndBeforeStart, Plan
from eventapp.events.talk_form import TalkForm, refuse
from eventapp.model import Event
from eventapp.model.limits import (
    CAPACITY_MOST,
    COMPANIONS_MOST,
    DESCRIPTION_MOST,
    DOOR_HOURS_MOST,
    LINK_MOST,
    MET_DAYS_MOST,
    PLACE_MOST,
    TALKS_MOST,
    TITLE_MOST,
)

USUAL_LENGTH = timedelta(hours=3)  # of an event whose end is left empty
LATELY = timedelta(hours=12)  # an event that began since then may be meant, while it lasts
EMPTY_TALKS = 8  # rows for new talks; after saving there are as many again


class InThePast(Refusal):
    code = "in_the_past"
    message = _l("This is in the past. If it's right, tick so below, and save again.")


class EventForm(EditForm):
    """All of an event except its capacity and whether hosts approve, which have forms of their own,
    as they promote guests.
    """

    title = LineField(_l("Title"), most=TITLE_MOST, needed=True)
    slug = LineField(
        _l("Web address"),
        most=SLUG_MOST,
        render_kw={"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"},
    )
    description = LinesField(_l("Description"), most=DESCRIPTION_MOST, render_kw={"rows": 8})
    place = LineField(_l("Place"), most=PLACE_MOST)
    exact_address = LineField(_l("Exact address"), most=PLACE_MOST)
    private_link = LineField(
        _l("Link"),
        most=LINK_MOST,
        render_kw={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"},
    )
    starts = LocalTimeField(_l("Starts"))
    ends = LocalTimeField(_l("Ends"))
    tz = ZoneField(_l("Time zone"))
    is_past = BooleanField(_l("Yes, it's in the past"))
    companions_max = NumberField(
        _l("Companions a guest may bring"), least=0, most=COMPANIONS_MOST, default=5
    )
    rsvp_closes = LocalTimeField(_l("RSVPs close"), needed=False)
    door_opens_hours_before = NumberField(
        _l("Door opens"), least=0, most=DOOR_HOURS_MOST, default=4
    )
    door_closes_hours_after = NumberField(
        _l("Door closes"), least=0, most=DOOR_HOURS_MOST, default=12
    )
    met_closes_days_after = NumberField(
        _l("“Who did you meet?” closes"), least=1, most=MET_DAYS_MOST, default=60
    )
    reminds_day_before = BooleanField(_l("At ten the day before"), default=True)
    reminds_hours_before = BooleanField(_l("Two hours before the start"), default=True)
    talks = RowsField(FormField(TalkForm), _l("Talks"), max_entries=TALKS_MOST)

    instants: dict[str, datetime]
    starts_so_far: datetime | None = None  # what the event's start shows as
    asks_about_past = False
    moves_talks = False

    @classmethod
    def of(cls, event: Event, **more: Any) -> EventForm:
        """The form filled in from an event, with times in the event's zone."""
        times = {
            "starts": event.starts_at,
            "ends": event.ends_at,
            "rsvp_closes": event.rsvp_closes_at,
        }
        shown = {name: at and zones.wall_clock(at, event.tz) for name, at in times.items()}
        form = cls(obj=event, data=shown, **more)
        form.starts_so_far = zones.wall_clock(event.starts_at, event.tz)
        return form

    @property
    def openings(self) -> list[Field]:
        """The optional fields that say when RSVPs and doors open and close."""
        return [
            self.rsvp_closes,
            self.door_opens_hours_before,
            self.door_closes_hours_after,
            self.met_closes_days_after,
        ]

    @property
    def reminders(self) -> list[Field]:
        """Which reminders are mailed to who is going."""
        return [self.reminds_day_before, self.reminds_hours_before]

    def offer_talks(self) -> None:
        """Add empty rows for further talks."""
        written = sum(1 for row in self.talks if any(row.data.values()))
        while len(self.talks) < min(written + EMPTY_TALKS, TALKS_MOST):
            self.talks.append_entry()

    @property
    def talks_in_sight(self) -> list[Any]:
        """The rows up to the last one with something in it; of an empty programme, the first."""
        written = [n for n, row in enumerate(self.talks, 1) if any(row.data.values())]
        return list(self.talks)[: max(written, default=1)]

    def validate_slug(self, field: Field) -> None:
        if field.data:
            try:
                check_slug(field.data)
            except InvalidSlug as no:
                raise invalid(no.code, str(no)) from no

    def validate_private_link(self, field: Field) -> None:
        if field.data:
            address = field.data if "://" in field.data else f"https://{field.data}"
            if not address.startswith(("https://", "http://")) or not may_link_to(address):
                words = gettext("This isn't a web address: %(address)s", address=field.data)
                raise invalid("private_link", words)
            field.data = address

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self.instants = {}
        if not self.tz.errors:
            self._read_instants()
            self._check_times()
        return not self.errors

    def _read_instants(self) -> None:
        for field in (self.starts, self.ends, self.rsvp_closes):
            if field.data and not field.errors:
                try:
                    self.instants[field.name] = zones.instant(field.data, self.tz.data)
                except zones.TimeDoesNotExist as no:
                    refuse(field, no)

    def _check_times(self) -> None:
        starts_at, ends_at = self.instants.get("starts"), self.instants.get("ends")
        if starts_at and ends_at and ends_at <= starts_at:
            refuse(self.ends, EndBeforeStart())
        elif starts_at and ends_at:
            self._ask_about_past(starts_at, ends_at)
            self._read_talks(starts_at, ends_at)

    def _read_talks(self, starts_at: datetime, ends_at: datetime) -> None:
        """Talks whose times nobody typed anew move along with the start, if they all fit."""
        rows = [row.form for row in self.talks]
        left = [row for row in rows if row.minutes_so_far is not None]
        fit = all(row.fits(starts_at, ends_at) for row in left)
        for row in rows:
            if fit and row in left:
                row.leave_times()
            else:
                row.read_times(starts_at=starts_at, ends_at=ends_at, tz=self.tz.data)
        was = self.starts_so_far
        self.moves_talks = bool(fit and left and was and self.starts.data.time() != was.time())
        # A list takes over its rows' errors when it is validated, which was before.
        self.talks.errors = [row.errors for row in self.talks if row.errors]

    def _ask_about_past(self, starts_at: datetime, ends_at: datetime) -> None:
        """Ask whether a new start in the past is meant: a wrong year or month is typed soon."""
        was = self.starts_so_far
        is_new = was is None or self.starts.data != was.replace(second=0, microsecond=0)
        now = clock.now()
        self.asks_about_past = is_new and (ends_at <= now or starts_at <= now - LATELY)
        if self.asks_about_past and not self.is_past.data:
            refuse(self.starts, InThePast())

    @contextmanager
    def showing_refusals(self) -> Iterator[None]:
        """As in every form; a taken address is shown beside its field."""
        with super().showing_refusals():
            yield
        if isinstance(self.refusal, SlugTaken):
            refuse(self.slug, self.refusal)

    def typed(self) -> Plan:
        same = set(Plan.__dataclass_fields__) & set(self._fields) - {"talks"}
        return Plan(
            **{name: self[name].data for name in same},
            starts_at=self.instants["starts"],
            ends_at=self.instants["ends"],
            rsvp_closes_at=self.instants.get("rsvp_closes"),
            talks=tuple(row.form.typed() for row in self.talks if row.form.title.data),
        )


class NewEventForm(EventForm):
    capacity = NumberField(_l("Places"), least=1, most=CAPACITY_MOST, needed=False)
    needs_approval = BooleanField(_l("Guests need my approval"))
    ends = LocalTimeField(_l("Ends"), needed=False)
    form_id = FormIdField(default=new_secret)  # sent twice, it is one event

    def _read_instants(self) -> None:
        super()._read_instants()
        if "starts" in self.instants and not (self.ends.data or self.ends.errors):
            self.instants["ends"] = self.instants["starts"] + USUAL_LENGTH
